"""Write a card beside a model, with its figures as JSON and its plots."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from copydesk.models import Manifest
from copydesk.models.judgement import QuestionProbabilities, Situation, probabilities_in
from copydesk.models.parts import CARD, CARD_FILES, CONFUSION, METRICS, RELIABILITY
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.card.markdown import card_text
from copydesk.train.card.plots import confusion_svg, reliability_svg
from copydesk.train.dataset import Dataset, evaluated_with_source
from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.result import measure_said
from copydesk.train.evaluation.sums import Said
from copydesk.train.pairs import PairKind
from copydesk.types import LABELS

_RETRAIN = (
    "`copydesk train --corpus PATH... --out DIR` with labelled JSON Lines, or with `--base "
    "released` beside the released model's rows; `copydesk evaluate --model DIR --corpus PATH...` "
    "measures it on texts that it never saw."
)
_LEFT_OUT = (
    "Measured while training, by classifiers fitted without the stories, or the data sets, that "
    "they were asked of. Intervals are percentile bootstraps over stories."
)
_UNSEEN = (
    "Measured by `copydesk evaluate` on stories of which the model learned no text. Intervals are "
    "percentile bootstraps over stories."
)
_PLOTTED = (View.FOUND, View.WITH_SOURCE, View.WITHHELD)


def write_card(
    folder: Path,
    manifest: Manifest,
    metrics: Mapping[str, Any],
    *,
    retrain: str = _RETRAIN,
    licence: str = "other",
) -> None:
    """Write ``CARD.md``, ``metrics.json`` and plots; what lay there of another card is replaced.

    Parameters
    ----------
    folder : Path
        Made if missing; the model's, or another.
    manifest, metrics, retrain, licence
        As for ``copydesk.train.card.markdown.card_text``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plots = _draw(metrics["views"])
    for name in CARD_FILES:
        (folder / name).unlink(missing_ok=True)
    for name, svg in plots.items():
        (folder / name).write_text(svg, encoding="utf-8")
    figures = {"model_id": manifest.model_id, **metrics}
    (folder / METRICS).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    text = card_text(manifest, metrics, plots=tuple(plots), retrain=retrain, licence=licence)
    (folder / CARD).write_text(text, encoding="utf-8")


def _draw(views: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    first = [str(view) for view in _PLOTTED]
    names = sorted(views, key=lambda name: first.index(name) if name in first else len(first))
    bins = {name: views[name]["reliability"] for name in names if views[name].get("reliability")}
    called = [name for name in names if views[name].get("called")]
    plots = {}
    if bins:
        plots[RELIABILITY] = reliability_svg(bins)
    if called:
        plots[CONFUSION] = confusion_svg(views[called[0]]["called"], called[0])
    return plots


def write_training_card(
    folder: Path,
    manifest: Manifest,
    dataset: Dataset,
    answers: QuestionProbabilities,
    n_measured: int,
) -> None:
    """Write the card of a model that was just trained.

    Parameters
    ----------
    folder : Path
        The model's.
    manifest : Manifest
        Its manifest.
    dataset : Dataset
        What it learned.
    answers : QuestionProbabilities
        Given by classifiers that had not seen the rows.
    n_measured : int
        Figures are of the first so many rows: those behind them are a base.
    """
    views = {
        str(view): measure_said(said)
        for view, said in _left_out_views(dataset, answers, n_measured).items()
    }
    own = dataset.rows(np.arange(n_measured))
    data = {
        name: {
            "records": described["rows"],
            **_count_texts(own.rows(own.datasets == name)),
            "sha256": described["sha256"],
            "licence": "not recorded",
        }
        for name, described in _data_of(manifest).items()
    }
    n_base = len(np.unique(dataset.groups)) - len(np.unique(own.groups))
    beside = f" Beside these, {n_base:,} stories of a base were learned." if n_base else ""
    write_card(folder, manifest, {"how": f"{_LEFT_OUT}{beside}", "views": views, "data": data})


def _left_out_views(
    dataset: Dataset, answers: QuestionProbabilities, n_measured: int
) -> dict[View, Said]:
    """Give what was said of rows left out in each situation that training has pairs of."""
    kinds = dataset.kinds
    views = {
        View.WITH_SOURCE: (evaluated_with_source(dataset), Situation.COMPARED),
        View.MISSING: (kinds == str(PairKind.RELATED), Situation.RELATED),
        View.WRONG: (kinds == str(PairKind.UNRELATED), Situation.COMPARED),
        View.WITHHELD: (kinds == str(PairKind.ALONE), Situation.UNSEARCHED),
    }
    measured = (np.arange(len(dataset)) < n_measured) & ~np.isnan(answers.machine)
    return {
        view: Said(
            probabilities_in(situation, answers)[rows & measured],
            dataset.y[rows & measured],
            dataset.groups[rows & measured],
        )
        for view, (rows, situation) in views.items()
        if (rows & measured).any()
    }


def _count_texts(rows: Dataset) -> dict[str, int]:
    """Count stories, and texts by label, their sources among them."""
    alone = rows.kinds == str(PairKind.ALONE)
    counts = {str(label): int((alone & (rows.y == i)).sum()) for i, label in enumerate(LABELS)}
    return {"stories": len(np.unique(rows.groups)), **counts}


def _data_of(manifest: Manifest) -> dict[str, dict[str, Any]]:
    return {name: dict(of) for name, of in manifest.data.items() if isinstance(of, Mapping)}


def write_evaluation_card(
    folder: Path,
    manifest: Manifest,
    measured: Mapping[str, Any],
    records: Sequence[CorpusRecord],
) -> None:
    """Write the card of a model that was measured on a corpus.

    Parameters
    ----------
    folder : Path
        The model's, or another.
    manifest : Manifest
        The model's.
    measured : mapping of str to Any
        As ``copydesk.train.evaluation.result.measure_corpus`` gives it.
    records : sequence of CorpusRecord
        What it was measured on.
    """
    data = {
        name: {"records": of["rows"], "sha256": of["sha256"], "licence": "not recorded"}
        for name, of in _data_of(manifest).items()
    }
    write_card(
        folder,
        manifest,
        {
            "how": _UNSEEN,
            "views": {str(view): measured[view] for view in View if view in measured},
            "slices": measured["slices"],
            "data": data,
            "measured_on": describe_records(records),
        },
    )


def describe_records(records: Iterable[CorpusRecord]) -> dict[str, dict[str, Any]]:
    """Count the records, stories and labels of each data set."""
    stories: dict[str, set[str]] = {}
    counts: dict[str, dict[str, Any]] = {}
    for record in records:
        of_set = counts.setdefault(
            record.dataset, {"records": 0, "stories": 0, **{str(label): 0 for label in LABELS}}
        )
        of_set["records"] += 1
        of_set[str(record.label)] += 1
        stories.setdefault(record.dataset, set()).add(record.story)
        of_set["stories"] = len(stories[record.dataset])
    return counts
