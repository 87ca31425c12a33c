"""The model artifact: a folder with arrays, the scikit-learn estimator, and a manifest.

``weights.npz`` is what scoring reads; ``estimators.skops`` is the same model for scikit-learn;
``style.npz`` is the style score; ``rows.npz`` and ``reference.npz`` are what it learned from, as
numbers. None runs code when loaded, and a model is loaded whole or not at all: every part is
checked against the manifest's SHA-256 sums.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zipfile import BadZipFile

import numpy as np

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES, StyleModel, load_encoder
from copydesk.models.arrays import load_arrays, save_arrays
from copydesk.models.audit import audit_estimators
from copydesk.models.encoder_identity import describe_encoder
from copydesk.models.estimator_file import dump_estimators, load_estimator_file
from copydesk.models.judgement import Judge, Shares
from copydesk.models.manifest import Manifest, Model
from copydesk.models.manifest_file import SKLEARN, read_manifest, write_manifest
from copydesk.models.parts import (
    BESIDE,
    DECIDING,
    ESTIMATORS,
    STYLE,
    WEIGHTS,
    check_parts,
    sha256_of,
)
from copydesk.models.probes import measure_probes
from copydesk.types import LABELS

if TYPE_CHECKING:
    from copydesk.models.estimator import LinearAndTreesClassifier

DEFAULT_MODEL = Path(__file__).parent / "default"

_Arrays = TypeVar("_Arrays")

_PACKAGES = ("copydesk", "numpy", SKLEARN, "skops")


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
    for stale in BESIDE:
        (folder / stale).unlink(missing_ok=True)
    save_arrays(judge, folder / WEIGHTS)
    dump_estimators(estimators, folder / ESTIMATORS)
    audit_estimators(folder / ESTIMATORS)
    save_arrays(style, folder / STYLE)
    files = {file: sha256_of(folder / file) for file in DECIDING}
    manifest = Manifest(
        model_id=f"{name}-{files[WEIGHTS][:10]}",
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
        encoder_vector=describe_encoder(load_encoder(encoder)),
    )
    write_manifest(folder, manifest)
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
    write_manifest(folder, manifest)
    return manifest


def load_model(folder: Path = DEFAULT_MODEL) -> Model:
    """Load an artifact for scoring.

    Parameters
    ----------
    folder : Path
        The artifact's; a link is followed once, so that all parts are of one model.

    Raises
    ------
    InvalidModel
        The folder is missing, damaged, or made for other features; says what to do.

    Examples
    --------
    >>> load_model().manifest.labels
    ('original', 'edited_wire', 'spun')
    """
    folder = folder.resolve() if folder.is_symlink() else folder
    manifest = read_manifest(folder)
    check_parts(folder, manifest.files)
    judge = _load_arrays(Judge, folder / WEIGHTS)
    return Model(manifest, judge, _load_arrays(StyleModel, folder / STYLE))


def _load_arrays(kind: type[_Arrays], path: Path) -> _Arrays:
    try:
        return load_arrays(kind, path)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise InvalidModel(f"{path} is damaged: {error}; train it again") from error


def load_estimators(folder: Path = DEFAULT_MODEL) -> dict[str, LinearAndTreesClassifier]:
    """Load an artifact's scikit-learn estimators by question, to look into or to go on with.

    Nothing but what stands in the list of ``copydesk.models.audit`` is ever made.

    Raises
    ------
    InvalidModel
        The folder is missing, damaged, or made for other features, or the file of estimators names
        a type that no model of copydesk is made of.
    """
    check_parts(folder, read_manifest(folder).files)
    return load_estimator_file(folder / ESTIMATORS)
