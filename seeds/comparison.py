"""Comparison of two fingerprints: how much speaks for one text being made from the other."""

from __future__ import annotations

import math
from collections.abc import Sequence

from numkong import intersect

from copydesk.seeds.fingerprint import Fingerprint, Hashes

MIN_CLOSENESS = 0.75
# News of the same kind comes every year.
_MAX_AGE_SECONDS = 366 * 86_400.0
# Of two texts on one topic the longer has more of anything in it by chance alone.
_LENGTH_WEIGHT = 0.3
_USUAL_WORDS = 400
_SMOOTHING_WORDS = 50
_MIN_NAMES = 3
# How much more of a candidate must be in the article than the other way round for the candidate
# to look like a part of the article rather than its source.
_COMPLETENESS_MARGIN = 0.15
# Of what the first source does not have, the share that makes another text a second source.
_MIN_REST_TRIGRAMS = 0.25
_MIN_REST_STEMS = 0.5


def measure_closeness(article: Fingerprint, text: Fingerprint) -> float:
    """Weigh what speaks for an article being made from a text.

    Shares of the article's trigrams, content words and names that the text has, less what its
    length would give by chance. From ``MIN_CLOSENESS`` on it is taken for a source; a copy has
    about 2.5.
    """
    wording = _share(article.trigrams, text.trigrams)
    content = _share(article.stems, text.stems)
    has_names = len(article.names) >= _MIN_NAMES
    names = _share(article.names, text.names) if has_names else 0.5
    by_chance = _LENGTH_WEIGHT * math.log((text.n_words + _SMOOTHING_WORDS) / _USUAL_WORDS)
    return wording + content + names / 2 - by_chance


def cannot_be_source(text: Fingerprint, article: Fingerprint) -> bool:
    """Whether a text is the article, names it as its source, or came too late or too early."""
    if article.id in (text.id, text.source_id):
        return True
    if text.published is None or article.published is None:
        return False
    return not 0 <= article.published - text.published <= _MAX_AGE_SECONDS


def dates_tell(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether dates tell which of two texts came first."""
    return None not in (one.published, other.published) and one.published != other.published


def is_part(text: Fingerprint, article: Fingerprint) -> bool:
    """Whether nearly all of a text is in the article, and less of the article in it."""
    of_text = _share(text.stems, article.stems)
    return of_text > _share(article.stems, text.stems) + _COMPLETENESS_MARGIN


def find_second(
    article: Fingerprint, first: Fingerprint, others: Sequence[Fingerprint]
) -> int | None:
    """Give the place of the first text with much of an article that its first source lacks."""
    trigrams = _without(article.trigrams, first.trigrams)
    if len(trigrams) < _MIN_REST_TRIGRAMS * len(article.trigrams):
        return None
    stems = _without(article.stems, first.stems)
    for place, other in enumerate(others):
        has_wording = _share(trigrams, other.trigrams) >= _MIN_REST_TRIGRAMS
        if has_wording and _share(stems, other.stems) >= _MIN_REST_STEMS:
            return place
    return None


def _share(hashes: Hashes, others: Hashes) -> float:
    """Share of hashes that are among others; 0 where there are none."""
    return intersect(hashes, others) / max(len(hashes), 1)


def _without(hashes: Hashes, others: Hashes) -> Hashes:
    """Give the hashes that are not among others."""
    if not len(others):
        return hashes
    nearest = others.take(others.searchsorted(hashes), mode="clip")
    rest: Hashes = hashes[nearest != hashes]
    return rest
