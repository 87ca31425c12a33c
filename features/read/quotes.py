"""Quotations: what stands inside quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A British opening quote follows a space and precedes a letter; a closing one ends a phrase.
_SINGLE = re.compile(r"(?<![^\s(\[])'(?=[A-Za-z])([^\n\"]{8,600}?[\w,.!?])'(?![^\s,.;:!?)\]])")
_MIN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in normalised text; ``text[start:end]`` without its marks."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuoteScan:
    """The quotations of one text, and how many quotation marks stand without a partner."""

    quotes: tuple[Quote, ...]
    n_unbalanced: int


def scan_quotes(text: str, spans: tuple[tuple[int, int], ...]) -> QuoteScan:
    """Find quotations of at least three words, paragraph by paragraph.

    A paragraph that opens a quotation and does not close it goes on in the next one that opens
    with a quotation mark, as news style has it; that is not unbalanced.

    Parameters
    ----------
    text : str
        Normalised text.
    spans : tuple of (int, int)
        The paragraphs of its body.

    Examples
    --------
    >>> line = 'He called it "a very good day" and left.'
    >>> scan_quotes(line, ((0, len(line)),)).quotes[0].text
    'a very good day'
    """
    quotes: list[Quote] = []
    unbalanced = 0
    for index, (start, end) in enumerate(spans):
        marks = [match.start() for match in re.finditer('"', text[start:end])]
        for opening, closing in zip(marks[::2], marks[1::2], strict=False):
            quotes.append(_quote(text, start + opening + 1, start + closing))
        if len(marks) % 2:
            following = spans[index + 1][0] if index + 1 < len(spans) else -1
            if following >= 0 and text[following] == '"':
                quotes.append(_quote(text, start + marks[-1] + 1, end))
            else:
                unbalanced += 1
        if not marks:
            for match in _SINGLE.finditer(text, start, end):
                quotes.append(_quote(text, match.start(1), match.end(1)))
    long_enough = tuple(quote for quote in quotes if quote.text.count(" ") + 1 >= _MIN_WORDS)
    return QuoteScan(long_enough, unbalanced)


def _quote(text: str, start: int, end: int) -> Quote:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " ,.":
        end -= 1
    return Quote(text[start:end], start, end)
