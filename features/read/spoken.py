"""What was said, word for word: the words of speech without what houses write in their own way."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.numbers import find_numbers
from copydesk.features.read.quotes import Quote
from copydesk.features.read.text import lower_in_place

_PIECE = re.compile(
    r"\d+(?:[.,:]\d+)*|(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\[[^\W\d_]\][^\W\d_]+"
    r"|[^\W\d_]+(?:\*+[^\W\d_]*|'[^\W\d_]+)*|%|\.(?: ?\.){2,}|#(?=\d)|[\[(]|[\])]"
)
_MAX_INSERTION_CHARS = 80
_CLOSING = {"[": "]", "(": ")"}
_BEFORE_NOT = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_SHORT = {
    "cannot": ("can", "not"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "let's": ("let", "us"),
    "em": ("them",),
    "ll": ("will",),
    "ve": ("have",),
    "ok": ("okay",),
    "pct": ("percent",),
    "%": ("percent",),
    "#": ("number",),
    "vs": ("versus",),
    "till": ("until",),
    "yeah": ("yes",),
}
_ENDINGS = {"ll": "will", "re": "are", "ve": "have", "m": "am", "d": "would"}
# "It's" is "it is"; elsewhere 's makes a possessive.
_BEFORE_IS = frozenset(
    "it he she that there what who where here how this everybody everyone nobody".split()
)
_MONTHS = {
    month[:length]: month
    for month in "january february august september october november december".split()
    for length in (3, 4)
    if month[:length] not in {"janu", "febr", "octo", "nove", "dece", "augu"}
}
_ENDS_SENTENCE = re.compile(r"[\"')\]]*(?:[.!?](?!\.\.)|\n|$)")
# Between two quotations stand words, or the closing and the opening mark.
_BREAKS_OFF = re.compile(r"[^\W_]|[\"']\W*[\"']")


@dataclass(frozen=True, eq=False)
class SpokenText:
    """The words of a stretch of text as they may be spoken.

    Lower case, accents dropped, contractions written out, numbers by their value.

    Parameters
    ----------
    words : tuple of str
        A number is ``#`` and its value.
    starts, ends : tuple of int
        Where each stands in the normalised text.
    is_inserted : tuple of bool
        Whether it stands in brackets: an editor's word, not the speaker's.
    gaps : frozenset of int
        Before which words an ellipsis stands; ``len(words)`` where it ends the stretch.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    is_inserted: tuple[bool, ...]
    gaps: frozenset[int]
    _text: str = field(repr=False)
    _quotes: tuple[Quote, ...] = field(default=(), repr=False)

    @cached_property
    def is_quoted(self) -> NDArray[np.bool_]:
        """Whether each word stands inside quotation marks."""
        inside = np.zeros(len(self.words), bool)
        for quote in self._quotes:
            inside[bisect_left(self.starts, quote.start) : bisect_left(self.starts, quote.end)] = 1
        return inside

    @cached_property
    def inserted(self) -> list[int]:
        """Which words are an editor's."""
        return [i for i, is_inserted in enumerate(self.is_inserted) if is_inserted]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands."""
        places: dict[str, list[int]] = {}
        for i, word in enumerate(self.words):
            places.setdefault(word, []).append(i)
        return places

    @cached_property
    def ids(self) -> NDArray[np.int32]:
        """A number for each word, the same for the same words."""
        order = {word: i for i, word in enumerate(self.places)}
        return np.array([order[word] for word in self.words], np.int32)

    def ends_sentence(self, index: int) -> bool:
        """Say whether a sentence ends after a word."""
        return _ENDS_SENTENCE.match(self._text, self.ends[index]) is not None

    def begins_quotation(self, index: int) -> bool:
        """Say whether a word goes on with no quotation that the one before it stands in."""
        if index == 0 or not self.is_quoted[index - 1 : index + 1].all():
            return True
        return _BREAKS_OFF.search(self._text, self.ends[index - 1], self.starts[index]) is not None

    def begins_small(self, index: int) -> bool:
        """Say whether a word is written with a small first letter."""
        return self._text[self.starts[index]].islower()

    def is_name(self, index: int) -> bool:
        """Say whether a word looks like a name: a capital that opens no sentence."""
        if not self._text[self.starts[index]].isupper() or self.words[index] == "i":
            return False
        return index > 0 and self._text[self.starts[index] - 2 : self.starts[index]][:1].isalnum()

    def find_run(self, words: Sequence[str], at_or_after: int = 0) -> int:
        """Give where these words stand one after the other, -1 where they do not."""
        wanted = tuple(words)
        for i in self.places.get(wanted[0], ()) if wanted else ():
            if i >= at_or_after and self.words[i : i + len(wanted)] == wanted:
                return i
        return -1


def read_speech(
    text: str, spans: Sequence[tuple[int, int]], quotes: tuple[Quote, ...] = ()
) -> SpokenText:
    """Read the words of stretches of text as they may be spoken.

    Parameters
    ----------
    text : str
        Normalised text.
    spans : sequence of (int, int)
        The stretches of it, in order.
    quotes : tuple of Quote
        The text's quotations.

    Examples
    --------
    >>> line = "We don't want 1,200 [more] ..."
    >>> read_speech(line, [(0, len(line))]).words
    ('we', 'do', 'not', 'want', '#1200', 'more')
    """
    words: list[str] = []
    places: list[tuple[int, int]] = []
    inserted: set[int] = set()
    gaps: set[int] = set()
    for start, end in spans:
        lowered = lower_in_place(text[start:end])
        closed_at = -1
        for match in _PIECE.finditer(lowered):
            piece = match[0]
            at, stop = match.span()
            if piece.isalpha() and piece.isascii() and piece not in _WRITTEN_OUT:
                words.append(piece)
                places.append((start + at, start + stop))
            elif piece in _CLOSING:
                found = lowered.find(_CLOSING[piece], at, at + _MAX_INSERTION_CHARS)
                closed_at = max(found, closed_at)
                continue
            elif piece[0] == ".":
                gaps.add(len(words))
                continue
            elif piece not in "])":
                words += _write_out(piece)
                places += [(start + at, start + stop)] * (len(words) - len(places))
            if at < closed_at:
                inserted.add(len(words) - 1)
    return _join_numbers(text, words, places, inserted, gaps, quotes)


def _write_out(piece: str) -> Iterator[str]:
    """Give the words of one piece of text, a contraction as the words that it is short for."""
    if not piece.isascii():
        decomposed = unicodedata.normalize("NFKD", piece)
        piece = "".join(c for c in decomposed if not unicodedata.combining(c))
    if piece in _SHORT:
        yield from _SHORT[piece]
        return
    if "'" in piece:
        if piece.endswith("n't"):
            yield _BEFORE_NOT.get(piece[:-3], piece[:-3])
            yield "not"
            return
        base, _, ending = piece.rpartition("'")
        if ending in _ENDINGS:
            yield base.replace("'", "")
            yield _ENDINGS[ending]
            return
        if ending == "s" and base in _BEFORE_IS:
            yield base
            yield "is"
            return
        yield piece.replace("'", "")
        return
    if piece[0] == "[" or ("." in piece and not piece[0].isdigit()):
        piece = piece.translate(_DROPPED)
    yield _MONTHS.get(piece, piece)


_DROPPED = str.maketrans("", "", "[].")


_WRITTEN_OUT = _SHORT.keys() | _MONTHS.keys()


def _join_numbers(
    text: str,
    words: list[str],
    spans: list[tuple[int, int]],
    inserted: set[int],
    gaps: set[int],
    quotes: tuple[Quote, ...],
) -> SpokenText:
    """Put one word in the place of those that spell a number, and of "per cent"."""
    joined = {n.first_token: (n.last_token, _figure(n.value)) for n in find_numbers(words)}
    if "cent" in words:
        for i, pair in enumerate(pairwise(words)):
            if pair == ("per", "cent"):
                joined[i] = (i + 2, "percent")
    if joined:
        for i, (following, word) in joined.items():
            words[i], spans[i] = word, (spans[i][0], spans[following - 1][1])
        dropped = {j for i, (following, _) in joined.items() for j in range(i + 1, following)}
        kept = [i for i in range(len(words)) if i not in dropped]
        words = [words[i] for i in kept]
        spans = [spans[i] for i in kept]
        inserted = {bisect_right(kept, i) - 1 for i in inserted}
        gaps = {bisect_left(kept, gap) for gap in gaps}
    return SpokenText(
        tuple(words),
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
        tuple(i in inserted for i in range(len(words))) if inserted else (False,) * len(words),
        frozenset(gaps),
        text,
        quotes,
    )


def _figure(value: float) -> str:
    # "One" alone is no number to count; nor is the digit.
    return {0.0: "zero", 1.0: "one"}.get(value) or f"#{value:g}"
