"""The page on the life of a model: its commands, figures and names are those of the code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from copydesk.cli import app
from copydesk.models.parts import BESIDE, DECIDING, MANIFEST
from copydesk.train.monitor import figures, spread
from copydesk.train.promotion import bootstrap, contest
from copydesk.train.promotion.floors import read_floors
from copydesk.types import LABELS

PAGE = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
_SHOWN = "\n".join(re.findall(r"(?s)```\n(.*?)```", PAGE))
_STEPS = ("train", "evaluate", "promote", "models", "rollback", "monitor")
COMMANDS = [
    line.split(" > ")[0].split()
    for line in re.findall(rf"(?m)copydesk ((?:{'|'.join(_STEPS)})(?: .*)?)$", _SHOWN)
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_option_of_each_command_exists(words: list[str]) -> None:
    shown = CliRunner().invoke(app, [words[0], "--help"], terminal_width=200)
    assert shown.exit_code == 0
    options = {word for word in words if word.startswith("--")}
    assert options <= set(re.findall(r"--[a-z-]+", shown.output))


def test_every_step_is_shown() -> None:
    assert tuple(dict.fromkeys(words[0] for words in COMMANDS)) == _STEPS


def test_thresholds_are_those_of_the_code() -> None:
    rows = dict(re.findall(r"(?m)^\| .*?(PSI|KS|a share).*? \| ([0-9.]+ \| [0-9.]+) \|$", PAGE))
    for name, pair in (
        ("PSI", (figures.INDEX_WATCH, figures.INDEX_ACT)),
        ("KS", (figures.DISTANCE_WATCH, figures.DISTANCE_ACT)),
        ("a share", (figures.SHARE_WATCH, figures.SHARE_ACT)),
    ):
        assert rows[name] == f"{pair[0]:g} | {pair[1]:g}"
    said = " ".join(PAGE.split())
    assert f"has to be below {figures.ALPHA}," in said
    assert f"Fewer than {spread.MIN_ROWS} articles" in said
    assert f"fewer than {contest.MIN_STORIES} stories decides nothing" in said
    assert f"replacement {bootstrap.N_DRAWS:,} times" in said
    assert 1 / contest.ALPHA == 20


def test_codes_are_those_of_the_command() -> None:
    codes = {str(level): int(level) for level in figures.Level}
    told = dict(re.findall(r"(?m)^\| ([0-3]) \| (nothing|watch|act|no answer)", PAGE))
    assert told == {str(code): level for level, code in codes.items()} | {"3": "no answer"}


def test_parts_are_those_of_an_artifact() -> None:
    told = re.findall(r"(?m)^\| `([a-z]+\.\w+)` \| (?!copydesk's|yours)", PAGE)
    assert set(told) == {MANIFEST, *DECIDING, *BESIDE}


def test_the_floors_that_are_shown_are_floors(tmp_path: Path) -> None:
    (shown,) = re.findall(r"`(\{.*?\})`", PAGE)
    (tmp_path / "floors.json").write_text(shown, encoding="utf-8")
    assert read_floors(tmp_path / "floors.json") == json.loads(shown)
    for name in ("macro_f1", "accuracy", "honest_kept", *(f"recall {one}" for one in LABELS)):
        assert f"`{name}`" in PAGE


@pytest.mark.parametrize(("code", "subject"), [(0, None), (2, "code 2"), (3, "code 3")])
def test_the_line_for_cron_writes_where_somebody_has_to_look(
    code: int, subject: str | None, tmp_path: Path
) -> None:
    (line,) = re.findall(r"(?m)^0 6 \* \* \*  (.*)$", PAGE)
    (tmp_path / "bin").mkdir()
    scripts = {
        "copydesk": f'echo "$@"; exit {code}',
        "mail": 'printf "%s\\n" "$@" > mail.said; cat >> mail.said',
    }
    for name, script in scripts.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    command = line.replace("cd /srv/copydesk", f"cd {tmp_path}")
    subprocess.run(["sh", "-c", command], env=os.environ | {"PATH": path}, check=False, timeout=60)
    mail = tmp_path / "mail.said"
    assert mail.exists() == (subject is not None)
    if subject is not None:
        said = mail.read_text(encoding="utf-8").splitlines()
        assert said[:3] == ["-s", f"copydesk monitor: {subject}", "desk@example.org"]
        assert said[3].startswith("monitor labels/today.jsonl --reference")


def test_importing_the_command_loads_neither_scikit_learn_nor_scipy() -> None:
    script = "import sys, copydesk.cli; print(*sorted({'sklearn', 'scipy'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert found.stdout.strip() == b""
