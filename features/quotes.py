"""Quotations: what stands inside quotation marks, and what became of the source's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from copydesk.features.text import lower_in_place

# A British opening quote follows a space and precedes a letter; a closing one ends a phrase.
_SINGLE = re.compile(r"(?<![^\s(\[])'(?=[A-Za-z])([^\n\"]{8,600}?[\w,.!?])'(?![^\s,.;:!?)\]])")
_MIN_WORDS = 3
_VERBATIM_RATIO = 96.0
_ALTERED_RATIO = 60.0


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in normalised text; ``text[start:end]`` without its marks."""

    text: str
    start: int
    end: int


class QuoteFate(StrEnum):
    """What became of a quotation between source and article."""

    VERBATIM = "verbatim"
    SHORTENED = "shortened"
    ALTERED = "altered"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """An article's quotation and the stretch of the source that it is closest to.

    ``ratio`` is the partial ratio of rapidfuzz, 0 to 100. ``source_start`` and ``source_end``
    are offsets into the source's normalised text.
    """

    quote: Quote
    fate: QuoteFate
    ratio: float
    source_start: int
    source_end: int


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


def match_quotes(
    quotes: tuple[Quote, ...],
    regions: tuple[tuple[int, int], ...],
    source_text: str,
    source_quotes: tuple[Quote, ...],
) -> tuple[QuoteMatch, ...]:
    """Say for each quotation of an article what became of it.

    A quotation that stands anywhere in the source is verbatim; any other is looked for where
    the alignment puts the sentences that hold it.

    At a partial ratio of 96 or more it is verbatim (or shortened, where it is part of a longer
    quotation of the source); down to 60 it is altered; below, the source does not have it.

    Parameters
    ----------
    quotes : tuple of Quote
        The article's.
    regions : tuple of (int, int)
        For each of them, the stretch of the source's normalised text to look in.
    source_text : str
        The source's normalised text.
    source_quotes : tuple of Quote
        The source's quotations.
    """
    lowered = lower_in_place(source_text)
    return tuple(
        _match_quote(quote, region, lowered, source_quotes)
        for quote, region in zip(quotes, regions, strict=True)
    )


def _match_quote(
    quote: Quote,
    region: tuple[int, int],
    source_lower: str,
    source_quotes: tuple[Quote, ...],
) -> QuoteMatch:
    wanted = lower_in_place(quote.text)
    at = source_lower.find(wanted)
    if at >= 0:
        ratio, start, end = 100.0, at, at + len(wanted)
    else:
        part = source_lower[region[0] : region[1]]
        found = fuzz.partial_ratio_alignment(wanted, part, score_cutoff=_ALTERED_RATIO)
        if found is None or len(part) < 0.6 * len(wanted):
            return QuoteMatch(quote, QuoteFate.UNMATCHED, 0.0, 0, 0)
        # With a part shorter than the quotation, rapidfuzz slides the part along the quotation.
        ratio = found.score
        start, end = _whole_words(
            source_lower, region[0] + found.dest_start, region[0] + found.dest_end
        )
    overlapping = [q for q in source_quotes if 2 * _overlap(q, start, end) > end - start]
    if overlapping:
        start, end = max(start, overlapping[0].start), min(end, overlapping[0].end)
    if ratio < _VERBATIM_RATIO:
        return QuoteMatch(quote, QuoteFate.ALTERED, ratio, start, end)
    holder = next((q for q in source_quotes if q.start <= start + 2 and end - 2 <= q.end), None)
    if holder is not None and holder.end - holder.start > 1.2 * len(wanted) + 10:
        return QuoteMatch(quote, QuoteFate.SHORTENED, ratio, start, end)
    return QuoteMatch(quote, QuoteFate.VERBATIM, ratio, start, end)


def _overlap(quote: Quote, start: int, end: int) -> int:
    return min(quote.end, end) - max(quote.start, start)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span that begins or ends inside a word, then drop marks at its ends."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
