"""What a model says of itself, and a model as it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.features import StyleModel
from copydesk.models.judgement import Judge, Shares

FORMAT = 6


@dataclass(frozen=True, slots=True)
class Probe:
    """What a model made of a pair.

    Parameters
    ----------
    features : tuple of float or None
        In the order of the registry, to seven digits; None for NaN.
    probabilities : tuple of float
        Of the labels, calibrated.
    """

    features: tuple[float | None, ...]
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model is and what it saw.

    Parameters
    ----------
    model_id : str
        A name and the beginning of the weights' SHA-256.
    encoder : str
        Name of the encoder that features are made with.
    features, labels : tuple of str
        In the order of the arrays.
    coverage : float
        What the conformal sets promise, in (0, 1).
    thresholds : mapping of str to tuple of float
        By situation, the least probability that each label needs to be in the conformal set.
    versions : mapping of str to str
        Of Python and the packages that made the model.
    data : mapping of str to object
        Per data set, its digest and number of rows.
    metrics : mapping of str to object
        What was measured on stories left out.
    files : mapping of str to str
        SHA-256 of each part.
    probes : mapping of str to Probe
        What the model made of fixed pairs when it was saved.
    encoder_vector : tuple of float
        What the encoder made of a fixed sentence; empty in models that are older than this field.
    format : int
        Version of this format.
    """

    model_id: str
    encoder: str
    features: tuple[str, ...]
    labels: tuple[str, ...]
    coverage: float
    thresholds: Mapping[str, Shares]
    versions: Mapping[str, str]
    data: Mapping[str, object]
    metrics: Mapping[str, object]
    files: Mapping[str, str]
    probes: Mapping[str, Probe]
    encoder_vector: tuple[float, ...] = ()
    format: int = FORMAT


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A loaded model: its manifest, the classifiers of its questions, its style score."""

    manifest: Manifest
    judge: Judge
    style: StyleModel
