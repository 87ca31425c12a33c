"""The README tells the truth: its figures are the committed ones, its commands exist."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk.cli import app
from copydesk.types import Article

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_figures_are_those_of_the_committed_results() -> None:
    script = ROOT / "benchmarks" / "readme_figures.py"
    result = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert result.returncode == 0, "run python benchmarks/readme_figures.py"


def _commands() -> list[list[str]]:
    shown = "\n".join(re.findall(r"(?s)```\w*\n(.*?)```", README))
    lines = re.findall(r"(?m)^(?:cat \S+ \| )?copydesk (.+?)(?:\s+#.*)?$", shown)
    return [line.split() for line in lines]


def test_the_readme_shows_commands() -> None:
    assert {words[0] for words in _commands()} >= {"label", "explain", "train", "evaluate"}


@pytest.mark.parametrize("words", _commands(), ids=" ".join)
def test_each_option_of_each_command_exists(words: list[str]) -> None:
    shown = CliRunner().invoke(app, [words[0], "--help"], terminal_width=200)
    assert shown.exit_code == 0
    options = {word for word in words if word.startswith("--")}
    assert options <= set(re.findall(r"--[a-z-]+", shown.output))


def test_the_example_of_derive_runs_on_a_fresh_machine(
    bridge: dict[str, Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (command,) = (words for words in _commands() if words[0] == "derive")
    wires = (bridge["wire"], bridge["frost"])
    lines = [json.dumps({"id": wire.id, "text": wire.text}) for wire in wires]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    left_out, made = result.stderr.splitlines()
    assert "apt-get install apertium " in left_out
    assert made.startswith("corpus/corpus.jsonl: 2 sources, ")


def test_each_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):", makefile))
    assert set(re.findall(r"(?m)(?:`|^)make ([a-z-]+)", README)) <= targets
