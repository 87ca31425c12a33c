"""Figures of parts of a corpus: where a model is weaker than the whole tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.bootstrap import intervals_of
from copydesk.train.evaluation.outcomes import Gathered
from copydesk.train.evaluation.sums import describe

SLICED = (View.WITH_SOURCE, View.FOUND)
"""Situations that parts are measured in."""
_FIGURES = ("accuracy", "macro_f1", "log_loss", "honest_called_spun")
_LENGTHS = (150, 400, 800)


def length_band(text: str) -> str:
    """Give the band of a text's length, in words.

    Examples
    --------
    >>> length_band("one two"), length_band("word " * 800)
    ('under 150 words', '800 words and more')
    """
    n_words = len(text.split())
    if n_words < _LENGTHS[0]:
        return f"under {_LENGTHS[0]} words"
    for low, high in pairwise(_LENGTHS):
        if n_words < high:
            return f"{low} to {high - 1} words"
    return f"{_LENGTHS[-1]} words and more"


KINDS: Mapping[str, Callable[[CorpusRecord], str | None]] = {
    "data set": lambda record: record.dataset,
    "engine": lambda record: record.engine,
    "beat": lambda record: record.beat,
    "outlet": lambda record: record.article.outlet,
    "length": lambda record: length_band(record.article.text),
}
"""What a corpus is parted by; records that do not say are in no part."""


def measure_slices(
    gathered: Mapping[View, Gathered], records: Sequence[CorpusRecord], random_state: int = 0
) -> dict[str, dict[str, dict[str, Any]]]:
    """Measure the parts of a corpus.

    Parameters
    ----------
    gathered : mapping of View to Gathered
        What a model said of it.
    records : sequence of CorpusRecord
        The corpus.
    random_state : int
        Seed of the intervals.

    Returns
    -------
    dict
        By kind of part, name of the part and situation: ``n``, ``n_stories``, ``accuracy``,
        ``macro_f1``, ``log_loss``, ``honest_called_spun`` and, where there are stories enough,
        their ``intervals``. The largest parts come first.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for kind, name_of in KINDS.items():
        names = [name_of(record) for record in records]
        counts: dict[str, int] = {}
        for name in names:
            if name is not None:
                counts[name] = counts.get(name, 0) + 1
        parts = {
            name: _measure_part(name, names, gathered, random_state)
            for name in sorted(counts, key=lambda name: (-counts[name], name))
        }
        if parts:
            found[kind] = parts
    return found


def _measure_part(
    name: str,
    names: Sequence[str | None],
    gathered: Mapping[View, Gathered],
    random_state: int,
) -> dict[str, Any]:
    part = {}
    for view in SLICED:
        if view not in gathered:
            continue
        rows = gathered[view].rows.tolist()
        said = gathered[view].said.rows(np.array([names[row] == name for row in rows], bool))
        if len(said):
            figures, bounds = describe(said), intervals_of(said, random_state)
            part[str(view)] = {
                "n": len(said),
                "n_stories": len(np.unique(said.groups)),
                **{figure: figures[figure] for figure in _FIGURES},
                "intervals": {f: list(bounds[f]) for f in _FIGURES if f in bounds},
            }
    return part
