"""Promotion with real models: the worse one is refused, and what was learned is left out."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import InvalidInput, InvalidModel
from copydesk.models import ModelsFolder, load_model
from copydesk.models.history import Action
from copydesk.train.dataset import build_dataset
from copydesk.train.fit import answer_dataset
from copydesk.train.job import measure_views, read_corpora
from copydesk.train.pairs import build_pairs
from copydesk.train.promotion import contest
from copydesk.train.promotion.contest import compare_models
from copydesk.train.promotion.decision import Change
from copydesk.train.promotion.gate_sets import GateSet, read_gate_sets
from copydesk.train.promotion.promote import promote
from copydesk.train.style import StyleModels


@pytest.fixture
def folder(tmp_path: Path, small_model: Path) -> ModelsFolder:
    return ModelsFolder(tmp_path / "models", released=small_model)


def test_a_model_that_says_the_same_is_not_worse(
    folder: ModelsFolder, small_model: Path, other_model: Path, gate_corpus: Path
) -> None:
    done = promote(folder, other_model, [gate_corpus])
    assert done.is_promoted
    assert done.entry.action is Action.PROMOTED
    assert done.entry.said.startswith("other-1 replaces small-")
    assert all(one.change is Change.NOISE for one in done.decision.judged)
    assert {one.difference.difference for one in done.decision.judged} == {0.0}
    assert load_model(folder.current()).manifest.model_id == "other-1"
    assert folder.history() == (done.entry,)
    with pytest.raises(InvalidInput, match="is the current model, other-1, already"):
        promote(folder, other_model, [gate_corpus])
    assert folder.roll_back().model_id == load_model(small_model).manifest.model_id
    assert folder.current() == small_model


def test_a_worse_model_is_refused_and_recorded(
    folder: ModelsFolder, small_model: Path, bad_model: Path, gate_corpus: Path
) -> None:
    done = promote(folder, bad_model, [gate_corpus])
    assert not done.is_promoted
    assert folder.current() == small_model
    (entry,) = folder.history()
    assert (entry.action, entry.model_id, entry.place) == (Action.REFUSED, "bad-1", None)
    assert "worse beyond noise: macro-F1 on mine: with source, honest called spun" in entry.said
    figures: Any = entry.figures["macro-F1 on mine: with source"]
    assert figures["candidate"] < figures["current"]
    assert figures["low"] < figures["high"] < 0
    assert not list((folder.path).glob("kept/*"))


def test_force_promotes_a_worse_model_and_its_reason_is_kept(
    folder: ModelsFolder, bad_model: Path, gate_corpus: Path
) -> None:
    done = promote(folder, bad_model, [gate_corpus], forced="the other one leaks memory")
    assert done.is_promoted
    assert load_model(folder.current()).manifest.model_id == "bad-1"
    (entry,) = folder.history()
    assert entry.reason == "the other one leaks memory"
    assert "worse beyond noise: macro-F1" in entry.said
    # Signed parts stay as they were.
    assert load_model(folder.current()).manifest == load_model(bad_model).manifest


def test_a_floor_refuses_what_is_not_worse(
    folder: ModelsFolder, other_model: Path, gate_corpus: Path
) -> None:
    folder.path.mkdir()
    folder.floors().write_text(json.dumps({"with source: macro_f1": 1.0}), encoding="utf-8")
    done = promote(folder, other_model, [gate_corpus])
    assert not done.is_promoted
    assert "mine: with source: macro_f1 is 0." in done.entry.said
    folder.floors().write_text(json.dumps({"with source: macro_f1": 0.1}), encoding="utf-8")
    assert promote(folder, other_model, [gate_corpus]).is_promoted


def test_gate_sets_of_the_folder_are_measured_too(
    folder: ModelsFolder, other_model: Path, gate_corpus: Path
) -> None:
    gate = folder.path / "gate"
    gate.mkdir(parents=True)
    shutil.copyfile(gate_corpus, gate / "kept.jsonl")
    done = promote(folder, other_model)
    assert done.is_promoted
    assert {one.comparison.gate for one in done.decision.judged} == {"kept"}


def test_what_either_learned_is_left_out_and_said(
    folder: ModelsFolder,
    other_model: Path,
    small_corpus: Path,
    gate_corpus: Path,
    tmp_path: Path,
) -> None:
    with pytest.raises(InvalidInput, match=r"no gate set has 10 stories .*, 56 records were left"):
        promote(folder, other_model, [small_corpus])
    assert folder.history() == ()
    both = tmp_path / "both"
    both.mkdir()
    shutil.copyfile(gate_corpus, both / "new.jsonl")
    shutil.copyfile(next(iter(sorted(small_corpus.iterdir()))), both / "old.jsonl")
    done = promote(folder, other_model, [both])
    assert done.decision.n_left_out == 7
    assert "; 7 records were left out" in done.entry.said
    assert {one.comparison.n_stories for one in done.decision.judged} == {12}


def test_few_stories_decide_nothing_but_can_be_overruled(
    folder: ModelsFolder, bad_model: Path, gate_corpus: Path, tmp_path: Path
) -> None:
    few = tmp_path / "few.jsonl"
    lines = gate_corpus.read_text(encoding="utf-8").splitlines()
    few.write_text("\n".join(lines[:12]), encoding="utf-8")
    with pytest.raises(InvalidInput, match="is not promoted: no gate set has 10 stories"):
        promote(folder, bad_model, [few])
    done = promote(folder, bad_model, [few], forced="a trial")
    assert {one.change for one in done.decision.judged} == {Change.TOO_FEW}
    assert done.is_promoted


def test_without_a_gate_set_nothing_is_promoted_but_by_force(
    folder: ModelsFolder, bad_model: Path
) -> None:
    with pytest.raises(InvalidInput, match="nothing to measure on: name labelled corpora"):
        promote(folder, bad_model)
    with pytest.raises(InvalidInput, match="--force is empty: give the reason"):
        promote(folder, bad_model, forced=" ")
    done = promote(folder, bad_model, forced="the first of our own")
    assert done.is_promoted
    assert done.entry.said.endswith(": nothing was measured")


def test_a_model_whose_features_have_moved_is_refused(
    folder: ModelsFolder, other_model: Path, gate_corpus: Path, tmp_path: Path
) -> None:
    model = Path(shutil.copytree(other_model, tmp_path / "model"))
    path = model / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["probes"]["spun"]["features"][0] = 0.75
    path.write_text(json.dumps(fields), encoding="utf-8")
    with pytest.raises(InvalidModel, match="1 features or probabilities of fixed texts are not"):
        promote(folder, model, [gate_corpus], forced="whatever")
    (model / "weights.npz").write_bytes(b"")
    with pytest.raises(InvalidModel, match=r"weights\.npz is damaged"):
        promote(folder, model, [gate_corpus], forced="whatever")


def test_both_are_measured_as_evaluate_measures(
    small_model: Path, bad_model: Path, gate_corpus: Path
) -> None:
    gates = read_gate_sets([gate_corpus], set())
    found = compare_models(load_model(small_model), load_model(bad_model), gates)
    for folder, side in ((small_model, "current"), (bad_model, "candidate")):
        model = load_model(folder)
        pairs = build_pairs(read_corpora([gate_corpus]))
        dataset = build_dataset(pairs, "static", StyleModels(model.style))
        expected = measure_views(dataset, answer_dataset(model.judge, dataset))
        assert {one.view: getattr(one, side) for one in found} == expected
        for one in found:
            between = getattr(one.differences["macro_f1"], side)
            assert between == pytest.approx(getattr(one, side)["macro_f1"], abs=1e-4)


def test_models_that_read_texts_otherwise_are_measured_each_by_its_own(
    small_model: Path, other_model: Path, gate_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = load_model(small_model), load_model(other_model)
    gates = read_gate_sets([gate_corpus], set())
    built = []
    build = contest.build_dataset

    def count(*given: object) -> object:
        built.append(given)
        return build(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(contest, "build_dataset", count)
    compare_models(old, new, gates)
    assert len(built) == 1
    files = {**new.manifest.files, "style.npz": "0" * 64}
    compare_models(old, replace(new, manifest=replace(new.manifest, files=files)), gates)
    assert len(built) == 3


def test_gate_sets_of_one_name_are_refused(gate_corpus: Path, tmp_path: Path) -> None:
    again = tmp_path / "mine.jsonl"
    shutil.copyfile(gate_corpus, again)
    with pytest.raises(InvalidInput, match="two gate sets are called mine: rename one of them"):
        read_gate_sets([gate_corpus, again], set())


def test_a_gate_set_of_one_story_is_passed_over(small_model: Path, bad_model: Path) -> None:
    models = load_model(small_model), load_model(bad_model)
    assert compare_models(*models, [GateSet("none", (), 5)]) == ()
