"""Reuse: how much of the wording is the source's, and what kind of edits made the rest."""

from __future__ import annotations

import numpy as np

from copydesk.features.compare.alignment import SentenceFate, word_share
from copydesk.features.compare.comparison import Comparison, SourceComparison
from copydesk.features.compare.edits import count_edits
from copydesk.features.measure.feature import INFINITY, Feature, shares
from copydesk.features.read.document import Document
from copydesk.features.read.grams import Grams, containment, ngrams
from copydesk.features.read.lexicon import FUNCTION_WORDS, is_content_word, stem
from copydesk.features.stats import ratio

_GROUP = "reuse"
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
    words, source_words = article.words, pair.source.words
    grams, source_grams = article.grams, pair.source.grams
    content = {word for word in words if is_content_word(word)}
    source_content = {word for word in source_words if is_content_word(word)}
    stems: Grams = {(stem(word),) for word in content}
    source_stems: Grams = {(stem(word),) for word in source_content}
    by_stem = containment(stems, source_stems)
    by_form = ratio(len(content & source_content), len(content))
    inside, outside = _quoted_trigrams(article)
    inside_share = containment(inside, source_grams[3])
    outside_share = containment(outside, source_grams[3])
    runs = pair.runs
    new = word_share(article, pair.alignment, SentenceFate.NEW)
    padding = ratio(article.count_words(pair.padding), len(words))
    return {
        **{f"containment_{n}": containment(grams[n], source_grams[n]) for n in grams},
        **{f"source_containment_{n}": containment(source_grams[n], grams[n]) for n in (2, 3, 5)},
        "content_containment": by_stem,
        "source_content_containment": containment(source_stems, stems),
        "stem_gain": max(by_stem - by_form, 0.0),
        "skeleton_containment": containment(_skeleton(words), _skeleton(source_words)),
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


def _skeleton(words: tuple[str, ...]) -> Grams:
    """Trigrams of function words with every content word masked: the frame of the sentences."""
    masked = [word if word in FUNCTION_WORDS else "_" for word in words]
    return {gram for gram in ngrams(masked, 3) if gram.count("_") < 2}


def _quoted_trigrams(article: Document) -> tuple[Grams, Grams]:
    quoted = article.in_quote.tolist()
    inside: set[tuple[str, ...]] = set()
    outside: set[tuple[str, ...]] = set()
    words = article.words
    for i in range(len(words) - 2):
        if quoted[i] and quoted[i + 1] and quoted[i + 2]:
            inside.add(words[i : i + 3])
        elif not (quoted[i] or quoted[i + 1] or quoted[i + 2]):
            outside.add(words[i : i + 3])
    return inside, outside
