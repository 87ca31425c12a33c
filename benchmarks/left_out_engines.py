"""Each spinning engine left out whole: what it makes, judged by a model that never met it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from uncalibrated import MakeClassifier, fit_uncalibrated

from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.dataset import Dataset, evaluated_with_source
from copydesk.types import Label

SEED = 0
# Gives rows and their weights of what real data and a part of the derivatives teach.
Join = Callable[[Dataset], tuple[Dataset, NDArray[np.float64]]]


def recall_of_engines(
    derived: Dataset,
    learned: NDArray[np.bool_],
    evaluated: NDArray[np.bool_],
    join: Join,
    make: MakeClassifier,
) -> dict[str, dict[str, Any]]:
    """Fit on each half of the stories; give each engine's recall beside its sources on the other.

    Parameters
    ----------
    derived : Dataset
        What engines made.
    learned, evaluated : ndarray of bool, shape (n_samples,)
        Rows that may be learned and rows that are evaluated, whatever their story.
    join, make
        Make the training data and the classifier.
    """
    stories = np.random.default_rng(SEED).permutation(np.unique(derived.groups))
    half = np.isin(derived.groups, stories[::2])
    right = np.empty(len(derived), bool)
    for known in (half, ~half):
        model = fit_uncalibrated(make, *join(derived.rows(known & learned)))
        right[~known] = model.predict(derived.X[~known]) == derived.y[~known]
    found = {}
    beside_source = evaluated & evaluated_with_source(derived)
    for engine in np.unique(derived.engines[beside_source]):
        rows = beside_source & (derived.engines == engine)
        found[str(engine)] = {"n": int(rows.sum()), "recall": round(float(right[rows].mean()), 3)}
    return found


def measure_left_out_engines(
    derived: Dataset, join: Join, make: MakeClassifier, n_jobs: int = -1
) -> dict[str, dict[str, Any]]:
    """Leave each spinning engine out of training and measure how much of its work is found."""
    names = map(str, np.unique(derived.engines))
    spinning = [name for name in names if name in ENGINES and ENGINES[name].label is Label.SPUN]
    found = Parallel(n_jobs=n_jobs)(
        delayed(recall_of_engines)(
            derived, derived.engines != name, derived.engines == name, join, make
        )
        for name in spinning
    )
    return {name: figures for one in found for name, figures in one.items()}
