"""Oddities of language, article against source."""

from __future__ import annotations

from copydesk.features.compare.comparison import Comparison
from copydesk.features.compare.name_likeness import is_transliteration_trace
from copydesk.features.measure.feature import Feature, differences, rates
from copydesk.features.stats import ratio

_GROUP = "relative_oddities"
FEATURES: tuple[Feature, ...] = (
    *differences(
        _GROUP,
        {
            "rare_word_gain": "rare words, article minus source",
            "unlikely_bigram_gain": "unlikely pairs, article minus source",
            "article_gain": "articles, article minus source",
            "function_gain": "function words, article minus source",
            "odd_reporting_gain": "odd verbs of speech, article minus source",
            "said_gain": "forms of say, article minus source",
        },
    ),
    *rates(
        _GROUP,
        True,
        {
            "broken_source_terms": "fixed terms of the source with one word swapped",
            "transliterated_names": "names spelled as a detour through another script leaves them",
        },
    ),
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group relative_oddities."""
    article, pair = comparison.article, comparison.with_source
    if pair is None:
        return {}
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
