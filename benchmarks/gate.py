"""The quality gate: measure on stories and data sets never trained on, and hold the floors.

``make gate`` prints the figures, writes ``benchmarks/results/gate.json`` and fails where a figure
has fallen below its floor in ``benchmarks/floors.json``, the starter corpus shares more or less
wording with its sources than real pages do, or the released model, whose id the figures bear,
learned from other data. A floor is raised when it is beaten and lowered only with a reason in its
``why``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from data import RESULTS, ROOT, Measured, describe_run, read_measured
from folders import measure_folders
from joint import measure_joint
from left_out_engines import measure_left_out_engines
from light_spin import measure_light_spin
from overlap import departures, format_overlap, measure_overlap
from situations import (
    SEED,
    STARTER,
    alone_views,
    dataset_folds,
    domain_folds,
    given_views,
    measure_text_alone,
    measure_view,
    story_folds,
)

from copydesk.models import Manifest, load_model
from copydesk.models.conformal import thresholds_by_label
from copydesk.models.judgement import QuestionProbabilities, Situation, probabilities_in
from copydesk.train.dataset import Dataset, concatenate, evaluated_with_source
from copydesk.train.fit import answers_of, fit_temperatures, group_folds, predict_folds
from copydesk.train.job import COVERAGE, describe_data
from copydesk.train.materials import read_pool
from copydesk.train.pairs import PairKind, short_hash
from copydesk.types import LABELS

_POOL = "pools/abp_wires.jsonl.gz"
_NOTE = (
    "The labels of fnc, ecb and gn25 (edited_wire) and of abp (original) were mined by overlap of "
    "wording with the source: for features of overlap they are circular."
)


def conformal_coverage(dataset: Dataset, answers: QuestionProbabilities) -> dict[str, Any]:
    """Check the conformal sets of each situation: thresholds of half the stories, on the others."""
    stories = np.unique(dataset.groups)
    half = np.isin(dataset.groups, np.random.default_rng(SEED).permutation(stories)[::2])
    alone = dataset.kinds == str(PairKind.ALONE)
    result = {}
    for situation, rows in (
        (Situation.COMPARED, evaluated_with_source(dataset)),
        (Situation.UNSEARCHED, alone),
    ):
        counted = rows & (dataset.datasets != "derived") & ~np.isnan(answers.machine)
        fit, test = counted & half, counted & ~half
        p, y = probabilities_in(situation, answers), dataset.y
        thresholds = thresholds_by_label(p[fit], y[fit], COVERAGE, np.ones(int(fit.sum())))
        kept = p[test] >= np.array(thresholds)
        by_threshold = kept[np.arange(len(kept)), y[test]]
        kept[np.arange(len(kept)), p[test].argmax(axis=1)] = True
        result[str(situation)] = {
            "promised": COVERAGE,
            "covered_by_threshold": {
                str(label): round(float(by_threshold[y[test] == i].mean()), 4)
                for i, label in enumerate(LABELS)
            },
            "mean_labels": round(float(kept.sum(axis=1).mean()), 3),
        }
    return result


def starter_by_engine(dataset: Dataset, answers: QuestionProbabilities) -> dict[str, float]:
    """Share labelled right for each way that texts of the starter corpus were made."""
    rows = (dataset.datasets == STARTER) & evaluated_with_source(dataset)
    right = probabilities_in(Situation.COMPARED, answers).argmax(axis=1) == dataset.y
    return {
        str(engine): round(float(right[rows & (dataset.engines == engine)].mean()), 3)
        for engine in np.unique(dataset.engines[rows])
    }


def which_first(dataset: Dataset, answers: QuestionProbabilities) -> dict[str, float]:
    """Share of texts and their sources of which the source is told to have come first."""
    source = dataset.kinds == str(PairKind.SOURCE)
    back = dataset.kinds == str(PairKind.REVERSED)
    right = np.where(source, answers.first > 0.5, answers.first < 0.5)
    return {
        str(name): round(float(right[(source | back) & (dataset.datasets == name)].mean()), 3)
        for name in np.unique(dataset.datasets[back])
    }


def domains_of(measured: Measured) -> dict[str, str]:
    """Give the domain of each page whose address is known, by the hash of its text."""
    return {
        short_hash(record.article.text): urlsplit(record.article.url).hostname or ""
        for record in measured.materials.records
        if record.article.url
    }


def measure_questions(measured: Measured) -> tuple[dict[str, Any], dict[str, float]]:
    """Measure every view by rows left out; gives also the temperatures of the questions."""
    rows = concatenate([measured.real, measured.derived])
    by_story = predict_folds(rows, story_folds(rows), SEED, n_jobs=-1)
    by_set = predict_folds(rows, dataset_folds(rows), SEED, n_jobs=-1)
    by_domain = predict_folds(rows, domain_folds(rows, domains_of(measured)), SEED, n_jobs=-1)
    as_released = predict_folds(rows, group_folds(rows, SEED), SEED, n_jobs=-1)
    temperatures = fit_temperatures(rows, as_released)
    stories, sets, domains = (
        answers_of(rows, left_out, temperatures) for left_out in (by_story, by_set, by_domain)
    )
    given, alone = given_views(rows), alone_views(rows)
    found = {
        "given, stories left out": {
            name: measure_view(rows, stories, view) for name, view in given.items()
        },
        "given, data sets left out": {
            name: measure_view(rows, sets, view) for name, view in given.items() if name != STARTER
        },
        "given, domains left out": {"gn25": measure_view(rows, domains, given["gn25"])},
        "source missing, stories left out": {
            name: measure_view(rows, stories, view) for name, view in alone.items()
        },
        "text alone, stories left out": measure_text_alone(rows, stories),
        "text alone, data sets left out": measure_text_alone(rows, sets),
        "starter by engine": starter_by_engine(rows, stories),
        "which came first": which_first(rows, stories),
        "conformal": conformal_coverage(rows, stories),
        "joint model": measure_joint(rows, given, alone),
    }
    return found, temperatures


def check_release(data: dict[str, Any], manifest: Manifest) -> list[str]:
    """Compare what was measured with what the released model learned; a line for each difference.

    The figures bear the model's id: they are its only if it learned from the same data.
    """
    return [
        f"{name}: {manifest.model_id} learned from other data than were measured"
        for name in sorted(data.keys() | manifest.data.keys())
        if data.get(name) != manifest.data.get(name)
    ]


def check_floors(measured: dict[str, Any]) -> list[str]:
    """Compare with the floors; gives a line for each figure that fell."""
    floors = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))
    fallen = []
    for floor in floors:
        value: Any = measured
        for key in floor["figure"]:
            value = value[key]
        if "at_least" in floor and value < floor["at_least"]:
            fallen.append(f"{_path(floor)} is {value}, floor {floor['at_least']}")
        if "at_most" in floor and value > floor["at_most"]:
            fallen.append(f"{_path(floor)} is {value}, at most {floor['at_most']} allowed")
    return fallen


def _path(floor: dict[str, Any]) -> str:
    return ": ".join(floor["figure"])


def main() -> int:
    """Measure, write, print, compare."""
    on = read_measured()
    found, temperatures = measure_questions(on)
    pool = list(read_pool(on.data / _POOL))
    rows = concatenate([on.real, on.derived])
    measured: dict[str, Any] = {
        "note": _NOTE,
        **describe_run(),
        "seed": SEED,
        "data": describe_data([*on.materials.records, *on.materials.derived_records]),
        **found,
        "folders": measure_folders(rows, on.materials, temperatures, pool),
        "light thesaurus spin": measure_light_spin(on),
        "left-out engines": measure_left_out_engines(on.real, on.derived),
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "gate.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    show(measured)
    overlap = measure_overlap([r for r in on.materials.records if r.dataset == STARTER])
    print("\nwording shared with the source, starter corpus beside real pages")
    print(format_overlap(overlap))
    fallen = [
        *check_floors(measured),
        *departures(overlap),
        *check_release(measured["data"], load_model().manifest),
    ]
    for line in fallen:
        print(f"FALLEN {line}")
    return 1 if fallen else 0


def show(measured: Mapping[str, Any]) -> None:
    """Print every figure, a line for each view or engine."""
    for section, views in measured.items():
        if not isinstance(views, dict) or section in {"data", "machine", "versions"}:
            continue
        print(f"\n{section}")
        for name, figures in views.items():
            shown = _flat(figures) if isinstance(figures, dict) else [str(figures)]
            print(f"  {name}: {', '.join(shown)}")


def _flat(figures: Mapping[str, Any], before: str = "") -> list[str]:
    found: list[str] = []
    for name, value in figures.items():
        if isinstance(value, dict):
            found += _flat(value, f"{before}{name} ")
        else:
            found.append(f"{before}{name} {value}")
    return found


if __name__ == "__main__":
    sys.exit(main())
