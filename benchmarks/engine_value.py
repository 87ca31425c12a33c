"""What engine-made data do to figures on left-out real data: ``python benchmarks/engine_value.py``.

Derives from wires whose text is in none of the pairs, fits the released recipe with and without
the derivatives as one more part of the training data, and measures as the gate does. Writes
``results/engine_value.json``. Derivatives and features are kept in ``out/engine_value``; remove
that folder when an engine or a feature has changed.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from typing import Any

import numpy as np
from data import (
    RESULTS,
    ROOT,
    draw_wires,
    families_of,
    family_of,
    fit_styles,
    pair_files,
    starter_folder,
    training_pairs,
)
from gate import SEED, STARTER, predict_left_out, views
from left_out_engines import recall_of_engines
from numpy.typing import NDArray

from copydesk.features import FEATURE_NAMES
from copydesk.models.estimator import SourceAwareCalibratedClassifier
from copydesk.seeds.corpus import CorpusRecord
from copydesk.seeds.derive.job import derive_corpus
from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.dataset import Dataset, build_dataset, concatenate
from copydesk.train.fit import fit_weighted, is_learned, make_ensemble, sample_weights
from copydesk.train.job import read_corpora
from copydesk.train.metrics import measure
from copydesk.train.pairs import PairKind
from copydesk.train.style import StyleModels
from copydesk.types import LABELS, Article, Label

FOLDER = ROOT / "out" / "engine_value"
N_WIRES = 150
STRENGTH = 0.5
PART_WEIGHTS = (0.1, 0.3, 1.0)
# Originals among the derivatives' rows.
_NOT_MADE = ("wire", "source")
# What the wires do as originals, without anything made of them.
_CONTROL = "wires alone"
_MAIN = (
    "starter, with source",
    "starter, source withheld",
    "public data left out, with source",
    "public data left out, source withheld",
)
_NOTE = (
    "Each label of a kind of pair weighs in the derivatives the given share of what it weighs in "
    "the starter corpus; 0 is the released recipe. Stories of the starter corpus and whole public "
    "data sets are left out, so the derivatives are judged by what they do to texts of others. "
    "Wires whose text occurs in the public pairs are not derived from; the events may occur."
)


def read_derivatives(wires: Sequence[Article]) -> tuple[CorpusRecord, ...]:
    """Derive with all engines, or read what was derived before."""
    path = FOLDER / "corpus.jsonl"
    if not path.exists():
        derive_corpus(wires, FOLDER, strengths=(STRENGTH,), random_state=SEED)
    return read_corpora([path])


def extract(records: Sequence[CorpusRecord], styles: StyleModels) -> Dataset:
    """Extract the features of all pairs that count in training, or read them."""
    pairs = [pair for pair in training_pairs(records) if is_learned(pair)]
    digest = hashlib.sha256("\0".join(FEATURE_NAMES).encode())
    for pair in pairs:
        digest.update(f"{pair.text}\0{pair.source_text}\0".encode())
    path = FOLDER / f"{digest.hexdigest()[:16]}.npz"
    if not path.exists():
        dataset = build_dataset(pairs, "static", styles, n_jobs=-1)
        FOLDER.mkdir(parents=True, exist_ok=True)
        fields = Dataset.__dataclass_fields__
        np.savez_compressed(path, **{name: getattr(dataset, name) for name in fields})
    with np.load(path) as arrays:
        return Dataset(**arrays)


def join_part(
    training: Dataset, derived: Dataset, part_weight: float
) -> tuple[Dataset, NDArray[np.float64]]:
    """Join derivatives to training data as one more part; gives the rows and their weights.

    Each label of a kind of pair weighs in the derivatives ``part_weight`` of what it weighs in
    the starter corpus, however many labels they have.
    """
    weights = sample_weights(training)
    if not len(derived):
        return training, weights
    derived_weights = sample_weights(derived)
    cell, derived_cell = _original_alone(training), _original_alone(derived)
    own = weights[cell & (training.datasets == STARTER)].sum()
    factor = part_weight * own / derived_weights[derived_cell].sum()
    joined = concatenate([training, derived])
    return joined, np.concatenate([weights, factor * derived_weights])


def _original_alone(dataset: Dataset) -> NDArray[np.bool_]:
    original = dataset.y == LABELS.index(Label.ORIGINAL)
    return np.asarray(original & (dataset.kinds == str(PairKind.ALONE)))


def measure_left_out(real: Dataset, derived: Dataset, part_weight: float) -> dict[str, Any]:
    """Measure on real data left out by data set and, of the starter corpus, by story."""
    part = derived.rows(np.full(len(derived), part_weight > 0))

    def fit(training: Dataset) -> SourceAwareCalibratedClassifier:
        return fit_weighted(*join_part(training, part, part_weight), random_state=SEED)

    probabilities = predict_left_out(real, fit)
    named = list(views(real).items())
    return {
        name.strip(): _figures(measure(probabilities[rows], real.y[rows])) for name, rows in named
    }


def _figures(measured: dict[str, Any]) -> dict[str, Any]:
    return {name: measured[name] for name in ("n", "macro_f1", "log_loss", "recall")}


def unseen_engines(real: Dataset, derived: Dataset, part_weight: float) -> dict[str, Any]:
    """Recall of each engine's label by models that never saw it, on wires never seen.

    Trained on the derivatives of one half of the stories, measured on those of the other half,
    beside their sources (originals with grafted quotations beside whose they are).
    """
    families = families_of(derived)
    recalls: dict[str, dict[str, Any]] = defaultdict(dict)
    join = partial(join_part, real, part_weight=part_weight)

    def note(column: str, used: NDArray[np.bool_], asked: NDArray[np.bool_]) -> None:
        found = recall_of_engines(derived, used, asked, join, partial(make_ensemble, SEED))
        for engine, figures in found.items():
            label = str(LABELS[derived.y[derived.engines == engine][0]])
            recalls[engine] |= {"label": label, "n": figures["n"], column: figures["recall"]}

    made = families != ""
    note("no_derivatives", np.zeros(len(derived), bool), made)
    note("all_engines", np.ones(len(derived), bool), made)
    for family in np.unique(families[made]):
        note("without_its_family", families != family, families == family)
    for engine in np.unique(derived.engines[made]):
        note("without_it", derived.engines != engine, derived.engines == engine)
    return dict(recalls)


def family_rows(derived: Dataset, family: str) -> Dataset:
    """Give the derivatives of one family and the wires."""
    own = [e for e in np.unique(derived.engines) if e in ENGINES and family_of(e) == family]
    return derived.rows(np.isin(derived.engines, [*own, *_NOT_MADE]))


def summary(figures: dict[str, Any]) -> str:
    """Put the main views of one design on a line: macro-F1 and log-loss."""
    return "  ".join(
        f"{view} {figures[view]['macro_f1']:.3f} {figures[view]['log_loss']:.3f}" for view in _MAIN
    )


def best_weight(measured: dict[str, Any]) -> float:
    """Give the weight with the highest mean macro-F1 over the main views."""
    return max(
        PART_WEIGHTS,
        key=lambda w: np.mean([measured[f"{w:g}"][view]["macro_f1"] for view in _MAIN]),
    )


def main() -> None:
    """Measure weights, families and unseen engines, and write the figures."""
    records = read_corpora([starter_folder(), *pair_files()])
    styles = fit_styles()
    real = extract(records, styles)
    derived = extract(read_derivatives(draw_wires(records, N_WIRES, SEED)), styles)
    print(f"{len(real)} pairs of real and starter texts, {len(derived)} of derivatives", flush=True)
    weights: dict[str, Any] = {}
    for weight in (0.0, *PART_WEIGHTS):
        weights[f"{weight:g}"] = measure_left_out(real, derived, weight)
        print(f"all engines at {weight:g}: {summary(weights[f'{weight:g}'])}", flush=True)
    best = best_weight(weights)
    families: dict[str, Any] = {}
    for family in (_CONTROL, *dict.fromkeys(map(family_of, ENGINES))):
        families[family] = measure_left_out(real, family_rows(derived, family), best)
        print(f"{family} at {best:g}: {summary(families[family])}", flush=True)
    result = {
        "note": _NOTE,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("copydesk", "scikit-learn", "numpy")},
        "seed": SEED,
        "n_wires": N_WIRES,
        "strength": STRENGTH,
        "n_pairs": {"real": len(real), "derived": len(derived)},
        "all_engines_by_weight": weights,
        "best_weight": best,
        "families_at_best_weight": families,
        "recall_by_engine": unseen_engines(real, derived, best),
    }
    text = json.dumps(result, indent=1) + "\n"
    (RESULTS / "engine_value.json").write_text(text, encoding="utf-8")
    for engine, recalls in result["recall_by_engine"].items():
        print(f"{engine:<20} " + "  ".join(f"{k} {v}" for k, v in recalls.items()))


if __name__ == "__main__":
    main()
