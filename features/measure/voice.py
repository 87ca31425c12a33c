"""Whose voice tells the story: a reporter who was there, or a desk that passes it on."""

from __future__ import annotations

import numpy as np

from copydesk.features.compare.comparison import Comparison
from copydesk.features.measure.feature import Feature, rates, shares
from copydesk.features.read.document import Document
from copydesk.features.read.names import WEEKDAYS
from copydesk.features.stats import ratio

_FIRST_PERSON = frozenset("i we us our ours me my mine myself ourselves".split())
_SECOND_PERSON = frozenset("you your yours yourself yourselves".split())


_GROUP = "voice"
FEATURES: tuple[Feature, ...] = (
    *rates(
        _GROUP,
        False,
        {
            "first_person": "first-person pronouns outside quotations",
            "second_person": "second-person pronouns outside quotations",
        },
    ),
    *shares(
        _GROUP,
        False,
        {
            "says_share": "says among says and said",
            "on_weekday_share": "weekdays after on among all weekdays",
            "call_share": "sentences that ask or exclaim",
        },
    ),
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group voice, on what the article says outside quotations."""
    article = comparison.article
    reported = _reported_words(article)
    said, says = reported.count("said"), reported.count("says")
    weekdays = [i for i, word in enumerate(reported) if word in WEEKDAYS]
    counts = {
        "first_person": _count(reported, _FIRST_PERSON),
        "second_person": _count(reported, _SECOND_PERSON),
    }
    n_reported = len(reported) - reported.count(None)
    return {
        **{name: ratio(100 * count, n_reported) for name, count in counts.items()},
        "says_share": ratio(says, says + said),
        "on_weekday_share": ratio(
            sum(reported[i - 1] == "on" for i in weekdays if i), len(weekdays)
        ),
        "call_share": _call_share(article),
    }


def _reported_words(article: Document) -> list[str | None]:
    """Give the words before any apostrophe, in lower case; None in quotations, and for *US*."""
    bases: dict[str, str | None] = {
        word: word.split("'")[0] for word in article.vocabulary if "'" in word
    }
    reported = [bases.get(word, word) for word in article.words]
    for i in np.flatnonzero(article.in_quote).tolist():
        reported[i] = None
    if "US" in article.tokens:
        for i, token in enumerate(article.tokens):
            if token == "US":
                reported[i] = None
    return reported


def _count(reported: list[str | None], words: frozenset[str]) -> int:
    return sum(map(words.__contains__, reported))


def _call_share(article: Document) -> float:
    """Share of sentences outside quotations that ask or exclaim."""
    ends = [
        article.sentence_text(i).rstrip()[-1:]
        for i, sentence in enumerate(article.sentences)
        if not article.in_quote[sentence.last_token - 1]
    ]
    return ratio(sum(end in {"?", "!"} for end in ends), len(ends))
