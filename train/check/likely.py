"""Likely label errors of a corpus, by what has not learned its texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from copydesk.models.judgement import Judge
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.check.estimates import by_model, out_of_fold
from copydesk.train.check.label_errors import LabelError, find_label_errors
from copydesk.train.check.look import Looked, rows_of
from copydesk.train.check.result import LikelyError
from copydesk.types import LABELS, Label

_SPUN = LABELS.index(Label.SPUN)
# A copy does not say by itself that it is one: a text alone is asked for a machine's hand only.
_NAMES_ALONE = (f"not {Label.SPUN}", str(Label.SPUN))


def find_likely_errors(
    records: Sequence[CorpusRecord],
    looked: Sequence[Looked],
    groups: NDArray[np.str_],
    is_known: NDArray[np.bool_],
    judge: Judge,
) -> list[LikelyError]:
    """Find labels that are likely wrong, the likeliest first.

    Texts that a model has learned are judged by classifiers fitted on the corpus itself, stories
    left out in turn, all others by the model. What was compared and what was judged alone are two
    matters, each with thresholds of its own.

    Parameters
    ----------
    records : sequence of CorpusRecord
        All of them.
    looked : sequence of Looked
        What was seen of each.
    groups : ndarray of str, shape (n_samples,)
        Their stories.
    is_known : ndarray of bool, shape (n_samples,)
        Whether the model has learned a text of the record.
    judge : Judge
        The model's classifiers.
    """
    errors = [
        error
        for compared in (True, False)
        for error in _errors(records, looked, groups, is_known, judge, compared=compared)
    ]
    return sorted(errors, key=lambda error: (error.p_given - error.p_likely, error.id))


def _errors(
    records: Sequence[CorpusRecord],
    looked: Sequence[Looked],
    groups: NDArray[np.str_],
    is_known: NDArray[np.bool_],
    judge: Judge,
    *,
    compared: bool,
) -> Iterator[LikelyError]:
    found = list(rows_of(looked, compared=compared))
    if not found:
        return
    places = np.array([place for place, _ in found], np.intp)
    X = np.vstack([row for _, row in found])
    y = np.array([LABELS.index(records[place].label) for place in places.tolist()], np.int64)
    known = is_known[places]
    probabilities = by_model(judge, X, compared=compared)
    if known.any():
        own = out_of_fold(X, y, groups[places], compared=compared)
        probabilities[known] = own[known]
    is_judged = ~np.isnan(probabilities).any(axis=1)
    classes = y if compared else (y == _SPUN).astype(np.int64)
    for error in find_label_errors(probabilities[is_judged], classes[is_judged]):
        record = records[int(places[is_judged][error.place])]
        yield _in_words(error, record, tuple(map(str, LABELS)) if compared else _NAMES_ALONE)


def _in_words(error: LabelError, record: CorpusRecord, names: Sequence[str]) -> LikelyError:
    return LikelyError(
        record.article.id,
        str(record.label),
        names[error.likely],
        round(error.p_given, 4),
        round(error.p_likely, 4),
    )
