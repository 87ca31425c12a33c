"""Sentences and tokens with character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from copydesk.features.read.table import read_table

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*")
_BOUNDARY = re.compile(r"[.!?]+[\"')\]]*(?=\s+[\"'(\[]*[A-Z0-9\u00c0-\u024f])")
_LAST_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|\.(?=[^\W\d_]))*\Z")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])*")
_NEXT_WORD = re.compile(r"[\s\"'(\[]*([^\W_]+)([.-]?)")
_LOCAL_TIME = re.compile(r"\s+(?:[A-Z]\w+ ){1,3}time\b")
_LONGEST_ABBREVIATION = 12
# In capitals these are no pronouns.
_ACRONYMS = frozenset("IT WHO OR SO".split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the normalised text, by characters and by tokens (both half-open)."""

    start: int
    end: int
    first_token: int
    last_token: int

    @property
    def n_tokens(self) -> int:
        """Number of tokens."""
        return self.last_token - self.first_token


def token_starts(text: str, tokens: Sequence[str], start: int) -> list[int]:
    """Give where tokens begin that ``TOKEN`` finds one after the other from a place on.

    Between them stands no letter and no digit, so each begins where it is met first.

    Examples
    --------
    >>> token_starts("3 men, 30 oars", ["3", "men", "30", "oars"], 0)
    [0, 2, 7, 10]
    """
    starts = []
    for token in tokens:
        begin = text.index(token, start)
        starts.append(begin)
        start = begin + len(token)
    return starts


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split ``text[start:end]`` into sentences; yields character spans.

    Examples
    --------
    >>> line = "Mr. Tal left. The U.S. envoy stayed."
    >>> [line[a:b] for a, b in split_sentences(line, 0, len(line))]
    ['Mr. Tal left.', 'The U.S. envoy stayed.']
    """
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        if match[0] == "." and not _ends_sentence(text, begin, match.start()):
            continue
        yield begin, match.end()
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


@cache
def _words_by_kind() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words.split()) for kind, words in read_table("abbreviations")}


@cache
def _kinds() -> dict[str, str]:
    kinds = ("name", "number", "open", "time")
    return {word: kind for kind in kinds for word in _words_by_kind()[kind]}


def _ends_sentence(text: str, begin: int, stop: int) -> bool:
    """Say whether the full stop at ``text[stop]`` is more than the end of an abbreviation."""
    found = _LAST_WORD.search(text[max(begin, stop - _LONGEST_ABBREVIATION) : stop])
    if found is None:
        return True
    word = found[0]
    kind = _kinds().get(word) or (_kinds().get(word.capitalize()) if word.isupper() else None)
    if kind is None:
        if not _INITIALS.fullmatch(word):
            return True
        kind = "open"
    following = _NEXT_WORD.match(text, stop + 1)
    next_word, mark = following.groups() if following else ("", "")
    if kind == "number":
        return not text[stop + 1 : stop + 4].lstrip()[:1].isdigit()
    if kind == "time":
        goes_on = next_word[:1].isdigit() or _is_among("after_time", next_word)
        return not (goes_on or _LOCAL_TIME.match(text, stop + 1))
    # "U.S. No. 2" and "U.S. All-Star" go on.
    return kind == "open" and not mark and _is_among("begins", next_word)


def _is_among(kind: str, word: str) -> bool:
    words = _words_by_kind()[kind]
    capitals = word.isupper() and word not in _ACRONYMS
    return word in words or (capitals and word.capitalize() in words)
