"""A new model beside the one it starts from, on texts that neither has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.train.dataset import Dataset, evaluated_with_source
from copydesk.train.metrics import measure
from copydesk.train.pairs import SOURCE_ENGINE, PairKind
from copydesk.types import LABELS

N_RESAMPLES = 2000
LEVEL = 0.95
# Fewer stories drawn anew hardly say what others would be like.
MIN_STORIES = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better one model is than another.

    Parameters
    ----------
    metric : str
        ``macro-F1``; ``accuracy`` where all texts have one label.
    n_texts, n_stories : int
        What it was measured on.
    new, base : float
        Of either, in [0, 1].
    low, high : float or None
        Interval of ``new - base``, in [-1, 1]; None where there are too few stories.
    """

    metric: str
    n_texts: int
    n_stories: int
    new: float
    base: float
    low: float | None
    high: float | None

    @property
    def verdict(self) -> str:
        """``better``, ``worse``, ``no difference beyond noise``, or ``too few stories to tell``."""
        if self.low is None or self.high is None:
            return "too few stories to tell"
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "no difference beyond noise"


def macro_f1(confusion: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the mean F1 over the labels that occur, of many confusion matrices.

    Parameters
    ----------
    confusion : ndarray of float64, shape (..., n_labels, n_labels)
        Counts by true and by predicted label.

    Returns
    -------
    ndarray of float64, shape (...)
        As ``sklearn.metrics.f1_score`` has it with ``labels`` those that are true of any text; 0
        where there is no text.

    Examples
    --------
    >>> float(macro_f1(np.array([[2.0, 0.0], [1.0, 1.0]])).round(3))
    0.733
    """
    hits = np.diagonal(confusion, axis1=-2, axis2=-1)
    true, predicted = confusion.sum(axis=-1), confusion.sum(axis=-2)
    f1 = 2 * hits / np.maximum(true + predicted, 1e-12)
    n_labels = (true > 0).sum(axis=-1)  # a label that does not occur has no hit, and an F1 of 0
    return np.asarray(f1.sum(axis=-1) / np.maximum(n_labels, 1))


def compare_predictions(
    new: NDArray[np.float64],
    base: NDArray[np.float64],
    y: NDArray[np.int64],
    groups: NDArray[np.str_],
    random_state: int = 0,
) -> Difference:
    """Compare two models' probabilities for the same texts.

    The interval is that of a paired bootstrap over stories: whole stories are drawn anew, with
    both models' answers to them (Efron & Tibshirani 1993, percentiles; Field & Welsh 2007 on
    drawing clusters).

    Parameters
    ----------
    new, base : ndarray of float64, shape (n_samples, n_labels)
        Probabilities by models that had not seen the texts.
    y : ndarray of int64, shape (n_samples,)
        True labels.
    groups : ndarray of str, shape (n_samples,)
        Stories.
    random_state : int
        Seed of what is drawn.
    """
    stories, place = np.unique(groups, return_inverse=True)
    of_new, of_base = (_confusions(p, y, place, len(stories)) for p in (new, base))
    is_single = len(np.unique(y)) == 1
    figure = _accuracy if is_single else macro_f1
    low: float | None = None
    high: float | None = None
    if len(stories) >= MIN_STORIES:
        rng = np.random.default_rng(random_state)
        chances = np.full(len(stories), 1 / len(stories))
        drawn = rng.multinomial(len(stories), chances, N_RESAMPLES).astype(np.float64)
        differences = figure(np.tensordot(drawn, of_new, 1)) - figure(
            np.tensordot(drawn, of_base, 1)
        )
        tail = (1 - LEVEL) / 2
        low, high = np.quantile(differences, [tail, 1 - tail]).tolist()
    return Difference(
        "accuracy" if is_single else "macro-F1",
        len(y),
        len(stories),
        float(figure(of_new.sum(axis=0))),
        float(figure(of_base.sum(axis=0))),
        low,
        high,
    )


def _confusions(
    probabilities: NDArray[np.float64],
    y: NDArray[np.int64],
    story: NDArray[np.intp],
    n_stories: int,
) -> NDArray[np.float64]:
    """Count true and predicted labels, story by story."""
    found = np.zeros((n_stories, len(LABELS), len(LABELS)))
    np.add.at(found, (story, y, probabilities.argmax(axis=1)), 1.0)
    return found


def _accuracy(confusion: NDArray[np.float64]) -> NDArray[np.float64]:
    n = confusion.sum(axis=(-2, -1))
    hits = np.diagonal(confusion, axis1=-2, axis2=-1).sum(axis=-1)
    return np.asarray(hits / np.maximum(n, 1))


def as_given(dataset: Dataset) -> NDArray[np.bool_]:
    """Mark a row for each text as its corpus gives it: beside its source, or else alone.

    What is known only as others' source has no label of its own, and is not marked.
    """
    beside = evaluated_with_source(dataset)
    has_row_beside = np.isin(dataset.texts, dataset.texts[beside])
    alone = dataset.kinds == str(PairKind.ALONE)
    return np.asarray(beside | (alone & ~has_row_beside & (dataset.engines != SOURCE_ENGINE)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A new model beside the one it starts from.

    Parameters
    ----------
    base_id : str
        Of the model it starts from.
    difference : Difference
        On the texts of one's own corpora, as these give them.
    n_known : int
        Texts among them that the base had learned: in its place, classifiers were asked that were
        fitted without their stories.
    own : mapping
        Measures of both, ``new`` and ``base``, on these texts.
    kept : mapping
        Measures with the source at hand on what the base was made of, stories left out, likewise.
    """

    base_id: str
    difference: Difference
    n_known: int
    own: dict[str, dict[str, Any]]
    kept: dict[str, dict[str, Any]]


def measure_both(
    new: NDArray[np.float64], base: NDArray[np.float64], y: NDArray[np.int64]
) -> dict[str, dict[str, Any]]:
    """Measure both models' probabilities, as ``copydesk.train.metrics.measure`` does."""
    return {"new": measure(new, y), "base": measure(base, y)}
