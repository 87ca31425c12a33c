"""``copydesk explain`` and what the command says of itself."""

import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from copydesk.types import Article

Run = Callable[..., Any]


@pytest.fixture
def files(tmp_path: Path, bridge: dict[str, Article]) -> Path:
    for name, article in bridge.items():
        (tmp_path / f"{name}.txt").write_text(article.text, encoding="utf-8")
    return tmp_path


def test_evidence_is_printed(run_command: Run, files: Path) -> None:
    finished = run_command("explain", "spun.txt", "--source", "wire.txt", "--all")
    assert (finished.code, finished.err) == (0, "")
    shown = " ".join(finished.out.replace("│", " ").split())
    for part in (
        "spun.txt",
        "wire.txt",
        "We could not let another truck cross a construction",
        "We could not let another lorry cross a structure",
        "Lyabkov Ryabkov",
        "81 million 18 million",
        "odd_reporting_verb",
        "articulated",
        "In conclusion",
    ):
        assert part in shown


def test_alone_shows_nothing_of_a_source(run_command: Run, files: Path) -> None:
    finished = run_command("explain", "spun.txt")
    assert finished.code == 0
    assert "judged alone" in finished.out
    assert "Ryabkov" not in finished.out
    assert "from " not in finished.out


def test_record_may_bring_its_source(
    run_command: Run, bridge: dict[str, Article], tmp_path: Path
) -> None:
    record = {"id": "r1", "text": bridge["spun"].text, "source_text": bridge["wire"].text}
    (tmp_path / "one.jsonl").write_text(json.dumps(record))
    finished = run_command("explain", "one.jsonl", "--all")
    assert finished.code == 0
    assert "r1" in finished.out
    assert "Ryabkov" in finished.out
    given = run_command("explain", "-", stdin=json.dumps({**record, "source_id": "w9"}).encode())
    assert given.code == 0
    assert "w9" in given.out


def test_source_asked_for_wins(run_command: Run, bridge: dict[str, Article], files: Path) -> None:
    record = {"id": "r1", "text": bridge["spun"].text, "source_text": bridge["frost"].text}
    (files / "one.jsonl").write_text(json.dumps(record))
    finished = run_command("explain", "one.jsonl", "--source", "wire.txt")
    assert "source: wire.txt" in finished.out


def test_brackets_in_an_id_are_text(
    run_command: Run, bridge: dict[str, Article], tmp_path: Path
) -> None:
    (tmp_path / "one.jsonl").write_text(json.dumps({"id": "a[/b]", "text": bridge["wire"].text}))
    finished = run_command("explain", "one.jsonl")
    assert finished.code == 0
    assert "a[/b]" in finished.out


def test_another_model_may_decide(run_command: Run, files: Path, small_model: Path) -> None:
    finished = run_command("explain", "frost.txt", "--model", small_model)
    assert finished.code == 0
    assert "small-" in finished.out


def test_one_article_of_a_batch_finds_its_source_among_the_others(
    run_command: Run, story_file: Path
) -> None:
    finished = run_command("explain", story_file, "--id", "bridge-spun")
    assert finished.code == 0
    assert "Spun: a machine made it from “bridge-wire”." in finished.out


def test_source_is_found_in_a_store_and_in_a_file_of_many(
    run_command: Run, story_file: Path, files: Path
) -> None:
    assert run_command("seeds", "add", "wires", story_file).code == 0
    for sources in ("wires", story_file):
        finished = run_command("explain", "edited.txt", "--source", sources)
        assert finished.code == 0
        assert "source: bridge-" in finished.out


def test_json_is_the_output_record_and_what_shows_why(run_command: Run, files: Path) -> None:
    finished = run_command("explain", "spun.txt", "--source", "wire.txt", "--json")
    record = json.loads(finished.out)
    assert record["label"] == "spun"
    assert record["compared_with"] == "wire.txt"
    assert len(record["reasons"]) == 5
    for account in record["accounts"]:
        added = account["base"] + account["prior"] + sum(account["contributions"].values())
        assert added == pytest.approx(account["log_odds"])
    assert {pair["kind"] for pair in record["sentences"]} >= {"reworded"}


def test_a_reversed_order_is_said(
    run_command: Run, bridge: dict[str, Article], files: Path
) -> None:
    for name, day in (("wire", "2025-05-12"), ("spun", "2025-05-14")):
        record = {"id": name, "text": bridge[name].text, "published": day}
        (files / f"{name}.jsonl").write_text(json.dumps(record))
    finished = run_command("explain", "wire.jsonl", "--source", "spun.jsonl")
    assert "The “source” was published later (2025-05-14)" in finished.out
    right = run_command("explain", "spun.jsonl", "--source", "wire.jsonl")
    assert "published later" not in right.out


def test_no_colour_where_there_is_no_terminal(run_command: Run, files: Path) -> None:
    assert "\x1b" not in run_command("explain", "spun.txt", "--source", "wire.txt", "--all").out


@pytest.mark.parametrize("arguments", [["--version"], ["--version", "label"]])
def test_version(arguments: list[str], run_command: Run) -> None:
    finished = run_command(*arguments)
    assert (finished.code, finished.out) == (0, f"copydesk {version('copydesk')}\n")


def test_module_is_the_command(run_python: Run) -> None:
    finished = run_python("-m", "copydesk", "--version")
    assert (finished.code, finished.out) == (0, f"copydesk {version('copydesk')}\n")


@pytest.mark.parametrize("command", ["label", "explain", "train", "evaluate"])
def test_every_command_has_help(command: str, run_command: Run) -> None:
    finished = run_command(command, "--help")
    assert finished.code == 0
    assert "Usage" in finished.out
    assert command in run_command("--help").out


PROBE = """\
import sys
from copydesk.cli import main

sys.argv = ["copydesk", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    heavy = {"torch", "sklearn", "skops", "sentence_transformers", "transformers", "trafilatura"}
    print("imported:", sorted(heavy & set(sys.modules)))
    sys.exit(ended.code)
"""


def test_labelling_starts_without_heavy_packages(run_python: Run, story_file: Path) -> None:
    finished = run_python("-c", PROBE, "label", story_file, "--out", "out.jsonl")
    assert (finished.code, finished.out) == (0, "imported: []\n"), finished.err


def test_explaining_starts_without_heavy_packages(run_python: Run, files: Path) -> None:
    finished = run_python("-c", PROBE, "explain", "spun.txt", "--source", "wire.txt")
    assert finished.code == 0
    assert finished.out.endswith("imported: []\n")
