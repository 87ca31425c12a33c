"""The words in which two short texts differ, so that a reader sees them at once."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def mark_differences(text: str, other: str) -> tuple[list[str], list[str]]:
    """Cut two texts where they differ.

    Parameters
    ----------
    text, other : str
        Some words that stand on one side and what stands for them on the other.

    Returns
    -------
    list of str, list of str
        The pieces of each text, in turn what both have and what only it has; joined, they are
        the text.

    Examples
    --------
    >>> mark_differences("legal targets of defeat", "legitimate targets for defeat")
    (['', 'legal', ' targets ', 'of', ' defeat'], ['', 'legitimate', ' targets ', 'for', ' defeat'])
    """
    words, others = list(_WORD.finditer(text)), list(_WORD.finditer(other))
    codes = Levenshtein.opcodes(_plain(words), _plain(others))
    changed = [code for code in codes if code.tag != "equal"]
    return (
        _cut(text, words, [(code.src_start, code.src_end) for code in changed]),
        _cut(other, others, [(code.dest_start, code.dest_end) for code in changed]),
    )


def _plain(words: list[re.Match[str]]) -> list[str]:
    return [word[0].casefold().replace("’", "'") for word in words]


def _cut(text: str, words: list[re.Match[str]], stretches: list[tuple[int, int]]) -> list[str]:
    pieces: list[str] = []
    place = 0
    for first, last in _joined(stretches):
        start, end = words[first].start(), words[last - 1].end()
        pieces += [text[place:start], text[start:end]]
        place = end
    return [*pieces, text[place:]]


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that follow on one another, and drop the empty ones."""
    joined: list[tuple[int, int]] = []
    for first, last in stretches:
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], last)
        elif first < last:
            joined.append((first, last))
    return joined
