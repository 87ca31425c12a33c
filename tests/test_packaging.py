"""The wheel holds all of copydesk, and works from another folder in an environment of its own."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]

ARTICLE = """\
The harbour ferry ran aground on a sandbank on Monday morning with 84 passengers on board, the
coastguard said. Nobody was hurt. Two tugs pulled the vessel free at high water, shortly after
three in the afternoon, and it returned to its berth under its own power. "We felt a jolt and then
everything was very quiet," said Anna Berg, who was on her way to work. The operator said that a
steering fault was being looked into and that sailings would resume on Wednesday.
"""

# Run by the new environment's Python: where does it find what the wheel brought?
PROBE = """\
import importlib, json, sys
from importlib.resources import files

def names(package, folder):
    return sorted(entry.name for entry in files(package).joinpath(folder).iterdir())

print(json.dumps({
    "files": {package: importlib.import_module(package).__file__ for package in sys.argv[1:]},
    "demo": names("copydesk.seeds", "demo"),
    "starter": names("copydesk.seeds", "starter"),
    "model": names("copydesk.models", "default"),
    "editable_hooks": [name for name in sys.modules if name.startswith("__editable__")],
}))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command apart from this process's Python settings and coverage; give its output."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COV", "PYTHON", "VIRTUAL_ENV"))
    }
    finished = subprocess.run(
        command,
        cwd=cwd,
        env=environment | {"HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rooms(pyproject: dict[str, Any]) -> dict[str, str]:
    """Package name to its folder, as pyproject.toml maps them."""
    package_dir: dict[str, str] = pyproject["tool"]["setuptools"]["package-dir"]
    return package_dir


@pytest.fixture(scope="module")
def wheel(
    tmp_path_factory: pytest.TempPathFactory, pyproject: dict[str, Any], rooms: dict[str, str]
) -> Path:
    """The wheel, built from a copy: setuptools ships what an earlier build left in build/lib."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("pyproject.toml", pyproject["project"]["readme"], "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    for folder in rooms.values():
        shutil.copytree(
            ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    dist = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", dist, cwd=tree)
    (built,) = dist.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A new environment with copydesk from the wheel and everything else from the running one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, system_site_packages=False, with_pip=False)
    python = folder / "bin" / "python"
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install"),
        *("--no-deps", "--no-index", "--disable-pip-version-check", wheel),
        cwd=folder,
    )
    # Only now: pip would take the running environment's copydesk for an old one to be removed.
    # A .pth file adds folders as they are: the .pth files in these, among them the hook of an
    # editable copydesk, are not read.
    site_packages = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
    )
    shared = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    Path(site_packages.strip(), "shared.pth").write_text("\n".join(shared) + "\n", encoding="utf-8")
    return folder


def test_wheel_holds_every_file_of_the_rooms(wheel: Path, rooms: dict[str, str]) -> None:
    expected = {
        package.replace(".", "/") + "/" + path.relative_to(ROOT / folder).as_posix()
        for package, folder in rooms.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    }

    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}

    assert {name for name in held if name.startswith("copydesk/")} == expected
    assert {name.partition("/")[0] for name in held} == {
        "copydesk",
        "copydesk-" + wheel.name.split("-")[1] + ".dist-info",
    }
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in held)


def test_packages_and_data_are_found_in_the_new_environment(
    environment: Path, rooms: dict[str, str], tmp_path: Path
) -> None:
    found = json.loads(run(environment / "bin" / "python", "-c", PROBE, *rooms, cwd=tmp_path))

    assert found["editable_hooks"] == []
    for package, file in found["files"].items():
        assert Path(file).is_relative_to(environment), package
    for folder in ("demo", "starter"):
        assert any(name.endswith(".jsonl") for name in found[folder])
    assert found["model"] == sorted(path.name for path in (ROOT / "models/default").iterdir())


def test_command_says_its_version(
    environment: Path, pyproject: dict[str, Any], tmp_path: Path
) -> None:
    said = run(environment / "bin" / "copydesk", "--version", cwd=tmp_path)

    assert pyproject["project"]["version"] in said.split()


def test_command_labels_an_article_from_another_folder(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(ARTICLE, encoding="utf-8")

    run(
        *(environment / "bin" / "copydesk", "label", "ferry.txt", "--out", "verdicts.jsonl"),
        cwd=tmp_path,
    )

    (line,) = (tmp_path / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    verdict = json.loads(line)
    assert verdict["label"] in {"original", "edited_wire", "spun"}
    shares = [verdict[name] for name in ("p_original", "p_edited_wire", "p_spun")]
    assert sum(shares) == pytest.approx(1.0, abs=1e-3)


def test_every_requirement_has_a_pin_that_meets_it(pyproject: dict[str, Any]) -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {
        canonicalize_name(name): version
        for name, _, version in (line.partition("==") for line in lines if not line.startswith("#"))
    }
    project = pyproject["project"]
    asked = [
        *pyproject["build-system"]["requires"],
        *project["dependencies"],
        *(entry for extra in project["optional-dependencies"].values() for entry in extra),
    ]

    for requirement in map(Requirement, asked):
        name = canonicalize_name(requirement.name)
        if name != project["name"]:
            assert name in pins, f"{requirement}: no pin in constraints.txt"
            assert requirement.specifier.contains(pins[name]), f"{requirement}: {pins[name]}"
