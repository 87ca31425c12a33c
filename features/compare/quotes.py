"""Quotations compared: what became of the article's, and of the source's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz

from copydesk.features.compare.alignment import Alignment, SentenceFate, word_share
from copydesk.features.compare.derivation import derives_from, is_translated
from copydesk.features.compare.quote_changes import (
    closeness,
    has_little_in_common,
    is_altered,
    share_known,
)
from copydesk.features.compare.quote_words import LaidQuote, lay_quote
from copydesk.features.compare.speakers import are_other_people, find_speaker
from copydesk.features.read.document import Document
from copydesk.features.read.quotes import Quote
from copydesk.features.read.spoken import SpokenText, read_speech
from copydesk.features.read.text import lower_in_place

# How close a quotation has to be to what the source quotes to be the same one: where the
# sentences that hold them are aligned, in the region that alignment points to, and anywhere.
_MIN_CLOSENESS_ALIGNED = 0.4
_MIN_CLOSENESS = 0.6
_MIN_CLOSENESS_ANYWHERE = 0.7
# Of the words of a quotation, against how close it has to be: with fewer known it cannot be.
_MIN_KNOWN = 0.6
# Of letters, of a whole quotation and of part of one, where hardly a word is left.
_ALTERED_RATIO = 62.0
_ALTERED_PART_RATIO = 70.0
# Who keeps such a share of an article word for word rewords no quotation so far: it is another
# one, or another's translation.
_MAX_KEPT_SHARE = 0.25
_MIN_LETTERED_WORDS = 4
_MIN_LENGTH_SHARE = 0.6
_MAX_LENGTH_SHARE = 1.7
_KEPT_QUOTE_RATIO = 80.0
_REPORTED_RECALL = 0.5
# Quotations with so much the same on either side are attributed alike.
_SAME_CHARS = 40


class QuoteFate(StrEnum):
    """What became of a quotation between source and article.

    MISATTRIBUTED: the words are the source's and the name beside them another's.
    RENDERED_DIFFERENTLY: two reports that owe each other nothing have one utterance in different
    words, as translations do.
    """

    VERBATIM = "verbatim"
    SHORTENED = "shortened"
    ALTERED = "altered"
    MISATTRIBUTED = "misattributed"
    RENDERED_DIFFERENTLY = "rendered_differently"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """An article's quotation and the stretch of the source that it is closest to.

    ``ratio`` is rapidfuzz's ratio of their letters, 0 to 100. ``source_start`` and ``source_end``
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
    article: Document, source: Document, alignment: Alignment
) -> tuple[QuoteMatch, ...]:
    """Say for each quotation of an article what became of it.

    A quotation whose words stand anywhere in the source is verbatim, or shortened, where it is
    part of a longer quotation or leaves something out as desks may. One that can be laid, word
    by word, over what the source quotes is altered, however few its words are that differ;
    any other the source does not have. Nothing is altered in an article that does not derive
    from the source: the two render what was said in their own ways.
    """
    quotes = article.quote_scan.quotes
    lowered = lower_in_place(source.text) if quotes else ""
    matches = (_match_quote(quote, article, source, alignment, lowered) for quote in quotes)
    return tuple(_in_context(match, article, source, alignment) for match in matches)


def _in_context(
    match: QuoteMatch, article: Document, source: Document, alignment: Alignment
) -> QuoteMatch:
    """Look at what stands around a quotation: whose it is said to be, and what it comes from."""
    if match.fate is QuoteFate.UNMATCHED:
        return match
    quote = match.quote
    other_speaker = _has_other_speaker(match, article, source)
    if match.fate is QuoteFate.ALTERED:
        if other_speaker:
            return QuoteMatch(quote, QuoteFate.UNMATCHED, 0.0, 0, 0)
        translated = is_translated(article.text, quote.start, quote.end) or is_translated(
            source.text, match.source_start, match.source_end
        )
        if derives_from(article, alignment, translated=translated):
            return match
        return replace(match, fate=QuoteFate.RENDERED_DIFFERENTLY)
    if other_speaker and derives_from(article, alignment):
        return replace(match, fate=QuoteFate.MISATTRIBUTED)
    return match


def _has_other_speaker(match: QuoteMatch, article: Document, source: Document) -> bool:
    """Say whether both texts name who speaks, and not the same person."""
    start, end = match.quote.start, match.quote.end
    source_start, source_end = match.source_start, match.source_end
    if (
        article.text[end : end + _SAME_CHARS] == source.text[source_end : source_end + _SAME_CHARS]
        and article.text[max(start - _SAME_CHARS, 0) : start]
        == source.text[max(source_start - _SAME_CHARS, 0) : source_start]
    ):
        return False
    speaker = find_speaker(article, match.quote)
    held = [
        find_speaker(source, other)
        for other in source.quote_scan.quotes
        if speaker and other.start < match.source_end and match.source_start < other.end
    ]
    return bool(held) and all(are_other_people(speaker, one, article, source) for one in held)


