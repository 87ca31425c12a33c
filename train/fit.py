"""Fit and calibrate the classifiers of the questions; no story is on both sides of a split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import sklearn
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from copydesk.errors import InvalidInput
from copydesk.models.binary import BinaryModel
from copydesk.models.design import expit
from copydesk.models.estimator import LinearAndTreesClassifier, fit_inverse_temperature
from copydesk.models.judgement import Judge, QuestionProbabilities
from copydesk.seeds.corpus.labelled import Provenance
from copydesk.train.cache import Cache, code_digest, digest
from copydesk.train.dataset import Dataset, evaluated_with_source
from copydesk.train.pairs import PairKind
from copydesk.train.questions import QUESTIONS, Question
from copydesk.train.steps import Step, Steps
from copydesk.types import LABELS

# Rows to learn from, and rows to predict.
Fold = tuple[NDArray[np.intp], NDArray[np.intp]]
Estimators = Mapping[str, LinearAndTreesClassifier]
"""By question."""

N_FOLDS = 5
_CODE_OF_FITS = ("train.fit", "train.questions", "models.estimator", "models.design")
# Of 1, 2, 3, 5 and 10: beyond 3, what edits written by many hands lose outweighs what is gained.
SEVERAL_LABELS = 3.0
# Texts cut or reworded in part and strangers were made to teach; nobody will ask about them.
_ASKED = (PairKind.SOURCE, PairKind.RELATED, PairKind.ALONE, PairKind.REVERSED)


def group_folds(
    dataset: Dataset, random_state: int = 0, by_story: NDArray[np.bool_] | None = None
) -> list[Fold]:
    """Split rows into five folds as new texts differ from those learned.

    Data sets that have every label, in five stories or more, are split by story, labels spread
    evenly. Beside such, one that lacks a label is left out whole: what is scored comes from no data
    set that was learned, and a model that knows its other texts is surer of them. No story is on
    both sides of a split.

    Parameters
    ----------
    dataset : Dataset
        The rows.
    random_state : int
        Seed of the split by story.
    by_story : ndarray of bool, shape (n_samples,), optional
        Rows that are split by story whatever their data set lacks: what is scored later comes from
        where they came from.

    Raises
    ------
    InvalidInput
        A label has fewer than five stories.
    """
    check_stories(dataset, N_FOLDS)
    whole = ~_of_complete(dataset)
    if by_story is not None:
        whole &= ~by_story
    if whole.all():
        whole[:] = False
    fold_of = np.empty(len(dataset), int)
    for i, name in enumerate(np.unique(dataset.datasets[whole])):
        fold_of[whole & (dataset.datasets == name)] = i % N_FOLDS
    split = np.flatnonzero(~whole)
    splitter = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=random_state)
    for i, (_, test) in enumerate(splitter.split(split, dataset.y[split], dataset.groups[split])):
        fold_of[split[test]] = i
    return [leave_out(dataset, fold_of == i) for i in range(N_FOLDS)]


def leave_out(dataset: Dataset, held_out: NDArray[np.bool_]) -> Fold:
    """Give the rows to learn from and those held out; no story is among both."""
    known = np.isin(dataset.groups, dataset.groups[held_out])
    return np.flatnonzero(~known), np.flatnonzero(held_out)


def _of_complete(dataset: Dataset) -> NDArray[np.bool_]:
    """Say which rows are of a data set that has every label, in a story for each fold."""
    names = np.unique(dataset.datasets)
    counts = {name: _count_stories(dataset.rows(dataset.datasets == name)) for name in names}
    return np.isin(dataset.datasets, [n for n in names if min(counts[n]) >= N_FOLDS])


def _count_stories(dataset: Dataset) -> list[int]:
    """Count the stories that each label occurs in."""
    return [len(np.unique(dataset.groups[dataset.y == i])) for i in range(len(LABELS))]


def check_stories(dataset: Dataset, at_least: int) -> None:
    """Check that every label occurs in enough stories to split them.

    Raises
    ------
    InvalidInput
        Names the label.
    """
    for label, n_stories in zip(LABELS, _count_stories(dataset), strict=True):
        if n_stories < at_least:
            raise InvalidInput(
                f"label {label} occurs in {n_stories} stories, expected at least {at_least}: "
                "a model is calibrated and measured on stories that it was not fitted on"
            )


def sample_weights(dataset: Dataset, question: Question) -> NDArray[np.float64]:
    """Weigh the rows that teach a question.

    A data set, a kind of pair and a label together weigh the square root of how many such rows
    there are: what the largest is about would be learned else. Strangers are told alike in every
    data set, and are one of their own. A data set that was found or written with several labels
    weighs ``SEVERAL_LABELS`` times as much: the traits of one with a single label pass for the
    label's. Both answers weigh the same.

    Returns
    -------
    ndarray of float64, shape (n_samples,)
        Mean 1, unless no row teaches it; 0 for rows that do not.
    """
    taught = question.rows(dataset)
    several = _of_several_labels(dataset)
    cells = np.stack([dataset.datasets, dataset.kinds, dataset.y.astype(str)])[:, taught]
    cells[::2, cells[1] == str(PairKind.UNRELATED)] = ""
    _, cell_of, counts = np.unique(cells, axis=1, return_inverse=True, return_counts=True)
    weights = np.zeros(len(dataset))
    weights[taught] = 1 / np.sqrt(counts[cell_of.ravel()])
    weights[several & (dataset.kinds != str(PairKind.UNRELATED))] *= SEVERAL_LABELS
    yes = question.is_yes(dataset)
    for answer in (yes, ~yes):
        weights[answer] /= max(weights[answer].sum(), np.finfo(float).tiny)
    total = float(weights.sum())
    return weights * (len(dataset) / total) if total else weights


def _of_several_labels(dataset: Dataset) -> NDArray[np.bool_]:
    """Say which rows are of data sets, not of engines' work, whose pairs have several labels."""
    counted = evaluated_with_source(dataset) & (dataset.provenances != str(Provenance.ENGINE))
    names = np.unique(dataset.datasets[counted])
    several = [n for n in names if len(np.unique(dataset.y[counted & (dataset.datasets == n)])) > 1]
    found = np.isin(dataset.datasets, several) & (dataset.provenances != str(Provenance.ENGINE))
    return np.asarray(found)


