"""Feature rows of training pairs, made by the functions that scoring uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from copydesk.features import (
    FEATURE_NAMES,
    Document,
    compare,
    extract_features,
    load_encoder,
    read_document,
)
from copydesk.train.pairs import Pair, PairKind
from copydesk.train.style import StyleModels
from copydesk.types import LABELS, Label

_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Dataset:
    """Feature rows and what is known of each.

    Parameters
    ----------
    X : ndarray of float64, shape (n_samples, n_features)
        In the order of the registry; NaN where there is no source.
    y : ndarray of int64, shape (n_samples,)
        Index into ``LABELS``.
    groups, kinds, engines, datasets, provenances : ndarray of str, shape (n_samples,)
        Story, kind of pair, what made the text, where it comes from, and how it came into being.
    """

    X: NDArray[np.float64]
    y: NDArray[np.int64]
    groups: NDArray[np.str_]
    kinds: NDArray[np.str_]
    engines: NDArray[np.str_]
    datasets: NDArray[np.str_]
    provenances: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.y)

    def rows(self, mask: NDArray[np.bool_] | NDArray[np.intp]) -> Dataset:
        """Give the rows that a mask or their indices name."""
        return Dataset(
            self.X[mask],
            self.y[mask],
            self.groups[mask],
            self.kinds[mask],
            self.engines[mask],
            self.datasets[mask],
            self.provenances[mask],
        )


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


def build_dataset(
    pairs: Sequence[Pair], encoder: str, styles: StyleModels, n_jobs: int = 1
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
    """
    chunks = [pairs[i : i + _CHUNK] for i in range(0, len(pairs), _CHUNK)]
    rows = Parallel(n_jobs=n_jobs)(
        delayed(_feature_rows)(chunk, encoder, styles) for chunk in chunks
    )
    index = {label: i for i, label in enumerate(LABELS)}
    return Dataset(
        X=np.vstack(rows),
        y=np.array([index[pair.label] for pair in pairs], np.int64),
        groups=np.array([pair.group for pair in pairs]),
        kinds=np.array([str(pair.kind) for pair in pairs]),
        engines=np.array([pair.engine for pair in pairs]),
        datasets=np.array([pair.dataset for pair in pairs]),
        provenances=np.array([str(pair.provenance) for pair in pairs]),
    )


def _feature_rows(
    pairs: Sequence[Pair], encoder_name: str, styles: StyleModels
) -> NDArray[np.float64]:
    encoder = load_encoder(encoder_name)
    documents: dict[str, Document] = {}

    def read(text: str) -> Document:
        if text not in documents:
            documents[text] = read_document(text, encoder)
        return documents[text]

    rows = np.empty((len(pairs), len(FEATURE_NAMES)))
    for row, pair in zip(rows, pairs, strict=True):
        source = None if pair.source_text is None else read(pair.source_text)
        row[:] = extract_features(
            compare(read(pair.text), source, encoder, styles.for_dataset(pair.dataset))
        )
    return rows
