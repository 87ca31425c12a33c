"""mypy sees every file: a wrong link under build/types would make `make types` pass unread."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def rooms() -> dict[str, Path]:
    """Package name to its folder, as pyproject.toml maps them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package_dir = project["tool"]["setuptools"]["package-dir"]
    return {package: ROOT / folder for package, folder in package_dir.items()}


@pytest.fixture(scope="module")
def linked_tree() -> Path:
    # Flags of a make that runs this test are not meant for the make that it starts.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    subprocess.run(["make", "types-links"], cwd=ROOT, env=environment, check=True)
    return ROOT / "build" / "types"


def test_each_package_is_linked_to_its_room(rooms: dict[str, Path], linked_tree: Path) -> None:
    for package, room in rooms.items():
        linked = linked_tree.joinpath(*package.split("."), "__init__.py")
        assert linked.resolve() == room.resolve() / "__init__.py"


def test_mypy_sees_every_file(rooms: dict[str, Path], linked_tree: Path) -> None:
    n_files = sum(1 for room in rooms.values() for _ in room.rglob("*.py"))

    # Type errors are for `make types` to report: only the count is looked at here.
    mypy = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    counted = re.search(r"(?:in|checked) (\d+) source files?", mypy.stdout.splitlines()[-1])
    assert counted is not None, mypy.stdout + mypy.stderr
    assert int(counted[1]) == n_files


USER = """\
from copydesk import Article, Label, Scorer, Verdict, predict

verdict: Verdict = predict("text", source=Article("w", "text"))
labels: list[Label] = [verdict.label]
scorer: Scorer = Scorer.load()
predict(7)
predict.jobs
"""


def test_what_is_imported_from_the_top_is_typed(linked_tree: Path, tmp_path: Path) -> None:
    user = tmp_path / "user.py"
    user.write_text(USER, encoding="utf-8")
    environment = os.environ | {"MYPYPATH": str(linked_tree)}
    mypy = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", user],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    wrong, no_attribute, found = mypy.stdout.splitlines()
    assert 'user.py:6: error: Argument 1 to "predict" has incompatible type "int"' in wrong
    assert "user.py:7: error: " in no_attribute
    assert found.startswith("Found 2 errors in 1 file"), mypy.stdout + mypy.stderr
