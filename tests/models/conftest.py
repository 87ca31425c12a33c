"""A fitted estimator on drawn rows, with the registry's features, and its artifact."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from copydesk.features import FEATURE_NAMES, NEEDS_SOURCE, StyleModel
from copydesk.models import save_model
from copydesk.models.estimator import (
    SourceAwareCalibratedClassifier,
    SourceAwareLogisticRegression,
    WeightedVotingClassifier,
)


@pytest.fixture(scope="session")
def rows() -> NDArray[np.float64]:
    """Feature rows: a third without a source, some values missing elsewhere."""
    rng = np.random.default_rng(5)
    drawn = rng.normal(size=(150, len(FEATURE_NAMES)))
    drawn[rng.random(drawn.shape) < 0.05] = np.nan
    drawn[::3, NEEDS_SOURCE] = np.nan
    return drawn


@pytest.fixture(scope="session")
def estimator(rows: NDArray[np.float64]) -> SourceAwareCalibratedClassifier:
    y = np.random.default_rng(6).permutation(np.arange(len(rows)) % 3)
    own = np.arange(rows.shape[1]) % 3 == y[:, None]
    shifted = rows + 0.3 * own
    linear = SourceAwareLogisticRegression(NEEDS_SOURCE.tolist())
    trees = HistGradientBoostingClassifier(max_iter=7, min_samples_leaf=5)
    fitted = SourceAwareCalibratedClassifier(
        WeightedVotingClassifier([("linear", linear), ("trees", trees)], voting="soft"),
        NEEDS_SOURCE.tolist(),
        cv=3,
    ).fit(shifted, y, sample_weight=np.linspace(0.5, 1.5, len(y)))
    return fitted.set_params(cv=None)


@pytest.fixture(scope="session")
def parts(estimator: SourceAwareCalibratedClassifier) -> Any:
    """The fitted regression and trees, by name."""
    return estimator.estimator_.named_estimators_


@pytest.fixture(scope="session")
def artifact(
    estimator: SourceAwareCalibratedClassifier,
    style: StyleModel,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    folder = tmp_path_factory.mktemp("artifact") / "below" / "model"
    save_model(
        folder,
        estimator,
        style=style,
        name="drawn",
        encoder="static",
        coverage=0.8,
        thresholds=(0.25, 0.125),
        data={"drawn": {"rows": 150, "sha256": "0" * 64}},
        metrics={"with source": {"n": 1}},
    )
    return folder
