"""Training and evaluation as jobs: a recipe in, an artifact or figures out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from copydesk.features import load_encoder
from copydesk.models import Manifest, load_model, save_model
from copydesk.models.conformal import conformal_threshold
from copydesk.models.estimator import SourceAwareCalibratedClassifier
from copydesk.seeds.corpus.labelled import CorpusRecord, Provenance, read_corpus
from copydesk.train.base import add_base, read_base, write_base
from copydesk.train.dataset import Dataset, build_dataset, evaluated_with_source
from copydesk.train.fit import Fold, check_stories, fit_model, group_folds, sample_weights
from copydesk.train.materials import build_rows, join_rows, read_materials
from copydesk.train.metrics import measure
from copydesk.train.pairs import PairKind, build_pairs
from copydesk.train.recipe import Recipe, Weights
from copydesk.train.style import StyleModels
from copydesk.types import LABELS

FitModel = Callable[[Dataset], SourceAwareCalibratedClassifier]

COVERAGE = 0.9
# Four fifths of seven stories are the five that calibration needs.
_MIN_STORIES = 7


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
    """

    manifest: Manifest
    n_stories: int
    n_base_stories: int
    warnings: tuple[str, ...]


def train_model(
    recipe: Recipe,
    out: Path,
    *,
    data: Path | None = None,
    base: Path | None = None,
    cache: Path | None = None,
    n_jobs: int = 1,
) -> Trained:
    """Train a model by a recipe and save it.

    Parameters
    ----------
    recipe : Recipe
        All that decides what is learned.
    out : Path
        Folder for the artifact.
    data : Path, optional
        Folder that the recipe's paths are below.
    base : Path, optional
        Folder of a model whose feature rows are learned beside the recipe's.
    cache : Path, optional
        Folder for derivatives and feature rows.
    n_jobs : int
        Processes, as joblib counts them.

    Raises
    ------
    InvalidInput
        A file is missing, or a label occurs in too few stories.
    InvalidModel
        The base has no rows, or others than this recipe's encoder makes.
    """
    load_encoder(recipe.encoder)  # a wrong name is told before the work, not by a worker
    base_rows = None if base is None else read_base(base, recipe.encoder)
    materials = read_materials(recipe, data, cache, n_jobs)
    own = join_rows(*build_rows(recipe, materials, cache, n_jobs))
    records = (*materials.records, *materials.derived_records)
    rows = own if base_rows is None else add_base(own, records, base_rows)
    manifest = fit_and_save(
        rows,
        recipe,
        out,
        styles=materials.styles,
        data=describe_data(records),
        n_measured=len(own),
        n_jobs=n_jobs,
    )
    learned = own.rows(sample_weights(own, recipe.weights) > 0)
    write_base(out, learned, [materials.records, materials.derived_records])
    n_stories = len(np.unique(own.groups))
    n_base = len(np.unique(rows.groups)) - n_stories
    return Trained(manifest, n_stories, n_base, _warn(records, has_base=n_base > 0))


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
) -> Manifest:
    """Fit a model on feature rows, measure it on what is left out in turn, save it.

    Parameters
    ----------
    dataset : Dataset
        Made with the recipe's encoder and these ``styles``.
    recipe : Recipe
        Weights, seed and name.
    data : mapping of str to object
        What ``describe_data`` says of the records behind the rows.
    n_measured : int
        Metrics are of the first so many rows: those behind them are a base.
    out, n_jobs
        As for ``train_model``.

    Raises
    ------
    InvalidInput
        A label occurs in too few stories.
    """
    check_stories(dataset, _MIN_STORIES)
    left_out = cross_validate(dataset, recipe.weights, recipe.random_state, n_jobs)
    estimator = fit_model(dataset, recipe.weights, recipe.random_state)
    return save_model(
        out,
        estimator,
        style=styles.released,
        name=recipe.name,
        encoder=recipe.encoder,
        coverage=COVERAGE,
        thresholds=fit_thresholds(dataset, left_out, sample_weights(dataset, recipe.weights)),
        data=data,
        metrics=measure_views(dataset.rows(np.arange(n_measured)), left_out[:n_measured]),
    )


def fit_thresholds(
    dataset: Dataset, left_out: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float]:
    """Find the conformal thresholds, beside a source and alone, on what was left out.

    Parameters
    ----------
    dataset : Dataset
        The rows.
    left_out : ndarray of float64, shape (n_samples, n_labels)
        Predicted by models that had not seen their stories.
    weights : ndarray of float64, shape (n_samples,)
        Of the rows.
    """
    with_source = evaluated_with_source(dataset) & (weights > 0)
    alone = dataset.kinds == str(PairKind.ALONE)
    beside, by_itself = (
        conformal_threshold(left_out[rows], dataset.y[rows], COVERAGE, weights[rows])
        for rows in (with_source, alone)
    )
    return beside, by_itself


def evaluate_model(model: Path, corpora: Sequence[Path], n_jobs: int = 1) -> dict[str, Any]:
    """Measure a saved model on corpora that it was not trained on.

    Returns
    -------
    dict
        The views of ``measure_views``.
    """
    loaded = load_model(model)
    pairs = build_pairs(read_corpora(corpora))
    styles = StyleModels(loaded.style, {})
    dataset = build_dataset(pairs, loaded.manifest.encoder, styles, n_jobs)
    return measure_views(dataset, loaded.classifier.predict_proba(dataset.X))


def read_corpora(paths: Iterable[Path]) -> tuple[CorpusRecord, ...]:
    """Read several corpora, each checked by itself, into one."""
    return tuple(record for path in paths for record in read_corpus([path]))


def cross_validate(
    dataset: Dataset, weights: Weights, random_state: int = 0, n_jobs: int = 1
) -> NDArray[np.float64]:
    """Predict every row by a model that has not seen its story, as ``group_folds`` splits.

    Returns
    -------
    ndarray of float64, shape (n_samples, n_labels)
    """

    def fit(training: Dataset) -> SourceAwareCalibratedClassifier:
        return fit_model(training, weights, random_state)

    return predict_folds(dataset, group_folds(dataset, random_state), fit, n_jobs)


def predict_folds(
    dataset: Dataset, folds: Sequence[Fold], fit: FitModel, n_jobs: int = 1
) -> NDArray[np.float64]:
    """Predict the rows of each fold by a model fitted on those that it may learn from.

    Returns
    -------
    ndarray of float64, shape (n_samples, n_labels)
        NaN for rows that no fold predicts.
    """
    predicted = Parallel(n_jobs=n_jobs)(
        delayed(_predict_fold)(dataset, fold, fit) for fold in folds
    )
    probabilities = np.full((len(dataset), len(LABELS)), np.nan)
    for (_, test), found in zip(folds, predicted, strict=True):
        probabilities[test] = found
    return probabilities


def _predict_fold(dataset: Dataset, fold: Fold, fit: FitModel) -> NDArray[np.float64]:
    training, test = fold
    return fit(dataset.rows(training)).predict_proba(dataset.X[test])


def measure_views(dataset: Dataset, probabilities: NDArray[np.float64]) -> dict[str, Any]:
    """Measure predictions with the source at hand and without."""
    views = {
        "with source": evaluated_with_source(dataset),
        "source withheld": dataset.kinds == str(PairKind.ALONE),
    }
    return {
        name: measure(probabilities[rows], dataset.y[rows])
        for name, rows in views.items()
        if rows.any()
    }


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
