"""Nearest neighbours of words by the static vectors."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import numpy as np
from wordfreq import top_n_list

from copydesk.features.read.encoder import load_encoder
from copydesk.features.read.lexicon import FUNCTION_WORDS

_N_VOCABULARY = 15_000
_N_NEAREST = 40
_N_KEPT = 5
_MIN_SIMILARITY = 0.4
_ENDINGS = ("ing", "ed", "ly", "s")


class Neighbours:
    """Common English words, each with those whose static vectors are nearest.

    A neighbour has the same ending and another stem: inflections are no substitutes.

    Examples
    --------
    >>> "physician" in load_neighbours().look_up(["doctor"])["doctor"]
    True
    """

    def __init__(self) -> None:
        words = [w for w in top_n_list("en", _N_VOCABULARY) if w.isalpha() and w.isascii()]
        by_ending: dict[str, list[str]] = {}
        for word in words:
            if len(word) > 2 and word not in FUNCTION_WORDS:
                by_ending.setdefault(_ending(word), []).append(word)
        encoder = load_encoder()
        self._groups = {
            ending: (group, encoder.encode(group), {word: row for row, word in enumerate(group)})
            for ending, group in by_ending.items()
        }
        self._found: dict[str, tuple[str, ...]] = {}

    def look_up(self, words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give for each lower-case word what may stand for it, nearest first."""
        new = sorted({word for word in words if word not in self._found})
        self._found |= dict.fromkeys(new, ())
        for ending, (_, _, rows) in self._groups.items():
            known = [word for word in new if word in rows and _ending(word) == ending]
            if known:
                self._find(known, ending)
        return {word: self._found[word] for word in words}

    def _find(self, known: list[str], ending: str) -> None:
        group, vectors, rows = self._groups[ending]
        similarity = vectors[[rows[word] for word in known]] @ vectors.T
        for word, row in zip(known, similarity, strict=True):
            near = np.flatnonzero(row >= _MIN_SIMILARITY)
            ranked = near[np.argsort(-row[near])][:_N_NEAREST].tolist()
            self._found[word] = tuple(
                group[i] for i in ranked if not _may_share_pieces(group[i], word)
            )[:_N_KEPT]


def _may_share_pieces(one: str, other: str) -> bool:
    """Inflections are no substitutes; and rare words are near where they begin with one piece."""
    return one[:3] == other[:3]


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


@cache
def load_neighbours() -> Neighbours:
    """Read the vocabulary once per process."""
    return Neighbours()
