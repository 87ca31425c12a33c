"""Training as a job: a recipe in, an artifact out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.features import load_encoder
from copydesk.models import Manifest, save_model
from copydesk.models.conformal import thresholds_by_label
from copydesk.models.judgement import (
    QuestionProbabilities,
    Shares,
    Situation,
    probabilities_in,
)
from copydesk.models.reference import save_reference
from copydesk.seeds.corpus.labelled import CorpusRecord, Provenance, read_corpus
from copydesk.train.base import Base, add_base, groups_with, hashes_of, read_base, write_base
from copydesk.train.cache import LIMIT_BYTES, Cache
from copydesk.train.card.write import write_training_card
from copydesk.train.comparison import Comparison
from copydesk.train.dataset import Dataset, evaluated_with_source
from copydesk.train.fit import (
    N_FOLDS,
    answers_of,
    check_stories,
    cost_of_fits,
    fit_estimators,
    fit_temperatures,
    group_folds,
    judge_of,
    predict_folds,
)
from copydesk.train.materials import build_rows, join_rows, read_materials
from copydesk.train.metrics import measure
from copydesk.train.out_folder import check_out, new_folder
from copydesk.train.pairs import PairKind
from copydesk.train.recipe import Recipe
from copydesk.train.reference import reference_of
from copydesk.train.start import Start, compare_with_start
from copydesk.train.steps import Step, Steps
from copydesk.train.style import StyleModels

COVERAGE = 0.9
# Four fifths of seven stories are the five that calibration needs.
MIN_STORIES = 7
# What a record comes to, to reckon with before it is known: with sources, hard negatives and the
# like, public data come to 4 pairs, each of which teaches some 1.6 of the questions.
_PAIRS_A_RECORD = 4.0
_FITS_A_PAIR = 1.6


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of training.

    Parameters
    ----------
    manifest : Manifest
        The model's; its metrics are measured on what ``group_folds`` leaves out in turn.
    n_stories, n_base_stories : int
        How many stories were learned from, and how many more the base brought.
    warnings : tuple of str
        What whoever uses the model should know of what it learned from.
    comparison : Comparison or None
        With the model that it started from; None where there was none, or all that this could be
        asked had been learned by it.
    """

    manifest: Manifest
    n_stories: int
    n_base_stories: int
    warnings: tuple[str, ...]
    comparison: Comparison | None = None


def train_model(
    recipe: Recipe,
    out: Path,
    *,
    data: Path | None = None,
    base: Path | None = None,
    cache: Path | None = None,
    n_jobs: int = 1,
    steps: Steps | None = None,
) -> Trained:
    """Train a model by a recipe and save it.

    Parameters
    ----------
    recipe : Recipe
        All that decides what is learned.
    out : Path
        Folder for the artifact, missing or empty: no model is written over. It is there when
        everything is.
    data : Path, optional
        Folder that the recipe's paths are below.
    base : Path, optional
        Folder of a model whose feature rows are learned beside the recipe's.
    cache : Path, optional
        Folder for derivatives, feature rows and fits: what was made before is not made again.
    n_jobs : int
        Processes, as joblib counts them.
    steps : Steps, optional
        Told what is done.

    Returns
    -------
    Trained
        With a base, also how the model compares with it.

    Raises
    ------
    InvalidInput
        A file is missing, a label occurs in too few stories, or there is something in ``out``.
    InvalidModel
        The base has no rows, or others than this recipe's encoder makes.
    """
    check_out(out)
    steps = steps or Steps()
    load_encoder(recipe.encoder)  # a wrong name is told before the work, not by a worker
    base_rows = None if base is None else read_base(base, recipe.encoder)
    steps.begin(Step.READ, 1)
    materials = read_materials(recipe, data, cache, n_jobs)
    _plan(steps, len(materials.records), base_rows)
    own = join_rows(*build_rows(recipe, materials, cache, n_jobs, steps))
    records = (*materials.records, *materials.derived_records)
    rows = own if base_rows is None else add_base(own, records, base_rows)
    start = None
    if base is not None and base_rows is not None and len(rows) > len(own):
        known = groups_with(base_rows.story_of_text, records, materials.groups)
        start = Start(base, np.isin(own.groups, sorted(known)))
    with new_folder(out) as folder:
        manifest, comparison = fit_and_save(
            rows,
            recipe,
            folder,
            styles=materials.styles,
            data=describe_data(records),
            n_measured=len(own),
            n_jobs=n_jobs,
            start=start,
            cache=Cache(cache),
            steps=steps,
        )
        write_base(folder, own, records, materials.groups, base_rows)
        of_base = () if base_rows is None else base_rows.story_of_text
        learned = {*hashes_of(records), *materials.style_texts, *of_base}
        manifest = save_reference(folder, reference_of(rows, learned))
    steps.finish()
    Cache(cache).prune(LIMIT_BYTES)
    n_stories = len(np.unique(own.groups))
    n_base = len(np.unique(rows.groups)) - n_stories
    warnings = _warn(records, has_base=n_base > 0)
    return Trained(manifest, n_stories, n_base, warnings, comparison)


