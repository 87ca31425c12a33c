"""What is read of a very long text: a sample that a copy of it is read by too."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

MAX_CHARS = 200_000
"""A text is read whole up to this size, some 33,000 words; no article is as long."""

_BEGINNING_CHARS, _END_CHARS = 20_000, 5_000
_LONG_LINE = 2_000
_SENTENCE = re.compile(r".+?(?:[.!?][\"')\]]*\s+|\Z)", re.DOTALL)
_NOT_COMPARED = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789"))


def find_sample(raw: str) -> tuple[tuple[int, int], ...]:
    """Choose what is read of a text: stretches ``raw[start:end]``, in order.

    All of a text of up to ``MAX_CHARS``. Of a longer one the beginning and the end, where credits
    stand, and in between the lines with the lowest checksums of their letters, as many as fit; of
    long lines the sentences. A copy is so read by the same lines, wherever they stand in it
    (bottom-k sampling, Cohen and Kaplan 2007).

    Examples
    --------
    >>> find_sample("The ferry sank.")
    ((0, 15),)
    >>> sum(end - start for start, end in find_sample("The ferry sank. " * 100_000)) <= MAX_CHARS
    True
    """
    if len(raw) <= MAX_CHARS:
        return ((0, len(raw)),)
    chosen: list[tuple[int, int]] = []
    between: list[tuple[int, int, int]] = []
    left = MAX_CHARS
    for start, end in _pieces(raw):
        if end <= _BEGINNING_CHARS or start >= len(raw) - _END_CHARS:
            chosen.append((start, end))
            left -= end - start
        else:
            between.append((_checksum(raw[start:end]), start, end))
    for _, start, end in sorted(between):
        if end - start <= left:
            chosen.append((start, end))
            left -= end - start
    return tuple(_joined(sorted(chosen)))


def _pieces(raw: str) -> Iterator[tuple[int, int]]:
    """Cut a text into lines, and long lines into sentences, or else into equal parts."""
    for line in re.finditer(r"[^\n]*(?:\n|\Z)", raw):
        start, end = line.span()
        if end - start <= _LONG_LINE:
            if end > start:
                yield start, end
            continue
        for sentence in _SENTENCE.finditer(raw, start, end):
            begin, stop = sentence.span()
            for at in range(begin, stop, _LONG_LINE):
                yield at, min(at + _LONG_LINE, stop)


def _checksum(piece: str) -> int:
    letters = piece.encode("ascii", "ignore").lower().translate(None, _NOT_COMPARED)
    return zlib.crc32(letters)


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join stretches that stand side by side."""
    begin, stop = spans[0]
    for start, end in spans[1:]:
        if start != stop:
            yield begin, stop
            begin = start
        stop = end
    yield begin, stop
