"""An article's sentences beside the source's: what became of each, and how far it drifted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from copydesk.features import Comparison, Document
from copydesk.features.compare.alignment import SentenceFate, SentenceLink, Shape
from copydesk.features.compare.comparison import SourceComparison
from copydesk.types import Span


class PairKind(StrEnum):
    """What became of a sentence between source and article."""

    VERBATIM = "verbatim"
    HOUSE_STYLE = "house_style"
    TIGHTENED = "tightened"
    REWORDED = "reworded"
    MERGED = "merged"
    SPLIT = "split"
    NEW = "new"
    PADDING = "padding"


@dataclass(frozen=True, slots=True)
class Change:
    """Words that stand on one side in the place of other words, or of none, on the other."""

    article: Span | None
    source: Span | None


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence of an article and what of the source it derives from.

    Parameters
    ----------
    kind : PairKind
        What became of it.
    article : Span
        The sentence.
    source : tuple of Span
        The source's sentences: none for what is new, two where two were merged.
    drift : float or None
        1 - cosine similarity of their meaning, in [0, 2]; None for what is new.
    changes : tuple of Change
        Words that differ, in the article's order.
    """

    kind: PairKind
    article: Span
    source: tuple[Span, ...] = ()
    drift: float | None = None
    changes: tuple[Change, ...] = ()


def pair_sentences(comparison: Comparison) -> tuple[SentencePair, ...]:
    """Pair every sentence of an article with the source's; without a source there are none.

    Parameters
    ----------
    comparison : Comparison
        Of the article with its source.
    """
    pair = comparison.with_source
    if pair is None:
        return ()
    article = comparison.article
    links = enumerate(pair.alignment.links)
    return tuple(_pair(article, pair, index, link) for index, link in links)


def _pair(
    article: Document, pair: SourceComparison, index: int, link: SentenceLink
) -> SentencePair:
    span = _sentence(article, index)
    if not link.is_aligned:
        kind = PairKind.PADDING if index in pair.padding else PairKind.NEW
        return SentencePair(kind, span)
    return SentencePair(
        kind=_kind(article, pair, index, link),
        article=span,
        source=tuple(_sentence(pair.source, i) for i in link.source_sentences),
        drift=max(1 - link.similarity, 0.0),
        changes=tuple(_changes(article, pair, index, link)),
    )


def _kind(article: Document, pair: SourceComparison, index: int, link: SentenceLink) -> PairKind:
    """Name what became of a sentence; that it was reworded matters more than its shape."""
    if link.fate is SentenceFate.REWORDED:
        return PairKind.REWORDED
    if link.shape is Shape.MERGED:
        return PairKind.MERGED
    if link.shape is Shape.SPLIT:
        return PairKind.SPLIT
    if link.fate is SentenceFate.TIGHTENED:
        return PairKind.TIGHTENED
    is_restyled = article.sentence_words(index) != pair.article.sentence_words(index)
    return PairKind.HOUSE_STYLE if is_restyled else PairKind.VERBATIM


def _changes(
    article: Document, pair: SourceComparison, index: int, link: SentenceLink
) -> Iterator[Change]:
    """Give the words that differ; a spelling of another house differs in the article as written."""
    sentence = article.sentences[index]
    stretch = pair.source.tokens_of(link.source_first, link.source_last)
    words, source_words = article.sentence_words(index), pair.source.words[stretch]
    for op in Levenshtein.opcodes(source_words, words):
        if op.tag != "equal":
            first, last = sentence.first_token + op.dest_start, sentence.first_token + op.dest_end
            begin, end = stretch.start + op.src_start, stretch.start + op.src_end
            yield Change(
                article.token_span(first, last) if first < last else None,
                pair.source.token_span(begin, end) if begin < end else None,
            )


def _sentence(document: Document, index: int) -> Span:
    sentence = document.sentences[index]
    return document.normalized.raw_span(sentence.start, sentence.end)
