"""Every example in a docstring runs and gives what it says."""

import doctest
import importlib
import pkgutil
import tomllib
from pathlib import Path

import pytest

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
# An editable install maps each room by itself: walking copydesk alone would not find them.
PACKAGES = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
MODULES = sorted(
    {
        *PACKAGES,
        *(
            f"{package}.{module.name}"
            for package in PACKAGES
            for module in pkgutil.iter_modules(importlib.import_module(package).__path__)
        ),
    }
    - {"copydesk.__main__"}  # importing it runs the command
)


def test_modules_of_every_room_are_found() -> None:
    names = {
        "cli",
        "features.read.text",
        "models.linear",
        "predict.scorer",
        "seeds.corpus.labelled",
        "train.fit",
    }
    assert {f"copydesk.{name}" for name in names} <= set(MODULES)
    assert len(MODULES) > 30


@pytest.fixture
def default_debian(own_debian: Path) -> Path:
    return own_debian


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


@pytest.mark.needs_debian
@pytest.mark.parametrize("name", ["thesaurus", "translation", "word_swap"])
def test_examples_hold_with_the_real_packages(name: str) -> None:
    module = importlib.import_module(f"copydesk.seeds.derive.{name}")
    assert doctest.testmod(module).failed == 0


def test_examples_are_found() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = [importlib.import_module(name) for name in MODULES]
    n_examples = sum(len(test.examples) for module in modules for test in finder.find(module))
    assert n_examples > 20