def _match_quote(
    quote: Quote, article: Document, source: Document, alignment: Alignment, source_lower: str
) -> QuoteMatch:
    wanted = lower_in_place(quote.text)
    at = _find_whole(source_lower, wanted)
    if at >= 0:
        return _intact(quote, source, at, at + len(wanted))
    words = read_speech(article.text, [(quote.start, quote.end)])
    run = source.speech.find_run(words.words) if not words.gaps else -1
    if run >= 0:
        start, end = source.speech.starts[run], source.speech.ends[run + len(words.words) - 1]
        return _intact(quote, source, start, end)
    known = share_known(words, source.speech)
    for first, last, likeness in _stretches(quote, article, source, alignment):
        if known < _MIN_KNOWN * likeness:
            continue
        laid = lay_quote(words, source.speech, first, last)
        if laid is not None:
            match = _judge(quote, words, source, laid, likeness)
            if match.fate is not QuoteFate.UNMATCHED:
                return match
    return _match_by_letters(quote, article, source, alignment)


def _match_by_letters(
    quote: Quote, article: Document, source: Document, alignment: Alignment
) -> QuoteMatch:
    """Match a quotation that has few of the source's words left, in sentences that are aligned."""
    unmatched = QuoteMatch(quote, QuoteFate.UNMATCHED, 0.0, 0, 0)
    wanted = lower_in_place(quote.text)
    is_aligned = alignment.links[article.sentence_at(quote.start)].is_aligned
    if not is_aligned or wanted.count(" ") + 1 < _MIN_LETTERED_WORDS:
        return unmatched
    if word_share(article, alignment, SentenceFate.VERBATIM) > _MAX_KEPT_SHARE:
        return unmatched
    begin, end = region_of(quote, article, source, alignment)
    best = unmatched
    for other in source.quote_scan.quotes:
        is_near = other.start < end and begin < other.end
        if not is_near or len(other.text) < _MIN_LENGTH_SHARE * len(wanted):
            continue
        is_longer = len(other.text) > _MAX_LENGTH_SHARE * len(wanted)
        least = max(_ALTERED_PART_RATIO if is_longer else _ALTERED_RATIO, best.ratio)
        found = fuzz.partial_ratio_alignment(wanted, lower_in_place(other.text), score_cutoff=least)
        is_whole = found and 2 * (found.dest_end - found.dest_start) >= len(wanted)
        if found is not None and is_whole and found.score > best.ratio:
            span = other.start, other.end
            if is_longer:
                span = _whole_words(
                    source.text, other.start + found.dest_start, other.start + found.dest_end
                )
            best = QuoteMatch(quote, QuoteFate.ALTERED, found.score, *span)
    return best


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


def _find_whole(text: str, wanted: str) -> int:
    """Find where a stretch stands that neither begins nor ends inside a word."""
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        begins = not (text[at - 1 : at].isalnum() and wanted[:1].isalnum())
        if begins and not (text[end : end + 1].isalnum() and wanted[-1:].isalnum()):
            return at
        at = text.find(wanted, at + 1)
    return -1


def _intact(quote: Quote, source: Document, start: int, end: int) -> QuoteMatch:
    quotes = source.quote_scan.quotes
    holder = next((q for q in quotes if q.start <= start + 2 and end - 2 <= q.end), None)
    is_part = holder is not None and holder.end - holder.start > 1.2 * (end - start) + 10
    fate = QuoteFate.SHORTENED if is_part else QuoteFate.VERBATIM
    return QuoteMatch(quote, fate, 100.0, start, end)


def _stretches(
    quote: Quote, article: Document, source: Document, alignment: Alignment
) -> Iterator[tuple[int, int, float]]:
    """Give where to lay a quotation, and how close it has to be there: its region, then all."""
    starts = source.speech.starts
    begin, end = region_of(quote, article, source, alignment)
    link = alignment.links[article.sentence_at(quote.start)]
    yield (
        bisect_left(starts, begin),
        bisect_left(starts, end),
        _MIN_CLOSENESS_ALIGNED if link.is_aligned else _MIN_CLOSENESS,
    )
    yield 0, len(starts), _MIN_CLOSENESS_ANYWHERE


def _judge(
    quote: Quote, words: SpokenText, source: Document, laid: LaidQuote, min_closeness: float
) -> QuoteMatch:
    unmatched = QuoteMatch(quote, QuoteFate.UNMATCHED, 0.0, 0, 0)
    speech = source.speech
    start, end = speech.starts[laid.source_first], speech.ends[laid.source_last - 1]
    n_quoted = sum(speech.is_quoted[j] for _, j in laid.pairs)
    close = closeness(words, speech, laid)
    if has_little_in_common(words, speech, laid):
        min_closeness = max(min_closeness, _MIN_CLOSENESS_ANYWHERE)
    if 2 * n_quoted < len(laid.pairs) or close < min_closeness:
        return unmatched
    if not is_altered(words, speech, laid):
        return QuoteMatch(quote, QuoteFate.SHORTENED, 100.0, start, end)
    held = [q for q in source.quote_scan.quotes if q.start < end and start < q.end]
    start, end = max(start, held[0].start), min(end, held[-1].end)
    ratio = fuzz.ratio(lower_in_place(quote.text), lower_in_place(source.text[start:end]))
    return QuoteMatch(quote, QuoteFate.ALTERED, ratio, start, end)


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
