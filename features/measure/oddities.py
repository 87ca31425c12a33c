"""Oddities of language, on the article alone."""

from __future__ import annotations

from copydesk.features.compare.comparison import Comparison
from copydesk.features.measure.feature import Feature, rates, shares
from copydesk.features.read.oddities import OddityKind
from copydesk.features.stats import ratio

_GROUP = "oddities"
FEATURES: tuple[Feature, ...] = (
    *shares(_GROUP, False, {"odd_reporting_share": "odd verbs among verbs of speech"}),
    *rates(
        _GROUP,
        False,
        {
            "broken_terms": "fixed terms broken, by a list",
            "missing_articles": "count nouns without an article",
            "stock_phrases": "phrases that rewriting tools leave",
            "prompt_leaks": "words of the prompt or the assistant",
        },
    ),
    *shares(_GROUP, False, {"unbalanced_quotes": "quotation marks without a partner"}),
)


def measure(comparison: Comparison) -> dict[str, float]:
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
