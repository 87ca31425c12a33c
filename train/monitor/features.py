"""Figures of features: compared, label by label, with what the model learned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.features import FEATURES
from copydesk.models.reference import ALONE, BESIDE, Reference, round_values
from copydesk.train.monitor.figures import Figure
from copydesk.train.monitor.spread import MIN_ROWS, Spread, measure_shift

_NAMES = {ALONE: "features, alone", BESIDE: "features, beside a text"}


@dataclass(frozen=True, slots=True, eq=False)
class FeatureRows:
    """Features of articles that were scored.

    Parameters
    ----------
    X : ndarray of float64, shape (n_articles, n_features)
        In the order of the registry.
    labels : ndarray of int64, shape (n_articles,)
        Which label each was given, as an index into ``LABELS``.
    is_beside : ndarray of bool, shape (n_articles,)
        Whether it was compared with a text.
    """

    X: NDArray[np.float64]
    labels: NDArray[np.int64]
    is_beside: NDArray[np.bool_]


def feature_figures(rows: FeatureRows, reference: Reference) -> list[Figure]:
    """Compare features with what a model learned.

    Corpora hold labels in other shares than what is published: rows of each label in the reference
    weigh what the label has among the articles. So a figure moves where texts of a label have
    changed, and not where there are more of one than of another; that the shares of labels tell.

    Parameters
    ----------
    rows : FeatureRows
        Of the articles.
    reference : Reference
        Of the model whose style score and encoder the features were made with.

    Returns
    -------
    list of Figure
        For articles alone and for those beside a text, where there are ``MIN_ROWS`` or more; not
        judged yet.
    """
    X = round_values(rows.X).astype(np.float64)
    found: list[Figure] = []
    for kind in (ALONE, BESIDE):
        of_kind = rows.is_beside == (kind == BESIDE)
        if of_kind.sum() >= MIN_ROWS:
            found += _figures_of_kind(X[of_kind], rows.labels[of_kind], reference, kind)
    return found


def _figures_of_kind(
    X: NDArray[np.float64], labels: NDArray[np.int64], reference: Reference, kind: int
) -> Iterator[Figure]:
    n_learned = reference.n_rows[kind].astype(np.float64)
    shares = np.bincount(labels, minlength=len(n_learned)) * (n_learned > 0)
    if not shares.sum():
        return
    weights = shares / shares.sum() / np.maximum(n_learned, 1)
    for i, feature in enumerate(FEATURES):
        before = _spread(reference, kind, i, weights)
        values = X[:, i]
        if before.missing < 1 or not np.isnan(values).all():
            yield Figure(
                _NAMES[kind],
                feature.name,
                feature.meaning,
                before.n_rows,
                len(values),
                shift=measure_shift(before, values),
            )


def _spread(reference: Reference, kind: int, feature: int, weights: NDArray[np.float64]) -> Spread:
    """Mix the labels' distributions; ``weights`` is what a row of each weighs."""
    n_rows = 1 / float((weights**2 * reference.n_rows[kind]).sum())
    present = float(weights @ reference.n_present[kind, :, feature])
    points = reference.values[kind, feature].astype(np.float64)
    finite = np.isfinite(points)
    at_most = weights @ reference.at_most[kind, :, feature][:, finite]
    return Spread(points[finite], at_most / max(present, 1e-12), 1 - present, n_rows)
