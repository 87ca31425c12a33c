"""The table of a report: one row an article, as plain data."""

from __future__ import annotations

from typing import Any

from copydesk.predict.report.item import ReportItem
from copydesk.predict.summary import evidence_line
from copydesk.types import LABELS

_DIGITS = 3


def row_record(item: ReportItem) -> dict[str, Any]:
    """Turn an article into its row; where its details lie is added when they are laid down.

    Parameters
    ----------
    item : ReportItem
        Any.
    """
    verdict = item.verdict
    return {
        "id": verdict.id,
        "title": item.title,
        "outlet": item.outlet,
        "day": item.day,
        "label": str(verdict.label),
        "unsure": [str(label) for label in verdict.label_set] if len(verdict.label_set) > 1 else [],
        "p": [round(verdict.probabilities[label], _DIGITS) for label in LABELS],
        "source": None if verdict.source is None else verdict.source.id,
        "related": None if verdict.related is None else verdict.related.id,
        "evidence": evidence_line(verdict.evidence),
    }