def _plan(steps: Steps, n_records: int, base: Base | None) -> None:
    """Say about how much there will be to do, before it is known."""
    of_base = 0.0 if base is None else cost_of_fits(base.rows)
    n_pairs = _PAIRS_A_RECORD * n_records
    everything = of_base + n_pairs * _FITS_A_PAIR / 1000
    steps.plan(Step.PAIRS, n_records)
    steps.plan(Step.FEATURES, n_pairs)
    steps.plan(Step.LEFT_OUT, (N_FOLDS - 1) * everything)
    steps.plan(Step.FIT, everything)
    steps.plan(Step.SAVE, 1)


def _warn(records: Sequence[CorpusRecord], *, has_base: bool) -> tuple[str, ...]:
    """Warn of what a model learns that it should not: the traits of one hand."""
    if has_base:
        return ()
    datasets = {record.dataset for record in records}
    written = all(record.provenance is not Provenance.HUMAN for record in records)
    if len(datasets) > 1 and not written:
        return ()
    hand = (
        "no record was found, all were written or made for it"
        if written
        else (f"all records are of the data set {min(datasets)!r}")
    )
    return (
        f"the corpus has one hand ({hand}): a model learns its traits along with the labels; "
        "add other data sets, or the rows of the released model with --base",
    )


def fit_and_save(
    dataset: Dataset,
    recipe: Recipe,
    out: Path,
    *,
    styles: StyleModels,
    data: Mapping[str, object],
    n_measured: int,
    n_jobs: int = 1,
    start: Start | None = None,
    cache: Cache | None = None,
    steps: Steps | None = None,
) -> tuple[Manifest, Comparison | None]:
    """Fit a model on feature rows, measure it on what is left out in turn, save it.

    Parameters
    ----------
    dataset : Dataset
        Made with the recipe's encoder and these ``styles``.
    recipe : Recipe
        Seed and name.
    data : mapping of str to object
        What ``describe_data`` says of the records behind the rows.
    n_measured : int
        Metrics are of the first so many rows: those behind them are a base.
    out, n_jobs, steps
        As for ``train_model``.
    start : Start, optional
        The model that the rows behind ``n_measured`` are of, to be compared with; the rows before
        are then split by story.
    cache : Cache, optional
        Keeps fits.

    Returns
    -------
    Manifest, Comparison or None
        Of the model, and how it compares with ``start``.

    Raises
    ------
    InvalidInput
        A label occurs in too few stories.
    """
    check_stories(dataset, MIN_STORIES)
    steps, seed = steps or Steps(), recipe.random_state
    is_own = np.arange(len(dataset)) < n_measured
    folds = group_folds(dataset, seed, None if start is None else is_own)
    if start is not None and start.is_known.any():
        steps.plan(Step.COMPARE, cost_of_fits(dataset))
    left_out = predict_folds(dataset, folds, seed, n_jobs, cache, steps)
    temperatures = fit_temperatures(dataset, left_out)
    answers = answers_of(dataset, left_out, temperatures)
    metrics = measure_views(dataset, answers, is_own)
    comparison = None
    if start is not None:
        comparison = compare_with_start(
            dataset, answers, start, random_state=seed, n_jobs=n_jobs, cache=cache, steps=steps
        )
    if comparison is not None:
        metrics["comparison"] = asdict(comparison)
    estimators = fit_estimators(dataset, temperatures, seed, n_jobs, cache, steps)
    steps.begin(Step.SAVE, 1)
    manifest = save_model(
        out,
        estimators,
        judge_of(estimators),
        style=styles.released,
        name=recipe.name,
        encoder=recipe.encoder,
        coverage=COVERAGE,
        thresholds=fit_thresholds(dataset, answers),
        data=data,
        metrics=metrics,
    )
    write_training_card(out, manifest, dataset, answers, n_measured)
    return manifest, comparison


