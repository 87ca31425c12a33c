"""Typing errors: words that differ by a slip of the hand, put right or made."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from copydesk.features.read.lexicon import zipf_frequency

_MIN_TYPO_CHARS = 5
_MISTYPED_ZIPF = 2.8
_MISTYPED_GAIN = 1.0


def is_typing_error(one: str, other: str) -> bool:
    """Say whether one of two lower-case words is the other with a letter typed wrong.

    Examples
    --------
    >>> is_typing_error("recieve", "receive"), is_typing_error("restart", "restarts")
    (True, False)
    """
    if min(len(one), len(other)) < _MIN_TYPO_CHARS or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    is_inflected = one in {f"{other}s", f"{other}d"} or other in {f"{one}s", f"{one}d"}
    rarer, commoner = sorted((zipf_frequency(one), zipf_frequency(other)))
    mistyped = rarer < _MISTYPED_ZIPF and commoner - rarer >= _MISTYPED_GAIN
    return mistyped and not is_inflected
