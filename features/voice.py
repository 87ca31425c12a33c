"""Whose voice tells the story: a reporter who was there, or a desk that passes it on.

Measured where no source is at hand: beside one, what was kept and changed says more.
"""

from __future__ import annotations

from itertools import pairwise

from copydesk.features.document import Document
from copydesk.features.names import WEEKDAYS
from copydesk.features.stats import ratio

_FIRST_PERSON = frozenset("i we us our ours me my mine myself ourselves".split())
_SECOND_PERSON = frozenset("you your yours yourself yourselves".split())
_NEAR_DAYS = frozenset("yesterday today tonight tomorrow".split())
_PARTS_OF_DAY = frozenset("morning afternoon evening week weekend".split())
_OWN = frozenset("this our us".split())


def measure_voice(article: Document) -> dict[str, float]:
    """Measure the features of group voice, on what the article says outside quotations."""
    told = _told_words(article)
    said, says = told.count("said"), told.count("says")
    weekdays = [i for i, word in enumerate(told) if word in WEEKDAYS]
    counts = {
        "first_person": _count(told, _FIRST_PERSON),
        "second_person": _count(told, _SECOND_PERSON),
        "told_outlet": _count_told_outlets(article, told),
        "near_days": _count_near_days(told),
    }
    n_told = sum(word is not None for word in told)
    return {
        **{name: ratio(100 * count, n_told) for name, count in counts.items()},
        "says_share": ratio(says, says + said),
        "on_weekday_share": ratio(sum(told[i - 1] == "on" for i in weekdays if i), len(weekdays)),
        "call_share": _call_share(article),
    }


def _told_words(article: Document) -> list[str | None]:
    """Give the words before any apostrophe, in lower case; None in quotations, and for *US*."""
    return [
        None if in_quote or token == "US" else word.split("'")[0]
        for token, word, in_quote in zip(
            article.tokens, article.words, article.in_quote, strict=True
        )
    ]


def _count(told: list[str | None], words: frozenset[str]) -> int:
    return sum(word in words for word in told)


def _count_told_outlets(article: Document, told: list[str | None]) -> int:
    """Count *told us*, *told this newspaper*, *told the Courier*, *told Reuters*."""
    names = {name.token for name in article.names}
    count = 0
    for i, word in enumerate(told[:-1]):
        at = i + 2 if told[i + 1] == "the" else i + 1
        count += word == "told" and (told[i + 1] in _OWN or at in names)
    return count


def _count_near_days(told: list[str | None]) -> int:
    """Count *yesterday*, *today* and their like, and *this morning*."""
    of_parts = sum(
        word == "this" and following in _PARTS_OF_DAY for word, following in pairwise(told)
    )
    return _count(told, _NEAR_DAYS) + of_parts


def _call_share(article: Document) -> float:
    """Share of sentences outside quotations that ask or exclaim."""
    ends = [
        article.sentence_text(i).rstrip()[-1:]
        for i, sentence in enumerate(article.sentences)
        if not article.in_quote[sentence.last_token - 1]
    ]
    return ratio(sum(end in {"?", "!"} for end in ends), len(ends))
