"""Feature rows of training pairs, made by the functions that scoring uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from copydesk.features import (
    FEATURE_NAMES,
    PairReader,
    extract_features,
    load_encoder,
    with_style,
)
from copydesk.train.pairs import Pair, PairKind, short_hash
from copydesk.train.row_cache import RowCache, pair_key
from copydesk.train.steps import Step, Steps
from copydesk.train.style import StyleModels
from copydesk.types import LABELS, Label

_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Dataset:
    """Feature rows and what is known of each.

    Parameters
    ----------
    X : ndarray of float64, shape (n_samples, n_features)
        In the order of the registry; NaN where there is no source. The style is scored by a model
        that has not seen the texts.
    X_without : ndarray of float64, shape (n_samples, n_features)
        The same, the style scored by a model that has seen nothing of the data set, if any has.
    y : ndarray of int64, shape (n_samples,)
        Index into ``LABELS``.
    groups, kinds, engines, datasets, provenances, texts : ndarray of str, shape (n_samples,)
        Story, kind of pair, what made the text, where it comes from, how it came into being, and
        the hash of the text's beginning.
    """

    X: NDArray[np.float64]
    X_without: NDArray[np.float64]
    y: NDArray[np.int64]
    groups: NDArray[np.str_]
    kinds: NDArray[np.str_]
    engines: NDArray[np.str_]
    datasets: NDArray[np.str_]
    provenances: NDArray[np.str_]
    texts: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.y)

    def rows(self, mask: NDArray[np.bool_] | NDArray[np.intp]) -> Dataset:
        """Give the rows that a mask or their indices name."""
        return Dataset(**{field.name: getattr(self, field.name)[mask] for field in fields(self)})


def concatenate(datasets: Sequence[Dataset]) -> Dataset:
    """Join data sets, rows in the order given."""
    names = [field.name for field in fields(Dataset)]
    return Dataset(
        **{name: np.concatenate([getattr(one, name) for one in datasets]) for name in names}
    )


def evaluated_with_source(dataset: Dataset) -> NDArray[np.bool_]:
    """Mark rows to evaluate beside a text: derivatives and their source, originals and related."""
    original = dataset.y == LABELS.index(Label.ORIGINAL)
    related = (dataset.kinds == str(PairKind.RELATED)) & original
    return np.asarray((dataset.kinds == str(PairKind.SOURCE)) | related)


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Feature rows of earlier runs.

    Parameters
    ----------
    cache : RowCache
        Where they are.
    context : str
        Digest of the code and of the style score that made them.
    """

    cache: RowCache
    context: str


def build_dataset(
    pairs: Sequence[Pair],
    encoder: str,
    styles: StyleModels,
    n_jobs: int = 1,
    kept: KeptRows | None = None,
    steps: Steps | None = None,
) -> Dataset:
    """Extract the features of all pairs.

    Parameters
    ----------
    pairs : sequence of Pair
        Any number, at least one.
    encoder : str
        Name of the encoder, as ``load_encoder`` takes it.
    styles : StyleModels
        Score the style of each data set's pairs.
    n_jobs : int
        Processes, as joblib counts them.
    kept : KeptRows, optional
        Of earlier runs; only for a style score that is one for all pairs.
    steps : Steps, optional
        Told how many pairs are done.
    """
    X, X_without = _all_rows(pairs, encoder, styles, n_jobs, kept, steps or Steps())
    index = {label: i for i, label in enumerate(LABELS)}
    return Dataset(
        X=X,
        X_without=X_without,
        y=np.array([index[pair.label] for pair in pairs], np.int64),
        groups=np.array([pair.group for pair in pairs]),
        kinds=np.array([str(pair.kind) for pair in pairs]),
        engines=np.array([pair.engine for pair in pairs]),
        datasets=np.array([pair.dataset for pair in pairs]),
        provenances=np.array([str(pair.provenance) for pair in pairs]),
        texts=np.array([short_hash(pair.text) for pair in pairs]),
    )


def _all_rows(
    pairs: Sequence[Pair],
    encoder: str,
    styles: StyleModels,
    n_jobs: int,
    kept: KeptRows | None,
    steps: Steps,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the rows of all pairs, those that are kept and those that are made."""
    is_one_score = not styles.folds and not styles.without
    X, X_without = np.empty((2, len(pairs), len(FEATURE_NAMES)))
    missing, keys = np.arange(len(pairs)), list[bytes]()
    if kept is not None and is_one_score:
        keys = [pair_key(f"{kept.context} {encoder}", p.text, p.source_text) for p in pairs]
        found = kept.cache.find(keys)
        is_found = np.array([key in found for key in keys], bool)
        for place in np.flatnonzero(is_found).tolist():
            X[place] = X_without[place] = found[keys[place]]
        missing = np.flatnonzero(~is_found)
    steps.begin(Step.FEATURES, len(missing))
    places = [missing[i : i + _CHUNK] for i in range(0, len(missing), _CHUNK)]
    made = Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_feature_rows)([pairs[i] for i in chunk.tolist()], encoder, styles)
        for chunk in places
    )
    for chunk, (own, without) in zip(places, made, strict=True):
        X[chunk], X_without[chunk] = own, without
        if keys and kept is not None:
            kept.cache.put({keys[i]: X[i] for i in chunk.tolist()})
        steps.advance(len(chunk))
    return X, X_without


def _feature_rows(
    pairs: Sequence[Pair], encoder_name: str, styles: StyleModels
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    reader = PairReader(load_encoder(encoder_name))
    X, X_without = np.empty((2, len(pairs), len(FEATURE_NAMES)))
    for row, row_without, pair in zip(X, X_without, pairs, strict=True):
        style = styles.for_pair(pair)
        comparison = reader.compare(pair.text, pair.source_text, style)
        row[:] = row_without[:] = extract_features(comparison)
        other = styles.without_dataset(pair.dataset)
        if other is not None:
            other = replace(other, neighbours=style.neighbours)
            row_without[:] = extract_features(with_style(comparison, other))
    return X, X_without
