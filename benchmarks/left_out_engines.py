"""Each spinning engine left out whole: what it makes, judged by a model that never met it."""

from __future__ import annotations

from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.dataset import Dataset, concatenate, evaluated_with_source
from copydesk.train.fit import fit_question
from copydesk.train.questions import QUESTIONS
from copydesk.types import Label

SEED = 0


def recall_of_engine(real: Dataset, derived: Dataset, engine: str) -> dict[str, Any]:
    """Fit on each half of the wires; give an engine's recall beside its sources on the other."""
    stories = np.random.default_rng(SEED).permutation(np.unique(derived.groups))
    half = np.isin(derived.groups, stories[::2])
    asked = evaluated_with_source(derived) & (derived.engines == engine)
    found = np.zeros(len(derived), bool)
    for known in (half, ~half):
        learned = concatenate([real, derived.rows(known & (derived.engines != engine))])
        rows = asked & ~known
        found[rows] = called_spun(learned, derived.rows(rows))
    return {"n": int(asked.sum()), "recall": round(float(found[asked].mean()), 3)}


def called_spun(learned: Dataset, asked: Dataset) -> NDArray[np.bool_]:
    """Say which texts beside their sources are called spun by what was learned, not calibrated."""
    answers = {
        name: fit_question(learned, QUESTIONS[name], SEED).predict_proba(
            asked.X[:, QUESTIONS[name].columns]
        )[:, 1]
        for name in ("derives", "reworded")
    }
    return np.asarray(answers["derives"] * answers["reworded"] > 0.5)


def measure_left_out_engines(
    real: Dataset, derived: Dataset, n_jobs: int = -1
) -> dict[str, dict[str, Any]]:
    """Leave each spinning engine out of training and measure how much of its work is found."""
    names = map(str, np.unique(derived.engines))
    spinning = [name for name in names if name in ENGINES and ENGINES[name].label is Label.SPUN]
    found = Parallel(n_jobs=n_jobs)(
        delayed(recall_of_engine)(real, derived, name) for name in spinning
    )
    return dict(zip(spinning, found, strict=True))
