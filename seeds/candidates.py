"""Candidate sources: near neighbours by vector, then the best derivation among them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numkong import intersect

from copydesk.seeds.fingerprint import Fingerprint, Hashes
from copydesk.seeds.vectors import VectorIndex

# Of 2,500 rewrites, 12 would find the sources of one more in a thousand.
N_NEIGHBOURS = 8
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that an article may derive from.

    Parameters
    ----------
    id : str
        The text's.
    similarity : float
        Cosine similarity of the two vectors, in [-1, 1].
    closeness : float
        How much speaks for derivation: shares of the article's trigrams, content words and
        names that the text has, less what its length would give by chance. From 0.75 on it is
        taken for a source; a copy has about 2.5.
    """

    id: str
    similarity: float
    closeness: float


class FingerprintTable(Protocol):
    """Where fingerprints are kept, by key."""

    def fetch(self, keys: Sequence[int]) -> Iterable[tuple[int, Fingerprint]]:
        """Give those that are there, in any order."""
        ...


class FingerprintList:
    """Fingerprints in memory; the key is the place in the list."""

    def __init__(self, items: Sequence[Fingerprint]) -> None:
        self.items = items

    def fetch(self, keys: Sequence[int]) -> Iterable[tuple[int, Fingerprint]]:
        """Give those that are there, in any order."""
        return [(key, self.items[key]) for key in keys]


def index_fingerprints(items: Sequence[Fingerprint]) -> VectorIndex | None:
    """Index fingerprints in memory by their place in the list; None where there are none."""
    if not items:
        return None
    index = VectorIndex(len(items[0].vector))
    index.add(np.arange(len(items)), np.vstack([item.vector for item in items]))
    return index


def find_candidates(
    wanted: Fingerprint,
    index: VectorIndex | None,
    table: FingerprintTable,
    *,
    are_canonical: bool = True,
) -> list[Candidate]:
    """Find the texts that an article may derive from, the likeliest first.

    Among the nearest by vector, those with enough of the article's wording, content words and
    names. The article itself is passed over, and so are texts that name it as their source, were
    published later, or over a year before.

    Parameters
    ----------
    wanted : Fingerprint
        The article's.
    index : VectorIndex or None
        Of all texts.
    table : FingerprintTable
        Theirs, by the keys of the index.
    are_canonical : bool
        Whether the texts are known as sources. Others are passed over too where they look like a
        part of the article, and no dates say that they came first.

    Returns
    -------
    list of Candidate
        Empty where no text is close enough.
    """
    return [found for found, _ in _ranked(wanted, index, table, are_canonical)]


def find_sources(
    wanted: Fingerprint,
    index: VectorIndex | None,
    table: FingerprintTable,
    *,
    are_canonical: bool = True,
) -> tuple[Candidate, ...]:
    """Find the source of an article, and a second one where it was woven from two.

    The second has at least a quarter of the article's trigrams that the first lacks, and half of
    such content words and names.

    Parameters
    ----------
    wanted, index, table, are_canonical
        As for ``find_candidates``.

    Returns
    -------
    tuple of Candidate
        None, one, or two, the one with more of the article first.
    """
    ranked = _ranked(wanted, index, table, are_canonical)
    if len(ranked) < 2:
        return tuple(candidate for candidate, _ in ranked)
    (first, of_first), *others = ranked
    rest_trigrams = _without(wanted.trigrams, of_first.trigrams)
    if len(rest_trigrams) < _MIN_REST_TRIGRAMS * len(wanted.trigrams):
        return (first,)
    rest_stems = _without(wanted.stems, of_first.stems)
    for second, other in others:
        if (
            _share(rest_trigrams, other.trigrams) >= _MIN_REST_TRIGRAMS
            and _share(rest_stems, other.stems) >= _MIN_REST_STEMS
        ):
            return first, second
    return (first,)


def _ranked(
    wanted: Fingerprint, index: VectorIndex | None, table: FingerprintTable, are_canonical: bool
) -> list[tuple[Candidate, Fingerprint]]:
    if index is None:
        return []
    keys, similarities = index.search(wanted.vector, N_NEIGHBOURS)
    similarity_of = dict(zip(keys.tolist(), similarities.tolist(), strict=True))
    found = []
    for key, other in table.fetch(list(similarity_of)):
        if _cannot_be_source(other, wanted):
            continue
        content = _share(wanted.stems, other.stems)
        closeness = _closeness(wanted, other, content)
        may_derive = not are_canonical and not dates_tell(other, wanted)
        if closeness >= MIN_CLOSENESS and not (may_derive and _is_part(content, other, wanted)):
            found.append((Candidate(other.id, similarity_of[key], closeness), other))
    found.sort(key=lambda pair: (-pair[0].closeness, -pair[1].standing, pair[0].id))
    return found


def _closeness(article: Fingerprint, candidate: Fingerprint, content: float) -> float:
    """Weigh what speaks for derivation; ``content`` is the share of stems in the candidate."""
    wording = _share(article.trigrams, candidate.trigrams)
    has_names = len(article.names) >= _MIN_NAMES
    names = _share(article.names, candidate.names) if has_names else 0.5
    by_chance = _LENGTH_WEIGHT * math.log((candidate.n_words + _SMOOTHING_WORDS) / _USUAL_WORDS)
    return wording + content + names / 2 - by_chance


def _share(hashes: Hashes, others: Hashes) -> float:
    """Share of hashes that are among others; 0 where there are none."""
    return intersect(hashes, others) / max(len(hashes), 1)


def _without(hashes: Hashes, others: Hashes) -> Hashes:
    """Give the hashes that are not among others."""
    if not len(others):
        return hashes
    nearest = others.take(others.searchsorted(hashes), mode="clip")
    return hashes[nearest != hashes]


def dates_tell(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether dates tell which of two texts came first."""
    return None not in (one.published, other.published) and one.published != other.published


def _cannot_be_source(other: Fingerprint, wanted: Fingerprint) -> bool:
    if wanted.id in (other.id, other.source_id):
        return True
    if other.published is None or wanted.published is None:
        return False
    return not 0 <= wanted.published - other.published <= _MAX_AGE_SECONDS


def _is_part(content: float, candidate: Fingerprint, article: Fingerprint) -> bool:
    """Whether nearly all of the candidate is in the article, and less of the article in it."""
    of_candidate = content * len(article.stems) / max(len(candidate.stems), 1)
    return of_candidate > content + _COMPLETENESS_MARGIN