def fit_question(
    dataset: Dataset, question: Question, random_state: int = 0
) -> LinearAndTreesClassifier:
    """Fit the classifier of a question, not calibrated.

    Raises
    ------
    InvalidInput
        All pairs that teach it have one answer.
    """
    rows = np.flatnonzero(question.rows(dataset))
    yes = question.is_yes(dataset)[rows]
    if yes.all() or not yes.any():
        raise InvalidInput(
            f"all {len(rows)} pairs of one kind have the same answer, expected both: the corpus "
            "needs texts beside their sources and beside others, edited and spun"
        )
    weights = sample_weights(dataset, question)[rows]
    estimator = LinearAndTreesClassifier(random_state=random_state)
    X = dataset.X[np.ix_(rows, question.columns)]
    return estimator.fit(X, yes, sample_weight=weights / weights.mean())


def predict_folds(
    dataset: Dataset,
    folds: Sequence[Fold],
    random_state: int = 0,
    n_jobs: int = 1,
    cache: Cache | None = None,
    steps: Steps | None = None,
) -> dict[str, NDArray[np.float64]]:
    """Ask every question of the rows of each fold, answered by classifiers fitted on the others.

    Rows of a data set that is left out whole are scored by a style model that has not seen it
    either.

    Parameters
    ----------
    dataset : Dataset
        The rows.
    folds : sequence of Fold
        As ``group_folds`` gives them.
    random_state : int
        Seed of the trees.
    n_jobs : int
        Processes, as joblib counts them.
    cache : Cache, optional
        Keeps what each fold said, by the content of the rows and the code.
    steps : Steps, optional
        Told what is done.

    Returns
    -------
    dict of str to ndarray of float64, shape (n_samples,)
        Log-odds of yes, not calibrated; NaN for rows that no fold predicts.
    """
    found = {name: np.full(len(dataset), np.nan) for name in QUESTIONS}
    cache, steps = cache or Cache(), steps or Steps()
    of_rows = _digest_rows(dataset, random_state)
    tasks = []
    for fold in folds:
        of_fold = digest(of_rows, *(rows.tobytes() for rows in fold))
        for name in QUESTIONS:
            key = digest(of_fold, name)
            kept = cache.log_odds(key)
            if kept is None:
                tasks.append((name, fold, key))
            else:
                found[name][fold[1]] = kept
    costs = [cost_of_fit(dataset, QUESTIONS[name], fold[0]) for name, fold, _ in tasks]
    steps.begin(Step.LEFT_OUT, sum(costs))
    predicted = Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_predict_fold)(dataset, QUESTIONS[name], fold, random_state)
        for name, fold, _ in tasks
    )
    for (name, (_, test), key), cost, log_odds in zip(tasks, costs, predicted, strict=True):
        found[name][test] = log_odds
        cache.keep_log_odds(key, log_odds)
        steps.advance(cost)
    return found


