"""How well the article's words stand where they stand, by counts of neighbours in human news."""

from __future__ import annotations

from copydesk.features.compare.comparison import Comparison
from copydesk.features.measure.feature import INFINITY, Feature, shares

_GROUP = "word_fit"
FEATURES: tuple[Feature, ...] = (
    *(
        Feature(name, _GROUP, "log ratio", -INFINITY, INFINITY, False, f"{meaning} of its fits")
        for name, meaning in (
            ("word_fit_p05", "5th percentile"),
            ("word_fit_p25", "25th percentile"),
        )
    ),
    *shares(
        _GROUP,
        False,
        {
            "unlikely_words": "content words that hardly ever stand beside these neighbours",
            "unknown_words": "words that human news hardly has",
        },
    ),
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group word_fit, on the article alone."""
    fits = comparison.style.word_fits
    p05, p25 = fits.percentiles(5, 25)
    return {
        "word_fit_p05": p05,
        "word_fit_p25": p25,
        "unlikely_words": fits.unlikely_share,
        "unknown_words": fits.unknown_share,
    }
