"""Batches: the scorer's work spread over processes, in order, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from copydesk.errors import InvalidInput, MissingPackage
from copydesk.models import Model
from copydesk.predict.matching import Match, Sources
from copydesk.predict.scorer import Scorer
from copydesk.seeds.store import Store
from copydesk.types import Article, Rejected, Verdict

_CHUNK = 64
_CONNECT_SECONDS = 10
_Item = TypeVar("_Item")


def label_batch(
    scorer: Scorer,
    articles: Iterable[Article],
    sources: Sources = None,
    n_jobs: int = 1,
    cluster: str | None = None,
) -> Iterator[Verdict | Rejected]:
    """Label articles as ``Scorer.label`` does, in ``n_jobs`` processes.

    Parameters
    ----------
    scorer : Scorer
        Labels in this process, or says with which model others do.
    articles, sources
        As for ``Scorer.label``. A store is searched by each process for itself. Among articles,
        and on a cluster, whose workers may not see the store, this process finds the sources;
        the pairs, which take several times as long, are judged by the others.
    n_jobs : int
        As joblib counts them; 1 works in this process.
    cluster : str, optional
        Address of a dask scheduler whose workers, with copydesk installed, do the work.

    Raises
    ------
    MissingPackage
        ``cluster`` without the extra of that name.
    InvalidInput
        No scheduler answers at ``cluster``.
    InvalidStore
        The store was made with another encoder than the model, or is outdated.
    """
    if cluster is None and n_jobs == 1:
        yield from scorer.label(articles, sources)
        return
    from joblib import Parallel  # deferred: for one article it would take the longest

    scorer.check_sources(sources)
    with _backend(cluster, n_jobs):
        tasks = _tasks(scorer, articles, sources, workers_see_store=cluster is None)
        yield from chain.from_iterable(Parallel(return_as="generator")(tasks))


def _tasks(
    scorer: Scorer, articles: Iterable[Article], sources: Sources, *, workers_see_store: bool
) -> Iterator[Any]:
    """Give what is to be done; joblib asks for it in any of its threads."""
    from joblib import delayed

    if isinstance(sources, Store) and workers_see_store:
        shared = _SharedStore(sources.folder.absolute(), uuid4().hex)
        for articles_of_task in _chunks(articles):
            yield delayed(_find_and_label)(scorer.model, shared, articles_of_task)
        return
    for matches in _chunks(scorer.find_sources(articles, sources)):
        yield delayed(_label_matches)(scorer.model, matches)


@contextmanager
def _backend(cluster: str | None, n_jobs: int) -> Iterator[None]:
    from joblib import parallel_config

    if cluster is None:
        with parallel_config(backend="loky", n_jobs=n_jobs):
            yield
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingPackage("--cluster needs dask: pip install 'copydesk[cluster]'") from error
    try:
        client = Client(cluster, timeout=_CONNECT_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise InvalidInput(f"no dask scheduler answers at {cluster}: {error}") from error
    with client, parallel_config(backend="dask", n_jobs=-1):
        yield


@dataclass(frozen=True, slots=True)
class _SharedStore:
    """A store that the processes of one run open for themselves."""

    folder: Path
    run: str


@lru_cache(maxsize=1)
def _open_once(shared: _SharedStore) -> Store:
    """Open a store once per process and run: by the next run another may lie there."""
    return Store.read(shared.folder)


def _find_and_label(
    model: Model, shared: _SharedStore, articles: Sequence[Article]
) -> list[Verdict | Rejected]:
    return list(Scorer(model).label(articles, _open_once(shared)))


def _label_matches(model: Model, matches: Sequence[Match]) -> list[Verdict | Rejected]:
    scorer = Scorer(model)
    return [scorer.label_match(match) for match in matches]


def _chunks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    waiting = iter(items)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk
