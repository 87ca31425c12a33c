"""What became of numbers, uncommon words, and the order of facts."""

from __future__ import annotations

from copydesk.features.compare.comparison import Comparison
from copydesk.features.measure.feature import Feature, rates, shares
from copydesk.features.read.document import Document
from copydesk.features.stats import kendall_tau, ratio

_GROUP = "numbers"
FEATURES: tuple[Feature, ...] = (
    *shares(
        _GROUP,
        True,
        {
            "numbers_in_source": "the article's numbers that the source has",
            "source_numbers_kept": "the source's numbers that the article has",
            "numbers_changed": "numbers that differ where the source counts the same thing",
            "rare_words_in_source": "the article's uncommon words that the source has",
            "source_rare_words_kept": "the source's uncommon words that the article has",
        },
    ),
    *rates(
        _GROUP,
        True,
        {
            "new_numbers": "numbers that the source does not have",
            "new_rare_words": "uncommon words that the source does not have",
        },
    ),
    *rates(_GROUP, False, {"number_rate": _GROUP}),
    Feature("fact_order_tau", _GROUP, "Kendall tau", -1, 1, True, "order of shared facts"),
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group numbers: numbers, uncommon words, the order of facts."""
    article, pair = comparison.article, comparison.with_source
    values = {"number_rate": ratio(100 * len(article.numbers), len(article.words))}
    if pair is None:
        return values
    article = pair.article
    numbers = {number.value for number in article.numbers}
    source_numbers = {number.value for number in pair.source.numbers}
    rare, source_rare = article.uncommon_words, pair.source.uncommon_words
    n_words = len(article.words)
    return values | {
        "numbers_in_source": ratio(len(numbers & source_numbers), len(numbers)),
        "source_numbers_kept": ratio(len(numbers & source_numbers), len(source_numbers)),
        "numbers_changed": ratio(len(pair.changed_numbers), len(article.numbers)),
        "new_numbers": ratio(100 * len(numbers - source_numbers), n_words),
        "rare_words_in_source": ratio(len(rare.keys() & source_rare.keys()), len(rare)),
        "source_rare_words_kept": ratio(len(rare.keys() & source_rare.keys()), len(source_rare)),
        "new_rare_words": ratio(100 * len(rare.keys() - source_rare.keys()), n_words),
        "fact_order_tau": _fact_order(article, pair.source),
    }


def _fact_order(article: Document, source: Document) -> float:
    """Kendall tau of the first positions of facts that both texts have."""
    firsts, source_firsts = article.fact_positions, source.fact_positions
    shared = sorted(firsts.keys() & source_firsts.keys(), key=lambda fact: firsts[fact])
    return (
        kendall_tau([source_firsts[fact] for fact in shared]) if len(shared) > 3 else float("nan")
    )
