"""Batches: the scorer's work spread over processes, in order, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice

from joblib import Parallel, delayed, parallel_config

from copydesk.errors import InvalidInput, MissingPackage
from copydesk.models import Model
from copydesk.predict.matching import Match, Sources
from copydesk.predict.scorer import Scorer
from copydesk.types import Article, Rejected, Verdict

_CHUNK = 64
_CONNECT_SECONDS = 10


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
        Finds the sources in this process, the same way for a store, a list and a batch; the
        pairs, which take several times as long, are judged in the others.
    articles, sources
        As for ``Scorer.label``.
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
    """
    if cluster is None and n_jobs == 1:
        yield from scorer.label(articles, sources)
        return
    matches = scorer.find_sources(articles, sources)
    tasks = (delayed(_label_chunk)(scorer.model, chunk) for chunk in _chunks(matches))
    with _backend(cluster, n_jobs):
        yield from chain.from_iterable(Parallel(return_as="generator")(tasks))


@contextmanager
def _backend(cluster: str | None, n_jobs: int) -> Iterator[None]:
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


def _label_chunk(model: Model, matches: Sequence[Match]) -> list[Verdict | Rejected]:
    scorer = Scorer(model)
    return [scorer.label_match(match) for match in matches]


def _chunks(matches: Iterator[Match]) -> Iterator[list[Match]]:
    while chunk := list(islice(matches, _CHUNK)):
        yield chunk
