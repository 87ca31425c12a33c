"""Dates: what is certain of the order in which texts appeared."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.seeds.search.dates import find_interval, is_later

HOUR = 3600.0
FIFTH = date(2025, 9, 5)
EVENING = datetime(2025, 9, 5, 21, 40, tzinfo=UTC)
SOME_TIME = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1))
ANY_TIME = SOME_TIME | SOME_TIME.map(lambda t: t.replace(tzinfo=UTC)) | SOME_TIME.map(datetime.date)


def test_nothing_is_known_without_a_date() -> None:
    assert find_interval(None) is None
    assert not is_later(None, (0.0, 0.0))
    assert not is_later((9.0, 9.0), None)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-5)), None])
def test_midnight_sharp_stands_for_its_day(zone: timezone | None) -> None:
    midnight = datetime(2025, 9, 5, tzinfo=zone)
    assert find_interval(midnight) == find_interval(FIFTH)
    assert find_interval(midnight + timedelta(seconds=1)) != find_interval(FIFTH)


@pytest.mark.parametrize(
    ("earlier", "later", "certain"),
    [
        (EVENING, EVENING + timedelta(seconds=1), True),
        (EVENING, EVENING, False),
        (FIFTH, FIFTH, False),
        (FIFTH, date(2025, 9, 6), True),
        (FIFTH, EVENING, False),
        (EVENING, FIFTH, False),
        # The fifth ends at 14:00 of the sixth by UTC at the latest.
        (FIFTH, datetime(2025, 9, 6, 14, tzinfo=UTC), False),
        (FIFTH, datetime(2025, 9, 6, 14, 1, tzinfo=UTC), True),
        (datetime(2025, 9, 4, 9, 59, tzinfo=UTC), FIFTH, True),
        (datetime(2025, 9, 4, 10, tzinfo=UTC), FIFTH, False),
        # A time without a zone is known to 14 hours.
        (datetime(2025, 9, 5, 7, 39), EVENING, True),
        (datetime(2025, 9, 5, 7, 40), EVENING, False),
        (datetime(2025, 9, 5, 9), datetime(2025, 9, 5, 12), False),
        (FIFTH, datetime(2025, 9, 6, 9), False),
        (FIFTH, datetime(2025, 9, 7, 9), True),
    ],
)
def test_later_is_what_is_certain(earlier: date, later: date, certain: bool) -> None:
    assert is_later(find_interval(later), find_interval(earlier)) is certain
    assert not is_later(find_interval(earlier), find_interval(later))


@given(ANY_TIME, ANY_TIME)
def test_of_two_at_most_one_is_later(one: date, other: date) -> None:
    first, second = find_interval(one), find_interval(other)
    assert not (is_later(first, second) and is_later(second, first))
    assert first is not None
    assert first[0] <= first[1]
