"""A job's folder: whose it is, what is in it, what is wrong with it."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.errors import InvalidInput
from copydesk.predict.jobs.chunk import Written
from copydesk.predict.jobs.folder import JobFolder
from copydesk.predict.jobs.tally import Tally

IDENTITY = {"option": {"--keep": "desk"}, "input": {"in.jsonl": "7 bytes"}}
Merged = Callable[[JobFolder], dict[str, bytes]]


def written(number: int, *ids: str) -> Written:
    lines = [json.dumps({"id": one}) for one in ids]
    tally = Tally(Counter(spun=len(ids)), 1, 1, Counter({"text is empty": 1}))
    return Written(number, lines, ['{"id": "r", "reason": "text is empty"}'], [], tally)


@pytest.fixture
def job(tmp_path: Path) -> JobFolder:
    job = JobFolder(tmp_path / "job")
    with job.open(IDENTITY, lambda: 6):
        job.save(written(1, "c"))
        job.save(written(0, "a", "b"))
    return job


def test_what_is_kept_is_there_again(job: JobFolder, merged: Merged) -> None:
    assert (job.n_records, job.n_done(), job.n_chunks) == (6, 5, None)
    assert (job.is_done(0), job.is_done(2)) == (True, False)
    total = sum(job.done(), Tally())
    assert total == Tally(Counter(spun=3), 2, 2, Counter({"text is empty": 2}))
    job.finish(2)
    assert job.n_chunks == 2
    lines = merged(job)["out.jsonl"].splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("now", "message"),
    [
        ({"option": {"--keep": "desk"}}, r"input in\.jsonl \(7 bytes\) is missing"),
        (
            {"option": {"--keep": "url"}, "input": {"in.jsonl": "7 bytes"}},
            "option --keep was desk, is url",
        ),
        (
            {**IDENTITY, "model": {"model": "m-2"}},
            r"model \(m-2\) is new\. Name another --job-dir",
        ),
    ],
)
def test_another_job_is_refused(
    now: dict[str, dict[str, str]], message: str, job: JobFolder
) -> None:
    with pytest.raises(InvalidInput, match=message), job.open(now, lambda: 6):
        pass


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with (
        pytest.raises(InvalidInput, match="is no job and not empty"),
        JobFolder(tmp_path).open(IDENTITY, lambda: 6),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_is_left_of_making_a_folder_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "chunks").mkdir()
    (tmp_path / "job.json.partial").write_text("{")
    with JobFolder(tmp_path).open(IDENTITY, lambda: 6):
        assert JobFolder(tmp_path).n_records == 6


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(InvalidInput, match=r"--job-dir .*file/job cannot be written: Not a dir"),
        JobFolder(tmp_path / "file" / "job").open(IDENTITY, lambda: 6),
    ):
        pass


def test_two_processes_do_not_work_on_one_job(job: JobFolder) -> None:
    code = (
        "import sys; from pathlib import Path; from copydesk.predict.jobs.folder import JobFolder\n"
        f"with JobFolder(Path(sys.argv[1])).open({IDENTITY!r}, lambda: 6):\n"
        "    print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(job.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert job.last_run().is_running
        with (
            pytest.raises(InvalidInput, match="is being worked on by another process"),
            job.open(IDENTITY, lambda: 6),
        ):
            pass
        other.kill()
    assert not job.last_run().is_running
    with job.open(IDENTITY, lambda: 6):
        assert job.n_done() == 5


@pytest.mark.parametrize("content", ["", "{", "[]\n", '{"n_labelled": 2'])
def test_a_damaged_chunk_is_named(content: str, job: JobFolder) -> None:
    (job.path / "chunks" / "00000001.jsonl").write_text(content)
    with pytest.raises(InvalidInput, match=r"00000001\.jsonl is damaged: delete it"):
        job.n_done()


def test_a_chunk_that_was_cut_is_named(job: JobFolder, merged: Merged) -> None:
    path = job.path / "chunks" / "00000001.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    job.finish(2)
    with pytest.raises(InvalidInput, match=r"00000001\.jsonl is damaged: delete it"):
        merged(job)


def test_a_damaged_job_is_named(job: JobFolder) -> None:
    (job.path / "job.json").write_text("{")
    with pytest.raises(InvalidInput, match=r"job\.json is damaged"), job.open(IDENTITY, int):
        pass
    (job.path / "job.json").write_text('{"format": 7, "identity": {}}')
    with pytest.raises(InvalidInput, match="has format 7, expected 1"), job.open(IDENTITY, int):
        pass
