"""Gradient-boosted trees as plain arrays: what scoring needs, without importing scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from copydesk.models.design import FloatArray

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier


@dataclass(frozen=True, slots=True, eq=False)
class TreeModel:
    """Trees whose leaves add up to log-odds (Friedman 2001), their nodes in one sequence.

    Parameters
    ----------
    feature : ndarray of int32, shape (n_nodes,)
        Which feature a node asks; 0 in a leaf.
    threshold : ndarray of float64, shape (n_nodes,)
        Rows with at most this go left.
    missing_left : ndarray of bool, shape (n_nodes,)
        Whether rows without a value go left.
    left, right : ndarray of int32, shape (n_nodes,)
        The children's places; a leaf's are its own.
    value : ndarray of float64, shape (n_nodes,)
        What a leaf adds; in other nodes the mean of the leaves below, by the rows they were
        fitted on.
    roots : ndarray of int32, shape (n_rounds,)
        Where the trees begin.
    baseline : ndarray of float64, shape ()
        Log-odds before the first round.
    """

    feature: NDArray[np.int32]
    threshold: FloatArray
    missing_left: NDArray[np.bool_]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: FloatArray
    roots: NDArray[np.int32]
    baseline: FloatArray

    def log_odds(self, X: FloatArray) -> FloatArray:
        """Give the log-odds of yes, float64 of shape (n_samples,).

        Parameters
        ----------
        X : ndarray of float64, shape (n_samples, n_features)
            Feature rows; NaN where a value is missing.
        """
        sums = [self.value[self._path(row)[-1]].sum() for row in X]
        return np.asarray(sums, np.float64) + float(self.baseline)

    def contributions(self, X: FloatArray) -> FloatArray:
        """Give what each feature adds, shape (n_samples, n_features).

        A step from a node to a child adds the difference of their values to the feature that the
        node asks (Saabas 2014). With ``expected`` they add up to the log-odds.
        """
        found = np.zeros(X.shape)
        for row, sums in zip(X, found, strict=True):
            path = self._path(row)
            for node, child in pairwise(path):
                np.add.at(sums, self.feature[node], self.value[child] - self.value[node])
        return found

    @property
    def expected(self) -> float:
        """Log-odds of a row of which nothing is known: the trees' roots and the baseline."""
        return float(self.baseline + self.value[self.roots].sum())

    def _path(self, row: FloatArray) -> list[NDArray[np.int32]]:
        """Give the nodes that a row comes through in all trees at once, from roots to leaves."""
        value = row[self.feature]
        goes_left = np.where(np.isnan(value), self.missing_left, value <= self.threshold)
        child = np.where(goes_left, self.left, self.right)
        path = [self.roots]
        while not ((below := child[path[-1]]) == path[-1]).all():
            path.append(below)
        return path

    @classmethod
    def from_estimator(cls, estimator: HistGradientBoostingClassifier) -> TreeModel:
        """Take the arrays out of a fitted estimator of two labels."""
        trees = [tree.nodes for (tree,) in estimator._predictors]
        sizes = np.array([len(nodes) for nodes in trees])
        first = np.cumsum(sizes) - sizes
        nodes, offset = np.concatenate(trees), np.repeat(first, sizes)
        is_leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes))
        left = np.where(is_leaf, own, nodes["left"] + offset)
        right = np.where(is_leaf, own, nodes["right"] + offset)
        return cls(
            feature=np.where(is_leaf, 0, nodes["feature_idx"]).astype(np.int32),
            threshold=nodes["num_threshold"].astype(np.float64),
            missing_left=nodes["missing_go_to_left"].astype(bool),
            left=left.astype(np.int32),
            right=right.astype(np.int32),
            value=_mean_below(nodes["value"].astype(np.float64), nodes["count"], left, right),
            roots=first.astype(np.int32),
            baseline=np.asarray(estimator._baseline_prediction.ravel()[0], np.float64),
        )


def _mean_below(
    value: FloatArray, count: NDArray[np.uint32], left: NDArray[np.intp], right: NDArray[np.intp]
) -> FloatArray:
    """Give each node the mean of its children, by the rows they were fitted on; leaves as is.

    Children stand behind their parents.
    """
    value = value.copy()
    for node in range(len(value) - 1, -1, -1):
        below = [left[node], right[node]]
        if below[0] != node:
            value[node] = np.average(value[below], weights=count[below].astype(np.float64))
    return value
