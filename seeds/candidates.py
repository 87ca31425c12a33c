"""Candidate sources: near neighbours by vector, then the best derivation among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from copydesk.features import Document
from copydesk.features.credits import CreditKind
from copydesk.features.encoder import FloatArray
from copydesk.features.grams import Grams, containment
from copydesk.types import Article, Source

_N_NEIGHBOURS = 12
_MIN_SIMILARITY = 0.6
_MIN_CLOSENESS = 0.3
# How much more of a candidate must be in the article than the other way round for the candidate
# to look like a part of the article rather than its source.
_COMPLETENESS_MARGIN = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What finding a source needs of a text."""

    article: Article
    vector: FloatArray
    trigrams: Grams
    stems: frozenset[str]
    is_credited: bool
    n_words: int


def fingerprint(article: Article, document: Document) -> Fingerprint:
    """Take a text's fingerprint."""
    return Fingerprint(
        article,
        document.vector,
        document.grams[3],
        frozenset().union(*document.content_stems),
        any(credit.kind is not CreditKind.CREDIT_LINE for credit in document.credits),
        len(document.words),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that an article may derive from."""

    article: Article
    source: Source
    closeness: float


class CandidateIndex:
    """Texts that articles may derive from, searched by vector.

    Parameters
    ----------
    fingerprints : iterable of Fingerprint
        Of all texts; an article in it never finds itself.
    """

    def __init__(self, fingerprints: Iterable[Fingerprint]) -> None:
        self._fingerprints = list(fingerprints)
        self._index: Any = None
        if self._fingerprints:
            from usearch.index import Index  # deferred: only searching needs it

            vectors = np.vstack([item.vector for item in self._fingerprints])
            self._index = Index(ndim=vectors.shape[1], metric="cos", dtype="f32")
            self._index.add(np.arange(len(vectors)), vectors)

    def __len__(self) -> int:
        return len(self._fingerprints)

    def find(self, wanted: Fingerprint) -> Candidate | None:
        """Find the text that an article most likely derives from; None where none is close.

        Among the nearest by vector, the one with the most of the article's wording and content
        words wins. Texts that name the article as their source, that were published later, or that
        look like a part of the article, are passed over.
        """
        if self._index is None:
            return None
        matches = self._index.search(wanted.vector, _N_NEIGHBOURS)
        best: Candidate | None = None
        for key, distance in zip(matches.keys.tolist(), matches.distances.tolist(), strict=True):
            other = self._fingerprints[key]
            similarity = 1.0 - distance
            if other.article.id == wanted.article.id or similarity < _MIN_SIMILARITY:
                continue
            if other.article.source_id == wanted.article.id or _is_later(
                other.article.published, wanted.article.published
            ):
                continue
            wording = containment(wanted.trigrams, other.trigrams)
            content = len(wanted.stems & other.stems) / max(len(wanted.stems), 1)
            closeness = wording + content / 2
            if not _dates_tell(other, wanted) and _is_part(other, wanted):
                continue
            if closeness >= _MIN_CLOSENESS and (best is None or closeness > best.closeness):
                best = Candidate(other.article, Source(other.article.id, similarity), closeness)
        return best

    def find_among_themselves(self) -> dict[str, Candidate]:
        """Find for each text the one among the others that it derives from, by id.

        Two texts that are each other's candidates cannot both derive: where dates do not tell
        which came first, the one that more texts point to is the source; then the one that
        names an agency; then the longer one; then the one that comes first.
        """
        prints = {item.article.id: item for item in self._fingerprints}
        found = {key: self.find(item) for key, item in prints.items()}
        followers = Counter(candidate.article.id for candidate in found.values() if candidate)
        order = {key: -i for i, key in enumerate(prints)}

        def likeness(item: Fingerprint) -> tuple[int, bool, int, int]:
            key = item.article.id
            return followers[key], item.is_credited, item.n_words, order[key]

        sources = {}
        for key, candidate in found.items():
            if candidate is None:
                continue
            own, other = prints[key], prints[candidate.article.id]
            back = found[other.article.id]
            mutual = back is not None and back.article.id == key and not _dates_tell(own, other)
            if not (mutual and likeness(own) > likeness(other)):
                sources[key] = candidate
        return sources


def _dates_tell(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether dates tell which of two texts came first."""
    dates = {one.article.published, other.article.published}
    return None not in dates and len(dates) == 2


def _is_later(published: datetime | None, than: datetime | None) -> bool:
    return published is not None and than is not None and published > than


def _is_part(candidate: Fingerprint, article: Fingerprint) -> bool:
    """Whether nearly all of the candidate is in the article, and less of the article in it."""
    of_candidate = len(candidate.stems & article.stems) / max(len(candidate.stems), 1)
    of_article = len(candidate.stems & article.stems) / max(len(article.stems), 1)
    return of_candidate > of_article + _COMPLETENESS_MARGIN
