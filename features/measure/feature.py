"""A feature: one number that the model sees, as a row of the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

INFINITY = float("inf")


@dataclass(frozen=True, slots=True)
class Feature:
    """One number that the model sees.

    ``low`` and ``high`` bound its values. It is NaN where it ``needs_source`` and there is none,
    or where there is nothing to measure.
    """

    name: str
    group: str
    unit: str
    low: float
    high: float
    needs_source: bool
    meaning: str


def shares(group: str, needs_source: bool, rows: Mapping[str, str]) -> list[Feature]:
    """Give features that are shares in [0, 1]; ``rows`` are names and meanings."""
    return [Feature(n, group, "share", 0, 1, needs_source, meaning) for n, meaning in rows.items()]


def rates(group: str, needs_source: bool, rows: Mapping[str, str]) -> list[Feature]:
    """Give features that count something per 100 words."""
    return [
        Feature(n, group, "per 100 words", 0, 100, needs_source, meaning)
        for n, meaning in rows.items()
    ]


def differences(group: str, rows: Mapping[str, str]) -> list[Feature]:
    """Give features that are the article's share minus the source's."""
    return [Feature(n, group, "difference", -1, 1, True, meaning) for n, meaning in rows.items()]
