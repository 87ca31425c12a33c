"""Plots of a card, as SVG that any browser shows: a reliability diagram, who was called what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from copydesk.types import LABELS

_SIDE = 300
_MARGIN = 56
_FONT = 'font-family="sans-serif" font-size="12"'
# Told apart by their shape and dashes too, not by colour alone.
_SERIES = (("#0b5cad", "", "circle"), ("#a33b00", "6 3", "square"), ("#3d6b1f", "2 2", "cross"))
_MAX_BAR = 46
_CELL = 92
_FILL = (11, 92, 173)


def reliability_svg(views: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Draw how often texts are labelled right that were labelled with so much confidence.

    Parameters
    ----------
    views : mapping of str to sequence of mapping
        By situation, three at most, bins with ``n``, ``confidence`` and ``accuracy``, both in
        [0, 1], as ``copydesk.train.evaluation.sums.describe`` gives them.

    Returns
    -------
    str
        An SVG document. On the dashed line probabilities would mean what they say; bars at the
        bottom say how many texts the first situation's bins hold.
    """
    right, bottom = _MARGIN + _SIDE, 20 + _SIDE

    def place(x: float, y: float) -> tuple[str, str]:
        return f"{_MARGIN + x * _SIDE:.1f}", f"{bottom - y * _SIDE:.1f}"

    parts = [
        f'<rect x="{_MARGIN}" y="20" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#777"/>'
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = place(tick, tick)
        parts.append(f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{tick:.2g}</text>')
        parts.append(f'<text x="{_MARGIN - 6}" y="{y}" dy="4" text-anchor="end">{tick:.2g}</text>')
    (x0, y0), (x1, y1) = place(0, 0), place(1, 1)
    parts.append(
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#777" stroke-dasharray="4 4"/>'
    )
    shown = list(views.items())[: len(_SERIES)]
    if shown:
        parts += _bars(shown[0][1], bottom)
    for i, ((name, bins), (colour, dashes, shape)) in enumerate(zip(shown, _SERIES, strict=False)):
        points = [place(one["confidence"], one["accuracy"]) for one in bins]
        line = " ".join(f"{x},{y}" for x, y in points)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"'
            f' stroke-dasharray="{dashes or "none"}"/>'
        )
        parts += [
            _mark(
                shape,
                x,
                y,
                colour,
                f"{name}: {one['n']} texts, confidence "
                f"{one['confidence']:.2f}, right {one['accuracy']:.2f}",
            )
            for (x, y), one in zip(points, bins, strict=True)
        ]
        at = bottom + 58 + 18 * i
        parts.append(_mark(shape, str(_MARGIN + 6), str(at - 4), colour, name))
        parts.append(f'<text x="{_MARGIN + 18}" y="{at}">{escape(name)}</text>')
    parts.append(
        f'<text x="{_MARGIN + _SIDE / 2}" y="{bottom + 34}" text-anchor="middle">confidence</text>'
        f'<text x="16" y="{20 + _SIDE / 2}" text-anchor="middle" '
        f'transform="rotate(-90 16 {20 + _SIDE / 2})">labelled right</text>'
    )
    return _document(right + 24, bottom + 60 + 18 * len(shown), "Reliability diagram", parts)


def _bars(bins: Sequence[Mapping[str, Any]], bottom: int) -> list[str]:
    most = max((one["n"] for one in bins), default=1)
    found = []
    for one in bins:
        height = _MAX_BAR * one["n"] / most
        x = _MARGIN + one["confidence"] * _SIDE
        found.append(
            f'<rect x="{x - 6:.1f}" y="{bottom - height:.1f}" width="12" height="{height:.1f}" '
            f'fill="#ccc"><title>{one["n"]} texts</title></rect>'
        )
    return found


def _mark(shape: str, x: str, y: str, colour: str, title: str) -> str:
    told = f"<title>{escape(title)}</title>"
    if shape == "circle":
        return f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}">{told}</circle>'
    left, top = float(x) - 4, float(y) - 4
    if shape == "square":
        return (
            f'<rect x="{left:.1f}" y="{top:.1f}" width="8" height="8" fill="{colour}">{told}</rect>'
        )
    return (
        f'<path d="M{left:.1f} {top:.1f}l8 8m0 -8l-8 8" stroke="{colour}" stroke-width="2">'
        f"{told}</path>"
    )


def confusion_svg(called: Mapping[str, Mapping[str, int]], name: str) -> str:
    """Draw how many texts of each label were called what.

    Parameters
    ----------
    called : mapping of str to mapping of str to int
        By true label and given label.
    name : str
        The situation.

    Returns
    -------
    str
        An SVG document; each cell shows a count and its share of the texts of the true label.
    """
    top, left = 58, 110
    parts = [f'<text x="{left}" y="20">{escape(name)}: called</text>']
    for j, label in enumerate(LABELS):
        x = left + _CELL * (j + 0.5)
        parts.append(f'<text x="{x}" y="{top - 10}" text-anchor="middle">{label}</text>')
    for i, (true, row) in enumerate(called.items()):
        y, total = top + _CELL * i, max(sum(row.values()), 1)
        parts.append(
            f'<text x="{left - 8}" y="{y + _CELL / 2}" text-anchor="end">{escape(true)}</text>'
        )
        for j, label in enumerate(LABELS):
            count = row.get(str(label), 0)
            share = count / total
            ink = "#fff" if share > 0.5 else "#111"
            x = left + _CELL * j
            parts.append(
                f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" stroke="#777" '
                f'fill="{_shade(share)}"/>'
                f'<text x="{x + _CELL / 2}" y="{y + _CELL / 2}" text-anchor="middle" '
                f'fill="{ink}">{count:,} ({share:.0%})</text>'
            )
    return _document(
        left + 3 * _CELL + 20, top + _CELL * len(called) + 20, "Who was called what", parts
    )


def _shade(share: float) -> str:
    red, green, blue = (round(255 - share * (255 - part)) for part in _FILL)
    return f"rgb({red},{green},{blue})"


def _document(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" {_FONT} fill="#111">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )
