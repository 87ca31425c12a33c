"""The questions that a verdict answers: which pairs teach each, and what is right of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.features import FEATURE_NAMES, FEATURES
from copydesk.train.dataset import Dataset
from copydesk.train.pairs import PairKind
from copydesk.types import LABELS, Label

_SPUN = LABELS.index(Label.SPUN)
# What a text credits is weighed by a rule of its own, where it stands alone.
_CREDITS = frozenset({"republication", "credit_line", "dateline", "agency"})
_NEEDS_SOURCE = np.array([feature.needs_source for feature in FEATURES])
_OF_CREDITS = np.array([name in _CREDITS for name in FEATURE_NAMES])


@dataclass(frozen=True, slots=True)
class Question:
    """A question with two answers.

    Parameters
    ----------
    kinds : frozenset of PairKind
        Of the pairs that teach it.
    is_yes : callable
        Says of each row of a dataset whether the answer is yes.
    columns : ndarray of int32, shape (n_columns,)
        The features that it is asked by.
    """

    kinds: frozenset[PairKind]
    is_yes: Callable[[Dataset], NDArray[np.bool_]]
    columns: NDArray[np.int32]

    def rows(self, dataset: Dataset) -> NDArray[np.bool_]:
        """Say which rows of a dataset teach it."""
        return np.isin(dataset.kinds, [str(kind) for kind in self.kinds])


def _derives(dataset: Dataset) -> NDArray[np.bool_]:
    return np.isin(dataset.kinds, [str(PairKind.SOURCE), str(PairKind.IN_PART)])


def _is_spun(dataset: Dataset) -> NDArray[np.bool_]:
    return np.asarray(dataset.y == _SPUN)


def _is_first(dataset: Dataset) -> NDArray[np.bool_]:
    return np.asarray(dataset.kinds == str(PairKind.SOURCE))


def _columns(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    return np.flatnonzero(mask).astype(np.int32)


# By the fields of ``copydesk.models.judgement.Judge``.
QUESTIONS: Mapping[str, Question] = {
    "derives": Question(
        frozenset(
            {
                *(PairKind.SOURCE, PairKind.IN_PART, PairKind.RELATED),
                *(PairKind.UNRELATED, PairKind.HARD_NEGATIVE),
            }
        ),
        _derives,
        _columns(_NEEDS_SOURCE),
    ),
    "reworded": Question(
        frozenset({PairKind.SOURCE, PairKind.IN_PART}),
        _is_spun,
        _columns(np.ones(len(FEATURES), bool)),
    ),
    "machine": Question(
        frozenset({PairKind.ALONE}), _is_spun, _columns(~_NEEDS_SOURCE & ~_OF_CREDITS)
    ),
    "first": Question(
        frozenset({PairKind.SOURCE, PairKind.REVERSED}),
        _is_first,
        _columns(np.ones(len(FEATURES), bool)),
    ),
}
