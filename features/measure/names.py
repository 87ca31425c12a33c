"""What became of names."""

from __future__ import annotations

from copydesk.features.compare.comparison import Comparison
from copydesk.features.measure.feature import Feature, rates, shares
from copydesk.features.read.names import first_mentions
from copydesk.features.stats import ratio

_GROUP = "names"
FEATURES: tuple[Feature, ...] = (
    *shares(
        _GROUP,
        True,
        {
            "names_in_source": "the article's names that the source has",
            "source_names_kept": "the source's names that the article has",
            "names_corrupted": "the article's names that nearly are names of the source",
        },
    ),
    *rates(_GROUP, True, {"new_names": "names that the source does not have"}),
    *rates(_GROUP, False, {"inconsistent_names": "names spelled in two ways"}),
    *shares(_GROUP, False, {"name_share": "words that are part of a name"}),
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group names; a name is one capitalised word."""
    article, pair = comparison.article, comparison.with_source
    names = first_mentions(article.names)
    n_words = len(article.words)
    misspelled = {found.mention.word for found in comparison.inconsistent_names}
    values = {
        "inconsistent_names": ratio(100 * len(misspelled), n_words),
        "name_share": ratio(len(article.names), n_words),
    }
    if pair is None:
        return values
    names, source_names = first_mentions(pair.article.names), first_mentions(pair.source.names)
    shared = names.keys() & source_names.keys()
    words, source_words = pair.article.vocabulary, pair.source.vocabulary
    return values | {
        "names_in_source": ratio(len(names.keys() & source_words), len(names)),
        "source_names_kept": ratio(len(source_names.keys() & words), len(source_names)),
        "names_corrupted": ratio(len(pair.corrupted_names), len(names)),
        "new_names": ratio(100 * (len(names) - len(shared)), n_words),
    }
