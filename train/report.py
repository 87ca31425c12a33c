"""Metrics as a table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
