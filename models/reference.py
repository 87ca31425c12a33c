"""The training reference: how features were distributed in what a model learned, and which texts.

It holds counts and no text, and lies beside the model for ``copydesk monitor`` and ``promote``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES
from copydesk.models.arrays import load_arrays, save_arrays
from copydesk.models.manifest import Manifest
from copydesk.models.manifest_file import read_manifest, record_part
from copydesk.models.parts import REFERENCE, check_part
from copydesk.types import LABELS

ALONE, BESIDE = 0, 1
"""Kinds of rows: of articles alone, and of articles beside a text they may derive from."""
N_POINTS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """Distributions of features among the rows that a model learned, by kind of row and label.

    Parameters
    ----------
    values : ndarray of float32, shape (2, n_features, n_points)
        Ascending values of each feature at which rows are counted, by kind: quantiles of all
        labels together; infinite behind the largest.
    at_most : ndarray of int32, shape (2, n_labels, n_features, n_points)
        How many rows of a label have a value that is not above.
    n_present : ndarray of int32, shape (2, n_labels, n_features)
        How many have a value.
    n_rows : ndarray of int32, shape (2, n_labels)
        How many there are.
    texts : ndarray of uint64, shape (n_texts,)
        Hashes of the beginnings of all texts that were learned, ascending.
    """

    values: NDArray[np.float32]
    at_most: NDArray[np.int32]
    n_present: NDArray[np.int32]
    n_rows: NDArray[np.int32]
    texts: NDArray[np.uint64]


def round_values(X: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round feature values as the rows beside a model are, to 16 bits.

    What is compared has to be rounded alike: a share of a third is not above a third.

    Examples
    --------
    >>> float(round_values(np.array([1 / 3]))[0])
    0.333251953125
    """
    with np.errstate(over="ignore"):  # a count above 65,504 is as good as infinite
        return np.asarray(X.astype(np.float16).astype(np.float32))


def save_reference(folder: Path, reference: Reference) -> Manifest:
    """Write a training reference beside a model; the manifest names it from now on.

    What the model says, and its id, stay as they are.

    Raises
    ------
    InvalidModel
        The folder holds no model.
    """
    read_manifest(folder)
    save_arrays(reference, folder / REFERENCE)
    return record_part(folder, REFERENCE)


def load_reference(folder: Path) -> Reference | None:
    """Load the training reference of a model.

    Returns
    -------
    Reference or None
        None where there is none, as in models that are older than references.

    Raises
    ------
    InvalidModel
        The folder holds no model, or its reference is damaged.

    Examples
    --------
    >>> from copydesk.models import DEFAULT_MODEL
    >>> reference = load_reference(DEFAULT_MODEL)
    >>> reference.values.shape[0], len(reference.texts) > 20_000
    (2, True)
    """
    folder = folder.resolve() if folder.is_symlink() else folder
    manifest = read_manifest(folder)
    if REFERENCE not in manifest.files:
        return None
    path = folder / REFERENCE
    check_part(folder, REFERENCE, manifest.files)
    try:
        reference = load_arrays(Reference, path)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise InvalidModel(f"{path} is damaged: {error}; train the model again") from error
    shape = (2, len(LABELS), len(FEATURE_NAMES), reference.values.shape[-1])
    if reference.at_most.shape != shape:
        raise InvalidModel(
            f"{path} is damaged: counts of shape {reference.at_most.shape}, expected {shape}; "
            "train the model again"
        )
    return reference
