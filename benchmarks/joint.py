"""One joint model of three labels beside the three questions: same rows, same folds.

What the questions are measured against: a multinomial regression and boosted trees on all features,
their probabilities averaged, one model for pairs and texts alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from situations import SEED, View, story_folds
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from copydesk.models.design import standardize
from copydesk.train.dataset import Dataset
from copydesk.train.fit import Fold
from copydesk.train.metrics import measure
from copydesk.train.pairs import PairKind
from copydesk.types import LABELS

_KINDS = [
    str(kind)
    for kind in (
        *(PairKind.SOURCE, PairKind.IN_PART, PairKind.RELATED, PairKind.UNRELATED),
        *(PairKind.HARD_NEGATIVE, PairKind.ALONE),
    )
]
# The best of what was tried for the joint model.
_C = 0.015


def measure_joint(
    dataset: Dataset, given: Mapping[str, View], alone: Mapping[str, View]
) -> dict[str, Any]:
    """Measure the joint model on the views that the questions are measured on."""
    probabilities = np.full((len(dataset), len(LABELS)), np.nan)
    folds = story_folds(dataset)
    predicted = Parallel(n_jobs=-1)(delayed(_predict)(dataset, fold) for fold in folds)
    for (_, test), found in zip(folds, predicted, strict=True):
        probabilities[test] = found
    views = {**given, **alone}
    return {
        name: measure(probabilities[view.rows], dataset.y[view.rows])
        for name, view in views.items()
    }


def _predict(dataset: Dataset, fold: Fold) -> NDArray[np.float64]:
    training, test = fold
    known = dataset.rows(training)
    known = known.rows(np.isin(known.kinds, _KINDS))
    weights = _weights(known)
    mean, scale = np.nanmean(known.X, axis=0), np.nanstd(known.X, axis=0)
    scale = np.where(scale > 1e-6, scale, 1.0)
    regression = LogisticRegression(C=_C, max_iter=1000)
    regression.fit(standardize(known.X, mean, scale), known.y, sample_weight=weights)
    trees = HistGradientBoostingClassifier(
        learning_rate=0.12,
        max_iter=75,
        max_leaf_nodes=8,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=SEED,
    )
    trees.fit(known.X, known.y, sample_weight=weights)
    asked = dataset.X[test]
    both = regression.predict_proba(standardize(asked, mean, scale)) + trees.predict_proba(asked)
    return np.asarray(both / 2)


def _weights(dataset: Dataset) -> NDArray[np.float64]:
    cells = np.stack([dataset.datasets, dataset.kinds, dataset.y.astype(str)])
    _, cell_of, counts = np.unique(cells, axis=1, return_inverse=True, return_counts=True)
    weights = 1 / np.sqrt(counts[cell_of.ravel()])
    for label in range(len(LABELS)):
        weights[dataset.y == label] /= weights[dataset.y == label].sum()
    return np.asarray(weights * (len(weights) / weights.sum()))
