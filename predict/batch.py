"""Batches: the scorer's work spread over processes, in order, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.defaults import CHUNK_SIZE
from copydesk.predict.arguments import check_articles
from copydesk.predict.jobs.chunk import cut
from copydesk.predict.jobs.pipeline import open_pipeline
from copydesk.predict.jobs.worker import label_chunk
from copydesk.predict.matching import Searched, Sources
from copydesk.predict.scorer import Scorer
from copydesk.seeds.corpus.input_record import InputRecord
from copydesk.types import Article, Rejected, Verdict


def label_batch(
    scorer: Scorer,
    articles: Iterable[Article],
    sources: Sources = None,
    n_jobs: int = 1,
    cluster: str | None = None,
    chunk_size: int = CHUNK_SIZE,
) -> Iterator[Verdict | Rejected]:
    """Label articles as ``Scorer.label`` does, in ``n_jobs`` processes.

    Parameters
    ----------
    scorer : Scorer
        Labels in this process, or says with which model others do.
    articles, sources
        As for ``Scorer.label``. Each process searches stores and lists of articles for itself;
        workers of a cluster do so where they find the same files as this process.
    n_jobs : int
        As joblib counts them; 1 works in this process.
    cluster : str, optional
        Address of a dask scheduler whose workers, with copydesk installed, do the work.
    chunk_size : int
        How many articles a process is given at a time; what comes out does not depend on it.

    Raises
    ------
    InvalidArticle
        Something else than articles was handed over.
    MissingPackage
        ``cluster`` without the extra of that name.
    InvalidInput
        No scheduler answers at ``cluster``.
    InvalidStore
        The store was made with another encoder than the model, or is outdated.
    RunFailed
        A worker process was lost.
    """
    if cluster is None and n_jobs == 1:
        yield from scorer.label(articles, sources)
        return
    articles = check_articles(articles)
    if sources is not None and not isinstance(sources, Searched):
        sources = check_articles(sources, "sources")
    with open_pipeline(scorer, sources, n_jobs, cluster) as pipeline:
        chunks = pipeline.prepare(cut(map(InputRecord, articles), chunk_size))
        for labelled in pipeline.workers.run_in_order(label_chunk, ((chunk,) for chunk in chunks)):
            yield from labelled.items
