"""The registry of features: what each number is called and means. Nothing else lists them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.features.compare.comparison import Comparison
from copydesk.features.measure import (
    drift,
    names,
    numbers,
    oddities,
    quotes,
    relative_oddities,
    reuse,
    rewording,
    structure,
    style,
    voice,
    word_fit,
)
from copydesk.features.measure.feature import Feature

# Models keep their weights in this order.
GROUPS = (
    drift,
    reuse,
    rewording,
    quotes,
    names,
    numbers,
    oddities,
    relative_oddities,
    structure,
    style,
    voice,
    word_fit,
)

FEATURES: tuple[Feature, ...] = tuple(feature for group in GROUPS for feature in group.FEATURES)
FEATURE_NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
NEEDS_SOURCE: NDArray[np.bool_] = np.array([feature.needs_source for feature in FEATURES])


def extract_features(comparison: Comparison) -> NDArray[np.float64]:
    """Read the features off a comparison.

    Parameters
    ----------
    comparison : Comparison
        Of an article with its source, or of an article alone.

    Returns
    -------
    ndarray of float64, shape (len(FEATURES),)
        In the order of the registry; NaN for what needs a source and has none, or has nothing to
        measure.
    """
    values: dict[str, float] = {}
    for group in GROUPS:
        values |= group.measure(comparison)
    nan = float("nan")
    return np.array([values.get(name, nan) for name in FEATURE_NAMES], dtype=np.float64)
