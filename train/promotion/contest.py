"""Two models on the same texts: what each says of every article of the gate sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.features import StyleModel
from copydesk.models import Model
from copydesk.models.judgement import QuestionProbabilities, Situation, probabilities_in
from copydesk.models.parts import STYLE
from copydesk.train.dataset import Dataset, build_dataset, evaluated_with_source
from copydesk.train.fit import answer_dataset
from copydesk.train.metrics import measure
from copydesk.train.pairs import Pair, PairKind, build_pairs, story_groups
from copydesk.train.promotion.bootstrap import (
    Difference,
    confusion_by_story,
    paired_bootstrap,
)
from copydesk.train.promotion.gate_sets import GateSet
from copydesk.train.style import StyleModels

MIN_STORIES = 10
"""Fewer stories than this say nothing about a difference: draws of them hardly vary."""
ALPHA = 0.05
"""How often a candidate as good as the current model is refused, all comparisons together."""

_MEASURED = (PairKind.SOURCE, PairKind.RELATED, PairKind.ALONE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on one view of a gate set.

    Parameters
    ----------
    gate, view : str
        Which texts: beside their sources, or with the sources withheld.
    n_texts, n_stories : int
        How many.
    differences : dict of str to Difference
        Macro-F1 and the share of honest texts called spun.
    current, candidate : dict
        Figures of each, as ``copydesk.train.metrics.measure`` gives them.
    """

    gate: str
    view: str
    n_texts: int
    n_stories: int
    differences: dict[str, Difference]
    current: dict[str, Any]
    candidate: dict[str, Any]

    @property
    def name(self) -> str:
        """Gate set and view."""
        return f"{self.gate}: {self.view}"

    @property
    def tells(self) -> bool:
        """Whether there are stories enough to tell a difference from chance."""
        return self.n_stories >= MIN_STORIES


@dataclass(frozen=True, slots=True)
class _View:
    """Predictions of both models for some texts."""

    gate: str
    view: str
    y: NDArray[np.int64]
    groups: NDArray[np.str_]
    current: NDArray[np.float64]
    candidate: NDArray[np.float64]


def compare_models(
    current: Model, candidate: Model, gates: Sequence[GateSet], n_jobs: int = 1
) -> tuple[Comparison, ...]:
    """Measure two models on the same texts.

    Parameters
    ----------
    current, candidate : Model
        Each reads the texts with its own encoder and style score.
    gates : sequence of GateSet
        What neither learned; those with fewer than two stories left are passed over.
    n_jobs : int
        Processes, as joblib counts them.

    Returns
    -------
    tuple of Comparison
        One for each gate set and view that has texts. The intervals hold together: each is drawn
        at ``ALPHA`` divided by how many there are (Bonferroni).
    """
    views = [view for gate in gates for view in _views(current, candidate, gate, n_jobs)]
    n_tested = sum(len(np.unique(view.groups)) >= MIN_STORIES for view in views)
    alpha = ALPHA / max(2 * n_tested, 1)
    return tuple(_compare(view, alpha) for view in views)


def _compare(view: _View, alpha: float) -> Comparison:
    old, new = (
        confusion_by_story(view.y, probabilities.argmax(axis=1), view.groups)
        for probabilities in (view.current, view.candidate)
    )
    return Comparison(
        gate=view.gate,
        view=view.view,
        n_texts=len(view.y),
        n_stories=len(old),
        differences=paired_bootstrap(old, new, alpha),
        current=measure(view.current, view.y),
        candidate=measure(view.candidate, view.y),
    )


def _views(current: Model, candidate: Model, gate: GateSet, n_jobs: int) -> Iterator[_View]:
    if len(set(story_groups(gate.records).values())) < 2:
        return
    pairs = [pair for pair in build_pairs(gate.records) if pair.kind in _MEASURED]
    datasets = _build(current, candidate, pairs, n_jobs)
    rows = datasets[0]
    answers = [
        answer_dataset(model.judge, dataset)
        for model, dataset in zip((current, candidate), datasets, strict=True)
    ]
    for name, of_view, situation in (
        ("with source", evaluated_with_source(rows), Situation.COMPARED),
        ("source withheld", rows.kinds == str(PairKind.ALONE), Situation.UNSEARCHED),
    ):
        if of_view.any():
            old, new = (_probabilities(each, situation, of_view) for each in answers)
            yield _View(gate.name, name, rows.y[of_view], rows.groups[of_view], old, new)


def _probabilities(
    answers: QuestionProbabilities, situation: Situation, rows: NDArray[np.bool_]
) -> NDArray[np.float64]:
    return np.asarray(probabilities_in(situation, answers)[rows])


def _build(
    current: Model, candidate: Model, pairs: Sequence[Pair], n_jobs: int
) -> tuple[Dataset, Dataset]:
    """Extract features as each model wants them; once, where both want the same."""
    first = _rows(pairs, current.manifest.encoder, current.style, n_jobs)
    if _reads_as(current) == _reads_as(candidate):
        return first, first
    return first, _rows(pairs, candidate.manifest.encoder, candidate.style, n_jobs)


def _reads_as(model: Model) -> tuple[str, str]:
    return model.manifest.encoder, model.manifest.files[STYLE]


def _rows(pairs: Sequence[Pair], encoder: str, style: StyleModel, n_jobs: int) -> Dataset:
    return build_dataset(pairs, encoder, StyleModels(style), n_jobs)
