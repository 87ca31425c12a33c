"""The model artifact: a folder with arrays, the scikit-learn estimator, and a manifest.

``weights.npz`` is what scoring reads; ``estimators.skops`` is the same model for scikit-learn;
``style.npz`` is the style score. None runs code when loaded, and all are checked against the
manifest's SHA-256 sums.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zipfile import ZIP_DEFLATED, BadZipFile

import numpy as np

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES, StyleModel
from copydesk.models.arrays import load_arrays, save_arrays
from copydesk.models.judgement import Judge, Shares
from copydesk.models.manifest import FORMAT, Manifest, Model, Probe
from copydesk.models.probes import measure_probes
from copydesk.types import LABELS

if TYPE_CHECKING:
    from copydesk.models.estimator import LinearAndTreesClassifier

DEFAULT_MODEL = Path(__file__).parent / "default"

_Arrays = TypeVar("_Arrays")

_MANIFEST = "manifest.json"
_WEIGHTS = "weights.npz"
_ESTIMATORS = "estimators.skops"
_STYLE = "style.npz"
_TRUSTED = (
    "copydesk.models.estimator.LinearAndTreesClassifier",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
)
_PACKAGES = ("copydesk", "numpy", "scikit-learn", "skops")


def save_model(
    folder: Path,
    estimators: Mapping[str, LinearAndTreesClassifier],
    judge: Judge,
    *,
    style: StyleModel,
    name: str,
    encoder: str,
    coverage: float,
    thresholds: Mapping[str, Shares],
    data: Mapping[str, object],
    metrics: Mapping[str, object],
) -> Manifest:
    """Write fitted estimators as an artifact.

    Parameters
    ----------
    folder : Path
        Made if missing; an artifact in it is replaced.
    estimators : mapping of str to LinearAndTreesClassifier
        By question, as ``copydesk.train.fit.fit_estimators`` makes them.
    judge : Judge
        Their arrays.
    style : StyleModel
        What the features of the rows to be scored are made with.
    name : str
        Beginning of the model's id.
    encoder, coverage, thresholds, data, metrics
        See ``Manifest``.

    Raises
    ------
    InvalidModel
        The arrays do not give the estimators' probabilities.
    """
    from skops.io import dump

    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(0)
    for question, estimator in estimators.items():
        model = getattr(judge, question)
        rows = rng.normal(model.linear.mean, model.linear.scale, (64, len(model.columns)))
        rows[::2, ::3] = np.nan
        X = np.full((64, len(FEATURE_NAMES)), np.nan)
        X[:, model.columns] = rows
        if not np.allclose(model.log_odds(X), estimator.decision_function(rows), atol=1e-9):
            raise InvalidModel(
                f"the arrays of {question} do not give its estimator's probabilities: not saved"
            )
    save_arrays(judge, folder / _WEIGHTS)
    dump(dict(estimators), folder / _ESTIMATORS, compression=ZIP_DEFLATED)
    save_arrays(style, folder / _STYLE)
    files = {file: _sha256(folder / file) for file in (_WEIGHTS, _ESTIMATORS, _STYLE)}
    manifest = Manifest(
        model_id=f"{name}-{files[_WEIGHTS][:10]}",
        encoder=encoder,
        features=FEATURE_NAMES,
        labels=tuple(map(str, LABELS)),
        coverage=coverage,
        thresholds=thresholds,
        versions={"python": sys.version.split()[0], **{p: version(p) for p in _PACKAGES}},
        data=data,
        metrics=metrics,
        files=files,
        probes=measure_probes(judge, style, encoder),
    )
    _write_manifest(folder, manifest)
    return manifest


def record_probes(folder: Path = DEFAULT_MODEL) -> Manifest:
    """Let a model's manifest keep what features and probabilities are now.

    For features that were changed on purpose, where the model, measured anew with them, need not
    be trained again.

    Raises
    ------
    InvalidModel
        The folder is missing, damaged, or made for other features.
    """
    model = load_model(folder)
    probes = measure_probes(model.judge, model.style, model.manifest.encoder)
    manifest = replace(model.manifest, probes=probes)
    _write_manifest(folder, manifest)
    return manifest


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    (folder / _MANIFEST).write_text(text + "\n", encoding="utf-8")


def load_model(folder: Path = DEFAULT_MODEL) -> Model:
    """Load an artifact for scoring.

    Raises
    ------
    InvalidModel
        The folder is missing, damaged, or made for other features; says what to do.

    Examples
    --------
    >>> load_model().manifest.labels
    ('original', 'edited_wire', 'spun')
    """
    manifest = read_manifest(folder)
    judge = _load_arrays(Judge, folder, _WEIGHTS, manifest)
    return Model(manifest, judge, _load_arrays(StyleModel, folder, _STYLE, manifest))


def _load_arrays(kind: type[_Arrays], folder: Path, file: str, manifest: Manifest) -> _Arrays:
    _check_file(folder, file, manifest)
    try:
        return load_arrays(kind, folder / file)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise InvalidModel(f"{folder / file} is damaged: {error}; train it again") from error


def load_estimators(folder: Path = DEFAULT_MODEL) -> dict[str, LinearAndTreesClassifier]:
    """Load an artifact's scikit-learn estimators by question, to look into or to go on with.

    Raises
    ------
    InvalidModel
        The folder is missing, damaged, or made for other features.
    """
    from skops.io import load

    manifest = read_manifest(folder)
    _check_file(folder, _ESTIMATORS, manifest)
    estimators: dict[str, LinearAndTreesClassifier] = load(
        folder / _ESTIMATORS, trusted=list(_TRUSTED)
    )
    return estimators


def read_manifest(folder: Path) -> Manifest:
    """Read what an artifact says of itself.

    Raises
    ------
    InvalidModel
        The folder is missing, damaged, or made for other features; says what to do.
    """
    path = folder / _MANIFEST
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        made_as = fields["format"]
        manifest = _parse_manifest(fields) if made_as == FORMAT else None
    except FileNotFoundError:
        raise InvalidModel(
            f"{folder} is no model: it has no {_MANIFEST}; copydesk train --out makes one"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidModel(f"{path} is damaged: {error}; train the model again") from error
    if manifest is None:
        raise InvalidModel(f"{folder} has format {made_as}, expected {FORMAT}: train it again")
    if manifest.features != FEATURE_NAMES or manifest.labels != tuple(map(str, LABELS)):
        raise InvalidModel(
            f"{folder} was made for other features than this copydesk extracts "
            f"({len(manifest.features)}, expected {len(FEATURE_NAMES)}): train it again"
        )
    for name, probe in manifest.probes.items():
        if (len(probe.features), len(probe.probabilities)) != (len(FEATURE_NAMES), len(LABELS)):
            raise InvalidModel(f"{path} is damaged: probe {name} is cut; train the model again")
    return manifest


def _parse_manifest(fields: Mapping[str, Any]) -> Manifest:
    probes = {
        name: Probe(tuple(probe["features"]), tuple(probe["probabilities"]))
        for name, probe in fields["probes"].items()
    }
    return Manifest(
        **{
            **fields,
            "features": tuple(fields["features"]),
            "labels": tuple(fields["labels"]),
            "thresholds": {name: tuple(of) for name, of in fields["thresholds"].items()},
            "files": dict(fields["files"]),
            "probes": probes,
        }
    )


def _check_file(folder: Path, file: str, manifest: Manifest) -> None:
    try:
        digest = _sha256(folder / file)
    except OSError as error:
        raise InvalidModel(f"{folder / file} cannot be read: {error.strerror}") from error
    expected = manifest.files.get(file)
    if digest != expected:
        raise InvalidModel(
            f"{folder / file} is damaged: its SHA-256 is {digest[:12]}…, expected "
            f"{str(expected)[:12]}…; restore the file or train the model again"
        )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
