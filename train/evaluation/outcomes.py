"""What a model said of a corpus, put together by situation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.sums import Said
from copydesk.types import LABELS, Rejected, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model said of a text in a situation.

    Parameters
    ----------
    view : View
        The situation.
    row : int
        Place of the record in the corpus.
    result : Verdict or Rejected
        What came of it.
    source_id : str, optional
        Id of the page that it derives from, where that was to be found.
    """

    view: View
    row: int
    result: Verdict | Rejected
    source_id: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """What was said in one situation, and of which records.

    Parameters
    ----------
    rows : ndarray of int, shape (n_samples,)
        Places of the records in the corpus.
    said : Said
        What was said of them.
    """

    rows: NDArray[np.intp]
    said: Said


def gather(
    outcomes: Iterable[Outcome], records: Sequence[CorpusRecord], groups: Mapping[str, str]
) -> dict[View, Gathered]:
    """Put together what was said in each situation, by the order of the corpus.

    Parameters
    ----------
    outcomes : iterable of Outcome
        In any order; what was rejected is left out.
    records : sequence of CorpusRecord
        The corpus.
    groups : mapping of str to str
        Story of each record, by its id.
    """
    found: dict[View, list[tuple[int, Verdict, str | None]]] = {view: [] for view in View}
    for one in outcomes:
        if isinstance(one.result, Verdict):
            found[one.view].append((one.row, one.result, one.source_id))
    gathered = {}
    for view, items in found.items():
        if items:
            items.sort(key=lambda item: item[0])
            rows = np.array([row for row, _, _ in items], np.intp)
            gathered[view] = Gathered(rows, _said(items, records, groups))
    return gathered


def _said(
    items: Sequence[tuple[int, Verdict, str | None]],
    records: Sequence[CorpusRecord],
    groups: Mapping[str, str],
) -> Said:
    own = [records[row] for row, _, _ in items]
    verdicts = [verdict for _, verdict, _ in items]
    return Said(
        np.array([[v.probabilities[label] for label in LABELS] for v in verdicts]),
        np.array([LABELS.index(record.label) for record in own], np.int64),
        np.array([groups[record.article.id] for record in own]),
        np.array([[label in v.label_set for label in LABELS] for v in verdicts]),
        np.array([_is_right(verdict, wanted) for _, verdict, wanted in items]),
    )


def _is_right(verdict: Verdict, wanted: str | None) -> float:
    if wanted is None:
        return float("nan")
    return float(verdict.source is not None and verdict.source.id == wanted)


def count_rejected(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Count what could not be judged, by reason; each text once."""
    reasons: dict[int, str] = {}
    for one in outcomes:
        if isinstance(one.result, Rejected):
            reasons.setdefault(one.row, one.result.reason)
    counts: dict[str, int] = {}
    for reason in reasons.values():
        counts[reason] = counts.get(reason, 0) + 1
    return counts