def _predict_fold(
    dataset: Dataset, question: Question, fold: Fold, random_state: int
) -> NDArray[np.float64]:
    training, test = fold
    estimator = fit_question(dataset.rows(training), question, random_state)
    is_new = ~np.isin(dataset.datasets[test], np.unique(dataset.datasets[training]))
    X = np.where(is_new[:, None], dataset.X_without[test], dataset.X[test])
    return np.asarray(estimator.decision_function(X[:, question.columns]))


def fit_temperatures(
    dataset: Dataset, left_out: Mapping[str, NDArray[np.float64]]
) -> dict[str, float]:
    """Fit an inverse temperature for each question on what was left out."""
    asked = np.isin(dataset.kinds, [str(kind) for kind in _ASKED])
    found = {}
    for name, question in QUESTIONS.items():
        rows = asked & ~np.isnan(left_out[name])
        weights = sample_weights(dataset, question)
        found[name] = fit_inverse_temperature(
            left_out[name][rows], question.is_yes(dataset)[rows], weights[rows]
        )
    return found


def fit_estimators(
    dataset: Dataset,
    temperatures: Mapping[str, float],
    random_state: int = 0,
    n_jobs: int = 1,
    cache: Cache | None = None,
    steps: Steps | None = None,
    step: Step = Step.FIT,
) -> dict[str, LinearAndTreesClassifier]:
    """Fit every question's classifier on all rows, calibrated by given temperatures.

    Parameters
    ----------
    dataset : Dataset
        The rows.
    temperatures : mapping of str to float
        By question; see ``fit_temperatures``.
    random_state, n_jobs, cache, steps
        As for ``predict_folds``.
    step : Step
        Which step of the job it is.
    """
    cache, steps = cache or Cache(), steps or Steps()
    key = _digest_rows(dataset, random_state)
    keys = {name: digest(key, name) for name in QUESTIONS}
    fitted = {name: cache.estimator(keys[name]) for name in QUESTIONS}
    missing = [name for name, estimator in fitted.items() if estimator is None]
    steps.begin(step, sum(cost_of_fit(dataset, QUESTIONS[name]) for name in missing))
    made = Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(fit_question)(dataset, QUESTIONS[name], random_state) for name in missing
    )
    for name, estimator in zip(missing, made, strict=True):
        cache.keep_estimator(keys[name], estimator)
        fitted[name] = estimator
        steps.advance(cost_of_fit(dataset, QUESTIONS[name]))
    return {
        name: estimator.set_params(inverse_temperature=temperatures[name])
        for name, estimator in fitted.items()
        if estimator is not None
    }


def _digest_rows(dataset: Dataset, random_state: int) -> str:
    """Give a digest of all that a fit depends on but its question."""
    arrays = (dataset.X, dataset.X_without, dataset.y, dataset.kinds, dataset.datasets)
    parts = [np.ascontiguousarray(array).tobytes() for array in (*arrays, dataset.provenances)]
    code = code_digest(*_CODE_OF_FITS)
    return digest(*parts, random_state, code, sklearn.__version__, np.__version__)


def cost_of_fits(dataset: Dataset) -> float:
    """Give the cost of fitting every question on all rows."""
    return sum(cost_of_fit(dataset, question) for question in QUESTIONS.values())


def cost_of_fit(
    dataset: Dataset, question: Question, rows: NDArray[np.intp] | None = None
) -> float:
    """Give the cost of a fit: thousands of rows that teach the question."""
    taught = question.rows(dataset)
    return float((taught if rows is None else taught[rows]).sum()) / 1000


def judge_of(estimators: Estimators) -> Judge:
    """Take the arrays of all questions out of their estimators."""
    return Judge(
        **{
            name: BinaryModel.from_estimator(estimator, QUESTIONS[name].columns)
            for name, estimator in estimators.items()
        }
    )


def answers_of(
    dataset: Dataset,
    left_out: Mapping[str, NDArray[np.float64]],
    temperatures: Mapping[str, float],
) -> QuestionProbabilities:
    """Turn log-odds of rows left out into answers; without a candidate nothing derives."""
    probabilities = {
        name: expit(temperatures[name] * log_odds) for name, log_odds in left_out.items()
    }
    alone = dataset.kinds == str(PairKind.ALONE)
    for name in ("derives", "reworded", "first"):
        probabilities[name][alone] = 0.0
    return QuestionProbabilities(**probabilities)


def answer_dataset(judge: Judge, dataset: Dataset) -> QuestionProbabilities:
    """Ask a model all questions of all rows; without a candidate nothing derives."""
    log_odds = {name: getattr(judge, name).log_odds(dataset.X) for name in QUESTIONS}
    return answers_of(dataset, log_odds, dict.fromkeys(QUESTIONS, 1.0))
