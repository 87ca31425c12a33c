"""The artifact: saved is loaded, and what is damaged is refused."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES, StyleModel
from copydesk.models import (
    DEFAULT_MODEL,
    Manifest,
    load_estimators,
    load_model,
    record_part,
    save_model,
)
from copydesk.models.arrays import arrays_of
from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.models.judgement import Judge, Shares, Situation
from copydesk.models.parts import BESIDE, DECIDING
from copydesk.types import LABELS

Columns = Mapping[str, NDArray[np.int32]]
Damage = Callable[[Path], object]
Estimators = Mapping[str, LinearAndTreesClassifier]


def edit_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**fields, **changes}), encoding="utf-8")


def drop_field(folder: Path, name: str) -> None:
    path = folder / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    del fields[name]
    path.write_text(json.dumps(fields), encoding="utf-8")


def flip_byte(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def claim_sum(folder: Path, raw: bytes) -> None:
    """Replace the weights and let the manifest say that this is right."""
    (folder / "weights.npz").write_bytes(raw)
    record_part(folder, "weights.npz")


def format_5(folder: Path) -> None:
    """Make a manifest what it was when one classifier gave all labels."""
    edit_manifest(folder, format=5, threshold_with_source=0.2, threshold_alone=0.1)
    drop_field(folder, "thresholds")


@pytest.fixture
def copied(artifact: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(artifact, tmp_path / "model"))


@pytest.fixture
def save(
    estimators: Estimators, judge: Judge, style: StyleModel, thresholds: Mapping[str, Shares]
) -> Callable[..., Manifest]:
    """Save the drawn model, but for what is given."""

    def save_changed(folder: Path, **changes: Any) -> Manifest:
        given: dict[str, Any] = {
            "estimators": estimators,
            "judge": judge,
            "style": style,
            "name": "drawn",
            "encoder": "static",
            "coverage": 0.8,
            "thresholds": thresholds,
            "data": {},
            "metrics": {},
        }
        return save_model(folder, **{**given, **changes})

    return save_changed


Save = Callable[..., Manifest]


def test_saved_arrays_are_loaded(artifact: Path, judge: Judge, style: StyleModel) -> None:
    model = load_model(artifact)
    for saved, loaded in ((judge, model.judge), (style, model.style)):
        expected, found = arrays_of(saved), arrays_of(loaded)
        assert found.keys() == expected.keys()
        for name, array in expected.items():
            np.testing.assert_array_equal(found[name], array)


def test_saved_estimators_are_loaded(
    artifact: Path, estimators: Estimators, columns: Columns, rows: NDArray[np.float64]
) -> None:
    loaded = load_estimators(artifact)
    assert list(loaded) == list(estimators)
    for question, estimator in estimators.items():
        own = rows[:, columns[question]]
        expected = estimator.predict_proba(own)
        np.testing.assert_array_equal(loaded[question].predict_proba(own), expected)


def test_manifest_says_what_the_model_is(artifact: Path, thresholds: Mapping[str, Shares]) -> None:
    manifest = load_model(artifact).manifest
    assert isinstance(manifest, Manifest)
    assert manifest.features == FEATURE_NAMES
    assert manifest.labels == tuple(map(str, LABELS))
    assert (manifest.encoder, manifest.coverage, manifest.format) == ("static", 0.8, 6)
    assert manifest.thresholds == thresholds
    assert set(manifest.thresholds) == {str(situation) for situation in Situation}
    assert manifest.data == {"drawn": {"rows": 150, "sha256": "0" * 64}}
    assert manifest.metrics == {"with source": {"n": 1}}
    assert manifest.model_id == f"drawn-{manifest.files['weights.npz'][:10]}"
    assert set(manifest.files) == {"weights.npz", "estimators.skops", "style.npz"}
    assert {"python", "copydesk", "numpy", "scikit-learn", "skops"} <= set(manifest.versions)


def test_same_model_has_the_same_id_another_one_another(
    artifact: Path, judge: Judge, estimators: Estimators, save: Save, tmp_path: Path
) -> None:
    first = load_model(artifact).manifest
    assert save(tmp_path).model_id == first.model_id
    cooler = judge.first.inverse_temperature / 2
    other = replace(judge, first=replace(judge.first, inverse_temperature=cooler))
    estimators["first"].set_params(inverse_temperature=float(cooler))
    try:
        assert save(tmp_path, judge=other).model_id != first.model_id
    finally:
        estimators["first"].set_params(inverse_temperature=float(2 * cooler))


def test_saving_takes_away_what_an_earlier_model_learned_from(save: Save, tmp_path: Path) -> None:
    before = save(tmp_path)
    for part in BESIDE:
        (tmp_path / part).write_bytes(b"numbers")
        record_part(tmp_path, part)
    assert save(tmp_path) == load_model(tmp_path).manifest
    assert set(load_model(tmp_path).manifest.files) == set(before.files) == set(DECIDING)


def test_released_model_is_whole(rows: NDArray[np.float64]) -> None:
    judge = load_model(DEFAULT_MODEL).judge
    for question, estimator in load_estimators().items():
        model = getattr(judge, question)
        expected = estimator.decision_function(rows[:, model.columns])
        np.testing.assert_allclose(model.log_odds(rows), expected, atol=1e-9)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda m: (m / "manifest.json").unlink(), "it has no manifest.json"),
        (lambda m: (m / "manifest.json").write_text("{not json"), "manifest.json is damaged"),
        (lambda m: (m / "manifest.json").write_bytes(b"\xff\xfe\x00"), "manifest.json is damaged"),
        (lambda m: (m / "manifest.json").write_text("[]"), "manifest.json is damaged"),
        (lambda m: drop_field(m, "features"), "manifest.json is damaged: 'features'"),
        (lambda m: drop_field(m, "thresholds"), "manifest.json is damaged: 'thresholds'"),
        (lambda m: edit_manifest(m, thresholds=[0.1, 0.2]), "manifest.json is damaged"),
        (lambda m: edit_manifest(m, thresholds={"compared": 0.1}), "manifest.json is damaged"),
        (lambda m: edit_manifest(m, surprise=1), "manifest.json is damaged.*surprise"),
        (lambda m: edit_manifest(m, features=None), "manifest.json is damaged"),
        (lambda m: edit_manifest(m, files=["weights.npz"]), "manifest.json is damaged"),
        (lambda m: edit_manifest(m, format=1), "model has format 1, expected 6: train it again"),
        (format_5, "model has format 5, expected 6: train it again"),
        (lambda m: drop_field(m, "format"), "manifest.json is damaged: 'format'"),
        (lambda m: drop_field(m, "probes"), "manifest.json is damaged: 'probes'"),
        (lambda m: edit_manifest(m, probes=[]), "manifest.json is damaged"),
        (lambda m: edit_manifest(m, probes={"x": 1}), "manifest.json is damaged"),
        (
            lambda m: edit_manifest(m, probes={"x": {"features": [1], "probabilities": [0, 0, 1]}}),
            "manifest.json is damaged: probe x is cut; train the model again",
        ),
        (
            lambda m: edit_manifest(m, features=list(FEATURE_NAMES[:-1])),
            rf"made for other features.*\({len(FEATURE_NAMES) - 1}, expected {len(FEATURE_NAMES)}",
        ),
        (
            lambda m: edit_manifest(m, features=list(FEATURE_NAMES[::-1])),
            rf"made for other features.*expected {len(FEATURE_NAMES)}; in another order",
        ),
        (
            lambda m: edit_manifest(m, labels=["spun", "original"]),
            "made for other labels than original, edited_wire, spun: train it again",
        ),
        (lambda m: flip_byte(m / "weights.npz"), "weights.npz is damaged: its SHA-256 is"),
        (lambda m: (m / "weights.npz").unlink(), "weights.npz cannot be read: No such file"),
        (lambda m: edit_manifest(m, files={}), "weights.npz is damaged"),
        (lambda m: flip_byte(m / "style.npz"), "style.npz is damaged: its SHA-256 is"),
        (lambda m: (m / "style.npz").unlink(), "style.npz cannot be read: No such file"),
        (lambda m: claim_sum(m, b"no archive"), "weights.npz is damaged"),
        (lambda m: claim_sum(m, b"PK\x03\x04 cut off"), "weights.npz is damaged"),
    ],
)
def test_damaged_model_is_refused(copied: Path, damage: Damage, message: str) -> None:
    damage(copied)
    with pytest.raises(InvalidModel, match=message):
        load_model(copied)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda m: flip_byte(m / "estimators.skops"), "estimators.skops is damaged: its SHA-256"),
        (lambda m: (m / "estimators.skops").unlink(), "estimators.skops cannot be read"),
        (lambda m: (m / "manifest.json").unlink(), "it has no manifest.json"),
    ],
)
def test_damaged_estimators_are_refused(copied: Path, damage: Damage, message: str) -> None:
    damage(copied)
    with pytest.raises(InvalidModel, match=message):
        load_estimators(copied)


def test_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("text")
    with pytest.raises(InvalidModel, match="Not a directory"):
        load_model(tmp_path / "model")


@pytest.mark.parametrize("question", ["derives", "reworded", "machine", "first"])
def test_arrays_that_differ_from_an_estimator_are_not_saved(
    question: str, judge: Judge, save: Save, tmp_path: Path
) -> None:
    right = getattr(judge, question)
    wrong = replace(right, inverse_temperature=right.inverse_temperature * 1.01)
    message = f"arrays of {question} do not give its estimator's probabilities: not saved"
    with pytest.raises(InvalidModel, match=message):
        save(tmp_path / "model", judge=replace(judge, **{question: wrong}))
    assert list((tmp_path / "model").iterdir()) == []
