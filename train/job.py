"""Training and evaluation as jobs: corpora in, an artifact or figures out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from copydesk.features import load_encoder
from copydesk.models import Manifest, load_model, save_model
from copydesk.models.conformal import conformal_threshold
from copydesk.models.estimator import SourceAwareCalibratedClassifier
from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus
from copydesk.train.dataset import Dataset, asked_with_source, build_dataset
from copydesk.train.fit import (
    Fold,
    check_stories,
    fit_model,
    group_folds,
    is_learned,
    sample_weights,
)
from copydesk.train.hard_negatives import add_hard_negatives
from copydesk.train.in_part import add_reworded_in_part
from copydesk.train.metrics import measure
from copydesk.train.pairs import Pair, PairKind, build_pairs
from copydesk.train.style import StyleModels
from copydesk.types import LABELS

FitModel = Callable[[Dataset], SourceAwareCalibratedClassifier]

COVERAGE = 0.9
# Four fifths of seven stories are the five that calibration needs.
_MIN_STORIES = 7


def train_model(
    corpora: Sequence[Path],
    out: Path,
    *,
    encoder: str = "static",
    styles: StyleModels | None = None,
    name: str = "model",
    random_state: int = 0,
    n_jobs: int = 1,
) -> Manifest:
    """Train a model on labelled corpora and save it.

    Parameters
    ----------
    corpora : sequence of Path
        JSON Lines files or folders of them.
    out : Path
        Folder for the artifact.
    encoder : str
        As ``copydesk.features.load_encoder`` takes it.
    styles : StyleModels, optional
        By default the released model's style score, which goes into the artifact.
    name : str
        Beginning of the model's id.
    random_state : int
        Seed of splits, of wrong candidates and of what is made of pairs.
    n_jobs : int
        Processes, as joblib counts them.

    Returns
    -------
    Manifest
        Its metrics are measured on what ``group_folds`` leaves out in turn.
    """
    records = read_corpora(corpora)
    load_encoder(encoder)  # a wrong name is told before the work, not by a worker
    styles = styles or StyleModels(load_model().style, {})
    pairs = [p for p in training_pairs(records, encoder, random_state, n_jobs) if is_learned(p)]
    return fit_and_save(
        build_dataset(pairs, encoder, styles, n_jobs),
        out,
        encoder=encoder,
        styles=styles,
        name=name,
        data=describe_data(records),
        random_state=random_state,
        n_jobs=n_jobs,
    )


def fit_and_save(
    dataset: Dataset,
    out: Path,
    *,
    encoder: str,
    styles: StyleModels,
    name: str,
    data: Mapping[str, object],
    random_state: int = 0,
    n_jobs: int = 1,
) -> Manifest:
    """Fit a model on feature rows, measure it on what is left out in turn, save it.

    Parameters
    ----------
    dataset : Dataset
        Made with this ``encoder`` and these ``styles``.
    data : mapping of str to object
        What ``describe_data`` says of the records behind the rows.
    out, name, random_state, n_jobs
        As for ``train_model``.

    Raises
    ------
    InvalidInput
        A label occurs in too few stories.
    """
    check_stories(dataset, _MIN_STORIES)
    left_out = cross_validate(dataset, random_state, n_jobs)
    estimator = fit_model(dataset, random_state)
    weights = sample_weights(dataset)
    alone = dataset.kinds == str(PairKind.ALONE)
    thresholds = tuple(
        conformal_threshold(left_out[rows], dataset.y[rows], COVERAGE, weights[rows])
        for rows in (asked_with_source(dataset) & (weights > 0), alone)
    )
    return save_model(
        out,
        estimator,
        style=styles.released,
        name=name,
        encoder=encoder,
        coverage=COVERAGE,
        thresholds=(thresholds[0], thresholds[1]),
        data=data,
        metrics=measure_views(dataset, left_out),
    )


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


def training_pairs(
    records: Sequence[CorpusRecord], encoder: str, random_state: int = 0, n_jobs: int = 1
) -> tuple[Pair, ...]:
    """Give the pairs that a model learns from: those of the corpora, and what is made of them."""
    pairs = add_hard_negatives(build_pairs(records, random_state), encoder, random_state, n_jobs)
    return add_reworded_in_part(pairs, encoder, random_state, n_jobs)


def cross_validate(dataset: Dataset, random_state: int = 0, n_jobs: int = 1) -> NDArray[np.float64]:
    """Predict every row by a model that has not seen its story, as ``group_folds`` splits.

    Returns
    -------
    ndarray of float64, shape (n_samples, n_labels)
    """

    def fit(training: Dataset) -> SourceAwareCalibratedClassifier:
        return fit_model(training, random_state)

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
        "with source": asked_with_source(dataset),
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
