"""Figures that are monitored, and from how far a move on somebody has to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from copydesk.train.monitor.spread import Bin, Shift
from copydesk.train.monitor.statistics import adjust_for_many, share_p_value

INDEX_WATCH, INDEX_ACT = 0.1, 0.25
"""Of the population stability index, by the convention of credit scoring (Siddiqi 2006)."""
DISTANCE_WATCH, DISTANCE_ACT = 0.125, 0.2
"""Of the Kolmogorov-Smirnov distance: that of a normal distribution whose mean moved so far that
its index is 0.1 and 0.25. With d the move in standard deviations, the index is d squared and the
distance 2 Phi(d / 2) - 1."""
SHARE_WATCH, SHARE_ACT = 0.05, 0.1
"""Of a share, such as that of unsure articles: how much more or less of all articles it is."""
ALPHA = 0.01
"""How often chance alone may say that anything has moved, all figures of a run together."""


class Level(IntEnum):
    """What a figure asks for; the exit code of ``copydesk monitor`` is the highest."""

    NOTHING = 0
    WATCH = 1
    ACT = 2

    def __str__(self) -> str:
        return self.name.casefold()


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is monitored.

    Parameters
    ----------
    group, name : str
        What it is.
    meaning : str
        One line.
    n_before, n_now : float
        How many articles are behind it.
    before, now : float or None
        Shares in [0, 1]; None for a distribution, and ``before`` where it is not known.
    shift : Shift or None
        How far a distribution moved; None for a share, and where there are too few articles.
    p : float or None
        How often chance moves it as far, corrected for how many figures there are; None where
        nothing could be compared.
    level : Level
        What it asks for.
    """

    group: str
    name: str
    meaning: str
    n_before: float
    n_now: float
    before: float | None = None
    now: float | None = None
    shift: Shift | None = None
    p: float | None = None
    level: Level = Level.NOTHING

    @property
    def bins(self) -> tuple[Bin, ...]:
        """What a distribution's index is the sum over."""
        return () if self.shift is None else self.shift.bins


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many."""

    n: int
    of: int

    @property
    def share(self) -> float | None:
        """The share; None of nothing."""
        return self.n / self.of if self.of else None


def share_figure(group: str, name: str, meaning: str, before: Count | None, now: Count) -> Figure:
    """Make a figure of a share.

    Parameters
    ----------
    group, name, meaning : str
        As in ``Figure``.
    before : Count or None
        None where it is not known: then it is shown and not judged.
    now : Count
        Of what is scored now.
    """
    p = None
    if before is not None and before.of and now.of:
        p = share_p_value(before.n, before.of, now.n, now.of)
    n_before = 0 if before is None else before.of
    was = None if before is None else before.share
    return Figure(group, name, meaning, n_before, now.of, was, now.share, p=p)


def judge(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Say what each figure asks for: what is large enough to matter and no chance.

    Parameters
    ----------
    figures : sequence of Figure
        All of a run; their p-values are those of each alone.

    Returns
    -------
    tuple of Figure
        In the same order, with p-values corrected for how many tests there are (Holm).

    Examples
    --------
    >>> judge([share_figure("s", "unsure", "", Count(50, 500), Count(150, 500))])[0].level
    <Level.ACT: 2>
    >>> judge([share_figure("s", "unsure", "", Count(1, 10), Count(3, 10))])[0].level
    <Level.NOTHING: 0>
    """
    tests: list[float] = []
    for figure in figures:
        tests += _p_values(figure)
    adjusted = iter(adjust_for_many(tests))
    return tuple(_judge(figure, [next(adjusted) for _ in _p_values(figure)]) for figure in figures)


def _p_values(figure: Figure) -> list[float]:
    if figure.shift is not None:
        return [figure.shift.index_p, figure.shift.distance_p]
    return [] if figure.p is None else [figure.p]


def _judge(figure: Figure, adjusted: list[float]) -> Figure:
    if not adjusted:
        return figure
    shift = figure.shift
    if shift is None:
        assert figure.before is not None
        assert figure.now is not None
        moved = [(abs(figure.now - figure.before), SHARE_WATCH, SHARE_ACT)]
    else:
        moved = [
            (shift.index, INDEX_WATCH, INDEX_ACT),
            (shift.distance or 0.0, DISTANCE_WATCH, DISTANCE_ACT),
        ]
    levels = [
        _level(size, watch, act)
        for (size, watch, act), p in zip(moved, adjusted, strict=True)
        if p < ALPHA
    ]
    return replace(figure, p=min(adjusted), level=max(levels, default=Level.NOTHING))


def _level(size: float, watch: float, act: float) -> Level:
    return Level.ACT if size >= act else Level.WATCH if size >= watch else Level.NOTHING