def fit_thresholds(dataset: Dataset, answers: QuestionProbabilities) -> dict[str, Shares]:
    """Find the conformal thresholds of every label in every situation, on what was left out.

    A data set weighs the square root of its size.

    Parameters
    ----------
    dataset : Dataset
        The rows.
    answers : QuestionProbabilities
        Given by classifiers that had not seen their stories.
    """
    alone = dataset.kinds == str(PairKind.ALONE)
    beside = np.isin(dataset.kinds, [str(PairKind.SOURCE), str(PairKind.RELATED)])
    found: dict[str, Shares] = {}
    for situation in Situation:
        in_pairs = situation in {Situation.COMPARED, Situation.RELATED}
        rows = beside if in_pairs else alone
        probabilities = probabilities_in(situation, answers)[rows]
        _, inverse, counts = np.unique(
            dataset.datasets[rows], return_inverse=True, return_counts=True
        )
        weights = 1 / np.sqrt(counts[inverse])
        original, edited, spun = thresholds_by_label(
            probabilities, dataset.y[rows], COVERAGE, weights
        )
        found[str(situation)] = (original, edited, spun)
    return found


def read_corpora(paths: Iterable[Path]) -> tuple[CorpusRecord, ...]:
    """Read several corpora, each checked by itself, into one."""
    return tuple(record for path in paths for record in read_corpus([path]))


def measure_views(
    dataset: Dataset, answers: QuestionProbabilities, rows: NDArray[np.bool_] | None = None
) -> dict[str, Any]:
    """Measure answers with the source at hand and without.

    Parameters
    ----------
    dataset : Dataset
        The rows.
    answers : QuestionProbabilities
        To the questions of all of them.
    rows : ndarray of bool, shape (n_samples,), optional
        Which to measure; all by default.
    """
    views = {
        "with source": (evaluated_with_source(dataset), Situation.COMPARED),
        "source withheld": (dataset.kinds == str(PairKind.ALONE), Situation.UNSEARCHED),
    }
    measured = {}
    for name, (of_view, situation) in views.items():
        counted = of_view if rows is None else of_view & rows
        if counted.any():
            probabilities = probabilities_in(situation, answers)
            measured[name] = measure(probabilities[counted], dataset.y[counted])
    return measured


def describe_data(records: Iterable[CorpusRecord]) -> dict[str, Any]:
    """Give for each data set its number of rows and a SHA-256 over ids, labels and texts."""
    digests: dict[str, Any] = {}
    counts: dict[str, int] = {}
    for record in records:
        digest = digests.setdefault(record.dataset, hashlib.sha256())
        article = record.article
        for part in (article.id, record.label, article.text, article.source_text or ""):
            digest.update(part.encode() + b"\0")
        counts[record.dataset] = counts.get(record.dataset, 0) + 1
    return {
        name: {"rows": counts[name], "sha256": digest.hexdigest()}
        for name, digest in digests.items()
    }
