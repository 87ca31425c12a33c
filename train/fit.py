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
from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.dataset import Dataset, asked_with_source
from copydesk.train.pairs import Pair, PairKind
from copydesk.types import LABELS, Label

# Rows to learn from, and rows to predict.
Fold = tuple[NDArray[np.intp], NDArray[np.intp]]

N_FOLDS = 5
# Strong regularisation held on data sets left out; weak regularisation learned the data sets.
REGULARIZATION_C = 0.015
# Small trees: large ones learned the data sets too.
MAX_LEAVES = 8
# How much each kind of pair weighs in all, by label. An honest text called spun does more harm than
# the reverse: edits beside their source count more, and so do originals beside a related text, as
# they are and cut to what both tell. Were the latter to count as much, more light spins would pass
# for edits. A derivative beside the wrong text hardly counts: its label says nothing about that
# pair, and a model that learns from it takes being unlike the candidate for a sign of spinning. A
# source beside a text spun from it differs from that spin beside its source by direction alone,
# which these features hardly tell: candidates that come later are passed over instead, and such
# pairs are measured, not learned. Merged reports outweigh texts spun in part: the more the latter
# count, the more copies that a desk reworded in part are called spun.
KIND_WEIGHTS = {
    PairKind.SOURCE: (1.0, 2.1, 1.0),
    PairKind.RELATED: (1.3, 0.1, 0.1),
    PairKind.HARD_NEGATIVE: (0.6, 0.0, 0.0),
    PairKind.UNRELATED: (0.5, 0.0, 0.0),
    PairKind.ALONE: (0.75, 1.0, 0.75),
    PairKind.REVERSED: (0.0, 0.0, 0.0),
    PairKind.IN_PART: (0.0, 0.4, 0.12),
}
# Without its source a copy reads like any original: where copies and originals come from different
# data sets, or engines made the copies, nothing can be learned from a copy alone.
_ORIGINAL_ALONE, _, _SPUN_ALONE = KIND_WEIGHTS[PairKind.ALONE]
ALONE_WEIGHTS_WITHOUT_COPIES = (_ORIGINAL_ALONE, 0.0, _SPUN_ALONE)
# A data set that has every label is the work of one hand or of few: beside data sets of many, what
# it tells of candidates counts half.
COMPLETE_WEIGHT = 0.5
# What engines make teaches engines, not the web: beside other data it is there for coverage.
ENGINE_MADE_WEIGHT = 0.2
_REPUBLICATION = FEATURE_NAMES.index("republication")


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


def is_learned(pair: Pair) -> bool:
    """Say whether a pair of this kind and label weighs anything."""
    return KIND_WEIGHTS[pair.kind][LABELS.index(pair.label)] > 0


def sample_weights(dataset: Dataset) -> NDArray[np.float64]:
    """Weigh rows so that the size of a data set, a class or a story teaches nothing.

    A data set that has every label is a part of its own. All others are one part together: the
    traits of a data set with a single label would pass for the label's. Within a part, a kind of
    pair and a label, every data set weighs the square root of its size. Alone, originals that say
    that they are republished weigh nothing, and real copies that say so as much each as the average
    one of a data set that has every label. Beside a candidate, a data set that has every label
    weighs half of what the others weigh together; one that engines made weighs a fifth, alone too.

    Returns
    -------
    ndarray of float64, shape (n_samples,)
        Mean 1.
    """
    of_complete = _of_complete(dataset)
    made = np.unique(dataset.datasets[np.isin(dataset.engines, list(ENGINES))])
    of_made = np.isin(dataset.datasets, made)
    weights = _part_weights(dataset, ~of_complete, has_copies=False)
    for name in np.unique(dataset.datasets[of_complete]):
        weights += _part_weights(dataset, dataset.datasets == name, has_copies=name not in made)
    _weigh_credited(dataset, weights, ~of_made)
    weights[of_complete & (dataset.kinds != str(PairKind.ALONE)) & ~of_made] *= COMPLETE_WEIGHT
    weights[of_made] *= ENGINE_MADE_WEIGHT
    return np.asarray(weights * (len(dataset) / weights.sum()))


def _part_weights(
    dataset: Dataset, part: NDArray[np.bool_], *, has_copies: bool
) -> NDArray[np.float64]:
    """Weigh the rows of a part of the data; those of others weigh nothing."""
    weights = np.zeros(len(dataset))
    without_copies = {} if has_copies else {PairKind.ALONE: ALONE_WEIGHTS_WITHOUT_COPIES}
    for kind, of_label in (KIND_WEIGHTS | without_copies).items():
        for label, kind_weight in enumerate(of_label):
            cell = part & (dataset.kinds == str(kind)) & (dataset.y == label)
            for name in np.unique(dataset.datasets[cell]):
                rows = cell & (dataset.datasets == name)
                weights[rows] = 1 / np.sqrt(rows.sum())
            if cell.any():
                weights[cell] *= kind_weight / weights[cell].sum()
    return weights


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
    copies = alone & is_real & (dataset.y == LABELS.index(Label.EDITED_WIRE))
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


def fit_model(dataset: Dataset, random_state: int = 0) -> SourceAwareCalibratedClassifier:
    """Fit a logistic regression and boosted trees, and temperatures for their mean.

    The temperatures are fitted on predictions for what ``group_folds`` leaves out in turn, pairs as
    users ask alone: texts cut or reworded in part and wrong candidates, made to be hard, would make
    every verdict less sure. All else is fitted on all rows.

    Parameters
    ----------
    dataset : Dataset
        At least five stories for each label.
    random_state : int
        Seed of the folds and the trees.
    """
    dataset = dataset.rows(sample_weights(dataset) > 0)
    return fit_weighted(dataset, sample_weights(dataset), random_state)


def fit_weighted(
    dataset: Dataset, weights: NDArray[np.float64], random_state: int = 0
) -> SourceAwareCalibratedClassifier:
    """Fit as ``fit_model`` does, with weights of one's own.

    Parameters
    ----------
    dataset, random_state
        As for ``fit_model``.
    weights : ndarray of float64, shape (n_samples,)
        More than 0.
    """
    estimator = SourceAwareCalibratedClassifier(
        make_ensemble(random_state), NEEDS_SOURCE.tolist(), cv=group_folds(dataset, random_state)
    )
    asked = asked_with_source(dataset) | (dataset.kinds == str(PairKind.ALONE))
    estimator.fit(dataset.X, dataset.y, sample_weight=weights, calibration_weight=weights * asked)
    # The folds name rows of this dataset; without it they mean nothing, and they are large.
    estimator.set_params(cv=None)
    return estimator
