"""Cards beside models: what they say is what was measured, and models load as before."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from copydesk.models import load_model, read_manifest
from copydesk.models.parts import CARD, CARD_FILES, METRICS
from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus
from copydesk.train.card.write import describe_records, write_card
from copydesk.types import Article, Label


@pytest.fixture(scope="module")
def metrics(small_model: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((small_model / METRICS).read_text(encoding="utf-8"))
    return found


def header(card: str) -> dict[str, Any]:
    _, front, _ = card.split("---\n", 2)
    found: dict[str, Any] = yaml.safe_load(front)
    return found


def test_training_writes_a_card_with_what_was_measured(
    small_model: Path, small_corpus: Path, metrics: dict[str, Any]
) -> None:
    manifest = read_manifest(small_model)
    assert metrics["model_id"] == manifest.model_id
    for name in ("with source", "source withheld"):
        expected: Any = manifest.metrics[name]
        assert {key: metrics["views"][name][key] for key in expected} == expected
        assert metrics["views"][name]["n_stories"] == 8
    assert set(metrics["views"]) == {
        *("with source", "source missing", "wrong candidate", "source withheld"),
    }
    records = read_corpus([small_corpus])
    of_corpus = metrics["data"]["corpus"]
    assert of_corpus["records"] == len(records)
    assert of_corpus["sha256"] == manifest.data["corpus"]["sha256"]  # type: ignore[index]
    assert of_corpus["stories"] == 8
    counts = {str(label): sum(r.label is label for r in records) for label in Label}
    assert {label: of_corpus[label] for label in counts} == counts


def test_a_card_has_all_that_a_reader_asks(small_model: Path, metrics: dict[str, Any]) -> None:
    card = (small_model / CARD).read_text(encoding="utf-8")
    found = header(card)
    manifest = read_manifest(small_model)
    assert found["model-index"][0]["name"] == manifest.model_id
    results = found["model-index"][0]["results"]
    given = next(one for one in results if one["dataset"]["name"] == "with source")
    assert given["metrics"] == [
        {"type": "f1", "value": metrics["views"]["with source"]["macro_f1"]}
    ]
    for heading in (
        *("What it is for", "Labels", "What it learned from", "How good it is", "Limits"),
        *("Train it again", "Versions"),
    ):
        assert f"\n## {heading}\n" in card
    assert "\nNot for:\n- " in card
    (row,) = (line for line in card.splitlines() if line.startswith("| with source |"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == str(metrics["views"]["with source"]["n"])
    assert cells[3] == f"{metrics['views']['with source']['macro_f1']:.2f}"
    assert f"scikit-learn {manifest.versions['scikit-learn']}" in card
    for name in ("reliability.svg", "confusion.svg"):
        assert f"]({name})" in card
        assert (small_model / name).is_file()
    # Withheld, copies cannot be told from originals: that is a limit of every model.
    assert "\n- Source withheld: " in card


def test_what_lies_there_of_another_card_is_replaced(
    small_model: Path, metrics: dict[str, Any], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(small_model, tmp_path / "model"))
    plain = {
        name: metrics["views"][name] | {"called": {}, "reliability": []}
        for name in ("wrong candidate",)
    }
    write_card(folder, read_manifest(folder), metrics | {"views": plain})
    assert {path.name for path in folder.iterdir()} & set(CARD_FILES) == {CARD, METRICS}
    assert ".svg" not in (folder / CARD).read_text(encoding="utf-8")
    assert load_model(folder).manifest == load_model(small_model).manifest


def test_names_of_a_corpus_do_not_break_out_of_their_cells(
    small_model: Path, metrics: dict[str, Any], tmp_path: Path
) -> None:
    data = {"one | two\n## Limits <script>": metrics["data"]["corpus"]}
    write_card(tmp_path, read_manifest(small_model), metrics | {"data": data, "notes": ["A note."]})
    card = (tmp_path / CARD).read_text(encoding="utf-8")
    assert "| one \\| two ## Limits &lt;script> |" in card
    assert card.count("\n## Limits") == 1
    assert "\n- A note.\n" in card


def test_a_card_without_limits_says_what_that_means(small_model: Path, tmp_path: Path) -> None:
    fine = {"n": 9, "recall": {"spun": 1.0}, "accuracy": 1.0, "macro_f1": None, "intervals": {}}
    manifest = replace(read_manifest(small_model), model_id='odd: "name"')
    write_card(tmp_path, manifest, {"how": "By hand.", "views": {"a": fine}, "data": {}})
    card = (tmp_path / CARD).read_text(encoding="utf-8")
    assert "- No figure above is below what is asked here" in card
    results = header(card)["model-index"][0]
    assert results["name"] == 'odd: "name"'
    assert results["results"][0]["metrics"] == [{"type": "accuracy", "value": 1.0}]


def test_records_are_counted_by_data_set() -> None:
    def record(name: str, label: Label, story: str, dataset: str) -> CorpusRecord:
        return CorpusRecord(Article(name, name), label, story, dataset=dataset)

    found = describe_records(
        [
            record("a", Label.SPUN, "s", "one"),
            record("b", Label.SPUN, "s", "one"),
            record("c", Label.ORIGINAL, "t", "one"),
            record("d", Label.ORIGINAL, "t", "two"),
        ]
    )
    assert found == {
        "one": {"records": 3, "stories": 2, "original": 1, "edited_wire": 0, "spun": 2},
        "two": {"records": 1, "stories": 1, "original": 1, "edited_wire": 0, "spun": 0},
    }
