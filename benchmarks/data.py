"""Where the benchmarks find what they measure on, and what their results say of themselves."""

from __future__ import annotations

import argparse
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.models import read_manifest
from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.dataset import Dataset
from copydesk.train.materials import Materials, build_rows, read_materials
from copydesk.train.recipe import Recipe, read_recipe
from copydesk.types import Label

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
_PREFIXES = {
    "fault_": "faults",
    "round_trip": "translation",
    "names_": "transliteration",
    "quote_": "reworded quotes",
    "grafted": "grafted quotes",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What the gate measures: a recipe, what it names, and the feature rows of all its pairs."""

    recipe: Recipe
    materials: Materials
    real: Dataset
    derived: Dataset
    data: Path


def read_measured(n_jobs: int = -1) -> Measured:
    """Read what the released model's recipe names, also what it does not learn of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="folder of public data")
    parser.add_argument("--cache", type=Path, help="folder for what takes long to make")
    options = parser.parse_args()
    recipe = read_recipe()
    materials = read_materials(recipe, options.data, options.cache, n_jobs)
    real, derived = build_rows(recipe, materials, options.cache, n_jobs)
    assert derived is not None
    return Measured(recipe, materials, real, derived, options.data)


def describe_run() -> dict[str, Any]:
    """Say which model's recipe was measured, on which machine, with which versions."""
    return {
        "model_id": read_manifest(ROOT / "models" / "default").model_id,
        "machine": {"python": platform.python_version(), "machine": platform.machine()},
        "versions": {name: version(name) for name in ("copydesk", "scikit-learn", "numpy")},
    }


def families_of(dataset: Dataset) -> NDArray[np.str_]:
    """Give the family of each row's engine; empty where no engine made the text."""
    return np.array([_family_of(name) if name in ENGINES else "" for name in dataset.engines])


def _family_of(engine: str) -> str:
    """Give the family of an engine, by its name and label."""
    for prefix, family in _PREFIXES.items():
        if engine.startswith(prefix):
            return family
    return "newsroom" if ENGINES[engine].label is Label.EDITED_WIRE else "thesaurus"
