"""What engine-made data do to figures on left-out real data: ``python benchmarks/engine_value.py``.

Fits the released classifiers on real data and the starter corpus with more and with less of what
engines made, and measures what the gate does. Writes ``results/engine_value.json``.
"""

from __future__ import annotations

import json
import platform
from collections import defaultdict
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
from data import (
    RESULTS,
    derived_corpus,
    families_of,
    fit_styles,
    pair_files,
    starter_folder,
    training_pairs,
)
from gate import MAIN_VIEWS, SEED, predict_left_out, views
from left_out_engines import recall_of_engines
from numpy.typing import NDArray
from uncalibrated import fit_uncalibrated, temper_views

from copydesk.train.dataset import Dataset, build_dataset, concatenate
from copydesk.train.fit import ENGINE_MADE_WEIGHT, make_ensemble, sample_weights
from copydesk.train.job import read_corpora
from copydesk.train.metrics import measure
from copydesk.types import LABELS

# What a data set that engines made may weigh beside others: as released, and more.
_WEIGHTS = (ENGINE_MADE_WEIGHT, 0.5, 1.0)
_NOTE = (
    "Stories of the starter corpus and whole public data sets are left out, so what engines made "
    "is judged by what it does to texts of others. The wires that it was made of occur in the "
    "public pairs neither as texts nor as sources; their events may. Engines whose work the "
    "released model does not learn made theirs of the same wires. No model is calibrated: each of "
    "the four main views gets one temperature. Recall by engine is of texts beside their source, "
    "by models that learned the other half of the wires."
)
_make = partial(make_ensemble, SEED)


def join_made(
    real: Dataset, made: Dataset, weight: float = ENGINE_MADE_WEIGHT
) -> tuple[Dataset, NDArray[np.float64]]:
    """Join what engines made to other data; gives the rows, and weights with theirs scaled."""
    joined = concatenate([real, made])
    weights = sample_weights(joined)
    weights[len(real) :] *= weight / ENGINE_MADE_WEIGHT
    return joined, weights


def measure_left_out(real: Dataset, made: Dataset, weight: float) -> dict[str, Any]:
    """Measure on real data left out by data set and, of the starter corpus, by story."""

    def fit(training: Dataset) -> Any:
        return fit_uncalibrated(_make, *join_made(training, made, weight))

    named = views(real)
    probabilities = predict_left_out(real, fit)
    tempered = temper_views(probabilities, real.y, (named[name] for name in MAIN_VIEWS))
    return {
        name.strip(): _figures(measure(tempered[rows], real.y[rows]))
        for name, rows in named.items()
    }


def _figures(measured: dict[str, Any]) -> dict[str, Any]:
    return {name: measured[name] for name in ("n", "macro_f1", "log_loss", "recall")}


def measure_designs(real: Dataset, learned: Dataset, others: Dataset) -> dict[str, Any]:
    """Measure with nothing made, with what is released, without each family, and with more."""
    designs: dict[str, tuple[Dataset, float]] = {
        "nothing made": (learned.rows(np.arange(0)), ENGINE_MADE_WEIGHT)
    }
    designs |= {f"what is learned, at {weight:g}": (learned, weight) for weight in _WEIGHTS}
    families = families_of(learned)
    for family in np.unique(families[families != ""]):
        designs[f"without {family}"] = learned.rows(families != family), ENGINE_MADE_WEIGHT
    more = concatenate([learned, others])
    designs["with what is not learned"] = more, ENGINE_MADE_WEIGHT
    found = {}
    for name, (made, weight) in designs.items():
        found[name] = measure_left_out(real, made, weight)
        print(f"{name}: {summary(found[name])}", flush=True)
    return found


def recall_by_engine(real: Dataset, learned: Dataset, others: Dataset) -> dict[str, Any]:
    """Give the recall of each engine's label on wires never seen, by what was learned."""
    made = concatenate([learned, others])
    families = families_of(made)
    is_released = np.arange(len(made)) < len(learned)
    recalls: dict[str, dict[str, Any]] = defaultdict(dict)

    def note(column: str, used: NDArray[np.bool_], asked: NDArray[np.bool_]) -> None:
        found = recall_of_engines(made, used, asked, partial(join_made, real), _make)
        for engine, figures in found.items():
            label = str(LABELS[made.y[made.engines == engine][0]])
            recalls[engine] |= {"label": label, "n": figures["n"], column: figures["recall"]}

    asked = families != ""
    note("nothing made", np.zeros(len(made), bool), asked)
    note("as released", is_released, asked)
    for family in np.unique(families[asked & is_released]):
        note("without its family", is_released & (families != family), families == family)
    note("with what is not learned", np.ones(len(made), bool), asked)
    return dict(recalls)


def summary(figures: dict[str, Any]) -> str:
    """Put the main views of one design on a line: macro-F1 and log-loss."""
    return "  ".join(
        f"{view} {figures[view]['macro_f1']:.3f} {figures[view]['log_loss']:.3f}"
        for view in MAIN_VIEWS
    )


def main() -> None:
    """Measure designs and engines, and write the figures."""
    styles = fit_styles()

    def extract(*paths: Any) -> Dataset:
        return build_dataset(training_pairs(read_corpora(paths)), "static", styles, n_jobs=-1)

    real = extract(starter_folder(), *pair_files())
    learned, others = (extract(derived_corpus(learned=learned)) for learned in (True, False))
    # The wires themselves are in both, and the rest is to count as of one data set.
    others = others.rows(families_of(others) != "")
    others = replace(others, datasets=np.full(len(others), learned.datasets[0]))
    n_pairs = {"real": len(real), "learned": len(learned), "not learned": len(others)}
    print(n_pairs, flush=True)
    result = {
        "note": _NOTE,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("copydesk", "scikit-learn", "numpy")},
        "seed": SEED,
        "n_pairs": n_pairs,
        "designs": measure_designs(real, learned, others),
        "recall_by_engine": recall_by_engine(real, learned, others),
    }
    text = json.dumps(result, indent=1) + "\n"
    (RESULTS / "engine_value.json").write_text(text, encoding="utf-8")
    for engine, recalls in result["recall_by_engine"].items():
        print(f"{engine:<20} " + "  ".join(f"{k} {v}" for k, v in recalls.items()))


if __name__ == "__main__":
    main()
