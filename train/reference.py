"""The training reference, counted on the rows that a model learns."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from copydesk.models.reference import (
    ALONE,
    BESIDE,
    N_POINTS,
    Reference,
    round_values,
)
from copydesk.train.dataset import Dataset
from copydesk.train.pairs import PairKind
from copydesk.types import LABELS

_KINDS = {ALONE: (PairKind.ALONE,), BESIDE: (PairKind.SOURCE, PairKind.RELATED)}


def reference_of(dataset: Dataset, learned: Iterable[str] = ()) -> Reference:
    """Count how features are distributed among rows such as articles make when they are scored.

    Parameters
    ----------
    dataset : Dataset
        What a model learns. Rows that were made only to teach, such as strangers, are passed over.
    learned : iterable of str
        Hashes of texts beyond those of the rows, as ``copydesk.train.pairs.short_hash`` gives them.
    """
    X = round_values(dataset.X)
    n_features = X.shape[1]
    values = np.full((2, n_features, N_POINTS), np.inf, np.float32)
    at_most = np.zeros((2, len(LABELS), n_features, N_POINTS), np.int32)
    n_present = np.zeros((2, len(LABELS), n_features), np.int32)
    n_rows = np.zeros((2, len(LABELS)), np.int32)
    for kind, pair_kinds in _KINDS.items():
        is_kind = np.isin(dataset.kinds, [str(one) for one in pair_kinds])
        for feature in range(n_features):
            points = count_points(X[is_kind, feature])
            values[kind, feature, : len(points)] = points
        for label in range(len(LABELS)):
            rows = X[is_kind & (dataset.y == label)]
            n_rows[kind, label] = len(rows)
            n_present[kind, label] = (~np.isnan(rows)).sum(axis=0)
            for feature in range(n_features):
                present = np.sort(rows[~np.isnan(rows[:, feature]), feature])
                points = values[kind, feature]
                at_most[kind, label, feature] = np.searchsorted(present, points, side="right")
    hashes = {*dataset.texts.tolist(), *learned}
    texts = np.array(sorted(int(text, 16) for text in hashes), np.uint64)
    return Reference(values, at_most, n_present, n_rows, texts)


def count_points(values: NDArray[np.floating], n_points: int = N_POINTS) -> NDArray[np.floating]:
    """Give the values at which a sample is counted: all that occur, or quantiles of many.

    Parameters
    ----------
    values : ndarray of float, shape (n_samples,)
        NaN is passed over.
    n_points : int
        How many at most.

    Returns
    -------
    ndarray of float, shape (at most n_points,)
        Ascending; the largest value is the last.

    Examples
    --------
    >>> count_points(np.array([2.0, 1.0, np.nan, 2.0])).tolist()
    [1.0, 2.0]
    >>> count_points(np.arange(1000.0), n_points=4).tolist()
    [249.0, 499.0, 749.0, 999.0]
    """
    occurring, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    if len(occurring) <= n_points:
        return occurring
    share = np.cumsum(counts) / counts.sum()
    wanted = np.arange(1, n_points + 1) / n_points
    places = np.searchsorted(share, wanted - 1e-9)
    return np.asarray(occurring[np.unique(places)])
