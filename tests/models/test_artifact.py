"""The artifact: saved is loaded, and what is damaged is refused."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES, StyleModel
from copydesk.models import DEFAULT_MODEL, Manifest, load_estimator, load_model, save_model
from copydesk.models.ensemble import EnsembleModel
from copydesk.models.estimator import SourceAwareCalibratedClassifier
from copydesk.types import LABELS

Damage = Callable[[Path], object]


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
    edit_manifest(folder, files={"weights.npz": hashlib.sha256(raw).hexdigest()})


def format_4(folder: Path) -> None:
    """Make a manifest what it was before it had probes."""
    edit_manifest(folder, format=4)
    drop_field(folder, "probes")


@pytest.fixture
def copied(artifact: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(artifact, tmp_path / "model"))


def test_saved_is_loaded(
    artifact: Path, estimator: SourceAwareCalibratedClassifier, rows: NDArray[np.float64]
) -> None:
    model = load_model(artifact)
    expected = estimator.predict_proba(rows)
    np.testing.assert_allclose(model.classifier.predict_proba(rows), expected, atol=1e-12)
    np.testing.assert_allclose(load_estimator(artifact).predict_proba(rows), expected, atol=1e-12)


def test_manifest_says_what_the_model_is(artifact: Path) -> None:
    manifest = load_model(artifact).manifest
    assert isinstance(manifest, Manifest)
    assert manifest.features == FEATURE_NAMES
    assert manifest.labels == tuple(map(str, LABELS))
    assert (manifest.encoder, manifest.coverage, manifest.format) == ("static", 0.8, 5)
    assert (manifest.threshold_with_source, manifest.threshold_alone) == (0.25, 0.125)
    assert manifest.data == {"drawn": {"rows": 150, "sha256": "0" * 64}}
    assert manifest.metrics == {"with source": {"n": 1}}
    assert manifest.model_id == f"drawn-{manifest.files['weights.npz'][:10]}"
    assert set(manifest.files) == {"weights.npz", "estimator.skops", "style.npz"}
    assert {"python", "copydesk", "numpy", "scikit-learn", "skops"} <= set(manifest.versions)


def test_same_estimator_gives_the_same_id(
    artifact: Path, estimator: SourceAwareCalibratedClassifier, style: StyleModel, tmp_path: Path
) -> None:
    first = load_model(artifact).manifest
    again = save_model(
        tmp_path,
        estimator,
        style=style,
        name="drawn",
        encoder="static",
        coverage=0.8,
        thresholds=(0.25, 0.125),
        data=first.data,
        metrics=first.metrics,
    )
    assert again.model_id == first.model_id


def test_released_model_is_whole(rows: NDArray[np.float64]) -> None:
    found = load_model(DEFAULT_MODEL).classifier.predict_proba(rows)
    np.testing.assert_allclose(found, load_estimator().predict_proba(rows), atol=1e-9)
    np.testing.assert_allclose(found.sum(axis=1), 1.0)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda m: (m / "manifest.json").unlink(), "it has no manifest.json"),
        (lambda m: (m / "manifest.json").write_text("{not json"), "manifest.json is damaged"),
        (lambda m: (m / "manifest.json").write_bytes(b"\xff\xfe\x00"), "manifest.json is damaged"),
        (lambda m: (m / "manifest.json").write_text("[]"), "manifest.json is damaged"),
        (lambda m: drop_field(m, "features"), "manifest.json is damaged: 'features'"),
        (lambda m: drop_field(m, "threshold_alone"), "manifest.json is damaged.*threshold_alone"),
        (lambda m: edit_manifest(m, surprise=1), "manifest.json is damaged.*surprise"),
        (lambda m: edit_manifest(m, features=None), "manifest.json is damaged"),
        (lambda m: edit_manifest(m, files=["weights.npz"]), "manifest.json is damaged"),
        (lambda m: edit_manifest(m, format=1), "model has format 1, expected 5: train it again"),
        (format_4, "model has format 4, expected 5: train it again"),
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
            "made for other features",
        ),
        (lambda m: edit_manifest(m, labels=["spun", "original"]), "made for other features"),
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
        (lambda m: flip_byte(m / "estimator.skops"), "estimator.skops is damaged: its SHA-256"),
        (lambda m: (m / "estimator.skops").unlink(), "estimator.skops cannot be read"),
        (lambda m: (m / "manifest.json").unlink(), "it has no manifest.json"),
    ],
)
def test_damaged_estimator_is_refused(copied: Path, damage: Damage, message: str) -> None:
    damage(copied)
    with pytest.raises(InvalidModel, match=message):
        load_estimator(copied)


def test_scoring_does_not_need_the_estimator(copied: Path) -> None:
    (copied / "estimator.skops").unlink()
    assert load_model(copied).manifest.model_id.startswith("drawn-")


def test_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("text")
    with pytest.raises(InvalidModel, match="Not a directory"):
        load_model(tmp_path / "model")


def test_arrays_that_differ_from_the_estimator_are_not_saved(
    estimator: SourceAwareCalibratedClassifier,
    style: StyleModel,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = EnsembleModel.from_estimator(estimator)
    wrong = EnsembleModel(right.linear, right.trees, right.inverse_temperature * 1.01)
    monkeypatch.setattr(EnsembleModel, "from_estimator", lambda _: wrong)
    with pytest.raises(InvalidModel, match="do not give the estimator's probabilities"):
        save_model(
            tmp_path / "model",
            estimator,
            style=style,
            name="x",
            encoder="static",
            coverage=0.9,
            thresholds=(0.1, 0.1),
            data={},
            metrics={},
        )
    assert list((tmp_path / "model").iterdir()) == []
