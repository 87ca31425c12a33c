"""Reuse: how much of the wording is the source's, and what kind of edits made the rest."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import numpy as np

from copydesk.features.compare.alignment import SentenceFate, word_share
from copydesk.features.compare.comparison import Comparison, SourceComparison
from copydesk.features.compare.edits import count_edits
from copydesk.features.measure.feature import INFINITY, Feature, shares
from copydesk.features.read.document import Document
from copydesk.features.read.grams import Codes, containment, distinct, gram_codes
from copydesk.features.stats import ratio

_GROUP = "reuse"
_MASK = np.uint64(0)
FEATURES: tuple[Feature, ...] = (
    *shares(
        _GROUP,
        True,
        {
            **{
                f"containment_{n}": f"the article's {n}-grams in the source"
                for n in (1, 2, 3, 5, 8)
            },
            **{
                f"source_containment_{n}": f"the source's {n}-grams in the article"
                for n in (2, 3, 5)
            },
            "content_containment": "the article's content-word stems in the source",
            "source_content_containment": "the source's content-word stems in the article",
            "skeleton_containment": "the article's function-word trigrams in the source",
            **{f"run_share_{n}": f"words in verbatim runs of {n} or more" for n in (5, 8, 15)},
            "verbatim_share": "words in sentences taken over as they are",
            "tightened_share": "words in sentences with words left out",
            "reworded_share": "words in sentences said in other words",
            "reporting_share": "new words in sentences with a name, number or quotation",
            "padding_share": "and in those without",
            "containment_3_outside_quotes": "3-grams outside quotations in the source",
            "containment_3_inside_quotes": "3-grams of quotations in the source",
            "stem_gain": "content words in the source by stem but not by form",
        },
    ),
    Feature("longest_run", _GROUP, "log words", 0, INFINITY, True, "log1p of the longest run"),
    Feature("deleted_rate", _GROUP, "per content word", 0, INFINITY, True, "content words deleted"),
    Feature(
        "inserted_rate", _GROUP, "per content word", 0, INFINITY, True, "content words inserted"
    ),
    Feature("substituted_rate", _GROUP, "per content word", 0, INFINITY, True, "and substituted"),
    Feature("synonym_rate", _GROUP, "per content word", 0, INFINITY, True, "one-for-one synonyms"),
    Feature("quote_gap", _GROUP, "difference", -1, 1, True, "3-grams kept inside minus outside"),
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group reuse."""
    pair = comparison.with_source
    if pair is None:
        return {}
    article = pair.article
    source = pair.source
    grams, source_grams = article.grams, source.grams
    by_stem = _share_of(article.all_stems, source.all_stems)
    by_form = _share_of(article.content_words, source.content_words)
    inside, outside = _quoted_trigrams(article)
    inside_share = containment(inside, source_grams[3])
    outside_share = containment(outside, source_grams[3])
    runs = pair.runs
    new = word_share(article, pair.alignment, SentenceFate.NEW)
    padding = ratio(article.count_words(pair.padding), len(article.words))
    return {
        **{f"containment_{n}": containment(grams[n], source_grams[n]) for n in grams},
        **{f"source_containment_{n}": containment(source_grams[n], grams[n]) for n in (2, 3, 5)},
        "content_containment": by_stem,
        "source_content_containment": _share_of(source.all_stems, article.all_stems),
        "stem_gain": max(by_stem - by_form, 0.0),
        "skeleton_containment": containment(_skeleton(article), _skeleton(source)),
        **{f"run_share_{n}": ratio(float((runs >= n).sum()), len(runs)) for n in (5, 8, 15)},
        "longest_run": float(np.log1p(runs.max())) if len(runs) else float("nan"),
        "verbatim_share": word_share(article, pair.alignment, SentenceFate.VERBATIM),
        "tightened_share": word_share(article, pair.alignment, SentenceFate.TIGHTENED),
        "reworded_share": word_share(article, pair.alignment, SentenceFate.REWORDED),
        "reporting_share": max(new - padding, 0.0),
        "padding_share": padding,
        "containment_3_inside_quotes": inside_share,
        "containment_3_outside_quotes": outside_share,
        "quote_gap": inside_share - outside_share,
        **_edit_rates(pair),
    }


def _edit_rates(pair: SourceComparison) -> dict[str, float]:
    edits = pair.edits
    n_content, *counts = count_edits(edits.sentences)
    deleted, inserted, substituted = (ratio(n, n_content) for n in counts)
    return {
        "deleted_rate": deleted,
        "inserted_rate": inserted,
        "substituted_rate": substituted,
        "synonym_rate": ratio(len(edits.synonyms), n_content),
    }


def _share_of(part: AbstractSet[str], whole: AbstractSet[str]) -> float:
    return ratio(len(part & whole), len(part))


def _skeleton(document: Document) -> Codes:
    """Trigrams of function words with every content word masked: the frame of the sentences."""
    is_function = document.is_function
    first, second, third = is_function[:-2], is_function[1:-1], is_function[2:]
    frames = gram_codes(np.where(is_function, document.codes, _MASK), 3)
    return distinct(frames[(first & second) | (first & third) | (second & third)])


def _quoted_trigrams(article: Document) -> tuple[Codes, Codes]:
    """Give the trigrams that stand in quotations, and those with no word there."""
    quoted = article.in_quote
    first, second, third = quoted[:-2], quoted[1:-1], quoted[2:]
    trigrams = gram_codes(article.codes, 3)
    return (
        distinct(trigrams[first & second & third]),
        distinct(trigrams[~(first | second | third)]),
    )
