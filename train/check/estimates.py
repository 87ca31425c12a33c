"""What a model that has not learned a text says of its label: to find labels that are wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.models.judgement import Judge, Situation, probabilities_in
from copydesk.train.questions import QUESTIONS
from copydesk.types import LABELS, Label

N_FOLDS = 5
_EDITED_WIRE, _SPUN = LABELS.index(Label.EDITED_WIRE), LABELS.index(Label.SPUN)


def by_model(judge: Judge, X: NDArray[np.float64], *, compared: bool) -> NDArray[np.float64]:
    """Ask a model for the probabilities of labels.

    Parameters
    ----------
    judge : Judge
        Has not learned these texts.
    X : ndarray of float64, shape (n_samples, n_features)
        All compared with a candidate, or all alone.
    compared : bool
        Which of these.

    Returns
    -------
    ndarray of float64, shape (n_samples, 3) or (n_samples, 2)
        Of the labels; of texts alone, that a machine did not write them, and that one did: a copy
        does not say by itself that it is one.
    """
    answers = judge.answer(X, has_candidate=compared)
    if compared:
        return np.asarray(probabilities_in(Situation.COMPARED, answers))
    return np.stack([1 - answers.machine, answers.machine], axis=1)


def out_of_fold(
    X: NDArray[np.float64],
    y: NDArray[np.int64],
    groups: NDArray[np.str_],
    *,
    compared: bool,
    random_state: int = 0,
) -> NDArray[np.float64]:
    """Fit the project's own classifiers on the corpus, each time without a fifth of its stories.

    Parameters
    ----------
    X, compared
        As for ``by_model``.
    y : ndarray of int64, shape (n_samples,)
        Index into ``LABELS``.
    groups : ndarray of str, shape (n_samples,)
        Stories.
    random_state : int
        Seed of the split and of the trees.

    Returns
    -------
    ndarray of float64
        As ``by_model`` gives it; rows with NaN where too few stories have each answer. Where too
        few have an original, only edits and spins are told apart.
    """
    everything = np.ones(len(y), bool)
    if not compared:
        machine = _ask("machine", X, y == _SPUN, everything, groups, random_state)
        return np.stack([1 - machine, machine], axis=1)
    is_derived = y != LABELS.index(Label.ORIGINAL)
    derives = _ask("derives", X, is_derived, everything, groups, random_state)
    if np.isnan(derives).all():
        # Hardly an original stands beside another report: that the others derive is not in doubt.
        derives = np.where(is_derived, 1.0, np.nan)
    reworded = _ask("reworded", X, y == _SPUN, is_derived, groups, random_state)
    found = np.empty((len(y), len(LABELS)))
    found[:, 0] = 1 - derives
    found[:, _EDITED_WIRE] = derives * (1 - reworded)
    found[:, _SPUN] = derives * reworded
    return found


def _ask(
    question: str,
    X: NDArray[np.float64],
    yes: NDArray[np.bool_],
    taught: NDArray[np.bool_],
    groups: NDArray[np.str_],
    random_state: int,
) -> NDArray[np.float64]:
    """Predict a question's answer for every fold; only rows that are ``taught`` teach it."""
    found = np.full(len(X), np.nan)
    counts = [len(np.unique(groups[taught & (yes == answer)])) for answer in (False, True)]
    if min(counts) < N_FOLDS:
        return found
    columns = QUESTIONS[question].columns
    splitter = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=random_state)
    for training, test in splitter.split(X, yes, groups):
        learned = training[taught[training]]
        if len(np.unique(yes[learned])) < 2:
            continue
        estimator = LinearAndTreesClassifier(random_state=random_state)
        estimator.fit(X[np.ix_(learned, columns)], yes[learned])
        found[test] = estimator.predict_proba(X[np.ix_(test, columns)])[:, 1]
    return found
