"""The gate compares what is measured with its floors."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.seeds.corpus import read_corpus

ROOT = Path(__file__).parents[1]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    for name in ("gate", "data", "light_spin", "overlap"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import gate as module

    return module


@pytest.fixture
def floors(gate: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    (tmp_path / "benchmarks").mkdir()
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    return tmp_path / "benchmarks" / "floors.json"


MEASURED = {"starter": {"macro_f1": 0.9, "recall": {"spun": 0.8}, "log_loss": 0.3}}


@pytest.mark.parametrize(
    ("floor", "fallen"),
    [
        ({"figure": ["starter", "macro_f1"], "at_least": 0.9}, []),
        (
            {"figure": ["starter", "macro_f1"], "at_least": 0.91},
            ["starter: macro_f1 is 0.9, floor 0.91"],
        ),
        (
            {"figure": ["starter", "recall", "spun"], "at_least": 0.81},
            ["starter: recall: spun is 0.8, floor 0.81"],
        ),
        ({"figure": ["starter", "log_loss"], "at_most": 0.3}, []),
        (
            {"figure": ["starter", "log_loss"], "at_most": 0.2},
            ["starter: log_loss is 0.3, at most 0.2 allowed"],
        ),
    ],
)
def test_a_figure_below_its_floor_is_named(
    gate: Any, floors: Path, floor: dict[str, Any], fallen: list[str]
) -> None:
    floors.write_text(json.dumps([floor]), encoding="utf-8")
    assert gate.check_floors(MEASURED) == fallen


def test_the_committed_results_hold_the_committed_floors(gate: Any) -> None:
    measured = json.loads((gate.RESULTS / "gate.json").read_text(encoding="utf-8"))
    assert json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))
    assert gate.check_floors(measured) == []


def test_the_interval_holds_the_figure_and_narrows_with_agreement(gate: Any) -> None:
    y = np.tile([0, 1, 2], 20)
    groups = np.repeat(np.arange(20).astype(str), 3)
    perfect = np.eye(3)[y]
    assert gate.interval(perfect, y, groups) == [1.0, 1.0]
    wrong = perfect.copy()
    wrong[:30] = np.roll(wrong[:30], 1, axis=1)
    low, high = gate.interval(wrong, y, groups)
    assert low < 0.5 < high < 1


def test_the_starter_corpus_shares_wording_as_real_pages_do(gate: Any) -> None:
    import overlap

    measured = overlap.measure_overlap(read_corpus([ROOT / "seeds" / "starter"]))
    assert overlap.departures(measured) == []


def test_a_class_that_leaves_the_table_is_named(gate: Any) -> None:
    import overlap

    real = overlap.REAL_PAGES
    assert overlap.departures(real) == []
    far = {**real, "original": overlap.Overlap(0.1, 0.0, 0.05, 6)}
    (median, spread) = overlap.departures(far)
    assert median == "original: median of shared 5-grams is 0.1, real pages 0.01"
    assert spread.startswith("original: shared 5-grams range from 0.00 to 0.05")
