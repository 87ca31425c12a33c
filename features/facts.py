"""Facts: quotations, names and numbers, and what became of the source's."""

from __future__ import annotations

from copydesk.features.comparison import Comparison
from copydesk.features.document import Document
from copydesk.features.names import first_mentions
from copydesk.features.quotes import QuoteFate
from copydesk.features.stats import kendall_tau, ratio


def measure_quotes(comparison: Comparison) -> dict[str, float]:
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


def measure_names(comparison: Comparison) -> dict[str, float]:
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
    source_names = first_mentions(pair.source.names)
    shared = names.keys() & source_names.keys()
    words, source_words = set(article.words), set(pair.source.words)
    return values | {
        "names_in_source": ratio(len(names.keys() & source_words), len(names)),
        "source_names_kept": ratio(len(source_names.keys() & words), len(source_names)),
        "names_corrupted": ratio(len(pair.corrupted_names), len(names)),
        "new_names": ratio(100 * (len(names) - len(shared)), n_words),
    }


def measure_numbers(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group numbers: numbers, uncommon words, the order of facts."""
    article, pair = comparison.article, comparison.with_source
    values = {"number_rate": ratio(100 * len(article.figures), len(article.words))}
    if pair is None:
        return values
    numbers = {figure.value for figure in article.figures}
    source_numbers = {figure.value for figure in pair.source.figures}
    rare, source_rare = article.uncommon_words, pair.source.uncommon_words
    n_words = len(article.words)
    return values | {
        "numbers_in_source": ratio(len(numbers & source_numbers), len(numbers)),
        "source_numbers_kept": ratio(len(numbers & source_numbers), len(source_numbers)),
        "numbers_changed": ratio(len(pair.changed_figures), len(article.figures)),
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
