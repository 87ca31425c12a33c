"""Numbers of each text that add up: every figure is made of their sums.

So one multiplication gives the sums of a thousand resamples, and their figures are those of the
texts themselves, by the same lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.types import LABELS, Label

FloatArray = NDArray[np.float64]

N_BINS = 10
SURE = 0.95
"""A label is sure that has so much of the probability."""

_N = len(LABELS)
_SPUN = LABELS.index(Label.SPUN)
_LEAST = float(np.finfo(np.float64).eps)
_DIGITS = 4
# Columns of the sums.
_CALLED = slice(0, _N * _N)
_LOG_LOSS, _BRIER, _SURE_AND_WRONG, _ASKED_SOURCE, _SOURCE_RIGHT = range(_N * _N, _N * _N + 5)
_BINS = slice(_SOURCE_RIGHT + 1, _SOURCE_RIGHT + 1 + 3 * N_BINS)
_COVERED = slice(_BINS.stop, _BINS.stop + _N)
_SET_SIZE = slice(_COVERED.stop, _COVERED.stop + _N)
N_SUMS = _SET_SIZE.stop


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What a model said of texts in one situation.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (n_samples, n_labels)
        In the order of ``LABELS``; rows sum to 1.
    y : ndarray of int64, shape (n_samples,)
        Index of the true label.
    groups : ndarray of str, shape (n_samples,)
        Story of each text.
    in_set : ndarray of bool, shape (n_samples, n_labels), optional
        Which labels the prediction sets hold.
    source_right : ndarray of float64, shape (n_samples,), optional
        1 where the true source was found, 0 where it was not, NaN where there is none to find.
    """

    probabilities: FloatArray
    y: NDArray[np.int64]
    groups: NDArray[np.str_]
    in_set: NDArray[np.bool_] | None = None
    source_right: FloatArray | None = None

    def __len__(self) -> int:
        return len(self.y)

    def rows(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> Said:
        """Give the texts that a mask or their indices name."""
        return replace(
            self,
            probabilities=self.probabilities[chosen],
            y=self.y[chosen],
            groups=self.groups[chosen],
            in_set=None if self.in_set is None else self.in_set[chosen],
            source_right=None if self.source_right is None else self.source_right[chosen],
        )


def losses(probabilities: FloatArray, y: NDArray[np.int64]) -> FloatArray:
    """Give each text's log-loss in nats, shape (n_samples,): at most 36, as scikit-learn clips it.

    Examples
    --------
    >>> losses(np.array([[0.5, 0.25, 0.25]]), np.array([0])).round(3).tolist()
    [0.693]
    """
    return -np.log(np.maximum(probabilities[np.arange(len(y)), y], _LEAST))


def sums_of_texts(said: Said) -> FloatArray:
    """Give the numbers of each text that figures are made of, shape (n_samples, ``N_SUMS``)."""
    p, y, n = said.probabilities, said.y, len(said.y)
    rows, called, confidence = np.arange(n), p.argmax(axis=1), p.max(axis=1)
    wrong = called != y
    sums = np.zeros((n, N_SUMS))
    sums[rows, y * _N + called] = 1.0
    sums[:, _LOG_LOSS] = losses(p, y)
    truth = np.eye(_N)[y]
    sums[:, _BRIER] = ((p - truth) ** 2).sum(axis=1)
    sums[:, _SURE_AND_WRONG] = (confidence >= SURE) & wrong
    bin_of = np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)
    bins = np.zeros((n, N_BINS, 3))
    bins[rows, bin_of] = np.stack([np.ones(n), confidence, ~wrong], axis=1)
    sums[:, _BINS] = bins.reshape(n, -1)
    if said.in_set is None:
        sums[:, _COVERED] = sums[:, _SET_SIZE] = np.nan
    else:
        sums[:, _COVERED] = truth * said.in_set
        sums[:, _SET_SIZE] = truth * said.in_set.sum(axis=1, keepdims=True)
    if said.source_right is not None:
        sums[:, _ASKED_SOURCE] = ~np.isnan(said.source_right)
        sums[:, _SOURCE_RIGHT] = np.nan_to_num(said.source_right)
    return sums


