"""Newsroom edits of order: merged, split and moved paragraphs, a later sentence as the lead."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from copydesk.features.read.blocks import BlockKind
from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import TextEngine, choose_share
from copydesk.seeds.derive.page import Page, Paragraph
from copydesk.types import Label

_BREAK = "\n\n"
_MAX_MERGED_WORDS = 130
_LEANS_ON_ANOTHER = re.compile(
    r"[\"'“‘(]|(?:He|She|It|They|But|And|Both|That|This|These|Those|However|Meanwhile|Also|His|Her"
    r"|Their|Its|Earlier|Later)\b"
)


class Reshape(TextEngine):
    r"""Merges neighbouring paragraphs and splits long ones.

    Strength is the share of the places where either can be done.

    Examples
    --------
    >>> Reshape(1.0).derive("The ferry sank.\n\nNobody died.").text
    'The ferry sank. Nobody died.'
    """

    name = "reshape"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which line breaks to drop and to put in."""
        breaks = [
            Change("merge", page.text[one.end : other.start], " ", one.end)
            for one, other in pairwise(page.paragraphs)
            if one.kind is other.kind is BlockKind.BODY
            and one.n_words + other.n_words <= _MAX_MERGED_WORDS
        ]
        gaps = [
            Change("split", page.text[end:start], _BREAK, end)
            for paragraph in page.body
            for (_, end), (start, _) in pairwise(paragraph.sentences)
        ]
        return choose_share([*breaks, *gaps], self.strength, rng)


class Reorder(TextEngine):
    """Moves paragraphs; the first keeps its place.

    Strength is the share of the other paragraphs that stand elsewhere afterwards.
    """

    name = "reorder"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which paragraph stands where another stood."""
        return move_paragraphs(page, choose_share(page.body[1:], self.strength, rng), rng)


def move_paragraphs(page: Page, places: list[Paragraph], rng: np.random.Generator) -> list[Change]:
    """Shuffle paragraphs among their places so that none keeps its own; one alone stays."""
    if len(places) < 2:
        return []
    cycle = [int(i) for i in rng.permutation(len(places))]
    texts = [page.text[place.start : place.end] for place in places]
    return [
        Change("move", texts[there], texts[here], places[there].start)
        for there, here in zip(cycle, [*cycle[1:], cycle[0]], strict=True)
    ]


class LateLead(TextEngine):
    """Makes a later sentence the lead.

    Strength is how far down it is taken from: 1 is the last sentence that can stand alone.
    """

    name = "late_lead"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which sentence to move to the top."""
        if self.strength == 0 or not page.body:
            return []
        first = page.body[0].start
        movable = [
            (start, end)
            for paragraph in page.body[1:]
            for start, end in paragraph.sentences
            if not page.quoted[start:end].any()
            and not _LEANS_ON_ANOTHER.match(page.text, start)
            and " also " not in page.text[start:end]
            and end - start >= 40
        ]
        if not movable:
            return []
        start, end = movable[int(self.strength * (len(movable) - 1) + 0.5)]
        sentence = page.text[start:end]
        taken_out = _with_gap(page.text, start, end)
        return [
            Change("lead", "", sentence + _BREAK, first),
            Change("lead", page.text[taken_out[0] : taken_out[1]], "", taken_out[0]),
        ]


def _with_gap(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a sentence's span by the white space before it, or behind where it opens the text."""
    before = start - len(text[:start].rstrip()) if start else 0
    opens_paragraph = "\n" in text[start - before : start]
    if opens_paragraph:
        closes_paragraph = not text[end:].partition("\n")[0].strip()
        if not closes_paragraph:
            return start, end + len(text[end:]) - len(text[end:].lstrip())
    return start - before, end
