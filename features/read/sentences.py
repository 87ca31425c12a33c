"""Sentences and tokens with character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)*")
_BOUNDARY = re.compile(r"(?:[.!?]+|\.\.\.)[\"')\]]*(?=\s+[\"'(\[]*[A-Z0-9\u00c0-\u024f])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Cpl|Rev|Fr|Hon|Pres|St|Mt|Jr"
    r"|Sr|vs|etc|No|Nos|approx|dept|est|Inc|Ltd|Co|Corp|Bros|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|Mass|Calif|Fla|Ga|Pa|Va|Wis|Minn|Ariz|Ore|Tenn|Ala|Ky|La|Conn|Mich|Ill|Ind|Colo"
    r"|Art|Sec|Fig|Vol|p|pp|e\.g|i\.e|a\.m|p\.m)|\b[A-Z]|\b(?:[A-Z]\.)+[A-Z])$"
)
_STARTS_SENTENCE = re.compile(
    r"\s+[\"'(]*(?:The|He|She|It|They|We|I|In|On|At|But|And|A|An|This|That|There|His|Her|Its"
    r"|Their|If|When|As|For|After|Before|Some|Many|Most)\b"
)


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
        if match[0] == "." and _ABBREVIATION.search(
            text, max(begin, match.start() - 12), match.start()
        ):
            dotted = text[match.start() - 2 : match.start() - 1] == "."
            if not (dotted and _STARTS_SENTENCE.match(text, match.end())):
                continue
        yield begin, match.end()
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end
