"""Newsroom edits for length: cut from the end, drop paragraphs, tighten sentences."""

from __future__ import annotations

import re

import numpy as np

from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import TextEngine, choose_share
from copydesk.seeds.derive.page import Page
from copydesk.types import Label

_MIN_PARAGRAPHS = 3


class CutTail(TextEngine):
    """Cuts from the end, paragraph by paragraph; sentence by sentence where there are but few.

    Strength is the share that goes; the first paragraph (or sentence) stays.

    Examples
    --------
    >>> CutTail(0.5).derive("The ferry sank. Nobody died. It was old.").text
    'The ferry sank. Nobody died.'
    """

    name = "cut_tail"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say where to cut."""
        ends = [paragraph.end for paragraph in page.body]
        if len(ends) < _MIN_PARAGRAPHS:
            ends = [end for paragraph in page.body for _, end in paragraph.sentences]
        n_cut = int(self.strength * (len(ends) - 1) + 0.5) if ends else 0
        if n_cut == 0:
            return []
        return page.delete("cut", [(ends[-1 - n_cut], len(page.text))])


class DropParagraphs(TextEngine):
    """Drops paragraphs from the middle.

    Strength is the share of the paragraphs between the first and the last; at least one stays.
    """

    name = "drop_paragraphs"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which paragraphs to drop."""
        return page.delete_paragraphs("drop", choose_share(page.body[1:-1], self.strength, rng))


_TIGHTENED = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        # ", who heads the team," and ", which opened in 1968" before a full stop
        ("appositive", r", (?:who|which|whose|where) [^,.;:\"“”\n]{6,90}(?:,(?= )|(?=\.(?:\s|$)))"),
        ("appositive", r", (?:an?|the) [^,.;:\"“”\n]{4,60},(?= [a-z])"),
        ("appositive", r" \([^()\"“”\n]{3,60}\)"),
        ("attribution", r", (?:the )?[\w' -]{2,50} (?:said|added|told reporters)(?=\.(?:\s|$))"),
        ("attribution", r", (?:said|according to) [^,.;:\"“”\n]{3,60}(?=\.(?:\s|$))"),
        ("adverbial", r",? (?:however|meanwhile|moreover|in turn|of course),?(?= [a-z])"),
        (
            "adverbial",
            r" (?:also|already|reportedly|immediately|currently|previously|recently|subsequently"
            r"|apparently|largely|simply|completely|very|quite)(?= [a-z])",
        ),
        (
            "adverbial",
            r",? (?:late |early )?(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
            r"|last (?:week|month|year)|earlier this (?:week|month|year))"
            r"(?: (?:morning|afternoon|evening|night))?(?=\.(?:\s|$))",
        ),
        (
            "adverbial",
            r",? (?:in a statement|at a news conference|until further notice)(?=\.(?:\s|$))",
        ),
        ("adverbial", r"(?<= )in order (?=to )"),
        ("adverbial", r"(?<= that)(?: the fact that)(?= )"),
    )
)


class Tighten(TextEngine):
    """Takes out appositives, adverbials and attribution, never inside quotations.

    Strength is the share of those found.

    Examples
    --------
    >>> Tighten(1.0).derive("Lena Orth, who heads the team, had also seen cracks.").text
    'Lena Orth had seen cracks.'
    """

    name = "tighten"
    label = Label.EDITED_WIRE

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say what to take out."""
        found: list[tuple[int, int, str]] = []
        taken = 0
        matches = [
            (match.start(), match.end(), kind)
            for paragraph in page.body
            for kind, pattern in _TIGHTENED
            for match in pattern.finditer(page.text, paragraph.start, paragraph.end)
            if not page.touches_quote(*match.span())
        ]
        for start, end, kind in sorted(matches):
            if start >= taken:
                found.append((start, end, kind))
                taken = end
        return [
            Change(kind, page.text[start:end], "", start)
            for start, end, kind in choose_share(found, self.strength, rng)
        ]
