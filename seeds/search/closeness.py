"""Comparison of two fingerprints: how much speaks for one text being made from the other."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numkong import intersect

from copydesk.seeds.search.dates import is_later
from copydesk.seeds.search.facts import compare_facts, have_same_facts
from copydesk.seeds.search.fingerprint import N_HASHES, Fingerprint, Hashes

MIN_CLOSENESS = 0.75
# Less close, a text may still be what an article derives from, or another report of its event: of
# 90 originals 3 in 4 have such a one among all that was published on the event. Of 60 texts on
# other events, one is as close to one article in twenty-five.
MIN_RELATED = 0.5
# News of the same kind comes every year.
_MAX_AGE_SECONDS = 366 * 86_400.0
# Of two texts on one topic the longer has more of anything in it by chance alone.
_LENGTH_WEIGHT = 0.3
_USUAL_WORDS = 400
_SMOOTHING_WORDS = 50
_MIN_NAMES = 3
# Facts that are missing, more those that contradict each other, less those that are shared, in
# hundreds of true pairs (rewrites, round trips, edited copies) come to 1 at most; in most
# pairs of results or market reports of other companies and days to 5 or more.
_MIN_FACTS = 4
_MIN_DOUBT = 5
# So many facts, nearly all of them shared, make up for wording that nearly all went. Of 13 true
# sources that are less than close 5 have them, of 160 other reports of the event 1.
_MANY_FACTS = 8
_NEARLY_ALL = 0.9
_NEARLY_CLOSE = 0.45
# Of 1,150 true pairs that share so much wording, none lost so many names.
_MAX_FORMULA_NAMES = 0.2
_MIN_FORMULA_WORDING = 0.15
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
    about 2.5. Where many facts are the same, less wording will do.
    """
    wording = _share(article.trigrams, text.trigrams)
    content = _share(article.stems, text.stems)
    has_names = len(article.names) >= _MIN_NAMES
    names = _share(article.names, text.names) if has_names else 0.5
    by_chance = _LENGTH_WEIGHT * math.log((text.n_words + _SMOOTHING_WORDS) / _USUAL_WORDS)
    closeness = wording + content + names / 2 - by_chance
    if not _NEARLY_CLOSE <= closeness < MIN_CLOSENESS:
        return closeness
    are_same = have_same_facts(article.facts, text.facts, _MANY_FACTS, _NEARLY_ALL)
    return MIN_CLOSENESS if are_same else closeness


def cannot_be_source(text: Fingerprint, article: Fingerprint) -> bool:
    """Whether a text is the article, names it as its source, or came too late or too early."""
    if article.id in (text.id, text.source_id):
        return True
    if text.published is None or article.published is None:
        return False
    is_too_old = article.published[0] - text.published[1] > _MAX_AGE_SECONDS
    return is_too_old or is_later(text.published, article.published)


def dates_tell(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether dates tell which of two texts came first."""
    return is_later(one.published, other.published) or is_later(other.published, one.published)


def is_formula_copy(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two texts are one form filled in twice: the wording is alike, the facts are not.

    Market wraps, results of companies, quakes, weather. A rewrite, however bad, keeps most figures.
    """
    facts = compare_facts(one.facts, other.facts)
    doubt = facts.n + 2 * facts.n_contradicted - 3 * facts.n_shared
    if facts.n >= _MIN_FACTS and doubt >= _MIN_DOUBT:
        return True
    n_names = min(len(one.names), len(other.names))
    return (
        n_names >= _MIN_FACTS
        and doubt >= 0
        and intersect(one.names, other.names) < _MAX_FORMULA_NAMES * n_names
        and _share(one.trigrams, other.trigrams) >= _MIN_FORMULA_WORDING
    )


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
    n = len(hashes)
    return intersect(hashes, others) / n if n else 0.0


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
