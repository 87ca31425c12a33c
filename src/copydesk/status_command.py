"""``copydesk status``: how far a job is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.progress import in_words
from copydesk.run_summary import summary_lines
from copydesk.terminal import visible

if TYPE_CHECKING:
    from copydesk.predict.jobs.folder import JobFolder


def status(
    job_dir: Annotated[Path, typer.Argument(metavar="JOB_DIR", help="As given to label.")],
) -> None:
    """Show what of a job is done and left, rejects by reason, how fast it goes."""
    from copydesk.predict.jobs.folder import JobFolder
    from copydesk.predict.jobs.tally import Tally

    job = JobFolder(job_dir)
    for line in _progress_lines(job):
        print(visible(line))
    for line in summary_lines(sum(job.done(), Tally()), rejects_name=""):
        print(visible(line))


def _progress_lines(job: JobFolder) -> Iterator[str]:
    total, n_done, run = job.n_records, job.n_done(), job.last_run()
    is_complete = job.n_chunks is not None
    state = "running" if run.is_running else "complete" if is_complete else "stopped"
    if is_complete or total is None:
        yield f"{job.path}: {state}, {n_done:,} records done"
    else:
        left = max(total - n_done, 0)
        share = n_done / total if total else 1.0
        yield f"{job.path}: {state}, {n_done:,} of {total:,} done ({share:.0%}), {left:,} left"
    n_new = n_done - run.n_before
    if not (run.is_running and n_new and not is_complete):
        return
    seconds = max(time.time() - run.started, 1e-3)
    line = f"{n_new / seconds:,.1f} records a second"
    yield line if total is None else f"{line}, {in_words(seconds / n_new * (total - n_done))} left"
