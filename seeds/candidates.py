"""Candidate sources: near neighbours by vector, then the best derivation among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from copydesk.seeds.comparison import (
    MIN_CLOSENESS,
    cannot_be_source,
    dates_tell,
    find_second,
    is_part,
    measure_closeness,
)
from copydesk.seeds.fingerprint import Fingerprint, cosine_similarity
from copydesk.seeds.vectors import VectorIndex

# Of 2,500 rewrites, 12 would find the sources of one more in a thousand.
N_NEIGHBOURS = 8


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
        How much speaks for derivation; see ``measure_closeness``.
    """

    id: str
    similarity: float
    closeness: float


Compared = tuple[Candidate, Fingerprint]
"""A candidate and its fingerprint."""


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
    return choose_sources(wanted, _ranked(wanted, index, table, are_canonical))


def compare(article: Fingerprint, text: Fingerprint) -> Candidate:
    """Compare an article with a text that it may derive from, close or not."""
    similarity = cosine_similarity(article.vector, text.vector)
    return Candidate(text.id, similarity, measure_closeness(article, text))


def choose_sources(wanted: Fingerprint, ranked: Sequence[Compared]) -> tuple[Candidate, ...]:
    """Choose of an article's candidates, the likeliest first, its source and a second one."""
    if not ranked:
        return ()
    (first, of_first), *others = ranked
    second = find_second(wanted, of_first, [other for _, other in others])
    return (first,) if second is None else (first, others[second][0])


def _ranked(
    wanted: Fingerprint, index: VectorIndex | None, table: FingerprintTable, are_canonical: bool
) -> list[Compared]:
    if index is None:
        return []
    keys, similarities = index.search(wanted.vector, N_NEIGHBOURS)
    similarity_of = dict(zip(keys.tolist(), similarities.tolist(), strict=True))
    found = []
    for key, other in table.fetch(list(similarity_of)):
        if cannot_be_source(other, wanted):
            continue
        closeness = measure_closeness(wanted, other)
        may_derive = not are_canonical and not dates_tell(other, wanted)
        if closeness >= MIN_CLOSENESS and not (may_derive and is_part(other, wanted)):
            found.append((Candidate(other.id, similarity_of[key], closeness), other))
    return by_likelihood(found)


def by_likelihood(found: Iterable[Compared]) -> list[Compared]:
    """Sort candidates, the likeliest source first."""
    return sorted(found, key=lambda pair: (-pair[0].closeness, -pair[1].standing, pair[0].id))