def figures_of(sums: FloatArray) -> dict[str, FloatArray]:
    """Make figures of sums.

    Parameters
    ----------
    sums : ndarray of float64, shape (..., ``N_SUMS``)
        Of the rows of ``sums_of_texts``, each as often as it was drawn.

    Returns
    -------
    dict of str to ndarray of float64, shape (...)
        NaN where there is nothing to divide by. ``macro_f1`` is of the labels that occur, where
        more than one does; ``recall spun`` and so on are of one label. ``brier`` is the sum over
        the labels of squared distances to the truth (Brier 1950), in [0, 2]; ``log_loss`` is in
        nats; ``calibration_error`` the mean distance of confidence and accuracy in ten bins of
        equal width (Naeini et al. 2015), in [0, 1]; ``covered`` the share of texts of a label
        whose set holds it; ``mean_labels`` how many labels their sets hold.
    """
    called = _confusion(sums)
    n, true, given = called.sum(axis=(-1, -2)), called.sum(axis=-1), called.sum(axis=-2)
    right = np.diagonal(called, axis1=-2, axis2=-1)
    f1 = _ratio(2 * right, true + given)
    occurs = true > 0
    n_labels = occurs.sum(axis=-1)
    of_all = _ratio(np.where(occurs, np.nan_to_num(f1), 0.0).sum(axis=-1), n_labels)
    honest = n - true[..., _SPUN]
    _, confidence, accurate = np.moveaxis(_bins(sums), -1, 0)
    figures = {
        "accuracy": _ratio(right.sum(axis=-1), n),
        "macro_f1": np.where(n_labels > 1, of_all, np.nan),
        **_by_label("recall", _ratio(right, true)),
        "log_loss": _ratio(sums[..., _LOG_LOSS], n),
        "calibration_error": _ratio(np.abs(confidence - accurate).sum(axis=-1), n),
        **_by_label("precision", _ratio(right, given)),
        "honest_called_spun": _ratio(given[..., _SPUN] - right[..., _SPUN], honest),
        "brier": _ratio(sums[..., _BRIER], n),
        "sure_and_wrong": _ratio(sums[..., _SURE_AND_WRONG], n),
        **_by_label("covered", _ratio(sums[..., _COVERED], true)),
        **_by_label("mean_labels", _ratio(sums[..., _SET_SIZE], true)),
        "source_right": _ratio(sums[..., _SOURCE_RIGHT], sums[..., _ASKED_SOURCE]),
    }
    return {name: np.asarray(values, np.float64) for name, values in figures.items()}


def describe(said: Said) -> dict[str, Any]:
    """Give all figures of texts as plain data: rounded, by label nested, None for NaN.

    Besides those of ``figures_of`` there are ``n``; ``reliability``: of each bin of confidence that
    holds texts, how many, their mean confidence and their accuracy; and ``called``: how many
    texts of each label were called what.
    """
    sums = sums_of_texts(said).sum(axis=0)
    figures = {name: float(value) for name, value in figures_of(sums).items()}
    called = _confusion(sums).astype(int).tolist()
    return {
        "n": len(said),
        **nest({name: _rounded(value) for name, value in figures.items()}),
        "reliability": [
            {
                "n": int(count),
                "confidence": _rounded(confidence / count),
                "accuracy": _rounded(right / count),
            }
            for count, confidence, right in _bins(sums).tolist()
            if count
        ],
        "called": {
            str(label): dict(zip(map(str, LABELS), of_label, strict=True))
            for label, of_label in zip(LABELS, called, strict=True)
            if sum(of_label)
        },
    }


def nest(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Put figures of a label under their name.

    Examples
    --------
    >>> nest({"accuracy": 0.5, "recall spun": 1.0})
    {'accuracy': 0.5, 'recall': {'spun': 1.0}}
    """
    nested: dict[str, Any] = {}
    for name, value in figures.items():
        figure, _, label = name.partition(" ")
        if label:
            nested.setdefault(figure, {})[label] = value
        else:
            nested[figure] = value
    return nested


def _confusion(sums: FloatArray) -> FloatArray:
    return sums[..., _CALLED].reshape(*sums.shape[:-1], _N, _N)


def _bins(sums: FloatArray) -> FloatArray:
    return sums[..., _BINS].reshape(*sums.shape[:-1], N_BINS, 3)


def _by_label(name: str, values: FloatArray) -> dict[str, FloatArray]:
    return {f"{name} {label}": values[..., i] for i, label in enumerate(LABELS)}


def _ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    found = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    return np.asarray(np.divide(part, whole, out=found, where=whole > 0))


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(value, _DIGITS)
