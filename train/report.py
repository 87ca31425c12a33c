"""Metrics as a table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.train.comparison import Comparison
from copydesk.types import LABELS

_HEADINGS = (
    "",
    "n",
    "accuracy",
    "macro-F1",
    *(f"recall {label}" for label in LABELS),
    "log-loss",
    "cal. error",
)


def format_metrics(metrics: Mapping[str, Any]) -> str:
    """Lay out measurements, one line each, columns aligned.

    Parameters
    ----------
    metrics : mapping of str to mapping
        As ``copydesk.train.metrics.measure`` gives them, by name; others are left out.
    """
    rows = [_HEADINGS, *(_row(name, m) for name, m in metrics.items() if "macro_f1" in m)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def format_comparison(comparison: Comparison) -> str:
    """Say in a table and a sentence how a model compares with the one it starts from.

    Parameters
    ----------
    comparison : Comparison
        On texts that neither has seen.
    """
    own, kept = comparison.own, comparison.kept
    rows = {
        f"your texts: {comparison.base_id}": own["base"],
        "your texts: the new model": own["new"],
        **({f"its own: {comparison.base_id}": kept["base"]} if kept else {}),
        **({"its own: the new model": kept["new"]} if kept else {}),
    }
    return f"{format_metrics(rows)}\n{comparison_sentence(comparison)}"


def comparison_sentence(comparison: Comparison) -> str:
    """Say how a model compares with the one it starts from: better, worse, or neither."""
    found = comparison.difference
    how = {"better": "better than", "worse": "worse than"}.get(found.verdict)
    beginning = f"{how} {comparison.base_id}" if how else f"{found.verdict}"
    interval = ""
    if found.low is not None and found.high is not None:
        interval = f" (difference {found.new - found.base:+.3f}, 95 % {found.low:+.3f} to "
        interval += f"{found.high:+.3f})"
    known = ""
    if comparison.n_known:
        known = (
            f"; {comparison.n_known} of them {comparison.base_id} had learned: there it was fitted "
            "anew without their stories"
        )
    return (
        f"{beginning}: {found.metric} {found.new:.3f}, {comparison.base_id} {found.base:.3f}"
        f"{interval}, on {found.n_texts} texts of {found.n_stories} stories, each judged by what "
        f"had not learned its story{known}"
    )


def _row(name: str, measured: Mapping[str, Any]) -> tuple[str, ...]:
    recalls = (measured["recall"].get(str(label)) for label in LABELS)
    return (
        name,
        str(measured["n"]),
        *(_share(share) for share in (measured["accuracy"], measured["macro_f1"], *recalls)),
        f"{measured['log_loss']:.3f}",
        f"{measured['calibration_error']:.3f}",
    )


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
