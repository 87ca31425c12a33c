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
    finished = run_command("explain", "spun.txt", "--source", "wire.txt")
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
    assert "compared with" not in finished.out


def test_record_may_bring_its_source(
    run_command: Run, bridge: dict[str, Article], tmp_path: Path
) -> None:
    record = {"id": "r1", "text": bridge["spun"].text, "source_text": bridge["wire"].text}
    (tmp_path / "one.jsonl").write_text(json.dumps(record))
    finished = run_command("explain", "one.jsonl")
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
    assert "compared with wire.txt" in finished.out


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
