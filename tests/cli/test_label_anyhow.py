"""However a batch is run, a record's verdict is the same, byte by byte."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.seeds.store import Store
from copydesk.types import Article

Run = Callable[..., Any]
PLACES = ("Aldmoor", "Brenwick", "Carrow", "Dunmere", "Eskvale", "Farholt", "Grenby")
MODES = ([], ["--no-sources"], ["--sources", "wire.jsonl"], ["--sources", "wire.store"])


def wire(i: int) -> dict[str, str]:
    place = PLACES[i % len(PLACES)]
    text = (
        f"The port of {place} handled {i + 100} tonnes of barley and {i * i} of timber in week "
        f"{i}, its harbour master said on Friday, and {i + 7} vessels called there."
    )
    return {"id": f"w{i}", "text": text}


def rewrite(i: int) -> dict[str, str]:
    text = wire(i % 12)["text"]
    if i % 3 == 1:
        text = text.replace("handled", "processed").replace("its harbour", "the port's harbour")
    return {"id": f"a{i}", "text": f"{text} It was notice {i}.", "url": f"http://e/{i}"}


def write(path: Path, records: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


@pytest.fixture
def records(tmp_path: Path) -> list[dict[str, str]]:
    wires = [wire(i) for i in range(12)]
    write(tmp_path / "wire.jsonl", wires)
    with Store.write(tmp_path / "wire.store") as store:
        store.add(Article(one["id"], one["text"]) for one in wires)
    records = [rewrite(i) for i in range(24)]
    write(tmp_path / "in.jsonl", records)
    return records


def by_id(path: Path) -> dict[str, bytes]:
    return {json.loads(line)["id"]: line for line in path.read_bytes().splitlines()}


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
def test_chunks_and_order_are_no_matter(
    mode: list[str], run_command: Run, records: list[dict[str, str]], tmp_path: Path
) -> None:
    run_command("label", "in.jsonl", *mode, "--out", "out.jsonl")
    expected = by_id(tmp_path / "out.jsonl")
    assert set(expected) == {record["id"] for record in records}
    random.Random(0).shuffle(records)
    write(tmp_path / "shuffled.jsonl", records)
    for size in (1, 7, 1000):
        options = ("--chunk-size", size, "--out", "other.jsonl")
        run_command("label", "shuffled.jsonl", *mode, *options)
        assert by_id(tmp_path / "other.jsonl") == expected
        assert list(by_id(tmp_path / "other.jsonl")) == [record["id"] for record in records]


@pytest.mark.parametrize("mode", [[], ["--sources", "wire.store"]], ids=" ".join)
def test_hash_seed_and_processes_are_no_matter(
    mode: list[str],
    run_python: Run,
    records: list[dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcomes = []
    for seed, jobs in (("0", "1"), ("1", "1"), ("4711", "2")):
        code = (
            f"import os, subprocess, sys; os.environ['PYTHONHASHSEED'] = '{seed}'\n"
            "sys.exit(subprocess.call([sys.executable, '-m', 'copydesk', *sys.argv[1:]]))"
        )
        options = ("--jobs", jobs, "--chunk-size", "5", "--out", "out.jsonl")
        assert run_python("-c", code, "label", "in.jsonl", *mode, *options).code == 0
        outcomes.append((tmp_path / "out.jsonl").read_bytes())
    assert outcomes[0] == outcomes[1] == outcomes[2]


def test_one_query_searches_several_stores(
    run_command: Run, records: list[dict[str, str]], tmp_path: Path
) -> None:
    for name, numbers in (("a.store", range(0, 12, 2)), ("b.store", range(1, 12, 2))):
        with Store.write(tmp_path / name) as store:
            store.add(Article(f"w{i}", wire(i)["text"]) for i in numbers)
    run_command("label", "in.jsonl", "--sources", "wire.store", "--out", "one.jsonl")
    both = ("--sources", "a.store", "--sources", "b.store")
    for options in ((), ("--jobs", 2, "--chunk-size", 5), ("--job-dir", "job")):
        run_command("label", "in.jsonl", *both, *options, "--out", "two.jsonl")
        assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


def test_columns_of_another_name_are_read_and_kept(run_command: Run, tmp_path: Path) -> None:
    lines = ["link;body", *(f"http://e/{i};{wire(i)['text']}" for i in range(3))]
    (tmp_path / "in.tsv").write_text("\n".join(lines).replace(";", "\t"))
    names = ("--text-field", "body", "--id-field", "link", "--url-field", "link")
    options = ("--no-sources", "--keep", "url,link", "--texts", "texts.jsonl")
    finished = run_command("label", "in.tsv", *names, *options, "--out", "out.jsonl")
    assert finished.code == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [one["id"] for one in found] == [f"http://e/{i}" for i in range(3)]
    assert [(one["url"], one["link"]) for one in found] == [
        (f"http://e/{i}",) * 2 for i in range(3)
    ]
    texts = [json.loads(line) for line in (tmp_path / "texts.jsonl").read_text().splitlines()]
    assert texts == [{"id": f"http://e/{i}", "text": wire(i)["text"]} for i in range(3)]
    missing = run_command("label", "in.tsv", "--out", "out.jsonl")
    assert missing.code == 2
    assert "in.tsv has no column text; it has link, body: --text-field" in missing.err
