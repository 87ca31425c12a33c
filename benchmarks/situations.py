"""How verdicts hold in each situation, on feature rows that were not learned from.

Two ways of leaving out: stories (of some data sets, events or years), all data sets having been
learned; and each data set whole, its style scored by a model that has seen nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from copydesk.models.judgement import QuestionProbabilities, Situation, probabilities_in
from copydesk.seeds.corpus.groups import fold_of_groups
from copydesk.train.dataset import Dataset, evaluated_with_source
from copydesk.train.evaluation.bootstrap import intervals_of
from copydesk.train.evaluation.sums import SURE, Said, describe
from copydesk.train.fit import Fold, leave_out
from copydesk.train.metrics import measure
from copydesk.train.pairs import PairKind
from copydesk.types import LABELS, Label

SEED = 0
STARTER, DERIVED = "starter", "derived"
N_FOLDS = 5
_N_RESAMPLES = 300
_ORIGINAL, _EDITED, _SPUN = (LABELS.index(label) for label in Label)
# Real texts by hand: what a machine's have to be told from.
_HUMAN = ("abp", "fnc", "gn25", "pac22", "prov18")
_LANGUAGE_MODELS = ("imbd", "isot_gpt4omini", "l2r", "llmfake", "raidar")


@dataclass(frozen=True, slots=True)
class View:
    """Rows that are measured together, and what is known there of an article's source."""

    rows: NDArray[np.bool_]
    situation: Situation


def story_folds(dataset: Dataset) -> list[Fold]:
    """Leave out a fifth of all stories in turn; years and events are among them."""
    fold_of = fold_of_groups(dataset.groups.tolist(), N_FOLDS, SEED)
    folds = np.array([fold_of[group] for group in dataset.groups.tolist()])
    return [leave_out(dataset, folds == fold) for fold in range(N_FOLDS)]


def dataset_folds(dataset: Dataset) -> list[Fold]:
    """Leave out each public data set whole."""
    names = [name for name in np.unique(dataset.datasets) if name not in {STARTER, DERIVED}]
    return [leave_out(dataset, dataset.datasets == name) for name in names]


def domain_folds(dataset: Dataset, domain_of_text: Mapping[str, str]) -> list[Fold]:
    """Leave out the pages of a fifth of the domains in turn, whatever their event."""
    known = np.array([domain_of_text.get(text, "") for text in dataset.texts.tolist()])
    fold_of = fold_of_groups((name for name in known.tolist() if name), N_FOLDS, SEED)
    folds = np.array([fold_of.get(name, -1) for name in known.tolist()])
    return [(np.flatnonzero(folds != f), np.flatnonzero(folds == f)) for f in range(N_FOLDS)]


def given_views(dataset: Dataset) -> dict[str, View]:
    """Name what is measured beside a candidate that was given."""
    given, is_public = evaluated_with_source(dataset), _is_public(dataset)
    unrelated = dataset.kinds == str(PairKind.UNRELATED)
    views = {
        "starter": (dataset.datasets == STARTER) & given,
        "public": is_public & given,
        "wrong": is_public & unrelated,
        **{name: (dataset.datasets == name) & given for name in _public(dataset)},
    }
    return {name: View(rows, Situation.COMPARED) for name, rows in views.items() if rows.any()}


def alone_views(dataset: Dataset) -> dict[str, View]:
    """Name what is measured alone, and beside a report that is not the source."""
    alone = dataset.kinds == str(PairKind.ALONE)
    related = dataset.kinds == str(PairKind.RELATED)
    views = {
        "starter withheld": View((dataset.datasets == STARTER) & alone, Situation.UNSEARCHED),
        "public withheld": View(_is_public(dataset) & alone, Situation.UNSEARCHED),
    }
    for name in ("gn25", "farm"):
        spun = (dataset.datasets == name) & related & (dataset.y == _SPUN)
        others = ("gn25",) if name == "gn25" else _HUMAN
        human = np.isin(dataset.datasets, others) & related & (dataset.y == _ORIGINAL)
        views[f"{name} related"] = View(spun | human, Situation.RELATED)
    return views


def _is_public(dataset: Dataset) -> NDArray[np.bool_]:
    return ~np.isin(dataset.datasets, [STARTER, DERIVED])


def _public(dataset: Dataset) -> list[str]:
    return [str(name) for name in np.unique(dataset.datasets[_is_public(dataset)])]


def measure_view(dataset: Dataset, answers: QuestionProbabilities, view: View) -> dict[str, Any]:
    """Measure a view: labels, probabilities, how often it is sure and wrong."""
    rows = view.rows & ~np.isnan(answers.machine)
    probabilities, y = probabilities_in(view.situation, answers)[rows], dataset.y[rows]
    found = measure(probabilities, y)
    if bounds := interval(probabilities, y, dataset.groups[rows]):
        found["macro_f1_95"] = bounds
    found["sure"] = round(float((probabilities.max(axis=1) >= SURE).mean()), 4)
    more = describe(Said(probabilities, y, dataset.groups[rows]))
    found |= {name: more[name] for name in ("sure_and_wrong", "reliability", "called")}
    honest = y != _SPUN
    if honest.any():
        found["honest_called_spun"] = more["honest_called_spun"]
    if honest.any() and not honest.all():
        found |= spun_against(probabilities[~honest, _SPUN], probabilities[honest, _SPUN])
    return found


def spun_against(spun: NDArray[np.float64], honest: NDArray[np.float64]) -> dict[str, float]:
    """Measure how well a number tells spun texts from honest ones."""
    truth = np.r_[np.ones(len(spun)), np.zeros(len(honest))]
    found = {"spun_auc": round(float(roc_auc_score(truth, np.r_[spun, honest])), 4)}
    for alarms in (0.01, 0.05):
        above = spun > np.quantile(honest, 1 - alarms)
        found[f"spun_recall_at_{alarms:.0%}".replace("%", "")] = round(float(above.mean()), 4)
    return found


def measure_text_alone(
    dataset: Dataset, answers: QuestionProbabilities
) -> dict[str, dict[str, float]]:
    """Measure how well the text itself tells each set's spins from real texts by hand."""
    alone = (dataset.kinds == str(PairKind.ALONE)) & ~np.isnan(answers.machine)
    human = alone & (dataset.y != _SPUN) & np.isin(dataset.datasets, _HUMAN)
    found = {}
    for name in _public(dataset):
        spun = alone & (dataset.y == _SPUN) & (dataset.datasets == name)
        if spun.any():
            found[name] = spun_against(answers.machine[spun], answers.machine[human])
    models = alone & (dataset.y == _SPUN) & np.isin(dataset.datasets, _LANGUAGE_MODELS)
    found["language models"] = spun_against(answers.machine[models], answers.machine[human])
    return found


def interval(
    probabilities: NDArray[np.float64], y: NDArray[np.int64], groups: NDArray[np.str_]
) -> list[float]:
    """Bootstrap a 95 % interval of macro-F1 over stories; empty where these are too few."""
    bounds = intervals_of(Said(probabilities, y, groups), SEED, _N_RESAMPLES)
    return [round(bound, 3) for bound in bounds.get("macro_f1", ())]
