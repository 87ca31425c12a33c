"""A real scheduler and two worker processes; one is killed half-way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk.predict import Scorer
from copydesk.predict.jobs import pipeline as pipeline_module
from copydesk.predict.jobs.chunk import Item
from copydesk.predict.jobs.folder import JobFolder
from copydesk.predict.jobs.run import run_job
from copydesk.predict.jobs.tally import Tally
from copydesk.predict.matching import Sources
from copydesk.types import Article

pytest.importorskip("distributed")
PYTHON = (sys.executable, "-m")
START_SECONDS = 60
ENVIRONMENT = os.environ | {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "10s"}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler on loopback, and the processes of its two workers."""
    told = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
    scheduler = subprocess.Popen(
        [*PYTHON, "distributed.cli.dask_scheduler", *options, "--scheduler-file", str(told)],
        env=ENVIRONMENT,
        cwd=tmp_path,
        **quiet,
    )
    workers: list[subprocess.Popen[bytes]] = []
    try:
        deadline = time.monotonic() + START_SECONDS
        while not told.exists() or not told.read_text().strip():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"]
        for name in ("one", "two"):
            given = [address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name]
            command = [*PYTHON, "distributed.cli.dask_worker", *given]
            workers.append(subprocess.Popen(command, env=ENVIRONMENT, cwd=tmp_path, **quiet))
        wait_for_workers(address)
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def wait_for_workers(address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=START_SECONDS)


@pytest.mark.parametrize("they_see_files", [True, False])
@pytest.mark.parametrize("candidates", ["each other", "list"])
def test_a_job_outlives_a_worker(
    candidates: str,
    they_see_files: bool,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    scorer: Scorer,
    items: list[Item],
    wires: list[Article],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, workers = cluster
    if not they_see_files:
        monkeypatch.setattr(pipeline_module, "workers_see", lambda client, paths: False)
    sources: Sources = wires if candidates == "list" else None
    here, there = JobFolder(tmp_path / "here"), JobFolder(tmp_path / "there")
    with here.open({}, lambda: 30):
        expected = sum(run_job(here, scorer, lambda: items, sources, chunk_size=2), Tally())
    n_chunks = 0
    total = Tally()
    with there.open({}, lambda: 30):
        for part in run_job(there, scorer, lambda: items, sources, chunk_size=2, cluster=address):
            total += part
            n_chunks += 1
            if n_chunks == 5:
                workers[0].send_signal(signal.SIGKILL)
    assert workers[0].wait(10) == -signal.SIGKILL
    assert total.to_dict() == expected.to_dict()
    assert total.n_labelled + total.n_rejected == 30
    chunks = sorted(path.name for path in (here.path / "chunks").iterdir())
    assert len(chunks) == 15
    for name in chunks:
        one, other = (job.path / "chunks" / name for job in (here, there))
        assert one.read_bytes() == other.read_bytes()
