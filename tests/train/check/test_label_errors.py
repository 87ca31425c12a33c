"""Confident learning, by hand and on labels that were changed on purpose."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from copydesk.train.check.label_errors import LabelError, find_label_errors


def test_thresholds_by_hand() -> None:
    # Thresholds: of class 0 the mean of .9, .7, .2 = .6; of class 1 that of .8, .6 = .7.
    p = np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8], [0.2, 0.8], [0.4, 0.6]])
    (error,) = find_label_errors(p, np.array([0, 0, 0, 1, 1]))
    assert (error.place, error.given, error.likely) == (2, 0, 1)
    assert (error.p_given, error.p_likely) == (0.2, 0.8)
    assert error.margin == pytest.approx(-0.6)


def test_what_does_not_reach_a_threshold_is_no_error() -> None:
    # Another class is more probable, but less than it usually is for texts of that label.
    p = np.array([[0.9, 0.1], [0.4, 0.6], [0.1, 0.9], [0.0, 1.0]])
    assert find_label_errors(p, np.array([0, 0, 1, 1])) == []


def test_the_likeliest_comes_first() -> None:
    p = np.array([[0.9, 0.1], [0.9, 0.1], [0.3, 0.7], [0.1, 0.9], [0.0, 1.0], [0.4, 0.6]])
    found = find_label_errors(p, np.array([0, 0, 0, 0, 1, 1]))
    assert [error.place for error in found] == [3]
    p[2] = [0.2, 0.8]
    assert [e.place for e in find_label_errors(p, np.array([0, 0, 0, 0, 1, 1]))] == [3, 2]


def test_a_class_without_texts_is_never_likely() -> None:
    p = np.array([[0.1, 0.0, 0.9], [0.9, 0.1, 0.0], [0.2, 0.8, 0.0]])
    assert find_label_errors(p, np.array([0, 0, 1])) == []


def test_nothing_has_no_errors() -> None:
    assert find_label_errors(np.zeros((0, 3)), np.zeros(0, int)) == []


def test_labels_changed_on_purpose_are_found() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, 300)
    p = rng.dirichlet([1, 1, 1], 300) * 0.3
    p[np.arange(300), truth] += 0.7
    y = truth.copy()
    changed = rng.choice(300, 20, replace=False)
    y[changed] = (y[changed] + 1) % 3
    found = {error.place for error in find_label_errors(p, y)}
    assert len(found & set(changed.tolist())) >= 10
    assert found <= set(changed.tolist())


@given(
    arrays(np.float64, (12, 3), elements=st.floats(0.01, 1)),
    arrays(np.int64, 12, elements=st.integers(0, 2)),
)
def test_laws(weights: np.ndarray, y: np.ndarray) -> None:
    p = weights / weights.sum(axis=1, keepdims=True)
    found = find_label_errors(p, y)
    for error in found:
        assert error.given == y[error.place] != error.likely
        assert -1 <= error.margin < 0
    margins = [error.margin for error in found]
    assert margins == sorted(margins)
    assert all(isinstance(error, LabelError) for error in found)
