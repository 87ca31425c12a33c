"""One pass over an article and its source; features and evidence are both read off the result."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.features.alignment import Alignment, align_sentences
from copydesk.features.document import Document
from copydesk.features.encoder import Encoder
from copydesk.features.figures import Figure
from copydesk.features.names import (
    CorruptedName,
    find_corrupted_names,
    find_inconsistent_names,
)
from copydesk.features.oddities import (
    Oddity,
    find_broken_terms,
    swapped_words,
)
from copydesk.features.quotes import Quote, QuoteFate, QuoteMatch, match_quotes
from copydesk.features.reuse import Edits, find_edits, run_lengths
from copydesk.features.style import StyleModel, StyleScores


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A number of the article that stands where the source has another."""

    figure: Figure
    source_figure: Figure


@dataclass(frozen=True, slots=True)
class SourceComparison:
    """What an article shares with its source and what became of it.

    ``runs`` gives per article token the longest verbatim run that covers it;
    ``reported_quotes`` are quotations of the source that the article tells without marks;
    ``padding`` are the article's sentences that neither derive from the source nor bring a name,
    a number or a quotation that it lacks; ``added_style`` and ``removed_style`` say how much of a
    machine's manner is in the terms that only the article has, and in those that only the source
    has; ``changed_style`` and ``unchanged_style`` score the sentences that were tightened or
    reworded, and the source's sentences that they come from, each as one passage.
    """

    source: Document
    source_style: StyleScores
    alignment: Alignment
    runs: NDArray[np.int32]
    edits: Edits
    quote_matches: tuple[QuoteMatch, ...]
    reported_quotes: tuple[Quote, ...]
    kept_quotes: tuple[Quote, ...]
    corrupted_names: tuple[CorruptedName, ...]
    changed_figures: tuple[ChangedFigure, ...]
    broken_terms: tuple[Oddity, ...]
    swapped_words: tuple[Oddity, ...]
    padding: tuple[int, ...]
    added_style: float
    removed_style: float
    changed_style: float
    unchanged_style: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article and its comparison with a source where there is one."""

    article: Document
    style: StyleScores
    inconsistent_names: tuple[CorruptedName, ...]
    with_source: SourceComparison | None


def compare(
    article: Document, source: Document | None, encoder: Encoder, style: StyleModel
) -> Comparison:
    """Compare an article with its source, or look at it alone.

    Parameters
    ----------
    article, source : Document
        Read with ``encoder``; ``source`` is None where there is none.
    encoder : Encoder
        Says which words are close in meaning.
    style : StyleModel
        Says how much words read like a machine's rewriting.
    """
    return Comparison(
        article=article,
        style=style.score(article.style_terms),
        inconsistent_names=find_inconsistent_names(article.names),
        with_source=None if source is None else _compare_with(article, source, encoder, style),
    )


def _compare_with(
    article: Document, source: Document, encoder: Encoder, style: StyleModel
) -> SourceComparison:
    alignment = align_sentences(article, source)
    edits = find_edits(article, source, alignment, encoder)
    quote_matches = match_quotes(
        article.quote_scan.quotes,
        tuple(_region_of(quote, article, source, alignment) for quote in article.quote_scan.quotes),
        source.text,
        source.quote_scan.quotes,
    )
    kept, reported = _fate_of_source_quotes(article, source, quote_matches)
    return SourceComparison(
        source=source,
        source_style=style.score(source.style_terms),
        alignment=alignment,
        runs=run_lengths(article.words, source.words),
        edits=edits,
        quote_matches=quote_matches,
        reported_quotes=reported,
        kept_quotes=kept,
        corrupted_names=find_corrupted_names(
            article.names,
            source.names,
            frozenset(article.words),
            frozenset(source.words),
            _names_nearby(article, source, alignment),
        ),
        changed_figures=_find_changed_figures(article, source, alignment),
        broken_terms=find_broken_terms(article, source, edits),
        swapped_words=swapped_words(article, edits),
        padding=_find_padding(article, source, alignment, quote_matches),
        added_style=_style_of_rest(article, source, style),
        removed_style=_style_of_rest(source, article, style),
        changed_style=_style_of_sentences(article, alignment.changed, style),
        unchanged_style=_style_of_sentences(source, alignment.drawn_on(alignment.changed), style),
    )


def _find_padding(
    article: Document, source: Document, alignment: Alignment, matches: tuple[QuoteMatch, ...]
) -> tuple[int, ...]:
    known = source.fact_positions.keys()
    facts: list[tuple[str | float, int]] = [(name.word, name.token) for name in article.names]
    facts += [(figure.value, figure.first_token) for figure in article.figures]
    reporting = {article.sentence_of_token(token) for fact, token in facts if fact not in known}
    quotes = [match.quote for match in matches if match.fate is QuoteFate.UNMATCHED]
    reporting.update(article.sentence_at(quote.start) for quote in quotes)
    new = (i for i, link in enumerate(alignment.links) if not link.is_aligned)
    return tuple(i for i in new if i not in reporting)


def _style_of_rest(document: Document, other: Document, style: StyleModel) -> float:
    """Weigh how much the terms of a text that another lacks are a machine's."""
    ids = document.style_terms.ids
    return style.mean_coef(ids[~np.isin(ids, other.style_terms.ids, kind="table")])


def _style_of_sentences(document: Document, sentences: Collection[int], style: StyleModel) -> float:
    """Score sentences of a text as if they were one passage."""
    terms = document.style_terms
    return style.log_odds(terms.ids[np.isin(terms.sentence_of, list(sentences))])


def _names_nearby(
    article: Document, source: Document, alignment: Alignment
) -> dict[str, frozenset[str]]:
    """For each name of the article, the source's names in the sentences aligned with its own."""
    source_names: dict[int, set[str]] = {}
    for name in source.names:
        source_names.setdefault(source.sentence_of_token(name.token), set()).add(name.word)
    nearby: dict[str, set[str]] = {}
    for name in article.names:
        link = alignment.links[article.sentence_of_token(name.token)]
        if link.is_aligned:
            for j in link.source_sentences:
                nearby.setdefault(name.word, set()).update(source_names.get(j, ()))
    return {word: frozenset(names) for word, names in nearby.items()}


def _region_of(
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


_KEPT_QUOTE_RATIO = 80.0
_REPORTED_RECALL = 0.5


def _fate_of_source_quotes(
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


def _find_changed_figures(
    article: Document, source: Document, alignment: Alignment
) -> tuple[ChangedFigure, ...]:
    """Numbers in aligned sentences that count the same thing and differ.

    A number changed only where the article has nowhere the source's value and the source has
    nowhere the article's.
    """
    article_values = {figure.value for figure in article.figures}
    source_values = {figure.value for figure in source.figures}
    changed = []
    for figure in article.figures:
        if figure.value in source_values or not figure.counts:
            continue
        link = alignment.links[article.sentence_of_token(figure.first_token)]
        if not link.is_aligned:
            continue
        stretch = source.tokens_of(link.source_first, link.source_last)
        for other in source.figures:
            if (
                stretch.start <= other.first_token < stretch.stop
                and other.counts == figure.counts
                and other.value not in article_values
            ):
                changed.append(ChangedFigure(figure, other))
                break
    return tuple(changed)
