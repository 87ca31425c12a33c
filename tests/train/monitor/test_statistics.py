"""The statistics by hand, and beside those of scipy."""

import math

import numpy as np
import pytest
from scipy.stats import chi2_contingency, ks_2samp

from copydesk.train.monitor.spread import (
    MIN_ROWS,
    measure_shift,
    spread_of,
)
from copydesk.train.monitor.statistics import (
    adjust_for_many,
    homogeneity_p_value,
    kolmogorov_smirnov_p_value,
    population_stability_index,
    share_p_value,
    smoothed_shares,
)


def test_the_index_by_hand() -> None:
    before, now = np.array([0.2, 0.3, 0.5]), np.array([0.4, 0.3, 0.3])
    expected = 0.2 * math.log(2) + 0 + (-0.2) * math.log(0.6)
    assert population_stability_index(before, now) == pytest.approx(expected)
    assert population_stability_index(now, before) == pytest.approx(expected)
    assert population_stability_index(now, now) == 0


def test_smoothing_by_hand() -> None:
    np.testing.assert_allclose(smoothed_shares(np.array([0.0, 8.0])), [0.5 / 9, 8.5 / 9])


def test_homogeneity_is_that_of_scipy() -> None:
    before, now = np.array([40.0, 30, 30, 7]), np.array([300.0, 180, 250, 20])
    expected = chi2_contingency(np.stack([before, now]), correction=False).pvalue
    assert homogeneity_p_value(before, now) == pytest.approx(expected)


def test_holm_by_hand() -> None:
    # 4 x 0.005, 3 x 0.01, then 2 x 0.03, then 1 x 0.04, never less than the one before.
    assert adjust_for_many([0.04, 0.005, 0.03, 0.01]) == pytest.approx([0.06, 0.02, 0.06, 0.03])
    assert adjust_for_many([0.7, 0.9]) == [1.0, 1.0]
    assert adjust_for_many([]) == []


def test_shares_by_hand() -> None:
    # All four of one side and none of four of the other: 2 of 70 ways are as far apart.
    assert share_p_value(4, 4, 0, 4) == pytest.approx(2 / 70)
    assert share_p_value(3, 10, 3, 10) == 1


@pytest.mark.parametrize("shift", [0.0, 0.3, 1.0])
def test_the_distance_is_that_of_scipy_where_all_values_are_points(shift: float) -> None:
    rng = np.random.default_rng(0)
    before = rng.integers(0, 60, 400).astype(float)
    now = rng.integers(0, 60, 300) + np.round(10 * shift)
    expected = ks_2samp(before, now, method="asymp")
    found = measure_shift(spread_of(before), now)
    assert found is not None
    assert found.distance == pytest.approx(expected.statistic)
    assert found.distance_p == pytest.approx(expected.pvalue, abs=0.02)


def test_the_distance_by_hand() -> None:
    before = np.repeat([1.0, 2.0], 50)
    now = np.repeat([1.0, 2.0, 3.0], [20, 40, 40])
    found = measure_shift(spread_of(before), now)
    assert found is not None
    # At 1: 0.5 before and 0.2 now; at 2: 1 and 0.6.
    assert found.distance == pytest.approx(0.4)
    expected = kolmogorov_smirnov_p_value(0.4, 100, 100)
    assert found.distance_p == pytest.approx(expected)


def test_bins_are_tenths_of_before_with_what_is_missing_and_above() -> None:
    before = np.concatenate([np.arange(100.0), np.full(100, np.nan)])
    now = np.concatenate([np.arange(100.0) + 50, np.full(25, np.nan)])
    found = measure_shift(spread_of(before), now)
    assert found is not None
    names = [one.name for one in found.bins]
    assert names[:2] == ["up to 9", "up to 19"]
    assert names[-3:] == ["up to 99", "above 99", "no value"]
    assert len(names) == 12
    np.testing.assert_allclose([one.before for one in found.bins], [0.05] * 10 + [0, 0.5])
    shares = [0] * 5 + [0.08] * 5 + [0.4, 0.2]
    np.testing.assert_allclose([one.now for one in found.bins], shares)
    counts = np.array([[one.before * 200, one.now * 125] for one in found.bins]).T
    expected = population_stability_index(*map(smoothed_shares, counts))
    assert found.index == pytest.approx(expected)
    assert found.index_p == pytest.approx(homogeneity_p_value(*counts))


def test_values_that_never_were_are_seen() -> None:
    nothing = np.zeros(200)
    found = measure_shift(spread_of(nothing), nothing)
    assert found is not None
    assert (found.index, found.distance) == (0, 0)
    found = measure_shift(spread_of(nothing), nothing + 1)
    assert found is not None
    assert found.distance == 1
    assert found.distance_p < 1e-9


def test_values_that_are_missing_now_are_seen() -> None:
    before = np.arange(200.0)
    now = np.where(np.arange(200) % 2, before, np.nan)
    found = measure_shift(spread_of(before), now)
    assert found is not None
    assert found.index > 0.25
    assert found.index_p < 1e-9
    assert found.distance is not None
    assert found.distance < 0.02
    gone = measure_shift(spread_of(before), np.full(200, np.nan))
    assert gone is not None
    assert gone.distance is None
    assert gone.index_p < 1e-9


@pytest.mark.parametrize(("n_before", "n_now"), [(MIN_ROWS - 1, 500), (500, MIN_ROWS - 1)])
def test_too_few_rows_say_nothing(n_before: int, n_now: int) -> None:
    assert measure_shift(spread_of(np.arange(float(n_before))), np.zeros(n_now)) is None
    assert measure_shift(spread_of(np.arange(500.0)), np.zeros(MIN_ROWS)) is not None


def test_a_spread_of_nothing_has_no_points() -> None:
    spread = spread_of(np.full(60, np.nan))
    assert (len(spread.points), spread.missing) == (0, 1.0)
    found = measure_shift(spread, np.arange(60.0))
    assert found is not None
    assert [(one.name, one.before, one.now) for one in found.bins] == [
        ("any value", 0.0, 1.0),
        ("no value", 1.0, 0.0),
    ]
    assert found.index > 0.25
    assert found.index_p < 1e-9


def test_a_bin_that_hardly_anything_was_in_says_nothing_by_a_few() -> None:
    before = np.concatenate([np.zeros(9990), np.full(10, np.nan)])
    for n_missing, n_bins in ((4, 1), (40, 2)):
        now = np.concatenate([np.zeros(200 - n_missing), np.full(n_missing, np.nan)])
        found = measure_shift(spread_of(before), now)
        assert found is not None
        assert len(found.bins) == n_bins
        assert (found.index_p < 1e-9) == (n_bins == 2)
