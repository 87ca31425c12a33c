"""Fit and calibrate the classifier, with every story on one side of each split."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import StratifiedGroupKFold

from copydesk.errors import InvalidInput
from copydesk.features import FEATURE_NAMES, NEEDS_SOURCE
from copydesk.models.estimator import (
    SourceAwareCalibratedClassifier,
    SourceAwareLogisticRegression,
    WeightedVotingClassifier,
)
from copydesk.seeds.corpus.labelled import Provenance
from copydesk.train.dataset import Dataset, evaluated_with_source
from copydesk.train.pairs import PairKind
from copydesk.train.recipe import Weights
from copydesk.types import LABELS, Label

# Rows to learn from, and rows to predict.
Fold = tuple[NDArray[np.intp], NDArray[np.intp]]

N_FOLDS = 5
# Strong regularisation held on data sets left out; weak regularisation learned the data sets.
REGULARIZATION_C = 0.015
# Small trees: large ones learned the data sets too.
MAX_LEAVES = 8
_REPUBLICATION = FEATURE_NAMES.index("republication")
_EDITED = LABELS.index(Label.EDITED_WIRE)


def group_folds(dataset: Dataset, random_state: int = 0) -> list[Fold]:
    """Split rows into five folds as new texts differ from those learned.

    Data sets that have every label are split by story, labels spread evenly. Beside such, one that
    lacks a label is left out whole: what is scored comes from no data set that was learned, and a
    model that knows its other texts is surer of them. No story is on both sides of a split.

    Raises
    ------
    InvalidInput
        A label has fewer than five stories.
    """
    check_stories(dataset, N_FOLDS)
    whole = ~_of_complete(dataset)
    if whole.all():
        whole[:] = False
    fold_of = np.empty(len(dataset), int)
    for i, name in enumerate(np.unique(dataset.datasets[whole])):
        fold_of[dataset.datasets == name] = i % N_FOLDS
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
    """Say which rows are of a data set that has every label."""
    names = np.unique(dataset.datasets)
    complete = [n for n in names if len(np.unique(dataset.y[dataset.datasets == n])) == len(LABELS)]
    return np.isin(dataset.datasets, complete)


def check_stories(dataset: Dataset, at_least: int) -> None:
    """Check that every label occurs in enough stories to split them.

    Raises
    ------
    InvalidInput
        Names the label.
    """
    for index, label in enumerate(LABELS):
        n_stories = len(np.unique(dataset.groups[dataset.y == index]))
        if n_stories < at_least:
            raise InvalidInput(
                f"label {label} occurs in {n_stories} stories, expected at least {at_least}: "
                "a model is calibrated and measured on stories that it was not fitted on"
            )


def sample_weights(dataset: Dataset, weights: Weights) -> NDArray[np.float64]:
    """Weigh rows so that the size of a data set, a class or a story teaches nothing.

    A data set that has every label is a part of its own. All others are one part together: the
    traits of a data set with a single label would pass for the label's. Within a part, a kind of
    pair and a label, every data set weighs the square root of its size. Alone, originals that say
    that they are republished weigh nothing, and real copies that say so as much each as the average
    one of a data set that has every label. Beside a candidate, a data set that has every label
    weighs ``weights.complete`` of what the others weigh together; one most of whose texts engines
    made weighs ``weights.engine_made``, alone too.

    Returns
    -------
    ndarray of float64, shape (n_samples,)
        Mean 1.
    """
    of_complete = _of_complete(dataset)
    engine_made = _engine_made(dataset)
    of_engines = np.isin(dataset.datasets, engine_made)
    found = _part_weights(dataset, ~of_complete, weights, has_copies=False)
    for name in np.unique(dataset.datasets[of_complete]):
        part = dataset.datasets == name
        found += _part_weights(dataset, part, weights, has_copies=name not in engine_made)
    _weigh_credited(dataset, found, ~of_engines)
    found[of_complete & (dataset.kinds != str(PairKind.ALONE)) & ~of_engines] *= weights.complete
    found[of_engines] *= weights.engine_made
    return np.asarray(found * (len(dataset) / found.sum()))


def _engine_made(dataset: Dataset) -> list[str]:
    """Name the data sets most of whose rows are of texts that engines made."""
    by_engine = dataset.provenances == str(Provenance.ENGINE)
    names = map(str, np.unique(dataset.datasets[by_engine]))
    return [name for name in names if by_engine[dataset.datasets == name].mean() > 0.5]


def _part_weights(
    dataset: Dataset, part: NDArray[np.bool_], weights: Weights, *, has_copies: bool
) -> NDArray[np.float64]:
    """Weigh the rows of a part of the data; those of others weigh nothing.

    Without its source a copy reads like any original: where copies and originals come from
    different data sets, or engines made the copies, nothing can be learned from a copy alone.
    """
    found = np.zeros(len(dataset))
    for kind, of_label in weights.kinds.items():
        for label, kind_weight in enumerate(of_label):
            if kind is PairKind.ALONE and label == _EDITED and not has_copies:
                continue
            cell = part & (dataset.kinds == str(kind)) & (dataset.y == label)
            for name in np.unique(dataset.datasets[cell]):
                rows = cell & (dataset.datasets == name)
                found[rows] = 1 / np.sqrt(rows.sum())
            if cell.any():
                found[cell] *= kind_weight / found[cell].sum()
    return found


def _weigh_credited(
    dataset: Dataset, weights: NDArray[np.float64], is_real: NDArray[np.bool_]
) -> None:
    """Weigh texts that, judged alone, bear a republisher's credit.

    By the rules of the labels they are ``edited_wire``. As originals they would teach that credits
    mean nothing. Real copies count whatever their data set lacks: their label can be told.
    """
    alone = dataset.kinds == str(PairKind.ALONE)
    credited = alone & (dataset.X[:, _REPUBLICATION] > 0)
    weights[credited & (dataset.y == LABELS.index(Label.ORIGINAL))] = 0.0
    copies = alone & is_real & (dataset.y == _EDITED)
    counted = copies & (weights > 0)
    if counted.any():
        weights[copies & credited & ~counted] = weights[counted].mean()


def make_trees(random_state: int = 0) -> HistGradientBoostingClassifier:
    """Make boosted trees, not fitted; they take NaN as it is."""
    return HistGradientBoostingClassifier(
        learning_rate=0.12,
        max_iter=75,
        max_leaf_nodes=MAX_LEAVES,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=random_state,
    )


def make_ensemble(
    random_state: int = 0, needs_source: ArrayLike = NEEDS_SOURCE
) -> WeightedVotingClassifier:
    """Make the mean of a logistic regression and boosted trees, not fitted.

    Parameters
    ----------
    random_state : int
        Seed of the trees.
    needs_source : array-like of bool, shape (n_features,)
        Which features need a source; by default those of the registry that do.
    """
    linear = SourceAwareLogisticRegression(
        np.asarray(needs_source, bool).tolist(), C=REGULARIZATION_C
    )
    return WeightedVotingClassifier(
        [("linear", linear), ("trees", make_trees(random_state))], voting="soft"
    )


def fit_model(
    dataset: Dataset, weights: Weights, random_state: int = 0
) -> SourceAwareCalibratedClassifier:
    """Fit a logistic regression and boosted trees, and temperatures for their mean.

    The temperatures are fitted on predictions for what ``group_folds`` leaves out in turn, rows
    that are evaluated alone: texts cut or reworded in part and wrong candidates, made to be hard,
    would make every verdict less sure. All else is fitted on all rows that weigh anything.

    Parameters
    ----------
    dataset : Dataset
        At least five stories for each label.
    weights : Weights
        Of its rows.
    random_state : int
        Seed of the folds and the trees.
    """
    dataset = dataset.rows(sample_weights(dataset, weights) > 0)
    weight = sample_weights(dataset, weights)
    estimator = SourceAwareCalibratedClassifier(
        make_ensemble(random_state), NEEDS_SOURCE.tolist(), cv=group_folds(dataset, random_state)
    )
    is_evaluated = evaluated_with_source(dataset) | (dataset.kinds == str(PairKind.ALONE))
    estimator.fit(
        dataset.X, dataset.y, sample_weight=weight, calibration_weight=weight * is_evaluated
    )
    # The folds name rows of this dataset; without it they mean nothing, and they are large.
    estimator.set_params(cv=None)
    return estimator
