"""A job that was stopped goes on, and writes what it would have written without a stop."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copydesk.features import Document, Encoder
from copydesk.predict import Scorer, classifier
from copydesk.predict.jobs.chunk import Item
from copydesk.predict.jobs.folder import JobFolder
from copydesk.predict.jobs.run import run_job
from copydesk.predict.jobs.tally import Tally
from copydesk.predict.matching import Sources
from copydesk.types import Article

IDENTITY = {"option": {"--keep": "desk"}}
Merged = Callable[[JobFolder], dict[str, bytes]]
Interrupt = Callable[[list[Item], int], Iterator[Item]]


def work(
    job: JobFolder,
    scorer: Scorer,
    read: Callable[[], Iterator[Item]],
    sources: Sources,
    n_jobs: int = 1,
    chunk_size: int = 4,
) -> Tally:
    with job.open(IDENTITY, lambda: 30):
        parts = run_job(
            job, scorer, read, sources, chunk_size=chunk_size, n_jobs=n_jobs, with_texts=True
        )
        return sum(parts, Tally())


@pytest.fixture(params=["each other", "alone", "list"])
def sources(request: pytest.FixtureRequest, wires: list[Article]) -> Sources:
    given: dict[str, Sources] = {"each other": None, "alone": [], "list": wires}
    return given[request.param]


def test_a_job_that_was_stopped_writes_what_one_without_a_stop_writes(
    scorer: Scorer,
    items: list[Item],
    sources: Sources,
    merged: Merged,
    interrupt: Interrupt,
    tmp_path: Path,
) -> None:
    whole, stopped = JobFolder(tmp_path / "whole"), JobFolder(tmp_path / "stopped")
    work(whole, scorer, lambda: iter(items), sources)
    for n_read in (0, 9, 22):
        with pytest.raises(KeyboardInterrupt, match="stopped here"):
            work(stopped, scorer, lambda n=n_read: interrupt(items, n), sources)
        assert stopped.n_chunks is None
    work(stopped, scorer, lambda: iter(items), sources)
    expected = merged(whole)
    assert merged(stopped) == expected
    assert set(expected) == {"out.jsonl", "out.jsonl.rejected.jsonl", "texts.jsonl"}


def test_every_record_comes_out_once_in_order(
    scorer: Scorer, items: list[Item], merged: Merged, tmp_path: Path
) -> None:
    job = JobFolder(tmp_path / "job")
    tally = work(job, scorer, lambda: iter(items), [])
    assert (tally.n_labelled, tally.n_rejected) == (25, 5)
    files = merged(job)
    records = [json.loads(line) for line in files["out.jsonl"].splitlines()]
    rejected = [json.loads(line)["id"] for line in files["out.jsonl.rejected.jsonl"].splitlines()]
    texts = [json.loads(line) for line in files["texts.jsonl"].splitlines()]
    assert rejected == ["a3", "a10", "a17", "in.jsonl:21", "a24"]
    assert [record["id"] for record in records] == [
        f"a{i}" for i in range(30) if i % 7 != 3 and i != 20
    ]
    assert [record["desk"] for record in records] == [f"desk {r['id'][1:]}" for r in records]
    assert [text["id"] for text in texts] == [record["id"] for record in records]


def test_what_is_done_is_not_done_again(
    scorer: Scorer,
    items: list[Item],
    interrupt: Interrupt,
    tmp_path: Path,
) -> None:
    job = JobFolder(tmp_path / "job")
    with pytest.raises(KeyboardInterrupt, match="stopped here"):
        work(job, scorer, lambda: interrupt(items, 17), [])
    assert job.n_done() == 16
    tally = work(job, scorer, lambda: iter(items), [])
    assert tally.n_labelled + tally.n_rejected == 14
    assert job.n_done() == 30
    # Once all is done, the input is not even read.
    assert work(job, scorer, lambda: interrupt(items, 0), []) == Tally()


@pytest.mark.parametrize(("n_jobs", "chunk_size"), [(2, 1), (2, 7), (1, 1000)])
def test_the_same_bytes_however_it_is_run(
    n_jobs: int,
    chunk_size: int,
    scorer: Scorer,
    items: list[Item],
    sources: Sources,
    merged: Merged,
    tmp_path: Path,
) -> None:
    one, other = JobFolder(tmp_path / "one"), JobFolder(tmp_path / "other")
    work(one, scorer, lambda: iter(items), sources)
    work(other, scorer, lambda: iter(items), sources, n_jobs, chunk_size)
    assert merged(other) == merged(one)


def test_fingerprints_are_taken_once(
    scorer: Scorer, items: list[Item], interrupt: Interrupt, tmp_path: Path
) -> None:
    job = JobFolder(tmp_path / "job")
    with pytest.raises(KeyboardInterrupt, match="stopped here"):
        work(job, scorer, lambda: interrupt(items, 22), None)
    kept = sorted((tmp_path / "job" / "fingerprints").iterdir())
    times = [path.stat().st_mtime_ns for path in kept]
    assert len(kept) == 5
    work(job, scorer, lambda: iter(items), None)
    assert [path.stat().st_mtime_ns for path in kept] == times


def test_sources_of_a_list_are_read_once(
    scorer: Scorer, items: list[Item], wires: list[Article], interrupt: Interrupt, tmp_path: Path
) -> None:
    job = JobFolder(tmp_path / "job")
    with pytest.raises(KeyboardInterrupt, match="stopped here"):
        work(job, scorer, lambda: interrupt(items, 9), wires)
    made = (tmp_path / "job" / "sources.pool").stat().st_mtime_ns
    work(job, scorer, lambda: iter(items), wires)
    assert (tmp_path / "job" / "sources.pool").stat().st_mtime_ns == made


def test_each_text_is_read_once(
    scorer: Scorer, items: list[Item], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifier, "_CACHED_DOCUMENTS", 1)
    read: list[str] = []
    whole = classifier.read_document

    def count(text: str, encoder: Encoder) -> Document:
        if text != "Too short.":
            read.append(text)
        return whole(text, encoder)

    monkeypatch.setattr(classifier, "read_document", count)
    work(JobFolder(tmp_path / "job"), scorer, lambda: iter(items), None)
    assert len(read) == len(set(read)) == 25


def test_documents_that_were_kept_are_gone_with_the_run(
    scorer: Scorer,
    items: list[Item],
    interrupt: Interrupt,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job, documents = JobFolder(tmp_path / "job"), tmp_path / "job" / "documents"
    with pytest.raises(KeyboardInterrupt, match="stopped here"):
        work(job, scorer, lambda: interrupt(items, 22), None)
    assert not documents.exists()
    documents.mkdir()
    (documents / "left by a kill").write_bytes(b"")
    with pytest.raises(KeyboardInterrupt, match="stopped here"):
        work(job, scorer, lambda: interrupt(items, 26), [])
    assert not documents.exists()
    # A worker of a run that was killed may still write into it.
    documents.mkdir()
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    assert work(job, scorer, lambda: iter(items), None).n_labelled > 0
