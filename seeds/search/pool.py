"""Articles at hand as possible sources: a list, or a stream that is written aside as it is read."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile

from copydesk.seeds.search.candidates import (
    Candidate,
    Candidates,
    FingerprintList,
    find_sources,
    index_fingerprints,
)
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.stories import PairAnswer, Place, find_places
from copydesk.types import Article

_MAX_SPOOL_BYTES = 64_000_000

ArticlePair = tuple[Article, Article]
"""An article and a candidate that it may derive from."""

AskArticles = Callable[[Iterable[ArticlePair]], Iterator[PairAnswer]]
"""Asks a model of pairs of articles; answers come in their order."""

TakeFingerprint = Callable[[Article], Fingerprint | None]
"""Reads an article; None where it cannot be judged, and so is nobody's source."""


class ArticleSpool:
    """Articles of a stream, by their place: a few in memory, many in a temporary file."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_MAX_SPOOL_BYTES)  # noqa: SIM115
        self._starts = array("q")

    def append(self, article: Article) -> None:
        """Put an article at the end."""
        self._starts.append(self._file.seek(0, 2))
        pickle.dump(article, self._file, pickle.HIGHEST_PROTOCOL)

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, place: int) -> Article:
        self._file.seek(self._starts[place])
        article: Article = pickle.load(self._file)
        return article

    def close(self) -> None:
        """Delete the file."""
        self._file.close()


class ArticlePool:
    """Articles that others, or each other, may derive from; only fingerprints stay in memory.

    Parameters
    ----------
    articles : iterable of Article
        A sequence is kept as it is, a stream is written aside. Of two with one id, the last one
        is found.
    take : callable
        Gives an article's fingerprint, or None.
    """

    def __init__(self, articles: Iterable[Article], take: TakeFingerprint) -> None:
        self._spool: ArticleSpool | None = None
        self._articles: Sequence[Article] | ArticleSpool
        if isinstance(articles, Sequence):
            self._articles = articles
        else:
            self._articles = self._spool = ArticleSpool()
        self._places: dict[str, int] = {}
        fingerprints: dict[str, Fingerprint] = {}
        try:
            for place, article in enumerate(articles):
                if self._spool is not None:
                    self._spool.append(article)
                self._places[article.id] = place
                fingerprints.pop(article.id, None)
                taken = take(article)
                if taken is not None:
                    fingerprints[article.id] = taken
        except BaseException:
            self.close()
            raise
        # By id, so that whatever order the articles come in, the same are found.
        self._fingerprints = sorted(fingerprints.values(), key=lambda taken: taken.id)
        self._index = index_fingerprints(self._fingerprints)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Article]:
        return (self._articles[place] for place in range(len(self._articles)))

    def get(self, article_id: str) -> Article | None:
        """Give an article by its id; None where it is not there."""
        place = self._places.get(article_id)
        return None if place is None else self._articles[place]

    def find(self, wanted: Fingerprint) -> tuple[Candidate, ...]:
        """Find the source of an article, and a second one where it was woven from two."""
        return find_sources(wanted, Candidates(self._index, FingerprintList(self._fingerprints)))

    def places(self, ask: AskArticles) -> dict[str, Place]:
        """Find for each article which of the others it derives from, and its story."""

        def article(key: str) -> Article:
            return self._articles[self._places[key]]

        def ask_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[PairAnswer]:
            return ask((article(text), article(candidate)) for text, candidate in pairs)

        return find_places(self._fingerprints, self._index, ask_pairs)

    def close(self) -> None:
        """Let go of what was written aside."""
        if self._spool is not None:
            self._spool.close()
