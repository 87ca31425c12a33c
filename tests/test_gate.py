"""The gate compares what is measured with its floors."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.models import load_model
from copydesk.seeds.corpus.labelled import read_corpus
from copydesk.train.dataset import Dataset

ROOT = Path(__file__).parents[1]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    for name in ("gate", "data", "left_out_engines", "light_spin", "overlap"):
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


def test_the_committed_results_are_of_the_released_model(gate: Any) -> None:
    measured = json.loads((gate.RESULTS / "gate.json").read_text(encoding="utf-8"))
    released = load_model().manifest
    assert measured["model_id"] == released.model_id, "measure the released model: make gate"
    learned = {name: released.data.get(name) for name in measured["data"]}
    assert measured["data"] == learned, "measure what the released model learned: make gate"


def test_data_that_the_released_model_did_not_learn_are_named(gate: Any) -> None:
    released = load_model().manifest
    data = dict(released.data)
    assert gate.check_release(data, released) == []
    changed = {**data, "starter": {"rows": 1, "sha256": "0"}, "new": {}}
    del changed["abp"]
    learned = f"{released.model_id} learned from other data than were measured"
    assert gate.check_release(changed, released) == [
        f"abp: {learned}",
        f"new: {learned}",
        f"starter: {learned}",
    ]


def test_the_interval_holds_the_figure_and_narrows_with_agreement(gate: Any) -> None:
    y = np.tile([0, 1, 2], 20)
    groups = np.repeat(np.arange(20).astype(str), 3)
    perfect = np.eye(3)[y]
    assert gate.interval(perfect, y, groups) == [1.0, 1.0]
    wrong = perfect.copy()
    wrong[:30] = np.roll(wrong[:30], 1, axis=1)
    low, high = gate.interval(wrong, y, groups)
    assert low < 0.5 < high < 1


def rows_of(dataset: str, y: list[int], engines: list[str] | None = None) -> Dataset:
    """Rows beside a source, each a story of its own."""
    n = len(y)
    names = np.array([f"{dataset}{i}" for i in range(n)])
    kinds = np.array(["related" if label == 0 else "source" for label in y])
    made = names if engines is None else np.array(engines)
    X, human = np.zeros((n, 1)), np.full(n, "human")
    return Dataset(X, np.array(y), names, kinds, made, np.full(n, dataset), human)


def test_false_alarms_at_the_threshold_that_finds_97_in_100(gate: Any) -> None:
    public = rows_of("public", [2] * 100 + [0, 0, 0, 1])
    dataset = gate.concatenate([public, rows_of("starter", [0, 1, 2])])
    p_spun = np.concatenate([np.arange(100) / 100, [0.029, 0.031, 0.9, 0.0], [0.4, 0.6, 0.5]])
    probabilities = np.stack([1 - p_spun, np.zeros(len(p_spun)), p_spun], axis=1)
    assert gate.false_alarms_at_recall(dataset, probabilities) == {
        "starter, with source": {"original": 0.0, "edited_wire": 1.0, "spun": 1.0},
        "public data left out, with source": {
            "original": 0.6667,
            "edited_wire": 0.0,
            "spun": 0.97,
        },
    }


def test_an_engine_left_out_is_evaluated_and_never_learned(gate: Any) -> None:
    engines = ["wordnet"] * 6 + ["mythes"] * 6 + ["tighten"] * 4
    derived = rows_of("derived", [2] * 12 + [1] * 4, engines)
    learned: list[tuple[set[str], set[str]]] = []

    class AllSpun:
        def fit(self, X: Any, y: Any, sample_weight: Any) -> "AllSpun":
            return self

        def predict(self, X: Any) -> Any:
            return np.full(len(X), 2)

    def join(part: Dataset) -> tuple[Dataset, Any]:
        learned.append((set(part.engines), set(part.groups)))
        return part, np.ones(len(part))

    found = gate.measure_left_out_engines(derived, join, AllSpun, n_jobs=1)
    spinning = [engines & {"wordnet", "mythes"} for engines, _ in learned]
    assert spinning == [{"wordnet"}, {"wordnet"}, {"mythes"}, {"mythes"}]
    # Each half of the stories is judged by a model that learned from the other.
    for (_, one), (_, other) in zip(learned[::2], learned[1::2], strict=True):
        assert not one & other
    assert found == {name: {"n": 6, "recall": 1.0} for name in ("wordnet", "mythes")}


def test_nothing_is_judged_by_a_model_that_learned_its_story(gate: Any) -> None:
    derived = rows_of("derived", [2] * 8, ["wordnet"] * 8)
    derived = replace(derived, X=np.arange(8.0)[:, None])

    class Remembers:
        def fit(self, X: Any, y: Any, sample_weight: Any) -> "Remembers":
            self.known = set(X[:, 0])
            return self

        def predict(self, X: Any) -> Any:
            return np.array([2 if x in self.known else 0 for x in X[:, 0]])

    everything = np.ones(8, bool)

    def join(part: Dataset) -> tuple[Dataset, Any]:
        return part, np.ones(len(part))

    import left_out_engines

    found = left_out_engines.recall_of_engines(derived, everything, everything, join, Remembers)
    assert found == {"wordnet": {"n": 8, "recall": 0.0}}


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
