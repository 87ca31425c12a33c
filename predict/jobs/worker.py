"""A worker: what a process needs to label chunks, opened once and used for all of them."""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from copydesk.models import Model
from copydesk.predict.document_folder import DocumentFolder
from copydesk.predict.jobs.chunk import Chunk, Labelled, Written, write_chunk
from copydesk.predict.jobs.clock import Clock
from copydesk.predict.matching import Match, Sources
from copydesk.predict.scorer import Scorer
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.pool_file import read_pool
from copydesk.seeds.search.stories import PairAnswer
from copydesk.seeds.store.stores import open_stores
from copydesk.types import Article, Rejected, Verdict


@dataclass(frozen=True, slots=True)
class Setup:
    """With what the chunks of a run are labelled, in whatever process.

    Parameters
    ----------
    run : str
        Names the run: by the next one another store may lie in the same place.
    model : Model
        Decides.
    stores : tuple of Path
        Folders of the stores to search.
    pool : Path or None
        File with sources to search, as ``write_pool`` makes it. Without stores and pool, what an
        article is compared with comes with its chunk, or it is judged alone.
    documents : DocumentFolder or None
        Where all processes keep the documents that they read.
    """

    run: str
    model: Model = field(compare=False)
    stores: tuple[Path, ...] = field(default=(), compare=False)
    pool: Path | None = field(default=None, compare=False)
    documents: DocumentFolder | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SetupFile:
    """A setup written aside, so that no task has to carry a model."""

    path: Path
    run: str


class Worker:
    """A scorer and the sources it searches."""

    def __init__(self, setup: Setup) -> None:
        self.scorer = Scorer(setup.model, setup.documents)
        self._sources: Sources = []
        if setup.stores:
            self._sources = open_stores(setup.stores)
        elif setup.pool is not None:
            self._sources = read_pool(setup.pool)

    def label(self, chunk: Chunk) -> Labelled:
        """Label a chunk; measures how long finding sources and judging took."""
        finding = Clock()
        outcomes: Iterator[Verdict | Rejected] = (
            self.scorer.label_match(match) for match in self._matches(chunk, finding)
        )
        started = time.perf_counter()
        items = tuple(
            item if isinstance(item, Rejected) else next(outcomes) for item in chunk.items
        )
        elapsed = time.perf_counter() - started
        seconds = {"finding sources": finding.seconds, "judging": elapsed - finding.seconds}
        return Labelled(chunk.number, items, seconds)

    def _matches(self, chunk: Chunk, finding: Clock) -> Iterator[Match]:
        if chunk.matches is not None:
            return iter(chunk.matches)
        return finding.time(self.scorer.find_sources(chunk.articles, self._sources))


@lru_cache(maxsize=1)
def _worker_of(setup: Setup) -> Worker:
    return Worker(setup)


@lru_cache(maxsize=1)
def _worker_of_file(where: SetupFile) -> Worker:
    setup = pickle.loads(where.path.read_bytes())
    if not isinstance(setup, Setup):
        raise TypeError(f"{where.path} holds no setup")
    return Worker(setup)


def find_worker(where: Setup | SetupFile) -> Worker:
    """Give this process's worker for a run, opened where it is not yet."""
    return _worker_of_file(where) if isinstance(where, SetupFile) else _worker_of(where)


def label_chunk(where: Setup | SetupFile, chunk: Chunk) -> Labelled:
    """Label a chunk, in whatever process."""
    return find_worker(where).label(chunk)


def label_and_write(where: Setup | SetupFile, chunk: Chunk, with_texts: bool) -> Written:
    """Label a chunk and write the outcome as lines of JSON, in whatever process."""
    return write_chunk(chunk, find_worker(where).label(chunk), with_texts=with_texts)


def answer_pairs(
    where: Setup | SetupFile, articles: Sequence[Article], pairs: Sequence[tuple[int, int]]
) -> list[PairAnswer]:
    """Ask of pairs of articles, each by its place, in whatever process."""
    asked = ((articles[one], articles[other]) for one, other in pairs)
    return list(find_worker(where).scorer.answer_pairs(asked))


def take_fingerprints(
    where: Setup | SetupFile, articles: Sequence[Article]
) -> list[Fingerprint | None]:
    """Take fingerprints, in whatever process; None where an article cannot be judged."""
    return [find_worker(where).scorer.fingerprint(article) for article in articles]
