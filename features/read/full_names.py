"""Whole names: words of a name that stand side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.names import NameMention

# Small words and initials inside names.
_SMALL = "de|van|von|der|den|bin|ibn|al|el|la|du|da|di|dos|le|ben"
_UNBROKEN = re.compile(rf"[ \-'.]*(?:(?:[A-Z]\.?|{_SMALL})[ \-'.]+){{0,2}}")
_MAX_GAP_TOKENS = 2
_MAX_PARTS = 6


@dataclass(frozen=True, slots=True)
class FullName:
    """A whole name as it stands in a text: its name words, lower case, and their tokens."""

    words: tuple[str, ...]
    tokens: tuple[int, ...]


def find_full_names(
    names: Sequence[NameMention], text: str, token_spans: NDArray[np.int32]
) -> tuple[FullName, ...]:
    """Put name words that stand side by side together: *Anna* and *Berg* to *Anna Berg*.

    Initials and small words such as *van* and *al* may stand between them; they are left out.

    Parameters
    ----------
    names : sequence of NameMention
        The text's name words, in order.
    text : str
        Normalised text.
    token_spans : ndarray of int32, shape (n_tokens, 2)
        Where its tokens stand.
    """
    found: list[FullName] = []
    run: list[NameMention] = []
    for previous, name in pairwise(names):
        close = name.token - previous.token <= _MAX_GAP_TOKENS + 1 and len(run) < _MAX_PARTS
        if close and _joins(text[token_spans[previous.token, 1] : token_spans[name.token, 0]]):
            run = [*(run or [previous]), name]
        elif run:
            found.append(_full_name(run))
            run = []
    if run:
        found.append(_full_name(run))
    return tuple(found)


def _full_name(run: Sequence[NameMention]) -> FullName:
    return FullName(tuple(name.word for name in run), tuple(name.token for name in run))


def _joins(between: str) -> bool:
    return (
        "\n" not in between and not between.startswith(". ") and bool(_UNBROKEN.fullmatch(between))
    )
