"""What the model is made of, measured by leaving parts out and putting others in their place.

``python benchmarks/compare_models.py [classifiers] [groups] [encoders]`` compares classifiers,
ablates feature groups and compares encoders on the hold-outs of the quality gate, without
engine-made text, and writes ``results/models.json``. No variant is calibrated; each gets one
temperature for each view. Encoders are compared with all features made anew, which takes MiniLM
over an hour; the tuned one has seen sentences of l2r and raidar beside those they were made from.
The explainable boosting machine needs ``pip install interpret-core pandas``; without them, it is
left out.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from data import RESULTS, fit_styles, pair_files, starter_folder, training_pairs
from gate import MAIN_VIEWS, SEED, predict_left_out, views
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesClassifier
from tune_static import TUNED_ON, tune_static
from uncalibrated import MakeClassifier, fit_uncalibrated, temper_views

from copydesk.features import FEATURES, NEEDS_SOURCE
from copydesk.models.estimator import SourceAwareLogisticRegression
from copydesk.train.dataset import Dataset, build_dataset
from copydesk.train.fit import make_ensemble, make_trees
from copydesk.train.job import read_corpora
from copydesk.train.metrics import measure

Figures = dict[str, Any]

GROUPS = np.array([feature.group for feature in FEATURES])
_UNSURE = 0.8


def classifiers() -> dict[str, MakeClassifier]:
    """Give what is compared, by name."""
    needs = NEEDS_SOURCE.tolist()
    found: dict[str, MakeClassifier] = {
        f"logistic regression, C={C}": partial(SourceAwareLogisticRegression, needs, C=C)
        for C in (0.001, 0.003, 0.01, 0.03, 0.1, 1.0)
    }
    found["boosted trees"] = partial(make_trees, SEED)
    found["mean of regression and boosted trees"] = partial(make_ensemble, SEED)
    found["extra trees"] = partial(
        ExtraTreesClassifier, n_estimators=200, min_samples_leaf=5, random_state=SEED
    )
    if find_spec("interpret") is not None and find_spec("pandas") is not None:
        from interpret.glassbox import ExplainableBoostingClassifier

        found["explainable boosting machine"] = partial(
            ExplainableBoostingClassifier,
            interactions=0, max_bins=32, outer_bags=1, max_rounds=300, learning_rate=0.05, n_jobs=1,
            random_state=SEED,
        )  # fmt: skip
    return found


def figures_of(dataset: Dataset, probabilities: NDArray[np.float64]) -> Figures:
    """Measure in four views: macro-F1, log-loss, calibration error, recalls."""
    measured = {name: views(dataset)[name] for name in MAIN_VIEWS}
    tempered = temper_views(probabilities, dataset.y, measured.values())
    found: Figures = {}
    for name, rows in measured.items():
        if rows.any():
            figures = measure(tempered[rows], dataset.y[rows])
            found[name] = {
                key: figures[key] for key in ("macro_f1", "log_loss", "calibration_error", "recall")
            }
    return found


def compare_classifiers(dataset: Dataset) -> dict[str, Figures]:
    """Measure each classifier on the same hold-outs."""
    found = {}
    for name, make in classifiers().items():
        started = time.perf_counter()
        probabilities = predict_left_out(dataset, partial(fit_uncalibrated, make))
        found[name] = figures_of(dataset, probabilities)
        _show(name, found[name], time.perf_counter() - started)
    return found


def ablate_groups(dataset: Dataset) -> dict[str, Figures]:
    """Measure without each feature group."""
    found = {}
    make = partial(make_ensemble, SEED)
    groups = sorted(set(GROUPS.tolist()))
    kept = {"all": GROUPS != ""}
    kept |= {f"without {group}": group != GROUPS for group in groups}
    for name, columns in kept.items():
        # A constant column weighs nothing; NaN still says where there is no source.
        X = np.where(columns | np.isnan(dataset.X), dataset.X, 0.0)
        part = replace(dataset, X=X)
        started = time.perf_counter()
        probabilities = predict_left_out(part, partial(fit_uncalibrated, make))
        found[name] = figures_of(dataset, probabilities)
        _show(name, found[name], time.perf_counter() - started)
    return found


def compare_encoders(static: Dataset, tuned: Dataset, minilm: Dataset) -> Any:
    """Measure each, MiniLM beside static vectors, and MiniLM only where those stay unsure."""
    drift = GROUPS == "drift"
    both = replace(static, X=np.hstack([static.X, minilm.X[:, drift]]))
    needs = NEEDS_SOURCE.tolist()
    found: dict[str, Any] = {"n_pairs": len(static)}
    predicted = {}
    for name, dataset, columns in (
        ("static", static, needs),
        ("static, tuned on paraphrase pairs", tuned, needs),
        ("minilm", minilm, needs),
        ("both", both, needs + [True] * int(drift.sum())),
    ):
        make = partial(make_ensemble, SEED, needs_source=columns)
        predicted[name] = predict_left_out(dataset, partial(fit_uncalibrated, make))
        found[name] = figures_of(static, predicted[name])
        _show(name, found[name], 0.0)
    unsure = predicted["static"].max(axis=1) < _UNSURE
    cascade = np.where(unsure[:, None], predicted["minilm"], predicted["static"])
    found["cascade"] = figures_of(static, cascade)
    found["cascade"]["share asked of MiniLM"] = round(float(unsure.mean()), 3)
    _show("cascade", found["cascade"], 0.0)
    return found


def _show(name: str, figures: Figures, seconds: float) -> None:
    cells = [f"{figures[view]['macro_f1']:.3f} {figures[view]['log_loss']:.3f}"
             for view in MAIN_VIEWS if view in figures]  # fmt: skip
    print(f"{name:34s} {' | '.join(cells)}  {seconds:.0f} s", file=sys.stderr, flush=True)


def main() -> None:
    """Measure the parts named, or all, and write them beside those measured before."""
    parts = sys.argv[1:] or ["classifiers", "groups", "encoders"]
    records = read_corpora([starter_folder(), *pair_files()])
    styles = fit_styles()
    pairs = training_pairs(records)
    dataset = build_dataset(pairs, "static", styles, n_jobs=-1)
    path = RESULTS / "models.json"
    result = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    result |= {"note": __doc__, "seed": SEED}
    if "classifiers" in parts:
        result["classifiers"] = compare_classifiers(dataset)
    if "groups" in parts:
        result["groups"] = ablate_groups(dataset)
    if "encoders" in parts:
        with tempfile.TemporaryDirectory() as folder:
            tune_static(pairs, TUNED_ON, Path(folder), SEED)
            tuned = build_dataset(pairs, folder, styles, n_jobs=-1)
        minilm = build_dataset(pairs, "minilm", styles)
        result["encoders"] = compare_encoders(dataset, tuned, minilm)
    # Parts are measured one by one; those measured with fewer features are of an earlier model.
    result["n_features"] = result.get("n_features", {}) | dict.fromkeys(parts, len(FEATURES))
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
