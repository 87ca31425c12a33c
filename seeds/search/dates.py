"""When a text appeared, as far as that is known: between two moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

_DAY_SECONDS = 86_400.0
# Clocks on earth are from 12 hours behind UTC to 14 ahead of it.
_ZONES_SECONDS = 14 * 3600.0

Interval = tuple[float, float]
"""Seconds since 1970, at the earliest and at the latest."""


def find_interval(published: date | None) -> Interval | None:
    """Give the moments between which a text appeared.

    Parameters
    ----------
    published : datetime, date or None
        A time with its zone is known to the second, one without it to 14 hours. A date stands
        for its day, wherever that was, and so does midnight sharp, which is what a date becomes
        on its way through other programs.

    Examples
    --------
    >>> find_interval(datetime(1970, 1, 2, 12, tzinfo=UTC))
    (129600.0, 129600.0)
    >>> find_interval(date(1970, 1, 2))
    (36000.0, 223200.0)
    """
    if published is None:
        return None
    if not isinstance(published, datetime) or published.time() == time():
        start = datetime(published.year, published.month, published.day, tzinfo=UTC).timestamp()
        return start - _ZONES_SECONDS, start + _DAY_SECONDS + _ZONES_SECONDS
    if published.tzinfo is None:
        moment = published.replace(tzinfo=UTC).timestamp()
        return moment - _ZONES_SECONDS, moment + _ZONES_SECONDS
    return published.timestamp(), published.timestamp()


def is_later(one: Interval | None, other: Interval | None) -> bool:
    """Whether one text certainly appeared after another.

    Two days are compared as days: the second of May is after the first, wherever.

    Examples
    --------
    >>> first, second = find_interval(date(2025, 5, 1)), find_interval(date(2025, 5, 2))
    >>> noon = find_interval(datetime(2025, 5, 1, 12, tzinfo=UTC))
    >>> is_later(second, first), is_later(second, noon), is_later(noon, first)
    (True, False, False)
    """
    if one is None or other is None:
        return False
    return one[0] > (other[0] if _is_day(one) and _is_day(other) else other[1])


def _is_day(interval: Interval) -> bool:
    return interval[1] - interval[0] > 2 * _ZONES_SECONDS
