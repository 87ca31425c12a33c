"""Candidate sources: near neighbours by vector, then the best derivation among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from copydesk.seeds.search.closeness import (
    MIN_CLOSENESS,
    MIN_RELATED,
    cannot_be_source,
    dates_tell,
    find_second,
    is_formula_copy,
    is_part,
    lacks_names,
    measure_closeness,
)
from copydesk.seeds.search.fingerprint import (
    Fingerprint,
    QuantizedVector,
    cosine_similarity,
    remove_direction,
)
from copydesk.seeds.search.vectors import Keys, VectorIndex

# A source that was made from another text at hand is passed over for that where so little of the
# article is lost.
_MAX_LOSS = 0.25
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
    origin : str or None
        Id of another text at hand that it may derive from itself.
    """

    id: str
    similarity: float
    closeness: float
    origin: str | None = None


Compared = tuple[Candidate, Fingerprint]
"""A candidate and its fingerprint."""


class VectorSearch(Protocol):
    """What finds texts by vector."""

    def search(self, vector: QuantizedVector, n: int) -> tuple[Keys, NDArray[np.float32]]:
        """Find the ``n`` nearest: their keys and cosine similarities, nearest first."""
        ...


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


class Candidates:
    """Texts that articles may derive from, searched by vector and compared by fingerprint.

    Parameters
    ----------
    index : VectorSearch or None
        Of all texts.
    table : FingerprintTable
        Theirs, by the keys of the index.
    are_canonical : bool
        Whether the texts are known as sources. Others are passed over where they look like a
        part of the article, and no dates say that they came first.
    """

    def __init__(
        self, index: VectorSearch | None, table: FingerprintTable, *, are_canonical: bool = True
    ) -> None:
        self._index = index
        self._table = table
        self._are_canonical = are_canonical

    def find(self, wanted: Fingerprint) -> list[Compared]:
        """Find the texts that an article may derive from, the likeliest first.

        Among the nearest by vector, those with enough of the article's wording, content words and
        names, and not with other facts in the same form; where none has enough, the one that has
        most of it, if it may be a report of the same event. The article itself is passed over, and
        so are texts that name it as their source, were published later, or over a year before.
        """
        found = []
        for similarity, other in self._near(wanted, wanted.vector):
            closeness = measure_closeness(wanted, other)
            if closeness >= MIN_RELATED and not is_formula_copy(wanted, other):
                found.append((Candidate(other.id, similarity, closeness), other))
        ranked = by_likelihood(found)
        close = [pair for pair in ranked if pair[0].closeness >= MIN_CLOSENESS]
        return close or ranked[:1]

    def find_for_rest(self, wanted: Fingerprint, first: Fingerprint) -> list[Fingerprint]:
        """Find texts that may have brought what an article's first source lacks.

        Those nearest to the article's vector without its projection on the source's: what two
        texts bring to an article adds up in its vector. None where hardly any name is lacking.
        """
        if not lacks_names(first, wanted):
            return []
        vector = remove_direction(wanted.vector, first.vector)
        return [other for _, other in self._near(wanted, vector)]

    def _near(
        self, wanted: Fingerprint, vector: QuantizedVector
    ) -> Iterator[tuple[float, Fingerprint]]:
        """Give the texts nearest to a vector that may be an article's source."""
        if self._index is None:
            return
        keys, similarities = self._index.search(vector, N_NEIGHBOURS)
        similarity_of = dict(zip(keys.tolist(), similarities.tolist(), strict=True))
        for key, other in self._table.fetch(list(similarity_of)):
            if not cannot_be_source(other, wanted) and not self._may_derive(other, wanted):
                yield similarity_of[key], other

    def _may_derive(self, text: Fingerprint, article: Fingerprint) -> bool:
        undecided = not self._are_canonical and not dates_tell(text, article)
        return undecided and is_part(text, article)


def find_sources(wanted: Fingerprint, candidates: Candidates) -> tuple[Candidate, ...]:
    """Find the source of an article, and a second one where it was woven from two.

    Returns
    -------
    tuple of Candidate
        None, one, or two, the one that more speaks for first.
    """
    ranked = lead_to_origin(candidates.find(wanted))
    rest = candidates.find_for_rest(wanted, ranked[0][1]) if ranked else []
    return choose_sources(wanted, ranked, rest)


def lead_to_origin(ranked: list[Compared]) -> list[Compared]:
    """Put the text that the likeliest source was made from in its place, or name it there.

    In its place where dates or the source itself say so, and hardly less speaks for it.

    Parameters
    ----------
    ranked : list of (Candidate, Fingerprint)
        The candidates of an article, the likeliest first.
    """
    if len(ranked) < 2:
        return ranked
    (first, of_first), *others = ranked
    found = [pair for pair in others if _is_origin(pair[1], of_first)]
    if not found:
        return ranked
    origin, of_origin = max(found, key=lambda pair: measure_closeness(of_first, pair[1]))
    is_sure = of_first.source_id == origin.id or dates_tell(of_origin, of_first)
    if is_sure and origin.closeness >= first.closeness - _MAX_LOSS:
        return [(origin, of_origin), *(pair for pair in ranked if pair[0].id != origin.id)]
    return [(replace(first, origin=origin.id), of_first), *others]


def _is_origin(text: Fingerprint, source: Fingerprint) -> bool:
    """Whether a source may have been made from a text; the more source-like one came first."""
    if cannot_be_source(text, source) or is_formula_copy(source, text):
        return False
    if source.source_id == text.id:
        return True
    is_first = dates_tell(text, source) or text.source_likeness > source.source_likeness
    return is_first and measure_closeness(source, text) >= MIN_CLOSENESS


def compare(article: Fingerprint, text: Fingerprint) -> Candidate:
    """Compare an article with a text that it may derive from, close or not."""
    similarity = cosine_similarity(article.vector, text.vector)
    return Candidate(text.id, similarity, measure_closeness(article, text))


def choose_sources(
    wanted: Fingerprint, ranked: Sequence[Compared], rest: Sequence[Fingerprint]
) -> tuple[Candidate, ...]:
    """Choose an article's source and maybe a second one.

    Parameters
    ----------
    wanted : Fingerprint
        The article's.
    ranked : sequence of (Candidate, Fingerprint)
        Its candidates, the likeliest first.
    rest : sequence of Fingerprint
        More that may have brought what the likeliest lacks.
    """
    if not ranked:
        return ()
    (first, of_first), *others = ranked
    texts = [*(other for _, other in others), *rest]
    second = find_second(wanted, of_first, texts)
    if second is not None:  # what was made from the first itself has more of the article's wording
        texts = [other for other in texts if not _is_origin(of_first, other)]
        second = find_second(wanted, of_first, texts)
    return (first,) if second is None else (first, compare(wanted, texts[second]))


def by_likelihood(found: Iterable[Compared]) -> list[Compared]:
    """Sort candidates, the likeliest source first."""
    return sorted(
        found, key=lambda pair: (-pair[0].closeness, -pair[1].source_likeness, pair[0].id)
    )
