"""What became of quotations."""

from __future__ import annotations

from copydesk.features.compare.comparison import Comparison
from copydesk.features.compare.quotes import QuoteFate
from copydesk.features.measure.feature import Feature, shares
from copydesk.features.stats import ratio

_GROUP = "quotes"
FEATURES: tuple[Feature, ...] = (
    *shares(
        _GROUP,
        True,
        {
            "quotes_verbatim": "the article's quotations that are the source's",
            "quotes_shortened": "those that are part of one of the source's",
            "quotes_altered": "those that differ from the source's",
            "quotes_new": "those that the source does not have",
            "quote_ratio": "mean closeness of quotations to the source",
            "source_quotes_kept": "the source's quotations that the article quotes",
            "source_quotes_reported": "those that it tells without quotation marks",
        },
    ),
    *shares(_GROUP, False, {"quote_share": "words inside quotations"}),
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group quotes."""
    article, pair = comparison.article, comparison.with_source
    values = {"quote_share": ratio(float(article.in_quote.sum()), len(article.words))}
    if pair is None:
        return values
    matches = pair.quote_matches
    n_source = len(pair.source.quote_scan.quotes)

    def share(fate: QuoteFate) -> float:
        return ratio(sum(match.fate is fate for match in matches), len(matches))

    return values | {
        "quotes_verbatim": share(QuoteFate.VERBATIM),
        "quotes_shortened": share(QuoteFate.SHORTENED),
        "quotes_altered": share(QuoteFate.ALTERED),
        "quotes_new": share(QuoteFate.UNMATCHED),
        "quote_ratio": ratio(sum(match.ratio for match in matches) / 100, len(matches)),
        "source_quotes_kept": ratio(len(pair.kept_quotes), n_source),
        "source_quotes_reported": ratio(len(pair.reported_quotes), n_source),
    }
