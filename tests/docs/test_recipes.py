"""The recipes run: scripts, commands, code and cells are those of the page, texts are invented."""

import ast
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import types
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from copydesk.cli import app
from copydesk.predict.card import verdict_card
from copydesk.seeds.store import Store
from copydesk.types import Article, Label, Verdict

RECIPES = Path(__file__).parents[2] / "docs" / "recipes"
PAGE = (RECIPES / "README.md").read_text(encoding="utf-8")
DAY = "2026-03-02"
MAIL = '#!/bin/sh\nprintf "%s\\n" "$@" > mail.said\ncat >> mail.said\n'
REAL = f'#!/bin/sh\nexec "{sys.executable}" -m copydesk "$@"\n'

Bridge = dict[str, Article]


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?s)```{language}\n(.*?)```", PAGE)


def commands_of(shown: str, name: str) -> list[list[str]]:
    joined = shown.replace("\\\n", " ")
    return [line.split() for line in re.findall(rf"(?m)^\s*{name} (.+)$", joined)]


def test_each_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"\]\(([^)#]+)\)", PAGE))
    assert named >= {
        *("label_day.sh", "label_day_dag.py", "service.py", "tune.py", "verdict.ipynb"),
    }
    assert [name for name in named if not (RECIPES / name).is_file()] == []


@pytest.fixture
def folder(tmp_path: Path, bridge: Bridge) -> Path:
    """A folder with a day's articles, one too short, and a store; ``mail`` writes to a file."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "articles").mkdir()
    articles = [bridge["spun"], bridge["staff"], Article("short", "Mill to close.")]
    lines = [json.dumps({"id": article.id, "text": article.text}) for article in articles]
    (tmp_path / "articles" / f"{DAY}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Store.write(tmp_path / "wire.store") as store:
        store.add([bridge["wire"]])
    put_command(tmp_path, "mail", MAIL)
    return tmp_path


def put_command(folder: Path, name: str, script: str) -> None:
    (folder / "bin" / name).write_text(script, encoding="utf-8")
    (folder / "bin" / name).chmod(0o755)


def label_day(folder: Path) -> int:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    finished = subprocess.run(
        ["bash", RECIPES / "label_day.sh", folder, "desk@example.org", DAY],
        env=os.environ | {"PATH": path},
        check=False,
        timeout=120,
    )
    return finished.returncode


needs_flock = pytest.mark.skipif(shutil.which("flock") is None, reason="needs flock (util-linux)")


@needs_flock
def test_a_day_is_labelled_once_and_rejects_are_sent(folder: Path) -> None:
    put_command(folder, "copydesk", REAL)
    assert label_day(folder) == 1
    lines = (folder / "labels" / f"{DAY}.jsonl").read_text(encoding="utf-8").splitlines()
    found = {record["id"]: record for record in map(json.loads, lines)}
    assert set(found) == {"bridge-spun", "bridge-staff"}
    assert found["bridge-spun"]["source_id"] == "bridge-wire"
    said = (folder / "mail.said").read_text(encoding="utf-8").splitlines()
    assert said[:3] == ["-s", f"copydesk {DAY}: labelled, some rejected", "desk@example.org"]
    assert json.loads(said[3])["reason"].startswith("text has 3 words")
    (folder / "mail.said").unlink()
    assert label_day(folder) == 0
    assert not (folder / "mail.said").exists()


@needs_flock
@pytest.mark.parametrize(
    ("code", "subject"),
    [
        (0, None),
        (2, "nothing labelled"),
        (3, "broke off, the next start goes on"),
        (137, "broke off, the next start goes on"),
        (130, None),
        (143, None),
    ],
)
def test_each_exit_code_is_handed_on_and_told(code: int, subject: str | None, folder: Path) -> None:
    put_command(folder, "copydesk", f"#!/bin/sh\necho what was said >&2\nexit {code}\n")
    assert label_day(folder) == code
    told = folder / "mail.said"
    assert told.exists() == (subject is not None)
    if subject is not None:
        expected = f"-s\ncopydesk {DAY}: {subject}\ndesk@example.org\nwhat was said\n"
        assert told.read_text(encoding="utf-8") == expected


@needs_flock
def test_a_second_start_goes_home(folder: Path) -> None:
    put_command(folder, "copydesk", "#!/bin/sh\nexit 3\n")
    (folder / "jobs").mkdir()
    lock = folder / "jobs" / f"{DAY}.lock"
    with subprocess.Popen(
        ["flock", lock, "sh", "-c", "echo held; read _"], stdin=-1, stdout=-1
    ) as held:
        assert held.stdout is not None
        assert held.stdin is not None
        assert held.stdout.readline() == b"held\n"
        assert label_day(folder) == 0
        held.stdin.close()
    assert label_day(folder) == 3


@pytest.fixture
def dag(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """What the DAG's file hands to Airflow, which is not installed."""
    made: dict[str, dict[str, Any]] = {}

    class Recorded:
        def __init__(self, *names: str, **options: Any) -> None:
            made[options.get("task_id", *names)] = options

        def __enter__(self) -> "Recorded":
            return self

        def __exit__(self, *_: object) -> None: ...

    for module, name in (
        ("airflow.sdk", "DAG"),
        ("airflow.providers.standard.operators.bash", "BashOperator"),
    ):
        parts = module.split(".")
        for depth in range(1, len(parts)):
            parent = ".".join(parts[:depth])
            monkeypatch.setitem(sys.modules, parent, types.ModuleType(parent))
        stub = types.ModuleType(module)
        setattr(stub, name, Recorded)
        monkeypatch.setitem(sys.modules, module, stub)
    runpy.run_path(str(RECIPES / "label_day_dag.py"))
    return made


