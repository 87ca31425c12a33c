"""``copydesk seeds``: stores at the command line, and ``label`` with a store."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from copydesk.seeds.store import Store
from copydesk.types import Article

Run = Callable[..., Any]
Bridge = dict[str, Article]


def write_articles(path: Path, *articles: Article) -> Path:
    lines = [
        json.dumps({k: v for k, v in asdict(a).items() if v is not None}, default=str)
        for a in articles
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def wires(tmp_path: Path, bridge: Bridge) -> Path:
    return write_articles(tmp_path / "wires.jsonl", bridge["wire"], bridge["frost"])


@pytest.fixture
def store(run_command: Run, wires: Path, tmp_path: Path) -> Path:
    assert run_command("seeds", "add", "wire.store", wires).code == 0
    return tmp_path / "wire.store"


def test_add_says_what_came_of_it(run_command: Run, wires: Path) -> None:
    first = run_command("seeds", "add", "s", wires)
    assert (first.code, first.out) == (0, "")
    assert first.err == "s: 2 added, 0 replaced, 0 there already, 0 rejected; 2 articles\n"
    again = run_command("seeds", "add", "s", wires)
    assert again.code == 0
    assert again.err.startswith("s: 0 added, 0 replaced, 2 there already, 0 rejected")


def test_add_rejects_with_a_reason(
    run_command: Run, store: Path, tmp_path: Path, bridge: Bridge
) -> None:
    other = Article("frost", bridge["staff"].text)
    path = write_articles(tmp_path / "o.jsonl", other, bridge["staff"], Article("x", "Short."))
    finished = run_command("seeds", "add", store, path)
    assert finished.code == 1
    assert "frost rejected: id 'frost' is in the store with another text" in finished.err
    assert "x rejected: text has 1 word, expected at least 20" in finished.err
    assert "1 added, 0 replaced, 0 there already, 2 rejected; 3 articles" in finished.err
    replaced = run_command("seeds", "add", store, path, "--replace")
    assert replaced.code == 1
    assert "0 added, 1 replaced, 1 there already, 1 rejected; 3 articles" in replaced.err


def test_nothing_to_add_is_an_error(run_command: Run, tmp_path: Path) -> None:
    path = write_articles(tmp_path / "x.jsonl", Article("x", "Short."))
    assert run_command("seeds", "add", "s", path).code == 2
    gone = run_command("seeds", "add", "s", "gone.jsonl")
    assert (gone.code, gone.err) == (2, "copydesk: gone.jsonl does not exist\n")


def test_a_store_is_made_of_another(run_command: Run, store: Path, bridge: Bridge) -> None:
    assert run_command("seeds", "add", "copy", store).code == 0
    with Store.read(store.parent / "copy") as copy:
        assert list(copy.articles()) == [bridge["wire"], bridge["frost"]]


def test_search_names_the_source(run_command: Run, store: Path, story_file: Path) -> None:
    finished = run_command("seeds", "search", store, story_file)
    assert finished.code == 0
    rows = {row["id"]: row["sources"] for row in map(json.loads, finished.out.splitlines())}
    assert [one["id"] for one in rows["bridge-spun"]] == ["bridge-wire"]
    assert set(rows["bridge-spun"][0]) == {"id", "similarity", "closeness"}
    assert rows["bridge-wire"] == rows["bridge-staff"] == []


def test_search_rejects_what_cannot_be_judged(
    run_command: Run, store: Path, mixed_file: Path, tmp_path: Path
) -> None:
    finished = run_command("seeds", "search", store, mixed_file)
    assert finished.code == 1
    assert (len(finished.out.splitlines()), len(finished.err.splitlines())) == (3, 7)
    short = write_articles(tmp_path / "x.jsonl", Article("x", "Short."))
    assert run_command("seeds", "search", store, short).code == 2


def test_list_shows_what_is_there(run_command: Run, store: Path, bridge: Bridge) -> None:
    finished = run_command("seeds", "list", store)
    assert finished.code == 0
    rows = [json.loads(line) for line in finished.out.splitlines()]
    assert [row["id"] for row in rows] == ["bridge-wire", "frost"]
    assert rows[0]["n_words"] == len(bridge["wire"].text.split())


def test_remove(run_command: Run, store: Path) -> None:
    finished = run_command("seeds", "remove", store, "frost", "gone", "frost")
    assert finished.code == 1
    assert finished.err == f"copydesk: 'gone' is not in {store}\n{store}: 1 removed; 1 articles\n"
    assert run_command("seeds", "remove", store, "gone").code == 2
    assert run_command("seeds", "remove", store, "bridge-wire").code == 0
    empty = run_command("seeds", "list", store)
    assert (empty.code, empty.out) == (2, "")
    assert "is empty; copydesk seeds add" in empty.err


def test_verify_mends_the_index(run_command: Run, store: Path) -> None:
    sound = run_command("seeds", "verify", store)
    assert (sound.code, sound.out) == (0, f"{store}: 2 articles are whole, 0 problems\n")
    (index,) = store.glob("vectors-*")
    index.write_bytes(b"")
    damaged = run_command("seeds", "verify", store)
    assert damaged.code == 1
    assert "is damaged: its SHA-256" in damaged.err
    assert run_command("seeds", "verify", store).code == 0


def test_a_store_of_another_version_names_the_way_out_and_that_works(
    run_command: Run, store: Path, story_file: Path
) -> None:
    connection = sqlite3.connect(store / "articles.sqlite", isolation_level=None)
    connection.execute("DELETE FROM about WHERE name = 'reading'")
    connection.execute("ALTER TABLE fingerprints RENAME COLUMN source_likeness TO standing")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    way_out = f"copydesk seeds add NEW {store} makes a store that fits of the same articles"
    for words in (
        ["seeds", "search", store, story_file],
        ["seeds", "add", store, story_file],
        ["seeds", "remove", store, "frost"],
        ["label", story_file, "--sources", store, "--out", "o.jsonl"],
    ):
        finished = run_command(*words)
        assert (finished.code, finished.out) == (2, "")
        assert finished.err.endswith(f"{way_out}\n")
    verified = run_command("seeds", "verify", store)
    assert (verified.code, verified.err.count(way_out)) == (1, 1)
    assert run_command("seeds", "list", store).code == 0
    assert run_command("seeds", "add", "new", store).code == 0
    assert run_command("seeds", "verify", "new").code == 0
    found = run_command("label", story_file, "--sources", "new", "--out", "o.jsonl")
    assert found.code == 0


@pytest.mark.parametrize(
    "words", [["search", "gone", "story"], ["list", "gone"], ["remove", "gone", "a"],
              ["verify", "gone"]], ids=lambda words: words[0]
)  # fmt: skip
def test_a_store_that_is_not_there(words: list[str], run_command: Run, tmp_path: Path) -> None:
    finished = run_command("seeds", *words)
    assert finished.code == 2
    assert finished.err.startswith("copydesk: gone is no store")
    assert not (tmp_path / "gone").exists()


def test_label_takes_a_store(
    run_command: Run, store: Path, wires: Path, story_file: Path, tmp_path: Path
) -> None:
    for name, sources in (("store", store), ("file", wires)):
        assert (
            run_command("label", story_file, "--sources", sources, "--out", f"{name}.jsonl").code
            == 0
        )
    assert (
        run_command(
            "label", story_file, "--sources", store, "--out", "jobs.jsonl", "--jobs", 2
        ).code
        == 0
    )
    written = {name: (tmp_path / f"{name}.jsonl").read_text() for name in ("store", "file", "jobs")}
    assert written["store"] == written["file"] == written["jobs"]
    rows = {row["id"]: row for row in map(json.loads, written["store"].splitlines())}
    assert rows["bridge-spun"]["source_id"] == "bridge-wire"
    assert rows["bridge-staff"]["source_id"] is None


def test_label_with_a_store_and_more(
    run_command: Run, store: Path, wires: Path, story_file: Path
) -> None:
    finished = run_command("label", story_file, "--sources", store, "--sources", wires)
    assert finished.code == 2
    assert "add the files to a store" in finished.err


def test_label_with_an_empty_store(run_command: Run, tmp_path: Path, story_file: Path) -> None:
    Store.write(tmp_path / "empty").close()
    finished = run_command("label", story_file, "--sources", "empty")
    assert finished.code == 2
    assert "empty is empty: copydesk seeds add empty INPUT fills it" in finished.err


def test_label_with_a_model_of_another_encoder(
    run_command: Run, store: Path, story_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.seeds.store.encoder._SAME_ENCODER", 2.0)
    finished = run_command("label", story_file, "--sources", store, "--out", "o.jsonl")
    assert finished.code == 2
    assert "was made with the encoder static" in finished.err
