"""Fitted estimators on drawn rows, one for each question, and their artifact."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.features import FEATURE_NAMES, NEEDS_SOURCE, StyleModel
from copydesk.models import save_model
from copydesk.models.binary import BinaryModel
from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.models.judgement import Judge, Shares, Situation

FloatArray = NDArray[np.float64]
Columns = Mapping[str, NDArray[np.int32]]
Estimators = Mapping[str, LinearAndTreesClassifier]

N_ROWS = 150
COLUMNS: Columns = {
    "derives": np.flatnonzero(NEEDS_SOURCE).astype(np.int32),
    "reworded": np.arange(len(FEATURE_NAMES), dtype=np.int32),
    "machine": np.flatnonzero(~NEEDS_SOURCE).astype(np.int32),
    "first": np.array([5, 2, 40], np.int32),
}
THRESHOLDS: Mapping[str, Shares] = {
    str(situation): (0.5 / i, 0.25 / i, 0.125 / i) for i, situation in enumerate(Situation, start=1)
}


@pytest.fixture(scope="session")
def columns() -> Columns:
    """The features that each question is asked by."""
    return COLUMNS


@pytest.fixture(scope="session")
def thresholds() -> Mapping[str, Shares]:
    return THRESHOLDS


@pytest.fixture(scope="session")
def rows() -> FloatArray:
    """Feature rows: a third without a source, some values missing elsewhere."""
    rng = np.random.default_rng(5)
    drawn = rng.normal(size=(N_ROWS, len(FEATURE_NAMES)))
    drawn[rng.random(drawn.shape) < 0.05] = np.nan
    drawn[::3, NEEDS_SOURCE] = np.nan
    return drawn


@pytest.fixture(scope="session")
def estimators(rows: FloatArray) -> Estimators:
    fitted = {}
    for i, (question, columns) in enumerate(COLUMNS.items()):
        rng = np.random.default_rng(i)
        X = rows[:, columns]
        told = np.nan_to_num(X[:, 0]) + 0.5 * np.nan_to_num(X[:, 1] * X[:, 2])
        y = told + rng.normal(scale=0.5, size=len(X)) > 0
        fitted[question] = LinearAndTreesClassifier(
            max_iter=7, inverse_temperature=1 + i / 2, random_state=0
        ).fit(X, y, sample_weight=np.linspace(0.5, 1.5, len(y)))
    return fitted


@pytest.fixture(scope="session")
def judge(estimators: Estimators) -> Judge:
    return Judge(
        **{
            question: BinaryModel.from_estimator(estimator, COLUMNS[question])
            for question, estimator in estimators.items()
        }
    )


@pytest.fixture(scope="session")
def artifact(
    estimators: Estimators,
    judge: Judge,
    style: StyleModel,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    folder = tmp_path_factory.mktemp("artifact") / "below" / "model"
    save_model(
        folder,
        estimators,
        judge,
        style=style,
        name="drawn",
        encoder="static",
        coverage=0.8,
        thresholds=THRESHOLDS,
        data={"drawn": {"rows": N_ROWS, "sha256": "0" * 64}},
        metrics={"with source": {"n": 1}},
    )
    return folder
