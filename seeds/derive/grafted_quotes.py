"""Hard negatives: independent reports that share public quotations with another text."""

from __future__ import annotations

import numpy as np

from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import TwoTextEngine, choose_share, pick
from copydesk.seeds.derive.newsroom_insert import places_between, words_of
from copydesk.seeds.derive.page import Page
from copydesk.types import Label

_ATTRIBUTIONS = (
    'A statement released to reporters said: "{quote}."',
    '"{quote}," the statement said.',
    'The remarks were carried live: "{quote}."',
    '"{quote}," reporters were told.',
    'The transcript reads: "{quote}."',
)
_MIN_QUOTE_WORDS = 5
_MAX_QUOTES = 8
_MAX_GRAFTED_SHARE = 0.33


class GraftedQuotes(TwoTextEngine):
    """Grafts quotations of another text on an independent one.

    ``text`` is the independent report, ``other`` the text whose quotations it comes to share.
    Strength is the share of these quotations, of which there are eight at most; they stay under
    a third of the text.
    """

    name = "grafted_quotes"
    label = Label.ORIGINAL

    def find_changes(self, page: Page, other: Page, rng: np.random.Generator) -> list[Change]:
        """Say which quotations to put in where."""
        usable = [
            span.text
            for span in other.quotes
            if span.text.count(" ") + 1 >= _MIN_QUOTE_WORDS and "\n" not in span.text
        ][:_MAX_QUOTES]
        budget = words_of(page.body) * _MAX_GRAFTED_SHARE / (1 - _MAX_GRAFTED_SHARE)
        changes = []
        for quote in choose_share(usable, self.strength, rng) if page.body else []:
            sentence = pick(_ATTRIBUTIONS, rng).format(quote=quote.rstrip(".,!? "))
            budget -= sentence.count(" ") + 1
            if budget < 0:
                break
            place = pick(places_between(page), rng)
            changes.append(Change("grafted_quote", "", f"\n\n{sentence}", place))
        return changes
