"""What came of a run, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from copydesk.types import LABELS

if TYPE_CHECKING:
    from copydesk.predict.jobs.tally import Tally

_SHOWN_REASONS = 5


def summary_lines(tally: Tally, rejects_name: str) -> Iterator[str]:
    """Give the lines: counts, labels, rejects by reason.

    Parameters
    ----------
    tally : Tally
        Of the whole run.
    rejects_name : str
        Where a reader finds the rejects.
    """
    where = f", reasons in {rejects_name}" if tally.n_rejected and rejects_name else ""
    yield f"{tally.n_labelled} labelled, {tally.n_rejected} rejected{where}"
    if tally.n_labelled:
        labels = ", ".join(f"{tally.labels[label]} {label}" for label in LABELS)
        yield f"{labels}; {tally.n_unsure} unsure, {tally.n_alone} without source"
    yield from reason_lines(tally)


def reason_lines(tally: Tally) -> Iterator[str]:
    """Give the rejects by reason, the commonest first."""
    ranked = sorted(tally.reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    for reason, count in ranked[:_SHOWN_REASONS]:
        yield f"{count} rejected: {reason}"
    n_more = sum(count for _, count in ranked[_SHOWN_REASONS:])
    if n_more:
        yield f"{n_more} rejected for other reasons"


def speed_line(tally: Tally, seconds: float) -> str:
    """Say how fast it went, and what took longest of all that was measured."""
    n_items = tally.n_labelled + tally.n_rejected
    line = f"{n_items / seconds:,.1f} articles a second"
    total = sum(tally.seconds.values())
    if not total:
        return line
    part = max(tally.seconds, key=lambda name: tally.seconds[name])
    return f"{line}; slowest part: {part} ({tally.seconds[part] / total:.0%})"
