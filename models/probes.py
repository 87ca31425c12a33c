"""Probes: fixed pairs of texts by which a model is told from features that it was not made for.

A model knows its features by name only: a formula that changes under it goes unnoticed, and its
verdicts move. So the manifest keeps what the features and the probabilities of three pairs were.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from copydesk.features import (
    FEATURE_NAMES,
    StyleModel,
    compare,
    extract_features,
    load_encoder,
    read_document,
)
from copydesk.models.judgement import Judge, Situation, probabilities_in
from copydesk.models.manifest import Model, Probe
from copydesk.models.probe_texts import ALONE, EDITED, SPUN, WIRE
from copydesk.types import LABELS

# Article, and source where there is one.
PAIRS: Mapping[str, tuple[str, str | None]] = {
    "edited": (EDITED, WIRE),
    "spun": (SPUN, WIRE),
    "alone": (ALONE, None),
}
# Vectors are of float32, and processors add them up in different orders.
_TOLERANCE = 1e-4
_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Shift:
    """A feature or the probability of a label (``p_spun``) that is not what it was."""

    pair: str
    name: str
    was: float | None
    now: float | None

    def __str__(self) -> str:
        return f"{self.pair}: {self.name}: {_show(self.was)} → {_show(self.now)}"


def measure_probes(judge: Judge, style: StyleModel, encoder_name: str) -> dict[str, Probe]:
    """Give the features and probabilities of all pairs, as the code makes them now."""
    encoder = load_encoder(encoder_name)
    probes = {}
    for name, (text, source_text) in PAIRS.items():
        source = None if source_text is None else read_document(source_text, encoder)
        row = extract_features(compare(read_document(text, encoder), source, encoder, style))
        answers = judge.answer(row[None, :], has_candidate=source is not None)
        probabilities = probabilities_in(Situation.COMPARED, answers)[0]
        probes[name] = Probe(
            features=tuple(None if math.isnan(x) else _round(x) for x in row.tolist()),
            probabilities=tuple(map(_round, probabilities.tolist())),
        )
    return probes


def check_probes(model: Model) -> tuple[Shift, ...]:
    """Say what has moved since a model was saved.

    Parameters
    ----------
    model : Model
        Takes about a tenth of a second, so ``load_model`` leaves it to those who want to know.

    Returns
    -------
    tuple of Shift
        Empty where the model is fed what it was made for.

    Examples
    --------
    >>> from copydesk.models import load_model
    >>> check_probes(load_model())
    ()
    """
    kept = model.manifest.probes
    found = measure_probes(model.judge, model.style, model.manifest.encoder)
    return tuple(
        shift for pair, was in kept.items() for shift in _find_shifts(pair, was, found[pair])
    )


def _find_shifts(pair: str, was: Probe, now: Probe) -> Iterator[Shift]:
    names = (*FEATURE_NAMES, *(f"p_{label}" for label in LABELS))
    before, after = (*was.features, *was.probabilities), (*now.features, *now.probabilities)
    for name, old, new in zip(names, before, after, strict=True):
        if not _is_close(old, new):
            yield Shift(pair, name, old, new)


def _is_close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)


def _round(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _show(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.4g}"
