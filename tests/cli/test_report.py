"""``copydesk report`` and ``copydesk label --report``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_label_writes_a_page(run_command: Run, mixed_file: Path, tmp_path: Path) -> None:
    finished = run_command("label", mixed_file, "--out", "out.jsonl", "--report", "out/report.html")
    assert finished.code == 1
    assert "out/report.html: 3 articles, " in finished.err
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<strong>7</strong> rejected" in html


def test_what_was_scored_is_shown_later(run_command: Run, story_file: Path, tmp_path: Path) -> None:
    run_command("label", story_file, "--out", "out.jsonl")
    finished = run_command(
        "report", "out.jsonl", "--sources", story_file, "--out", "r.html", "--title", "Week <20>"
    )
    assert (finished.code, finished.out) == (0, "")
    assert finished.err.startswith("r.html: 5 articles, ")
    assert "<title>Week &lt;20&gt;</title>" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_sources_may_be_a_store_and_missing_texts_are_said(
    run_command: Run, story_file: Path
) -> None:
    run_command("label", story_file, "--out", "out.jsonl")
    run_command("seeds", "add", "wires", story_file)
    finished = run_command("report", "out.jsonl", "--sources", "wires", "--out", "r.html")
    assert finished.err.startswith("r.html: 5 articles, ")
    bare = run_command("report", "out.jsonl", "--out", "r.html")
    assert "without their texts" in bare.err


def test_another_model_is_said(run_command: Run, story_file: Path, tmp_path: Path) -> None:
    run_command("label", story_file, "--out", "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    records = [{**json.loads(line), "model_id": "older"} for line in lines]
    (tmp_path / "old.jsonl").write_text("\n".join(map(json.dumps, records)))
    finished = run_command("report", "old.jsonl", "--articles", story_file, "--out", "r.html")
    assert finished.code == 0
    assert "labelled by older, not by the model at hand: no reasons are shown" in finished.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["report", "gone.jsonl", "--out", "r.html"], "gone.jsonl cannot be read"),
        (["report", "empty.jsonl", "--out", "r.html"], "holds no record: nothing to show"),
        (["report", "empty.jsonl", "--out", "r.pdf"], "r.pdf is of no kind that is written"),
        (["label", "a.txt", "--report", "r.html"], "--report shows what --out wrote"),
        (
            ["label", "a.txt", "--out", "o.jsonl", "--report", "r.pdf"],
            "r.pdf is of no kind that is written",
        ),
        (
            ["label", "a.txt", "--out", "o.jsonl", "--report", "folder.html"],
            "cannot be written: it is a folder",
        ),
    ],
)
def test_refuses(arguments: list[str], message: str, run_command: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "a.txt").write_text("word " * 30)
    finished = run_command(*arguments)
    assert finished.code == 2
    assert message in finished.err
    assert finished.err.count("\n") == 1
