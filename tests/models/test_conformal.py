"""Conformal sets: hand-computed thresholds and the coverage law."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.models.conformal import conformal_threshold, label_set, thresholds_by_label
from copydesk.types import LABELS, Label

SHARES = st.floats(0, 1, allow_nan=False)


def rows_of(true: list[float]) -> np.ndarray:
    """Two-label rows whose first label has the probabilities given."""
    return np.array([[p, 1 - p] for p in true])


@pytest.mark.parametrize(
    ("coverage", "expected"),
    # The k-th largest of four values reaches k / (4 + 1).
    [(0.2, 0.9), (0.21, 0.8), (0.4, 0.8), (0.6, 0.6), (0.8, 0.3), (0.81, 0.0), (0.9, 0.0)],
)
def test_threshold_by_hand(coverage: float, expected: float) -> None:
    true = [0.3, 0.9, 0.6, 0.8]
    assert conformal_threshold(rows_of(true), np.zeros(4, np.int64), coverage) == expected


def test_threshold_reads_the_true_label_only() -> None:
    p = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.05, 0.9, 0.05]])
    assert conformal_threshold(p, np.array([0, 1, 1]), 0.75) == 0.3
    assert conformal_threshold(p, np.array([2, 0, 0]), 0.75) == 0.05


@pytest.mark.parametrize(
    ("coverage", "expected"),
    # Weights sum to 6, their mean is 2: reached are 1/8, 2/8 and 6/8.
    [(0.125, 0.9), (0.2, 0.8), (0.25, 0.8), (0.26, 0.3), (0.75, 0.3), (0.76, 0.0)],
)
def test_weighted_threshold_by_hand(coverage: float, expected: float) -> None:
    weights = np.array([1.0, 4.0, 1.0])
    true = rows_of([0.9, 0.3, 0.8])
    assert conformal_threshold(true, np.zeros(3, np.int64), coverage, weights) == expected


def test_no_texts_promise_nothing() -> None:
    assert conformal_threshold(np.empty((0, 3)), np.empty(0, np.int64), 0.9) == 0.0


@settings(deadline=None, derandomize=True)
@given(st.lists(SHARES, min_size=1, max_size=40), SHARES, st.floats(0.01, 100))
def test_equal_weights_are_no_weights(true: list[float], coverage: float, weight: float) -> None:
    y = np.zeros(len(true), np.int64)
    plain = conformal_threshold(rows_of(true), y, coverage)
    assert conformal_threshold(rows_of(true), y, coverage, np.full(len(true), weight)) == plain


@settings(deadline=None, derandomize=True)
@given(st.lists(SHARES, min_size=2, max_size=40), st.floats(0.05, 0.95))
def test_left_out_texts_are_covered(true: list[float], coverage: float) -> None:
    # Exchangeable: each of the values is as likely to be the one that is judged.
    values = np.array(true)
    y = np.zeros(len(values) - 1, np.int64)
    held = [
        values[i] >= conformal_threshold(rows_of(np.delete(values, i).tolist()), y, coverage)
        for i in range(len(values))
    ]
    assert np.mean(held) >= coverage - 1e-9
    if len(set(true)) == len(true):
        assert np.mean(held) <= coverage + 1 / len(true) + 1e-9


def test_each_label_has_a_threshold_of_its_own() -> None:
    p = np.array([[0.9, 0.1, 0.0], [0.6, 0.4, 0.0], [0.3, 0.5, 0.2], [0.1, 0.8, 0.1]])
    found = thresholds_by_label(p, np.array([0, 0, 1, 1]), 0.6, np.ones(4))
    # Of two texts each reaches a third; there is no text of the third label.
    assert found == (0.6, 0.5, 0.0)
    assert thresholds_by_label(p, np.array([0, 0, 1, 1]), 0.3, np.ones(4)) == (0.9, 0.8, 0.0)


def test_texts_of_a_label_are_weighed_by_themselves() -> None:
    p = np.array([[0.9, 0.1, 0.0], [0.6, 0.4, 0.0], [0.0, 1.0, 0.0]])
    # Weights of 3 and 1 and a mean of 2 for one more: the first reaches a half.
    weights = np.array([3.0, 1.0, 100.0])
    assert thresholds_by_label(p, np.array([0, 0, 1]), 0.5, weights)[0] == 0.9
    assert thresholds_by_label(p, np.array([0, 0, 1]), 0.51, weights)[0] == 0.6


def test_drawn_texts_of_every_label_are_covered() -> None:
    # The third label is rare and hardly ever called: by one threshold for all it would be lost.
    rng = np.random.default_rng(11)
    covered: dict[int, list[bool]] = {0: [], 1: [], 2: []}
    for _ in range(200):
        p = rng.dirichlet([3.0, 2.0, 0.5], 400)
        y = (p.cumsum(axis=1) < rng.random((400, 1))).sum(axis=1)
        thresholds = thresholds_by_label(p[:350], y[:350], 0.8, np.ones(350))
        for row, label in zip(p[350:], y[350:], strict=True):
            covered[int(label)].append(LABELS[label] in label_set(row, thresholds))
    for held in covered.values():
        assert 0.78 <= np.mean(held) <= 0.88


def test_label_set_by_hand() -> None:
    p = np.array([0.2, 0.5, 0.3])
    assert label_set(p, (0.3, 0.3, 0.3)) == (Label.EDITED_WIRE, Label.SPUN)
    assert label_set(p, (0.2, 0.6, 0.4)) == (Label.ORIGINAL, Label.EDITED_WIRE)
    assert label_set(p, (0.31, 0.31, 0.31)) == (Label.EDITED_WIRE,)
    assert label_set(p, (0.0, 0.0, 0.0)) == LABELS
    assert label_set(p, (0.99, 0.99, 0.99)) == (Label.EDITED_WIRE,)


@settings(deadline=None, derandomize=True)
@given(st.tuples(SHARES, SHARES, SHARES), st.tuples(SHARES, SHARES, SHARES))
def test_label_set_holds_the_most_probable(
    drawn: tuple[float, ...], thresholds: tuple[float, ...]
) -> None:
    p = np.array(drawn)
    found = label_set(p, thresholds)
    assert LABELS[int(p.argmax())] in found
    assert found == tuple(label for label in LABELS if label in found)


@settings(deadline=None, derandomize=True)
@given(st.tuples(SHARES, SHARES, SHARES), st.tuples(SHARES, SHARES, SHARES), SHARES)
def test_lower_thresholds_keep_more_labels(
    drawn: tuple[float, ...], thresholds: tuple[float, ...], factor: float
) -> None:
    lower = [factor * threshold for threshold in thresholds]
    assert set(label_set(np.array(drawn), thresholds)) <= set(label_set(np.array(drawn), lower))
