"""``copydesk label --job-dir``: stopped, killed, out of room, it goes on and loses nothing."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from copydesk.seeds.store import Store
from copydesk.types import Article

Run = Callable[..., Any]
COMMAND = (sys.executable, "-m", "copydesk")
N_RECORDS = 40
PLACES = ("Aldmoor", "Brenwick", "Carrow", "Dunmere", "Eskvale", "Farholt", "Grenby")


def notice(i: int) -> dict[str, str]:
    place = PLACES[i % len(PLACES)]
    text = (
        f"The port of {place} handled {i + 100} tonnes of barley and {i * i} of timber in week "
        f"{i}, its harbour master said on Friday, and {i + 7} vessels called there."
    )
    return {"id": f"n{i}", "text": "Too short." if i % 9 == 4 else text, "desk": place}


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """An input of 40 records, of which four cannot be judged."""
    lines = [json.dumps(notice(i)) for i in range(N_RECORDS)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n")
    return tmp_path / "in.jsonl"


def arguments(out: str, job: str, *options: str) -> list[str]:
    given = ["label", "in.jsonl", "--out", out, "--job-dir", job, "--chunk-size", "3"]
    return [*given, "--keep", "desk", "--texts", f"{out}.texts.jsonl", *options]


def files_of(folder: Path, out: str) -> dict[str, bytes]:
    """Give what came of a run, by what follows the name of its target."""
    found = folder.glob(f"{out}*")
    return {path.name.removeprefix(out): path.read_bytes() for path in found}


def begin(folder: Path, *given: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *given], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def wait_for_chunks(job: Path, n_chunks: int) -> None:
    deadline = time.monotonic() + 300
    while len(list((job / "chunks").glob("*.jsonl"))) < n_chunks:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_job_writes_what_a_run_without_one_writes(
    run_command: Run, notices: Path, tmp_path: Path
) -> None:
    plain = [one for one in arguments("plain.jsonl", "x") if one not in {"--job-dir", "x"}]
    assert run_command(*plain).code == 1
    finished = run_command(*arguments("out.jsonl", "job"))
    assert finished.code == 1
    assert finished.err.startswith("36 labelled, 4 rejected, reasons in out.jsonl.rejected.jsonl\n")
    assert "4 rejected: text has # words" in finished.err
    assert files_of(tmp_path, "out.jsonl") == files_of(tmp_path, "plain.jsonl")


def test_a_job_that_is_done_writes_its_results_again(
    run_command: Run, notices: Path, tmp_path: Path
) -> None:
    run_command(*arguments("out.jsonl", "job"))
    expected = files_of(tmp_path, "out.jsonl")
    again = run_command(*arguments("other.csv", "job"), "--jobs", 2)
    assert again.code == 1
    assert "40 records were done before" in again.err
    assert len((tmp_path / "other.csv").read_text().splitlines()) == 37
    run_command(*arguments("third.jsonl", "job"))
    assert files_of(tmp_path, "third.jsonl") == expected


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_signals_stop_a_run_in_good_order(
    name: str, jobs: str, run_command: Run, notices: Path, tmp_path: Path
) -> None:
    notices.write_text("".join(json.dumps(notice(i)) + "\n" for i in range(400)))
    options = arguments("out.jsonl", "job", "--no-sources", "--jobs", jobs)
    process = begin(tmp_path, *options)
    wait_for_chunks(tmp_path / "job", 2)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(getattr(signal, name))
    _, said = process.communicate(timeout=300)
    assert process.returncode == {"SIGTERM": 143, "SIGINT": 130}[name]
    assert said.decode().splitlines()[-1].startswith("copydesk: stopped by ")
    assert said.decode().endswith("; the same command goes on in job\n")
    assert b"Traceback" not in said
    assert psutil.wait_procs(children, timeout=30)[1] == []
    assert files_of(tmp_path, "out.jsonl") == {}
    n_done = len(list((tmp_path / "job" / "chunks").iterdir()))
    assert 2 <= n_done < 400 // 3
    finished = run_command(*options)
    assert finished.code == 1
    assert finished.err.startswith("copydesk: ")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 400 - 44


def kill_at_random(folder: Path, n_kills: int, seed: int) -> dict[str, int]:
    """Kill runs at random moments; check what each job writes in the end."""
    rng = random.Random(seed)
    subprocess.run([*COMMAND, *arguments("expected.jsonl", "whole")], cwd=folder, check=False)
    expected = files_of(folder, "expected.jsonl")
    counts = {"killed": 0, "finished": 0}
    seconds = 6.0
    while counts["killed"] < n_kills:
        started = time.monotonic()
        process = begin(folder, *arguments("out.jsonl", "job", "--jobs", "2"))
        try:
            _, said = process.communicate(timeout=rng.uniform(0.2, seconds))
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
            counts["killed"] += 1
            continue
        assert process.returncode == 1, said.decode()
        assert files_of(folder, "out.jsonl") == expected
        counts["finished"] += 1
        seconds = 1.2 * (time.monotonic() - started)
        shutil.rmtree(folder / "job")
        for path in folder.glob("out.jsonl*"):
            path.unlink()
    finished = subprocess.run([*COMMAND, *arguments("out.jsonl", "job")], cwd=folder, check=False)
    assert finished.returncode == 1
    assert files_of(folder, "out.jsonl") == expected
    return counts


def test_a_run_that_is_killed_goes_on(notices: Path, tmp_path: Path) -> None:
    assert kill_at_random(tmp_path, n_kills=3, seed=0)["killed"] == 3


@pytest.mark.slow
def test_a_run_that_is_killed_at_fifty_moments_goes_on(notices: Path, tmp_path: Path) -> None:
    assert kill_at_random(tmp_path, n_kills=50, seed=1)["killed"] == 50


def test_a_worker_that_is_lost_ends_the_run_and_loses_nothing(
    run_command: Run, notices: Path, tmp_path: Path
) -> None:
    notices.write_text("".join(json.dumps(notice(i)) + "\n" for i in range(400)))
    options = arguments("out.jsonl", "job", "--no-sources", "--jobs", "2", "--quiet")
    process = begin(tmp_path, *options)
    wait_for_chunks(tmp_path / "job", 2)
    workers = [
        child
        for child in psutil.Process(process.pid).children(recursive=True)
        if any("loky.backend.popen_loky" in word for word in child.cmdline())
    ]
    workers[0].kill()
    _, said = process.communicate(timeout=300)
    assert process.returncode == 3
    assert said.decode().startswith("copydesk: a worker process was lost")
    assert said.count(b"\n") == 1
    assert run_command(*options).code == 1
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 400 - 44


@pytest.mark.parametrize("n_syncs", [1, 5, 18, 36])
def test_a_full_disk_is_one_sentence_and_nothing_is_lost(
    n_syncs: int,
    run_command: Run,
    notices: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_command(*arguments("expected.jsonl", "whole", "--no-sources"))
    (tmp_path / "out.jsonl").write_text("earlier")
    left = iter(range(n_syncs))
    sync = os.fsync

    def fill_up(descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(descriptor)

    options = arguments("out.jsonl", "job", "--no-sources")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fill_up)
        finished = run_command(*options)
    assert finished.code == 3
    assert finished.err.startswith("copydesk: cannot write: No space left on device; ")
    assert finished.err.count("\n") == 1
    assert files_of(tmp_path, "out.jsonl") == {"": b"earlier"}
    assert not list((tmp_path / "job").rglob("*.partial"))
    assert run_command(*options).code == 1
    assert files_of(tmp_path, "out.jsonl") == files_of(tmp_path, "expected.jsonl")


def test_standard_output_without_room_is_one_sentence(notices: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        finished = subprocess.run(
            [*COMMAND, "label", "in.jsonl", "--no-sources", "--out", "-", "--quiet"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert finished.returncode == 3
    assert finished.stderr.startswith(b"copydesk: cannot write: No space left on device; ")
    assert finished.stderr.count(b"\n") == 1


def append(path: Path, line: str) -> None:
    path.write_text(path.read_text() + line)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda p: append(p / "in.jsonl", "{}\n"), [], "input in.jsonl was "),
        (lambda p: (p / "more.jsonl").write_text("{}"), ["more.jsonl"], "input more.jsonl (2 "),
        (lambda p: None, ["--keep", "url"], "option --keep was desk, is desk,url"),
        (lambda p: None, ["--no-sources"], "option candidates was given, is none"),
        (lambda p: None, ["--headline-field", "desk"], "option --headline-field (desk) is new"),
        (lambda p: None, ["--model", "model"], "model was "),
        (lambda p: add_wire(p / "wire.store"), [], "store wire.store was 1 articles"),
    ],
)
def test_a_job_that_is_another_is_refused_with_what_changed(
    change: Callable[[Path], object],
    options: list[str],
    message: str,
    run_command: Run,
    notices: Path,
    small_model: Path,
    tmp_path: Path,
) -> None:
    shutil.copytree(small_model, tmp_path / "model")
    with Store.write(tmp_path / "wire.store") as store:
        store.add([Article("w", notice(0)["text"])])
    begun = arguments("out.jsonl", "job", "--sources", "wire.store")
    run_command(*begun)
    change(tmp_path)
    if "--no-sources" in options:
        begun = arguments("out.jsonl", "job")
    finished = run_command(*begun, *options)
    assert finished.code == 2
    assert finished.err.startswith("copydesk: job holds another job: ")
    assert message in finished.err
    assert finished.err.count("\n") == 1


def add_wire(path: Path) -> None:
    with Store.write(path) as store:
        store.add([Article("w2", notice(1)["text"])])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["label", "in.jsonl", "--job-dir", "job"], "--job-dir needs --out"),
        (["label", "-", "--job-dir", "job", "--out", "o.jsonl"], "cannot go on with standard"),
        (["label", "in.jsonl", "--texts", "t.jsonl"], "--texts needs --out"),
        (
            ["label", "in.jsonl", "--keep", "label", "--out", "o.csv"],
            "--keep label: the output",
        ),
        (["label", "in.jsonl", "-v", "--quiet"], "contradict each other"),
        (["status", "gone"], "gone is no job: it has no job.json"),
    ],
)
def test_what_cannot_be_asked_is_said(
    options: list[str], message: str, run_command: Run, notices: Path
) -> None:
    finished = run_command(*options)
    assert finished.code == 2
    assert message in finished.err
    assert finished.err.count("\n") == 1


def test_status_of_a_job(run_command: Run, notices: Path, tmp_path: Path) -> None:
    run_command(*arguments("out.jsonl", "job", "--no-sources"))
    done = run_command("status", "job")
    assert (done.code, done.err) == (0, "")
    first, counts, labels, reason = done.out.splitlines()
    assert first == "job: complete, 40 records done"
    assert counts == "36 labelled, 4 rejected"
    assert labels.endswith("36 without source")
    assert reason == "4 rejected: text has # words, expected at least #: too short to judge"
    (tmp_path / "job" / "complete.json").unlink()
    (tmp_path / "job" / "chunks" / "00000002.jsonl").unlink()
    stopped = run_command("status", "job")
    assert stopped.out.splitlines()[0] == "job: stopped, 37 of 40 done (92%), 3 left"


def test_status_of_a_job_that_runs(run_command: Run, notices: Path, tmp_path: Path) -> None:
    notices.write_text("".join(json.dumps(notice(i)) + "\n" for i in range(400)))
    process = begin(tmp_path, *arguments("out.jsonl", "job", "--no-sources"))
    wait_for_chunks(tmp_path / "job", 2)
    first, rate, *_ = run_command("status", "job").out.splitlines()
    process.kill()
    process.communicate()
    assert first.startswith("job: running, ")
    assert "of 400 done" in first
    assert " records a second, " in rate
    assert rate.endswith(" left")


def test_quiet_says_nothing_and_verbose_logs(run_python: Run, notices: Path) -> None:
    quiet = run_python("-m", "copydesk", *arguments("out.jsonl", "job"), "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (1, "", "")
    loud = run_python("-m", "copydesk", *arguments("o.jsonl", "job2", "--no-sources"), "-v")
    assert loud.code == 1
    assert "copydesk.predict.jobs.run INFO: chunk 0: " in loud.err