def test_the_dag_goes_on_at_each_retry(dag: dict[str, dict[str, Any]]) -> None:
    ast.parse((RECIPES / "label_day_dag.py").read_text(encoding="utf-8"))
    assert dag["copydesk_label_day"]["default_args"]["retries"] == 5
    assert dag["copydesk_label_day"]["default_args"]["retry_delay"] == timedelta(minutes=10)
    assert "--job-dir jobs/{{ ds }} " in dag["label"]["bash_command"]


@pytest.mark.parametrize(("code", "handed_on"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_the_task_fails_where_the_run_did(
    code: int, handed_on: int, dag: dict[str, dict[str, Any]], folder: Path
) -> None:
    put_command(folder, "copydesk", f'#!/bin/sh\necho "$@" > asked\nexit {code}\n')
    command = dag["label"]["bash_command"].replace("{{ ds }}", DAY)
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=os.environ | {"PATH": path}, check=False
    )
    assert run.returncode == handed_on
    asked = (folder / "asked").read_text(encoding="utf-8")
    assert asked.startswith(f"label articles/{DAY}.jsonl --sources wire.store --out ")


SCRIPT = (RECIPES / "label_day.sh").read_text(encoding="utf-8")


def test_each_option_of_copydesk_exists(dag: dict[str, dict[str, Any]]) -> None:
    shown_commands = "\n".join((*blocks(""), SCRIPT, dag["label"]["bash_command"]))
    commands = commands_of(shown_commands, "copydesk")
    assert len(commands) == 3
    for words in commands:
        shown = CliRunner().invoke(app, [words[0], "--help"], terminal_width=200)
        options = {word for word in words if word.startswith("--")}
        assert "--job-dir" in options
        assert options <= set(re.findall(r"--[a-z-]+", shown.output))


@pytest.mark.parametrize("name", ["scheduler", "worker"])
def test_each_option_of_dask_exists(name: str) -> None:
    (words,) = commands_of("\n".join(blocks("")), f"dask {name}")
    dask = [sys.executable, "-W", "ignore", "-m", "dask", name, "--help"]
    shown = subprocess.run(dask, capture_output=True, text=True, check=True).stdout
    options = {word for word in words if word.startswith("--")}
    assert len(options) == 2
    assert options <= set(re.findall(r"--[a-z-]+", shown))


def test_the_code_for_pandas_runs(
    bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": one.id, "body": one.text, "outlet": "The Echo", "seen_at": "2026-05-13"}
        for one in (bridge["edited"], bridge["spun"], Article("short", "Mill to close."))
    ]
    pd.DataFrame(rows).to_csv("articles.csv", index=False)
    pd.DataFrame([{"id": "w", "text": bridge["wire"].text}]).to_csv("wires.csv", index=False)
    (code,) = blocks("python")
    names: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert names["by_outlet"].to_dict() == {
        ("The Echo", Label.EDITED_WIRE): 1,
        ("The Echo", Label.SPUN): 1,
    }
    assert names["rejected"].to_dict() == {2: names["labels"]["rejected"][2]}
    assert list(names["labels"]["source_id"][:2]) == ["w", "w"]


def test_the_cells_of_the_notebook_run_and_show_a_verdict() -> None:
    notebook = json.loads((RECIPES / "verdict.ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    assert len(cells) == len(notebook["cells"])
    names: dict[str, Any] = {}
    shown: dict[str, object] = {}
    for name, cell in cells.items():
        if cell["cell_type"] == "code":
            *lines, last = ast.parse("".join(cell["source"])).body
            exec(compile(ast.Module(lines, []), name, "exec"), names)
            if isinstance(last, ast.Expr):
                shown[name] = eval(compile(ast.Expression(last.value), name, "eval"), names)
            else:
                exec(compile(ast.Module([last], []), name, "exec"), names)
    verdict, reasons, frame = shown["verdict"], shown["reasons"], shown["frame"]
    assert isinstance(verdict, Verdict)
    assert verdict.label is Label.SPUN
    assert verdict._repr_html_() == verdict_card(verdict)
    assert isinstance(reasons, list)
    assert len(reasons) == 5
    assert isinstance(frame, pd.DataFrame)
    assert list(frame["source_id"].fillna("")) == ["mill-1", ""]
    assert list(frame["rejected"].isna()) == [True, False]


def test_tuning_prints_what_was_chosen(
    small_corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tune.py", str(small_corpus)])
    names = runpy.run_path(str(RECIPES / "tune.py"))
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "32 texts beside their sources, of 8 stories"
    tried = said[2:-1]
    assert len(tried) == 6
    search = names["search"]
    losses = [float(line.split()[-2]) for line in tried]
    assert losses == sorted(losses)
    best = search.best_params_
    assert said[-1] == (
        f"chosen: C {best['C']}, max_iter {best['max_iter']}; log-loss "
        f"{-search.best_score_:.3f} on stories left out"
    )
    assert losses[0] == pytest.approx(-search.best_score_, abs=1e-3)
    assert set(names["labels"]) == {"edited_wire", "spun"}
    # No story is on both sides of any split.
    stories = np.array(names["stories"])
    for train, test in search.cv.split(names["X"], groups=stories):
        assert set(stories[train]).isdisjoint(stories[test])
    assert names["tuned"].predict(names["texts"]).shape == (32,)
