"""Gradient-boosted trees as plain arrays: what scoring needs, without importing scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from copydesk.models.design import FloatArray, softmax

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier


@dataclass(frozen=True, slots=True, eq=False)
class TreeModel:
    """Trees whose leaves add up to log odds (Friedman 2001), their nodes in one sequence.

    Parameters
    ----------
    feature : ndarray of int32, shape (n_nodes,)
        What a node asks for; a leaf asks for nothing and is its own child.
    threshold : ndarray of float64, shape (n_nodes,)
        Rows with at most this go left.
    missing_left : ndarray of bool, shape (n_nodes,)
        Whether rows without a value go left.
    left, right : ndarray of int32, shape (n_nodes,)
        The children's places.
    value : ndarray of float64, shape (n_nodes,)
        What a leaf adds.
    roots : ndarray of int32, shape (n_rounds, n_labels)
        Where the trees begin; each label has one in every round.
    baseline : ndarray of float64, shape (n_labels,)
        Log odds before the first round.
    """

    feature: NDArray[np.int32]
    threshold: FloatArray
    missing_left: NDArray[np.bool_]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: FloatArray
    roots: NDArray[np.int32]
    baseline: FloatArray

    def predict_proba(self, X: FloatArray) -> FloatArray:
        """Give probabilities before calibration, float64 of shape (n_samples, n_labels).

        Parameters
        ----------
        X : ndarray of float64, shape (n_samples, n_features)
            Feature rows in the order of the registry; NaN where a value is missing.
        """
        leaves = np.stack([self._leaves(row) for row in X]) if len(X) else self.roots[None][:0]
        return softmax(self.baseline + self.value[leaves].sum(axis=1))

    def _leaves(self, row: FloatArray) -> NDArray[np.int32]:
        """Give the leaf that a row falls into in each tree, shape (n_rounds, n_labels)."""
        value = row[self.feature]
        goes_left = np.where(np.isnan(value), self.missing_left, value <= self.threshold)
        child = np.where(goes_left, self.left, self.right)
        node = self.roots
        while not np.array_equal(below := child[node], node):
            node = below
        return node

    @classmethod
    def from_estimator(cls, estimator: HistGradientBoostingClassifier) -> TreeModel:
        """Take the arrays out of a fitted estimator with more than two labels."""
        trees = [tree.nodes for trees in estimator._predictors for tree in trees]
        sizes = np.array([len(nodes) for nodes in trees])
        first = np.cumsum(sizes) - sizes
        nodes, offset = np.concatenate(trees), np.repeat(first, sizes)
        is_leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes))
        return cls(
            feature=np.where(is_leaf, 0, nodes["feature_idx"]).astype(np.int32),
            threshold=nodes["num_threshold"].astype(np.float64),
            missing_left=nodes["missing_go_to_left"].astype(bool),
            left=np.where(is_leaf, own, nodes["left"] + offset).astype(np.int32),
            right=np.where(is_leaf, own, nodes["right"] + offset).astype(np.int32),
            value=nodes["value"].astype(np.float64),
            roots=first.reshape(-1, len(estimator.classes_)).astype(np.int32),
            baseline=estimator._baseline_prediction.ravel().astype(np.float64),
        )
