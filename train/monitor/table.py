"""Figures as a table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.train.monitor.figures import Figure, Level

_HEADINGS = ("", "", "before", "now", "PSI", "KS", "p", "")


def format_figures(figures: Sequence[Figure]) -> str:
    """Lay out figures, a line each, columns aligned.

    Parameters
    ----------
    figures : sequence of Figure
        Any.

    Examples
    --------
    >>> print(format_figures([Figure("shares", "unsure", "", 50, 40, 0.1, 0.35, None, 0.004,
    ...     Level.ACT)]))
                    before    now  PSI  KS      p
    shares  unsure   10.0%  35.0%    -   -  0.004  act
    """
    rows = [_HEADINGS, *map(_row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i in {0, 1, len(row) - 1} else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _row(figure: Figure) -> tuple[str, ...]:
    shift = figure.shift
    return (
        figure.group,
        figure.name,
        _share(figure.before),
        _share(figure.now),
        "-" if shift is None else f"{shift.index:.3f}",
        "-" if shift is None or shift.distance is None else f"{shift.distance:.3f}",
        "-" if figure.p is None else f"{figure.p:.2g}",
        "" if figure.level is Level.NOTHING else str(figure.level),
    )


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
