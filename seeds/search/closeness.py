"""Comparison of two fingerprints: how much speaks for one text being made from the other."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numkong import intersect

from copydesk.seeds.search.fingerprint import N_HASHES, Fingerprint, Hashes

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
# What another text must have of what the first source lacks to be a second source: of trigrams,
# content words and names. Either much of the wording, or less of it and of at least three names.
# Of 80 texts woven from two wires, 78 are told so; of 540 public copies and rewrites of one, none.
_MIN_REST_SHARE = 0.05
_MIN_REST_NAMES = 3
_MUCH_OF_REST = {"trigrams": 0.25, "stems": 0.5}
_NAMED_OF_REST = {"trigrams": 0.1, "stems": 0.25, "names": 0.4}
# A second text brings names along with its wording: of 65 found by looking for the rest, the first
# source lacks 0.37 times as large a share of the names as of the trigrams, or more. Of the
# public rewrites that have three names of their own a third are below 0.3.
_MIN_NAMES_PER_WORDING = 0.3


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


def lacks_names(first: Fingerprint, article: Fingerprint) -> bool:
    """Whether an article has names and wording that its first source lacks: a second may have them.

    Nearly every rewrite has wording of its own; names it hardly has.
    """
    wording = _share_lacking(article.trigrams, first.trigrams)
    if wording < _MIN_REST_SHARE:
        return False
    n_names = _n_lacking(article.names, first.names)
    enough = n_names >= _MIN_REST_NAMES
    return enough and n_names / len(article.names) >= _MIN_NAMES_PER_WORDING * wording


def find_second(
    article: Fingerprint,
    first: Fingerprint,
    others: Sequence[Fingerprint],
    *,
    names_tell: bool = True,
) -> int | None:
    """Give the place of the text with most of the wording that an article's first source lacks.

    It has a quarter of the trigrams and half of the content words, or, where the first source lacks
    three names or more, a tenth, a quarter, and two fifths of the names; otherwise, or where hardly
    any wording is lacking, there is none. Where ``names_tell`` is false, only the first rule holds:
    of another report of the event, too, much the same names may be lacking.
    """
    if _share_lacking(article.trigrams, first.trigrams) < _MIN_REST_SHARE:
        return None
    rules = [_MUCH_OF_REST]
    if names_tell and _n_lacking(article.names, first.names) >= _MIN_REST_NAMES:
        rules.append(_NAMED_OF_REST)
    wording = _without(article.trigrams, first.trigrams)
    shares = [_share(wording, other.trigrams) for other in others]
    # Hardly any text has enough of the wording: the rest is looked at only where one has.
    least = min(rule["trigrams"] for rule in rules)
    places = [place for place, share in enumerate(shares) if share >= least]
    for place in sorted(places, key=shares.__getitem__, reverse=True):
        if any(_has_rest(others[place], article, first, rule) for rule in rules):
            return place
    return None


def _has_rest(
    text: Fingerprint, article: Fingerprint, first: Fingerprint, rule: dict[str, float]
) -> bool:
    """Whether a text has the shares that a rule asks of what an article's first source lacks."""
    for kind, least in rule.items():
        rest = _without(getattr(article, kind), getattr(first, kind))
        if _share(rest, getattr(text, kind)) < least:
            return False
    return True


def _share(hashes: Hashes, others: Hashes) -> float:
    """Share of hashes that are among others; 0 where there are none."""
    return intersect(hashes, others) / max(len(hashes), 1)


def _n_lacking(hashes: Hashes, others: Hashes) -> int:
    """Count the hashes that are not among others."""
    return len(hashes) - int(intersect(hashes, others))


def _share_lacking(hashes: Hashes, others: Hashes) -> float:
    """Share of hashes that are not among others; 0 where there are none."""
    return _n_lacking(hashes, others) / max(len(hashes), 1)


def _without(hashes: Hashes, others: Hashes) -> Hashes:
    """Give the hashes that are not among others."""
    is_lacking = np.ones(N_HASHES, bool)
    is_lacking[others] = False
    rest: Hashes = hashes[is_lacking[hashes]]
    return rest
