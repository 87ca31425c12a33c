"""Quotations compared: what became of the article's, and of the source's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from copydesk.features.compare.alignment import Alignment
from copydesk.features.read.document import Document
from copydesk.features.read.quotes import Quote
from copydesk.features.read.text import lower_in_place

_VERBATIM_RATIO = 96.0
_ALTERED_RATIO = 60.0
_KEPT_QUOTE_RATIO = 80.0
_REPORTED_RECALL = 0.5


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


def region_of(
    quote: Quote, article: Document, source: Document, alignment: Alignment
) -> tuple[int, int]:
    """Where in the source the sentences that hold a quotation come from, one more on each side."""
    first = article.sentence_at(quote.start)
    last = article.sentence_at(max(quote.end - 1, quote.start))
    links = [link for link in alignment.links[first : last + 1] if link.source_last]
    if not links:
        return 0, 0
    begin = max(min(link.source_first for link in links) - 1, 0)
    end = min(max(link.source_last for link in links) + 1, len(source.sentences))
    return source.sentences[begin].start, source.sentences[end - 1].end


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


def fate_of_source_quotes(
    article: Document, source: Document, matches: tuple[QuoteMatch, ...]
) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """Tell the source's quotations that the article quotes from those it tells in its own words."""
    kept: list[Quote] = []
    reported: list[Quote] = []
    quoted_spans = [
        (match.source_start, match.source_end)
        for match in matches
        if match.ratio >= _KEPT_QUOTE_RATIO
    ]
    for quote in source.quote_scan.quotes:
        if any(start < quote.end and quote.start < end for start, end in quoted_spans):
            kept.append(quote)
            continue
        at = source.sentence_at(quote.start)
        stems = source.content_stems[at] if source.content_stems else frozenset()
        if len(stems) < 3:
            continue
        for sentence, own in zip(article.sentences, article.content_stems, strict=True):
            found = len(stems & own) / len(stems)
            quoted = article.in_quote[sentence.first_token : sentence.last_token].any()
            if found >= _REPORTED_RECALL and not quoted:
                reported.append(quote)
                break
    return tuple(kept), tuple(reported)
