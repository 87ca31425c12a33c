"""Newsroom additions: another outlet's paragraphs, and the furniture of a site."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import TextEngine, TwoTextEngine, count_share, pick
from copydesk.seeds.derive.furniture import Spot, make_piece
from copydesk.seeds.derive.page import Page, Paragraph
from copydesk.types import Label

# More than half from elsewhere, and the text would be the other outlet's.
_MAX_INSERTED_SHARE = 0.45
_N_PIECES = 12


def places_between(page: Page) -> list[int]:
    """Give where a paragraph may be put in behind another of the body."""
    return [paragraph.end for paragraph in page.body]


class InsertReport(TwoTextEngine):
    """Puts in paragraphs of another outlet's report of a neighbouring topic, together.

    Strength is the share of that report's paragraphs; in all they stay under half of the text.
    """

    name = "insert_report"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, other: Page, rng: np.random.Generator) -> list[Change]:
        """Say what to put in where."""
        budget = words_of(page.body) * _MAX_INSERTED_SHARE / (1 - _MAX_INSERTED_SHARE)
        chosen: list[Paragraph] = []
        for paragraph in other.body[: count_share(self.strength, len(other.body))]:
            budget -= paragraph.n_words
            if budget < 0:
                break
            chosen.append(paragraph)
        if not chosen or not page.body:
            return []
        inserted = "".join(f"\n\n{other.text[p.start : p.end]}" for p in chosen)
        return [Change("other_report", "", inserted, pick(places_between(page), rng))]


def words_of(paragraphs: tuple[Paragraph, ...]) -> int:
    """Count the words of paragraphs."""
    return sum(paragraph.n_words for paragraph in paragraphs)


class Furniture(TextEngine):
    """Puts in menus, captions, prompts, related links, comment rules, biographies of authors.

    Strength 1 is a dozen pieces.
    """

    name = "furniture"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say what to put in where."""
        if not page.body:
            return []
        between = [one.end for one, _ in pairwise(page.body)]
        spots = [Spot.TOP, Spot.BOTTOM, *([Spot.MIDDLE] if between else [])]
        changes = []
        for _ in range(count_share(self.strength, _N_PIECES)):
            spot = pick(spots, rng)
            piece = make_piece(spot, rng)
            if spot is Spot.TOP:
                changes.append(Change("furniture", "", f"{piece}\n\n", 0))
            elif spot is Spot.BOTTOM:
                changes.append(Change("furniture", "", f"\n\n{piece}", len(page.text.rstrip())))
            else:
                changes.append(Change("furniture", "", f"\n\n{piece}", pick(between, rng)))
        return changes
