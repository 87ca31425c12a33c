"""The pipeline: how a chunk gets what its articles are to be compared with, whoever finds it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from copydesk.defaults import CHUNK_SIZE
from copydesk.predict.atomic import writing
from copydesk.predict.document_folder import DocumentFolder
from copydesk.predict.jobs.chunk import Chunk, Item
from copydesk.predict.jobs.worker import Setup, answer_pairs, take_fingerprints
from copydesk.predict.jobs.workers import (
    Workers,
    cluster_workers,
    connect,
    local_workers,
    workers_see,
)
from copydesk.predict.matching import Match, Sources
from copydesk.predict.scorer import Scorer
from copydesk.seeds.corpus.input_record import InputRecord
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.pool import ArticlePair
from copydesk.seeds.search.pool_file import read_pool, write_pool
from copydesk.seeds.search.stories import PairAnswer
from copydesk.seeds.store import Store
from copydesk.seeds.store.database import FILE
from copydesk.seeds.store.stores import StoreGroup
from copydesk.types import Article, Rejected

_log = logging.getLogger(__name__)
_POOL = "sources.pool"
_DOCUMENTS = "documents"
_PAIRS_AT_A_TIME = 64

Prints = Mapping[str, Fingerprint | None]
"""Fingerprints by the articles' ids."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Workers, and what is done to each chunk before they get it.

    Parameters
    ----------
    workers : Workers
        Labels chunks.
    prepare : callable
        Gives the chunks as the workers want them.
    needs_all : bool
        Whether it has to see all chunks, even if some are done, because articles of one may
        derive from those of another.
    """

    workers: Workers
    prepare: Callable[[Iterable[Chunk]], Iterator[Chunk]]
    needs_all: bool = False


@contextmanager
def open_pipeline(
    scorer: Scorer,
    sources: Sources,
    n_jobs: int = 1,
    cluster: str | None = None,
    scratch: Path | None = None,
    find_prints: Callable[[Workers], Prints] | None = None,
) -> Iterator[Pipeline]:
    """Set up a pipeline for chunks of one input.

    Each process searches stores and pools for itself. Where those of a cluster do not see them,
    this process does; and it does where the articles are each other's candidates, because who
    derives from whom can only be said of all of them together: there the others read the articles
    and answer of pairs.

    Parameters
    ----------
    scorer : Scorer
        Says with which model.
    sources : Store, StoreGroup, iterable of Article or None
        As for ``Scorer.label``.
    n_jobs, cluster
        As for ``local_workers`` and ``connect``.
    scratch : Path, optional
        Folder where sources that are no store are written aside; what lies there is used again.
        By default a temporary one.
    find_prints : callable, optional
        Gives the fingerprints of the input's articles, where some are known already.

    Raises
    ------
    InvalidStore
        The store was made with another encoder than the model, or is outdated.
    """
    scorer.check_sources(sources)
    setup = Setup(uuid4().hex, scorer.model)
    with ExitStack() as stack:
        if scratch is None:
            scratch = Path(stack.enter_context(TemporaryDirectory(prefix="copydesk-")))
        folder = scratch.absolute() / _DOCUMENTS
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
        if cluster is None:
            documents = stack.enter_context(_documents(folder)) if sources is None else None
            workers = stack.enter_context(
                local_workers(replace(setup, documents=documents), n_jobs)
            )
            yield _line(scorer, sources, scratch, workers, setup, lambda _: True, find_prints)
            return
        client = stack.enter_context(connect(cluster))
        workers = cluster_workers(client, setup)
        yield _line(
            scorer, sources, scratch, workers, setup, lambda p: workers_see(client, p), find_prints
        )


@contextmanager
def _documents(folder: Path) -> Iterator[DocumentFolder]:
    """Make a folder for documents: each text is met thrice where they are each other's candidates.

    Together they take half of what is free on the disk at most.
    """
    # There still, where a worker of a run that was killed lives a little longer.
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        yield DocumentFolder(folder, shutil.disk_usage(folder).free // 2)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _line(
    scorer: Scorer,
    sources: Sources,
    scratch: Path,
    workers: Workers,
    setup: Setup,
    see: Callable[[Sequence[Path]], bool],
    find_prints: Callable[[Workers], Prints] | None,
) -> Pipeline:
    if sources is None:
        prints = find_prints(workers) if find_prints is not None else None
        return Pipeline(
            workers, lambda chunks: _match_all(scorer, workers, chunks, prints), needs_all=True
        )
    if isinstance(sources, Store | StoreGroup):
        stores = sources.stores if isinstance(sources, StoreGroup) else (sources,)
        folders = tuple(store.folder.absolute() for store in stores)
        if see([folder / FILE for folder in folders]):
            return Pipeline(_again(workers, setup, stores=folders), iter)
        _log.info("the workers do not see the store: this process searches it for them")
        return Pipeline(workers, lambda chunks: _match_each(scorer, sources, chunks))
    if isinstance(sources, Sequence) and not sources:
        return Pipeline(workers, iter)
    pool = scratch.absolute() / _POOL
    if not pool.exists():
        _write_sources(workers, sources, pool)
    if see([pool]):
        return Pipeline(_again(workers, setup, pool=pool), iter)
    _log.info("the workers do not see the sources: this process searches them for all")
    searched = read_pool(pool)
    return Pipeline(workers, lambda chunks: _match_each(scorer, searched, chunks))


def _again(
    workers: Workers, setup: Setup, *, stores: tuple[Path, ...] = (), pool: Path | None = None
) -> Workers:
    return workers.with_setup(replace(setup, run=uuid4().hex, stores=stores, pool=pool))


def _write_sources(workers: Workers, sources: Iterable[Article], path: Path) -> None:
    """Write sources aside with their fingerprints, which all processes take together."""
    with writing(path) as stream:
        n_sources = write_pool(stream, fingerprint_all(workers, sources))
    _log.info("%d sources read into %s", n_sources, path)


def fingerprint_all(
    workers: Workers, articles: Iterable[Article]
) -> Iterator[tuple[Article, Fingerprint | None]]:
    """Give articles with their fingerprints, in order."""
    waiting: list[list[Article]] = []

    def tasks() -> Iterator[tuple[list[Article]]]:
        unread = iter(articles)
        while piece := list(islice(unread, CHUNK_SIZE)):
            waiting.append(piece)
            yield (piece,)

    for prints in workers.run_in_order(take_fingerprints, tasks()):
        yield from zip(waiting.pop(0), prints, strict=True)


def ask_all(workers: Workers, pairs: Iterable[ArticlePair]) -> Iterator[PairAnswer]:
    """Ask of pairs of articles, in order; neighbours of one story go to the same process."""

    def tasks() -> Iterator[tuple[list[Article], list[tuple[int, int]]]]:
        unread = iter(pairs)
        while piece := list(islice(unread, _PAIRS_AT_A_TIME)):
            articles = {article.id: article for pair in piece for article in pair}
            place = {key: i for i, key in enumerate(articles)}
            yield list(articles.values()), [(place[one.id], place[two.id]) for one, two in piece]

    return chain.from_iterable(workers.run_in_order(answer_pairs, tasks()))


def _match_each(scorer: Scorer, sources: Sources, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    for chunk in chunks:
        yield replace(chunk, matches=tuple(scorer.find_sources(chunk.articles, sources)))


def _match_all(
    scorer: Scorer, workers: Workers, chunks: Iterable[Chunk], prints: Prints | None
) -> Iterator[Chunk]:
    """Match the articles of all chunks with each other: all are read before the first is given."""
    known = dict(prints or {})
    read: list[tuple[int, tuple[Mapping[str, object] | Rejected, ...]]] = []

    def articles() -> Iterator[Article]:
        for chunk in chunks:
            # The articles themselves are written aside by whoever matches them.
            items = (item if isinstance(item, Rejected) else item.kept for item in chunk.items)
            read.append((chunk.number, tuple(items)))
            yield from chunk.articles

    def fingerprinted() -> Iterator[Article]:
        for article, taken in fingerprint_all(workers, articles()):
            known[article.id] = taken
            yield article

    matches = scorer.find_sources(
        fingerprinted() if prints is None else articles(),
        None,
        lambda article: known[article.id] if article.id in known else scorer.fingerprint(article),
        lambda pairs: ask_all(workers, pairs),
    )
    first = next(matches, None)  # all is read now
    if first is not None:
        matches = chain([first], matches)
    for number, items in read:
        found = tuple(islice(matches, sum(not isinstance(item, Rejected) for item in items)))
        yield Chunk(number, _join(items, found), found)


def _join(
    items: Iterable[Mapping[str, object] | Rejected], found: Iterable[Match]
) -> tuple[Item, ...]:
    """Put articles and what is kept of their records together again."""
    matches = iter(found)
    return tuple(
        item if isinstance(item, Rejected) else InputRecord(next(matches).article, item)
        for item in items
    )
