"""The gate compares what is measured with its floors."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.models import load_model
from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus
from copydesk.train.dataset import Dataset
from copydesk.types import Article, Label

ROOT = Path(__file__).parents[1]


MODULES = (
    *("gate", "data", "folders", "joint", "left_out_engines", "light_spin", "overlap"),
    "situations",
)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    for name in MODULES:
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
    import situations

    y = np.tile([0, 1, 2], 20)
    groups = np.repeat(np.arange(20).astype(str), 3)
    perfect = np.eye(3)[y]
    assert situations.interval(perfect, y, groups) == [1.0, 1.0]
    wrong = perfect.copy()
    wrong[:30] = np.roll(wrong[:30], 1, axis=1)
    low, high = situations.interval(wrong, y, groups)
    assert low < 0.5 < high < 1
    # Of a single label there is no macro-F1, of three stories no interval.
    assert situations.interval(perfect[::3], y[::3], groups[::3]) == []
    assert situations.interval(perfect[:9], y[:9], groups[:9]) == []


def test_spun_against_honest_by_hand(gate: Any) -> None:
    import situations

    honest = np.arange(100) / 100  # at 5 % false alarms the threshold is .9405
    found = situations.spun_against(np.array([0.935, 0.95, 0.985, 1.0]), honest)
    assert found == {
        "spun_auc": round((94 + 95.5 + 99 + 100) / 400, 4),
        "spun_recall_at_1": 0.5,
        "spun_recall_at_5": 0.75,
    }


def rows_of(dataset: str, y: list[int], engines: list[str] | None = None) -> Dataset:
    """Rows beside a source, each a story of its own."""
    n = len(y)
    names = np.array([f"{dataset}{i}" for i in range(n)])
    kinds = np.array(["related" if label == 0 else "source" for label in y])
    made = names if engines is None else np.array(engines)
    X, human = np.zeros((n, 1)), np.full(n, "human")
    return Dataset(X, X, np.array(y), names, kinds, made, np.full(n, dataset), human, names)


def test_every_hold_out_is_asked_once_and_never_learned(gate: Any) -> None:
    import situations

    rows = gate.concatenate([rows_of(name, [0, 1, 2] * 4) for name in ("starter", "one", "two")])
    by_story = situations.story_folds(rows)
    assert sorted(np.concatenate([test for _, test in by_story]).tolist()) == list(range(36))
    whole = situations.dataset_folds(rows)
    assert [set(rows.datasets[test]) for _, test in whole] == [{"one"}, {"two"}]
    for training, test in (*by_story, *whole):
        assert set(rows.groups[training]).isdisjoint(rows.groups[test])


def test_pages_of_one_domain_are_left_out_together(gate: Any) -> None:
    import situations

    rows = rows_of("gn25", [0, 1, 2, 0, 1, 2, 1])
    domains = {f"gn25{i}": f"{'abc'[i // 2]}.org" for i in range(6)}
    asked: list[int] = []
    for training, test in situations.domain_folds(rows, domains):
        assert 6 in training  # whose domain is not known
        assert {domains[rows.texts[i]] for i in test}.isdisjoint(
            domains[rows.texts[i]] for i in training if i != 6
        )
        asked += test.tolist()
    assert sorted(asked) == list(range(6))


def test_an_engine_left_out_is_evaluated_and_never_learned(
    gate: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import left_out_engines

    engines = ["wordnet"] * 6 + ["mythes"] * 6 + ["tighten"] * 4
    derived = rows_of("derived", [2] * 12 + [1] * 4, engines)
    real = rows_of("real", [0, 1])
    learned: list[set[str]] = []

    def call_all_spun(known: Dataset, asked: Dataset) -> Any:
        learned.append(set(known.engines))
        # Each half of the stories is judged by a model that learned from the other.
        assert set(known.groups).isdisjoint(asked.groups)
        assert set(real.groups) <= set(known.groups)
        return np.ones(len(asked), bool)

    monkeypatch.setattr(left_out_engines, "called_spun", call_all_spun)
    found = gate.measure_left_out_engines(real, derived, n_jobs=1)
    assert found == {name: {"n": 6, "recall": 1.0} for name in ("wordnet", "mythes")}
    assert len(learned) == 4
    for name, known in zip(["mythes", "mythes", "wordnet", "wordnet"], learned, strict=True):
        assert name not in known


def test_a_folder_holds_all_that_was_published_and_knows_parents(gate: Any) -> None:
    import folders

    def record(text: str, label: Label, source: str | None = None) -> CorpusRecord:
        article = Article(text, f"{text} {text}", source_text=source and f"{source} {source}")
        return CorpusRecord(article, label, "story", related_text="report report")

    records = [record("spin", Label.SPUN, "wire"), record("edit", Label.EDITED_WIRE, "wire")]
    (folder,) = folders.read_folders(records).values()
    texts = {key: article.text.split()[0] for key, article in folder.articles.items()}
    assert sorted(texts.values()) == ["edit", "report", "spin", "wire"]
    labels = {texts[key]: label for key, label in folder.labels.items()}
    # No original is labelled: the sources are taken for originals.
    assert labels == {"spin": Label.SPUN, "edit": Label.EDITED_WIRE, "wire": Label.ORIGINAL}
    assert {texts[key]: texts[one] for key, one in folder.parents.items()} == {
        "spin": "wire",
        "edit": "wire",
    }


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
