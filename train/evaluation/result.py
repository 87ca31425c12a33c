"""All that is measured of a model on a corpus, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.bootstrap import differences_of, intervals_of
from copydesk.train.evaluation.outcomes import Gathered
from copydesk.train.evaluation.slices import measure_slices
from copydesk.train.evaluation.sums import Said, describe, nest

# What two models are compared by.
_COMPARED = (
    *("accuracy", "macro_f1", "recall", "precision", "honest_called_spun"),
    *("log_loss", "brier", "calibration_error", "source_right"),
)


def measure_said(said: Said, random_state: int = 0) -> dict[str, Any]:
    """Measure what was said in one situation.

    Returns
    -------
    dict
        As ``describe`` gives it, with ``n_stories`` and ``intervals``: of each figure, by its name,
        the bounds of its 95 % interval over stories; empty where there are too few.
    """
    bounds = intervals_of(said, random_state)
    return {
        **describe(said),
        "n_stories": len(np.unique(said.groups)),
        "intervals": nest({name: list(of) for name, of in bounds.items()}),
    }


def measure_corpus(
    gathered: Mapping[View, Gathered], records: Sequence[CorpusRecord], random_state: int = 0
) -> dict[str, Any]:
    """Measure a model on a corpus.

    Returns
    -------
    dict
        Figures by situation, as ``measure_said`` gives them, and ``slices``.
    """
    views = {
        str(view): measure_said(gathered[view].said, random_state)
        for view in View
        if view in gathered
    }
    return {**views, "slices": measure_slices(gathered, records, random_state)}


def compare_models(
    one: Mapping[View, Gathered], other: Mapping[View, Gathered], random_state: int = 0
) -> dict[str, Any]:
    """Compare two models on the texts that both judged.

    Returns
    -------
    dict
        By situation ``n`` and, by figure, ``difference``, the first model's less the other's, and
        its ``interval`` (paired bootstrap over stories; None where stories are too few).
    """
    found = {}
    for view in View:
        if view not in one or view not in other:
            continue
        both = np.intersect1d(one[view].rows, other[view].rows)
        first, second = (
            gathered.said.rows(np.isin(gathered.rows, both))
            for gathered in (one[view], other[view])
        )
        differences = {
            name: {"difference": value, "interval": None if bounds is None else list(bounds)}
            for name, (value, bounds) in differences_of(first, second, random_state).items()
            if name.partition(" ")[0] in _COMPARED
        }
        found[str(view)] = {"n": len(both), **nest(differences)}
    return found
