"""A run of ``copydesk label``: to a table, to a file or stream, or as a job."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.errors import InvalidInput
from copydesk.model_option import load_scorer
from copydesk.progress import Progress
from copydesk.run_summary import speed_line, summary_lines
from copydesk.sources_option import open_sources
from copydesk.terminal import say, say_skipped

if TYPE_CHECKING:
    from copydesk.predict.jobs.chunk import Item
    from copydesk.predict.jobs.pipeline import Pipeline
    from copydesk.predict.jobs.tally import Tally
    from copydesk.predict.matching import Sources
    from copydesk.predict.scorer import Scorer
    from copydesk.predict.writers import Output
    from copydesk.seeds.corpus.field_map import FieldMap
    from copydesk.seeds.corpus.files import InputFile
    from copydesk.types import Rejected, Verdict


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """What the command line asks for; see its options."""

    inputs: tuple[str, ...]
    sources: tuple[str, ...]
    are_alone: bool
    out: str | None
    texts: str | None
    model: Path | None
    job_dir: Path | None
    n_jobs: int
    cluster: str | None
    chunk_size: int
    fields: FieldMap
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class _Work:
    """A request with what it names opened."""

    request: LabelRequest
    scorer: Scorer
    sources: Sources
    files: Sequence[InputFile]

    def read(self, progress: Progress) -> Iterator[Item]:
        from copydesk.seeds.corpus.readers import read_records

        return progress.reading(read_records(self.files, self.request.fields))

    def count(self) -> int | None:
        from copydesk.seeds.corpus.readers import count_records

        return count_records(self.files, self.request.fields)

    def pipeline(self) -> AbstractContextManager[Pipeline]:
        from copydesk.predict.jobs.pipeline import open_pipeline

        return open_pipeline(self.scorer, self.sources, self.request.n_jobs, self.request.cluster)


def run_label(request: LabelRequest) -> Tally:
    """Label what is asked for and say what came of it.

    Returns
    -------
    Tally
        Of all that went into the output.
    """
    from copydesk.predict.writers import Output
    from copydesk.seeds.corpus.files import list_files

    if request.out is None and (request.job_dir or request.texts):
        option = "--job-dir" if request.job_dir else "--texts"
        raise InvalidInput(f"{option} needs --out: say where the results are to go")
    scorer = load_scorer(request.model)
    listed = list_files(request.inputs)
    if not request.is_quiet:
        say_skipped(listed.skipped)
    given: Sources = [] if request.are_alone else None
    with open_sources(request.sources) if request.sources else nullcontext(given) as sources:
        work = _Work(request, scorer, sources, listed.files)
        started = time.perf_counter()
        if request.out is None:
            done, rejects_name = _print_table(work), ""
        else:
            with Output(request.out, request.fields.keep, request.texts) as output:
                done = _write(work, output) if request.job_dir is None else _run_job(work, output)
            rejects_name = output.rejects_name
    if not request.is_quiet:
        for line in summary_lines(done.of_output, rejects_name):
            say(line)
        if done.of_run.n_labelled + done.of_run.n_rejected:
            say(speed_line(done.of_run, time.perf_counter() - started))
    return done.of_output


@dataclass(frozen=True, slots=True)
class _Done:
    """What is in the output, and what of it this run did."""

    of_output: Tally
    of_run: Tally


def _print_table(work: _Work) -> _Done:
    from rich.console import Console

    from copydesk.predict.jobs.chunk import cut
    from copydesk.predict.jobs.tally import Tally, tally
    from copydesk.predict.jobs.worker import label_chunk
    from copydesk.predict.summary import verdict_table

    items: list[Verdict | Rejected] = []
    seconds = Tally()
    with (
        Progress(work.count(), quiet=work.request.is_quiet) as progress,
        work.pipeline() as pipeline,
    ):
        chunks = pipeline.prepare(cut(work.read(progress), work.request.chunk_size))
        for labelled in pipeline.workers.run_in_order(label_chunk, ((chunk,) for chunk in chunks)):
            items += labelled.items
            seconds += Tally(seconds=labelled.seconds)
            progress.advance(len(labelled.items))
    Console().print(verdict_table(items))
    total = tally(items, seconds.seconds)
    return _Done(total, total)


def _write(work: _Work, output: Output) -> _Done:
    from copydesk.predict.jobs.chunk import cut
    from copydesk.predict.jobs.clock import Clock
    from copydesk.predict.jobs.run import parent_seconds
    from copydesk.predict.jobs.tally import Tally
    from copydesk.predict.jobs.worker import label_and_write

    request, total = work.request, Tally()
    reading, preparing = Clock(), Clock()
    # Whoever reads a stream wants each verdict as soon as there is one.
    is_live = output.is_stream and request.n_jobs == 1 and request.cluster is None
    with Progress(work.count(), quiet=request.is_quiet) as progress, work.pipeline() as pipeline:
        read = reading.time(work.read(progress))
        chunks = pipeline.prepare(cut(read, 1 if is_live else request.chunk_size))
        tasks = ((chunk, request.texts is not None) for chunk in preparing.time(chunks))
        for written in pipeline.workers.run_in_order(label_and_write, tasks):
            for one in written.labelled:
                output.write_line(one)
            for one in written.rejected:
                output.reject_line(one)
            for one in written.texts:
                output.text_line(one)
            if is_live:
                output.flush()
            total += written.tally
            progress.advance(written.tally.n_labelled + written.tally.n_rejected)
    total += Tally(seconds=parent_seconds(reading, preparing))
    return _Done(total, total)


def _run_job(work: _Work, output: Output) -> _Done:
    from copydesk.predict.jobs.folder import JobFolder
    from copydesk.predict.jobs.run import run_job
    from copydesk.predict.jobs.tally import Tally

    request, of_run = work.request, Tally()
    assert request.job_dir is not None
    job, store_states = JobFolder(request.job_dir), _store_states(work)
    with job.open(_identify(work), work.count):
        n_before = job.n_done()
        if n_before and not request.is_quiet:
            say(f"copydesk: {n_before:,} records were done before: going on in {job.path}")
        with Progress(job.n_records, n_before, quiet=request.is_quiet) as progress:
            for part in run_job(
                job,
                work.scorer,
                lambda: work.read(progress),
                work.sources,
                chunk_size=request.chunk_size,
                n_jobs=request.n_jobs,
                cluster=request.cluster,
                with_texts=request.texts is not None,
            ):
                of_run += part
                progress.advance(part.n_labelled + part.n_rejected)
        if _store_states(work) != store_states:
            say("copydesk: warning: the store changed meanwhile: chunks saw different articles")
        job.merge(output)
        return _Done(sum(job.done(), Tally()), of_run)


def _store_states(work: _Work) -> dict[str, str]:
    from copydesk.seeds.store import Store
    from copydesk.seeds.store.stores import StoreGroup

    if isinstance(work.sources, Store):
        return {str(work.sources.folder): work.sources.state()}
    if isinstance(work.sources, StoreGroup):
        return {str(store.folder): store.state() for store in work.sources.stores}
    return {}


def _identify(work: _Work) -> dict[str, dict[str, str]]:
    """Say all that the results depend on; where they go and who does the work is not of it."""
    from copydesk.predict.jobs.identity import copydesk_version, identify_files, identify_model
    from copydesk.seeds.corpus.files import list_files
    from copydesk.seeds.corpus.opening import STDIN

    request, fields = work.request, work.request.fields
    if any(file.path == STDIN for file in work.files):
        raise InvalidInput("--job-dir cannot go on with standard input: give a file")
    stores = _store_states(work)
    how = "none" if request.are_alone else "given" if request.sources else "each other"
    return {
        "copydesk": copydesk_version(),
        "model": identify_model(work.scorer.model),
        "option": {
            "candidates": how,
            "--chunk-size": str(request.chunk_size),
            "--keep": ",".join(fields.keep),
            "--texts": "asked for" if request.texts else "not asked for",
            **{f"--{name}-field".replace("_", "-"): value for name, value in fields.names.items()},
        },
        "store": stores,
        "source": {} if stores else identify_files(list_files(request.sources).files),
        "input": identify_files(work.files),
    }
