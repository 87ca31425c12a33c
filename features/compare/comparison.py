"""One pass over an article and its source; features and evidence are both read off the result."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from copydesk.features.compare.alignment import Alignment, align_sentences
from copydesk.features.compare.edits import Edits, find_edits, run_lengths
from copydesk.features.compare.house_style import (
    Restyling,
    find_restylings,
    in_source_style,
)
from copydesk.features.compare.names import (
    CorruptedName,
    find_corrupted_names,
    find_inconsistent_names,
)
from copydesk.features.compare.numbers import ChangedNumber, in_source_values, match_numbers
from copydesk.features.compare.oddities import find_broken_terms, swapped_words
from copydesk.features.compare.quotes import (
    QuoteFate,
    QuoteMatch,
    fate_of_source_quotes,
    match_quotes,
)
from copydesk.features.read.document import Document
from copydesk.features.read.encoder import Encoder
from copydesk.features.read.oddities import Oddity
from copydesk.features.read.quotes import Quote
from copydesk.features.read.style import KnownTerms, StyleModel, StyleScores
from copydesk.features.read.text_style import known_terms, style_scores, word_fits
from copydesk.features.read.word_fit import WordFits


@dataclass(frozen=True, slots=True)
class SourceComparison:
    """What an article shares with its source and what became of it.

    ``article`` is the article with the source's form of what the two houses write differently;
    everything here is measured on it, and ``house_style`` says what was put aside so. ``runs``
    gives per article token the longest verbatim run that covers it;
    ``reported_quotes`` are quotations of the source that the article tells without marks;
    ``padding`` are the article's sentences that neither derive from the source nor bring a name,
    a number or a quotation that it lacks.
    """

    article: Document
    source: Document
    alignment: Alignment
    runs: NDArray[np.int32]
    edits: Edits
    quote_matches: tuple[QuoteMatch, ...]
    reported_quotes: tuple[Quote, ...]
    kept_quotes: tuple[Quote, ...]
    corrupted_names: tuple[CorruptedName, ...]
    changed_numbers: tuple[ChangedNumber, ...]
    house_style: tuple[Restyling, ...]
    broken_terms: tuple[Oddity, ...]
    swapped_words: tuple[Oddity, ...]
    padding: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StyleComparison:
    """How a style model scores an article, and what it makes of a source.

    Parameters
    ----------
    article : StyleScores
        The article's.
    word_fits : WordFits
        How well the article's words stand where they stand.
    source : StyleScores or None
        The source's; None without one.
    added, removed : float
        How much of a machine's manner is in the terms that only the article has, and in those that
        only the source has; NaN without a source.
    changed, unchanged : float
        Log odds of the sentences that were tightened or reworded, and of the source's sentences
        that they come from, each as one passage; NaN without any.
    """

    article: StyleScores
    word_fits: WordFits
    source: StyleScores | None = None
    added: float = float("nan")
    removed: float = float("nan")
    changed: float = float("nan")
    unchanged: float = float("nan")


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article and its comparison with a source where there is one."""

    article: Document
    style: StyleComparison
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
    pair = None if source is None else _compare_with(article, source, encoder)
    return Comparison(
        article=article,
        style=_compare_style(article, pair, style),
        inconsistent_names=find_inconsistent_names(article),
        with_source=pair,
    )


def with_style(comparison: Comparison, style: StyleModel) -> Comparison:
    """Give a comparison as another style model scores it."""
    scored = _compare_style(comparison.article, comparison.with_source, style)
    return replace(comparison, style=scored)


def _compare_with(as_written: Document, source: Document, encoder: Encoder) -> SourceComparison:
    article = in_source_style(as_written, source)
    alignment = align_sentences(article, source)
    numbers = match_numbers(article, source, alignment)
    article = in_source_values(article, numbers.restated)
    edits = find_edits(article, source, alignment, encoder)
    quote_matches = match_quotes(article, source, alignment)
    kept, reported = fate_of_source_quotes(article, source, quote_matches)
    return SourceComparison(
        article=article,
        source=source,
        alignment=alignment,
        runs=run_lengths(article.codes, source.codes),
        edits=edits,
        quote_matches=quote_matches,
        reported_quotes=reported,
        kept_quotes=kept,
        corrupted_names=find_corrupted_names(article, source, alignment, encoder),
        changed_numbers=numbers.changed,
        house_style=find_restylings(
            as_written, article, source, alignment, edits.restyled, numbers.restated
        ),
        broken_terms=find_broken_terms(article, source, edits),
        swapped_words=swapped_words(article, edits),
        padding=_find_padding(article, source, alignment, quote_matches),
    )


def _find_padding(
    article: Document, source: Document, alignment: Alignment, matches: tuple[QuoteMatch, ...]
) -> tuple[int, ...]:
    known = source.fact_positions.keys()
    facts: list[tuple[str | float, int]] = [(name.word, name.token) for name in article.names]
    facts += [(number.value, number.first_token) for number in article.numbers]
    reporting = {article.sentence_of_token(token) for fact, token in facts if fact not in known}
    quotes = [match.quote for match in matches if match.fate is QuoteFate.UNMATCHED]
    reporting.update(article.sentence_at(quote.start) for quote in quotes)
    new = (i for i, link in enumerate(alignment.links) if not link.is_aligned)
    return tuple(i for i in new if i not in reporting)


def _compare_style(
    as_written: Document, pair: SourceComparison | None, style: StyleModel
) -> StyleComparison:
    own_scores, own_fits = style_scores(as_written, style), word_fits(as_written, style)
    if pair is None:
        return StyleComparison(own_scores, own_fits)
    source, alignment = pair.source, pair.alignment
    article_terms, source_terms = known_terms(pair.article, style), known_terms(source, style)
    n_known = len(style.keys)
    drawn_on = alignment.drawn_on(alignment.changed)
    return StyleComparison(
        own_scores,
        own_fits,
        source=style_scores(source, style),
        added=style.mean_coef(_lacking(article_terms, source_terms, n_known)),
        removed=style.mean_coef(_lacking(source_terms, article_terms, n_known)),
        changed=_style_of_sentences(article_terms, alignment.changed, style),
        unchanged=_style_of_sentences(source_terms, drawn_on, style),
    )


def _lacking(terms: KnownTerms, others: KnownTerms, n_known: int) -> NDArray[np.intp]:
    """Give the known terms of a text that another lacks."""
    is_shared = np.zeros(n_known, bool)
    is_shared[others.places] = True
    return terms.places[~is_shared[terms.places]]


def _style_of_sentences(terms: KnownTerms, sentences: Collection[int], style: StyleModel) -> float:
    """Score sentences of a text as if they were one passage; NaN where there are none."""
    if not sentences:
        return float("nan")
    is_meant = np.zeros(len(terms.sentence_words), bool)
    is_meant[list(sentences)] = True
    return style.log_odds(terms.places[is_meant[terms.sentence_of]])
