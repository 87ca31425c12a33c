"""Standardised features and log-odds, by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.models.design import CLIP, expit, logit, standardize

NAN = np.nan
MEAN = np.array([1.0, 2.0, 0.0])
SCALE = np.array([2.0, 0.5, 1.0])


def test_standardised_by_hand() -> None:
    X = np.array([[3.0, 2.5, NAN], [NAN, 1.0, 2.0]])
    np.testing.assert_array_equal(standardize(X, MEAN, SCALE), [[1.0, 1.0, 0.0], [0.0, -2.0, 2.0]])


def test_far_values_are_clipped() -> None:
    X = np.array([[1e300, -1e300, 4.5], [np.inf, -np.inf, -3.5]])
    expected = [[CLIP, -CLIP, CLIP], [CLIP, -CLIP, -3.5]]
    np.testing.assert_array_equal(standardize(X, MEAN, SCALE), expected)


def test_rows_are_not_changed() -> None:
    X = np.array([[NAN, 1.0, 2.0]])
    standardize(X, MEAN, SCALE)
    np.testing.assert_array_equal(X, [[NAN, 1.0, 2.0]])


def test_probabilities_by_hand() -> None:
    odds = np.array([3.0, 1.0, 0.25])
    np.testing.assert_allclose(expit(np.log(odds)), [0.75, 0.5, 0.2])
    np.testing.assert_allclose(logit(np.array([0.75, 0.5, 0.2])), np.log(odds))


@pytest.mark.parametrize(("log_odds", "expected"), [(-1e308, 0.0), (1e308, 1.0)])
def test_no_log_odds_are_too_far(log_odds: float, expected: float) -> None:
    assert expit(np.array([log_odds])).tolist() == [expected]


def test_certainty_has_finite_log_odds() -> None:
    never, always = logit(np.array([0.0, 1.0])).tolist()
    assert never == pytest.approx(np.log(1e-12))
    assert always == pytest.approx(-never, rel=1e-4)


@settings(deadline=None, derandomize=True)
@given(st.floats(-25, 25))
def test_log_odds_come_back(log_odds: float) -> None:
    assert logit(expit(np.array([log_odds])))[0] == pytest.approx(log_odds, rel=1e-3, abs=1e-9)
