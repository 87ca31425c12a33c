"""Oddities of language, alone and against the source, and the shape of the text."""

from __future__ import annotations

from collections import Counter

import numpy as np

from copydesk.features.comparison import Comparison, SourceComparison
from copydesk.features.credits import CreditKind
from copydesk.features.document import Document
from copydesk.features.names import is_transliteration_trace
from copydesk.features.oddities import OddityKind
from copydesk.features.stats import ratio


def measure_oddities(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group oddities, on the article alone.

    Shares of articles, function words, rare words and unlikely pairs are not among them: alone,
    they told data sets apart, not labels. Against a source they count.
    """
    profile = comparison.article.oddities
    scan = comparison.article.quote_scan
    return {
        "odd_reporting_share": profile.odd_reporting_share,
        "broken_terms": profile.per_100_words(OddityKind.BROKEN_TERM),
        "missing_articles": profile.per_100_words(OddityKind.MISSING_ARTICLE),
        "stock_phrases": profile.per_100_words(OddityKind.STOCK_PHRASE),
        "prompt_leaks": profile.per_100_words(OddityKind.PROMPT_LEAK),
        "unbalanced_quotes": ratio(scan.n_unbalanced, scan.n_unbalanced + len(scan.quotes)),
    }


def measure_relative_oddities(article: Document, pair: SourceComparison) -> dict[str, float]:
    """Measure the features of group relative_oddities."""
    profile, source = article.oddities, pair.source.oddities
    traces = sum(
        is_transliteration_trace(found.mention.word, found.source_mention.word)
        for found in pair.corrupted_names
    )
    return {
        "rare_word_gain": profile.rare_share - source.rare_share,
        "unlikely_bigram_gain": profile.unlikely_bigram_share - source.unlikely_bigram_share,
        "article_gain": profile.article_share - source.article_share,
        "function_gain": profile.function_share - source.function_share,
        "odd_reporting_gain": profile.odd_reporting_share - source.odd_reporting_share,
        "said_gain": profile.said_share - source.said_share,
        "broken_source_terms": ratio(100 * len(pair.broken_terms), profile.n_words),
        "transliterated_names": ratio(100 * traces, profile.n_words),
    }


def measure_structure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group structure; length itself would teach a model its data sets."""
    article, pair = comparison.article, comparison.with_source
    lengths = np.array([sentence.n_tokens for sentence in article.sentences], float)
    if not len(lengths):
        return {}
    n_repeated = sum(end - start for start, end in article.repeated)
    n_kept = sum(sentence.end - sentence.start for sentence in article.sentences)
    kinds = Counter(credit.kind for credit in article.credits)
    values = {
        **{kind.value: float(np.log1p(kinds[kind])) for kind in CreditKind},
        "sentence_words": _log_sentence_words(article),
        "sentence_words_spread": ratio(float(lengths.std()), float(lengths.mean())),
        "repeated_share": ratio(n_repeated, n_repeated + n_kept),
    }
    if pair is None or not pair.source.words:
        return values
    return values | {
        "length_ratio": float(np.log(len(article.words) / len(pair.source.words))),
        "sentence_words_gain": _log_sentence_words(article) - _log_sentence_words(pair.source),
    }


def _log_sentence_words(document: Document) -> float:
    return float(np.log(len(document.words) / len(document.sentences)))
