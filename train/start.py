"""The model that training starts from: what it says of texts that it has not learned."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import InvalidInput
from copydesk.models import load_estimators, load_model
from copydesk.models.judgement import QuestionProbabilities, Situation, probabilities_in
from copydesk.train.cache import Cache
from copydesk.train.comparison import Comparison, as_given, compare_predictions, measure_both
from copydesk.train.dataset import Dataset, evaluated_with_source
from copydesk.train.fit import answer_dataset, fit_estimators, judge_of
from copydesk.train.metrics import measure
from copydesk.train.pairs import PairKind
from copydesk.train.steps import Step, Steps

_VIEW = "with source"


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """A model to start from.

    Parameters
    ----------
    folder : Path
        The model's.
    is_known : ndarray of bool, shape (n_own,)
        Which of one's own rows are of stories that the model has learned a text of.
    """

    folder: Path
    is_known: NDArray[np.bool_]


def compare_with_start(
    dataset: Dataset,
    answers: QuestionProbabilities,
    start: Start,
    *,
    random_state: int = 0,
    n_jobs: int = 1,
    cache: Cache | None = None,
    steps: Steps | None = None,
) -> Comparison | None:
    """Compare answers for stories left out with those of the model that was started from.

    Of stories that the model has learned, classifiers are asked in its place that are fitted on
    its rows without these stories, with its temperatures.

    Parameters
    ----------
    dataset : Dataset
        One's own rows, and behind them those of the model.
    answers : QuestionProbabilities
        To all of them, by classifiers that had not seen their stories.
    start : Start
        The model.
    random_state, n_jobs, cache, steps
        As for ``copydesk.train.fit.predict_folds``.

    Returns
    -------
    Comparison or None
        None where the model has learned everything, and too little else to be fitted without.
    """
    n_own = len(start.is_known)
    own = dataset.rows(np.arange(n_own))
    model = load_model(start.folder)
    base_answers = answer_dataset(model.judge, own)
    asked = as_given(own)
    if start.is_known.any():
        try:
            estimators = fit_estimators(
                dataset.rows(np.arange(n_own, len(dataset))),
                {
                    name: estimator.inverse_temperature
                    for name, estimator in load_estimators(start.folder).items()
                },
                random_state,
                n_jobs,
                cache,
                steps,
                Step.COMPARE,
            )
        except InvalidInput:  # without these stories its rows hold one answer only
            asked &= ~start.is_known
        else:
            without = answer_dataset(judge_of(estimators), own)
            base_answers = _where(start.is_known, without, base_answers)
    if not asked.any():
        return None
    new = _as_asked(own, _first(answers, n_own))[asked]
    base = _as_asked(own, base_answers)[asked]
    y = own.y[asked]
    return Comparison(
        model.manifest.model_id,
        compare_predictions(new, base, y, own.groups[asked], random_state),
        int((start.is_known & asked).sum()),
        measure_both(new, base, y),
        _measure_kept(dataset, answers, n_own, model.manifest.metrics.get(_VIEW)),
    )


def _measure_kept(
    dataset: Dataset, answers: QuestionProbabilities, n_own: int, before: object
) -> dict[str, dict[str, object]]:
    """Measure the answers to the model's own rows beside what its manifest says of it."""
    rows = evaluated_with_source(dataset)
    rows[:n_own] = False
    if not rows.any() or not isinstance(before, dict):
        return {}
    probabilities = probabilities_in(Situation.COMPARED, answers)[rows]
    return {"new": measure(probabilities, dataset.y[rows]), "base": before}


def _as_asked(own: Dataset, answers: QuestionProbabilities) -> NDArray[np.float64]:
    """Give probabilities of labels: beside a candidate, or alone where there is none."""
    alone = (own.kinds == str(PairKind.ALONE))[:, None]
    return np.where(
        alone,
        probabilities_in(Situation.UNSEARCHED, answers),
        probabilities_in(Situation.COMPARED, answers),
    )


def _where(
    mask: NDArray[np.bool_], one: QuestionProbabilities, other: QuestionProbabilities
) -> QuestionProbabilities:
    names = [field.name for field in fields(QuestionProbabilities)]
    return QuestionProbabilities(
        **{name: np.where(mask, getattr(one, name), getattr(other, name)) for name in names}
    )


def _first(answers: QuestionProbabilities, n: int) -> QuestionProbabilities:
    names = [field.name for field in fields(QuestionProbabilities)]
    return QuestionProbabilities(**{name: getattr(answers, name)[:n] for name in names})
