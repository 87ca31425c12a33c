"""Small statistics: division that may find nothing, and Kendall's tau."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.stats import kendall_tau, percentiles, ratio

ORDERS = st.lists(st.integers(0, 50), min_size=2, max_size=12)


def test_ratio_divides() -> None:
    assert ratio(3, 4) == 0.75
    assert ratio(0, 4) == 0.0


def test_ratio_of_nothing_is_nan() -> None:
    assert math.isnan(ratio(3, 0))


@pytest.mark.parametrize(
    ("positions", "tau"),
    [
        ([0, 1, 2, 3], 1.0),
        ([3, 2, 1, 0], -1.0),
        ([0, 2, 1], 1 / 3),  # two of three pairs in order
        ([1, 0, 3, 2], 1 / 3),  # four of six pairs in order
        ([5, 5], 0.0),
        ([0, 0, 1], 2 / 3),  # a tie counts as neither
    ],
)
def test_tau_by_hand(positions: list[int], tau: float) -> None:
    assert kendall_tau(positions) == pytest.approx(tau)


@pytest.mark.parametrize("positions", [[], [4]])
def test_tau_of_fewer_than_two_is_nan(positions: list[int]) -> None:
    assert math.isnan(kendall_tau(positions))


@given(ORDERS)
def test_tau_is_bounded_and_turns_its_sign_with_the_order(positions: list[int]) -> None:
    tau = kendall_tau(positions)
    assert -1 <= tau <= 1
    assert kendall_tau(positions[::-1]) == pytest.approx(-tau)


@given(ORDERS)
def test_only_the_order_counts(positions: list[int]) -> None:
    assert kendall_tau([10 * position + 3 for position in positions]) == kendall_tau(positions)


@given(st.sets(st.integers(0, 99), min_size=2))
def test_tau_of_sorted_positions_is_one(positions: set[int]) -> None:
    assert kendall_tau(sorted(positions)) == 1.0


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40),
    st.lists(st.integers(0, 100), min_size=1, max_size=4),
)
def test_percentiles_are_those_of_numpy(values: list[float], wanted: list[int]) -> None:
    expected = np.percentile(np.array(values), wanted)
    assert percentiles(np.array(values), wanted) == expected.tolist()


def test_percentiles_by_hand() -> None:
    assert percentiles(np.array([4.0, 1.0, 2.0]), (0, 25, 50, 100)) == [1.0, 1.5, 2.0, 4.0]
    assert percentiles(np.array([7.0], np.float32), (5, 95)) == [7.0, 7.0]
