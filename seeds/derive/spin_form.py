"""The look of spun pages: bylines and biographies, bullets and questions, two sources woven."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from copydesk.features.read.credits import CreditKind
from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import (
    TextEngine,
    TwoTextEngine,
    choose_share,
    count_share,
    pick,
)
from copydesk.seeds.derive.furniture import BIOGRAPHIES, BYLINES, PADDING, QUESTIONS, fill
from copydesk.seeds.derive.newsroom_order import move_paragraphs
from copydesk.seeds.derive.page import Page
from copydesk.types import Label


class Padding(TextEngine):
    """Puts stock sentences behind paragraphs; strength is the share of them that get one."""

    name = "padding"
    label = Label.SPUN

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which paragraph gets which sentence."""
        return [
            Change("padding", "", f" {pick(PADDING, rng)}", paragraph.end)
            for paragraph in choose_share(page.body, self.strength, rng)
        ]


class Byline(TextEngine):
    """Swaps datelines, credits and bylines for a made-up author, with a biography from 0.5 on."""

    name = "byline"
    label = Label.SPUN

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say what goes and who is said to have written the text."""
        if self.strength == 0:
            return []
        changes = page.delete(
            "credit_dropped",
            [
                (span.start, span.end)
                for credit, span in page.credits
                if credit.kind is not CreditKind.AGENCY or span.text.startswith("(")
            ],
        )
        author = fill("{person}", rng)
        byline = fill(pick(BYLINES, rng).replace("{person}", author), rng)
        changes.append(Change("byline", "", f"{byline}\n\n", 0))
        if self.strength >= 0.5:
            biography = fill(pick(BIOGRAPHIES, rng).replace("{person}", author), rng)
            changes.append(Change("biography", "", f"\n\n{biography}", len(page.text.rstrip())))
        return changes


class Bullets(TextEngine):
    """Turns paragraphs into answers to questions, sentence by sentence as bullets.

    Strength is the share of the paragraphs behind the first.
    """

    name = "bullets"
    label = Label.SPUN

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say where questions and bullets go."""
        changes = []
        for paragraph in choose_share(page.body[1:], self.strength, rng):
            head = f"{pick(QUESTIONS, rng)}\n\n- "
            changes.append(Change("question", "", head, paragraph.start))
            for (_, end), (start, _) in pairwise(paragraph.sentences):
                changes.append(Change("bullet", page.text[end:start], "\n- ", end))
        return changes


class Shuffle(TextEngine):
    """Moves paragraphs, the first too, and merges those that stay.

    Strength is the share of the paragraphs that move and of the others that are merged.
    """

    name = "shuffle"
    label = Label.SPUN

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which paragraphs move and which are merged."""
        moved = choose_share(page.body, self.strength, rng)
        gaps = [
            Change("merge", page.text[one.end : other.start], " ", one.end)
            for one, other in pairwise(page.body)
            if not page.text[one.end : other.start].strip()
        ]
        return [*move_paragraphs(page, moved, rng), *choose_share(gaps, self.strength / 2, rng)]


class Weave(TwoTextEngine):
    """Weaves another source's paragraphs in between the text's own, one by one.

    Strength is the share of the shorter text's number of paragraphs.
    """

    name = "weave"
    label = Label.SPUN

    def find_changes(self, page: Page, other: Page, rng: np.random.Generator) -> list[Change]:
        """Say what to put in where."""
        n_woven = count_share(self.strength, min(len(page.body), len(other.body)))
        places = sorted(map(int, rng.choice(len(page.body), n_woven, replace=False)))
        return [
            Change("woven", "", f"\n\n{other.text[p.start : p.end]}", page.body[place].end)
            for place, p in zip(places, other.body[:n_woven], strict=True)
        ]
