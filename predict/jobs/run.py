"""A run of a job: what is not done yet is done, chunk by chunk, in any order."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

import msgpack

from copydesk.errors import InvalidInput
from copydesk.predict.atomic import writing
from copydesk.predict.jobs.chunk import Chunk, Item, cut
from copydesk.predict.jobs.clock import Clock
from copydesk.predict.jobs.folder import JobFolder
from copydesk.predict.jobs.pipeline import Pipeline, Prints, open_pipeline
from copydesk.predict.jobs.tally import Tally
from copydesk.predict.jobs.worker import Setup, SetupFile, find_worker, label_and_write
from copydesk.predict.jobs.workers import Workers
from copydesk.predict.matching import Sources
from copydesk.predict.scorer import Scorer
from copydesk.seeds.search.pool_file import pack_fingerprint, unpack_fingerprint

_log = logging.getLogger(__name__)


def run_job(
    job: JobFolder,
    scorer: Scorer,
    read: Callable[[], Iterable[Item]],
    sources: Sources = None,
    *,
    chunk_size: int,
    n_jobs: int = 1,
    cluster: str | None = None,
    with_texts: bool = False,
) -> Iterator[Tally]:
    """Label what a job has not labelled yet.

    Parameters
    ----------
    job : JobFolder
        Open; keeps each chunk as soon as it is done.
    scorer, sources, n_jobs, cluster
        As for ``label_batch``.
    read : callable
        Reads the input from its beginning.
    chunk_size : int
        How many records a chunk has, the same in every run.
    with_texts : bool
        Whether to keep the texts that offsets refer to.

    Yields
    ------
    Tally
        What came of each chunk, when it is kept.
    """
    if job.n_chunks is not None:
        return
    reading, preparing = Clock(), Clock()
    chunks = cut(reading.time(read()), chunk_size)
    n_chunks = 0

    def count(all_chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        nonlocal n_chunks
        for chunk in all_chunks:
            n_chunks = chunk.number + 1
            yield chunk

    def find_prints(workers: Workers) -> Prints:
        return _find_prints(job, workers, cut(read(), chunk_size))

    with open_pipeline(scorer, sources, n_jobs, cluster, job.path, find_prints) as pipeline:
        tasks = (
            (chunk, with_texts) for chunk in preparing.time(_left(job, pipeline, count(chunks)))
        )
        for written in pipeline.workers.run(label_and_write, tasks):
            started = time.perf_counter()
            job.save(written)
            _log.info("chunk %d: %s", written.number, written.tally)
            yield written.tally + Tally(seconds={"writing": time.perf_counter() - started})
    job.finish(n_chunks)
    yield Tally(seconds=parent_seconds(reading, preparing))


def parent_seconds(reading: Clock, preparing: Clock) -> dict[str, float]:
    """Say what the parent did, by part: chunks are prepared as they are read."""
    return {
        "reading": reading.seconds,
        "finding sources": max(preparing.seconds - reading.seconds, 0.0),
    }


def _left(job: JobFolder, pipeline: Pipeline, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Give the chunks that are not done, ready for the workers."""
    if pipeline.needs_all:
        return (chunk for chunk in pipeline.prepare(chunks) if not job.is_done(chunk.number))
    return pipeline.prepare(chunk for chunk in chunks if not job.is_done(chunk.number))


def _find_prints(job: JobFolder, workers: Workers, chunks: Iterable[Chunk]) -> Prints:
    """Give the fingerprints of all articles; those that a run has taken are kept for the next."""
    n_chunks = 0

    def missing() -> Iterator[tuple[Chunk]]:
        nonlocal n_chunks
        for chunk in chunks:
            n_chunks = chunk.number + 1
            if not job.prints_path(chunk.number).exists():
                yield (chunk,)

    for number, packed in workers.run(_pack_prints, missing()):
        with writing(job.prints_path(number)) as stream:
            stream.write(packed)
    prints = {}
    for number in range(n_chunks):
        for article_id, taken in _unpack(job.prints_path(number)):
            prints[article_id] = unpack_fingerprint(taken)
    return prints


def _pack_prints(where: Setup | SetupFile, chunk: Chunk) -> tuple[int, bytes]:
    take = find_worker(where).scorer.fingerprint
    taken = [(article.id, pack_fingerprint(take(article))) for article in chunk.articles]
    return chunk.number, cast("bytes", msgpack.packb(taken))


def _unpack(path: Path) -> list[tuple[str, bytes]]:
    try:
        return cast("list[tuple[str, bytes]]", msgpack.unpackb(path.read_bytes()))
    except ValueError as error:
        raise InvalidInput(
            f"{path} is damaged: delete it, and the same command makes it again"
        ) from error
