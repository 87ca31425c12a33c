"""The registry of features: what each number is called and means. Nothing else lists them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from copydesk.features.comparison import Comparison
from copydesk.features.drift import measure_drift
from copydesk.features.facts import measure_names, measure_numbers, measure_quotes
from copydesk.features.language import (
    measure_oddities,
    measure_relative_oddities,
    measure_structure,
)
from copydesk.features.manner import measure_relative_style, measure_style
from copydesk.features.rewording import measure_rewording
from copydesk.features.voice import measure_voice
from copydesk.features.wording import measure_reuse

_INF = float("inf")


@dataclass(frozen=True, slots=True)
class Feature:
    """One number that the model sees.

    ``low`` and ``high`` bound its values. It is NaN where it ``needs_source`` and there is none,
    where it is measured ``only_alone`` and there is a source, or where there is nothing to measure.
    """

    name: str
    group: str
    unit: str
    low: float
    high: float
    needs_source: bool
    meaning: str
    only_alone: bool = False


def _shares(group: str, needs_source: bool, rows: dict[str, str]) -> list[Feature]:
    return [Feature(n, group, "share", 0, 1, needs_source, meaning) for n, meaning in rows.items()]


def _rates(group: str, needs_source: bool, rows: dict[str, str]) -> list[Feature]:
    return [
        Feature(n, group, "per 100 words", 0, 100, needs_source, meaning)
        for n, meaning in rows.items()
    ]


def _differences(group: str, rows: dict[str, str]) -> list[Feature]:
    return [Feature(n, group, "difference", -1, 1, True, meaning) for n, meaning in rows.items()]


def _log_odds(needs_source: bool, rows: dict[str, str]) -> list[Feature]:
    return [Feature(n, "style", "log odds", -_INF, _INF, needs_source, m) for n, m in rows.items()]


FEATURES: tuple[Feature, ...] = (
    *(
        Feature(f"drift_{name}", "drift", "1 - cosine", 0, 2, True, f"{meaning} of aligned drift")
        for name, meaning in (
            ("mean", "mean"),
            ("p10", "10th percentile"),
            ("p25", "25th percentile"),
            ("p50", "median"),
            ("p75", "75th percentile"),
            ("p90", "90th percentile"),
        )
    ),
    Feature("document_similarity", "drift", "cosine", -1, 1, True, "similarity of whole texts"),
    Feature("order_tau", "drift", "Kendall tau", -1, 1, True, "order of source sentences kept"),
    Feature("gap_mean", "drift", "difference", -2, 1, True, "meaning minus wording, aligned mean"),
    Feature("gap_p75", "drift", "difference", -2, 1, True, "its 75th percentile"),
    Feature(
        "quoted_drift",
        "drift",
        "difference",
        -2,
        2,
        True,
        "drift of quoted sentences minus told ones, verbatim ones aside",
    ),
    *_shares(
        "drift",
        True,
        {
            "aligned_share": "article words in sentences that derive from the source",
            "source_coverage": "source sentences that the article draws on",
            "gap_reworded_share": "sentences close in meaning with few of the source's words",
            "gap_middling_share": "sentences close in meaning with about half of the words",
            "gap_near_share": "sentences close to verbatim, yet changed",
            "own_share": "sentences close to the source neither in meaning nor in words",
            "merged_share": "aligned sentences made of two of the source's",
            "split_share": "aligned sentences made of a part of one of the source's",
        },
    ),
    *_shares(
        "reuse",
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
            "new_share": "words in sentences that the source does not have",
            "reporting_share": "those of them with a name, number or quotation of its own",
            "padding_share": "those of them without",
            "containment_3_outside_quotes": "3-grams outside quotations in the source",
            "containment_3_inside_quotes": "3-grams of quotations in the source",
            "stem_gain": "content words in the source by stem but not by form",
        },
    ),
    Feature("longest_run", "reuse", "log words", 0, _INF, True, "log1p of the longest run"),
    Feature("deleted_rate", "reuse", "per content word", 0, _INF, True, "content words deleted"),
    Feature("inserted_rate", "reuse", "per content word", 0, _INF, True, "content words inserted"),
    Feature("substituted_rate", "reuse", "per content word", 0, _INF, True, "and substituted"),
    Feature("synonym_rate", "reuse", "per content word", 0, _INF, True, "one-for-one synonyms"),
    Feature("synonym_of_edits", "reuse", "share", 0, 1, True, "synonyms among all edits"),
    Feature("quote_gap", "reuse", "difference", -1, 1, True, "3-grams kept inside minus outside"),
    Feature(
        "changed_similarity",
        "rewording",
        "cosine",
        -1,
        1,
        True,
        "meaning kept by changed sentences",
    ),
    *_shares(
        "rewording",
        True,
        {
            "changed_recall": "their content words that the source's sentences have",
            "changed_edit_similarity": "1 - their token edit distance from these",
            "changed_run_share": "their words in verbatim runs of 4 or more",
            "changed_names_kept": "names of the source's sentences that they keep",
            "changed_names_new": "their names that the source's sentences lack",
            "isolated_swap_rate": "content words swapped one by one, all else around them kept",
            "isolated_swap_share": "words in sentences that hold such a swap",
        },
    ),
    *(
        Feature(f"changed_{what}_rate", "rewording", "per content word", 0, _INF, True, meaning)
        for what, meaning in (
            ("deleted", "content words deleted in changed sentences"),
            ("inserted", "and inserted"),
            ("substituted", "and substituted"),
        )
    ),
    Feature(
        "changed_length_ratio",
        "rewording",
        "log ratio",
        -_INF,
        _INF,
        True,
        "words of changed sentences, log article/source",
    ),
    *_shares(
        "quotes",
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
    *_shares("quotes", False, {"quote_share": "words inside quotations"}),
    *_shares(
        "names",
        True,
        {
            "names_in_source": "the article's names that the source has",
            "source_names_kept": "the source's names that the article has",
            "names_corrupted": "the article's names that nearly are names of the source",
        },
    ),
    *_rates("names", True, {"new_names": "names that the source does not have"}),
    *_rates("names", False, {"inconsistent_names": "names spelled in two ways"}),
    *_shares("names", False, {"name_share": "words that are part of a name"}),
    *_shares(
        "numbers",
        True,
        {
            "numbers_in_source": "the article's numbers that the source has",
            "source_numbers_kept": "the source's numbers that the article has",
            "numbers_changed": "numbers that differ where the source counts the same thing",
            "rare_words_in_source": "the article's uncommon words that the source has",
            "source_rare_words_kept": "the source's uncommon words that the article has",
        },
    ),
    *_rates(
        "numbers",
        True,
        {
            "new_numbers": "numbers that the source does not have",
            "new_rare_words": "uncommon words that the source does not have",
        },
    ),
    *_rates("numbers", False, {"number_rate": "numbers"}),
    Feature("fact_order_tau", "numbers", "Kendall tau", -1, 1, True, "order of shared facts"),
    *_shares("oddities", False, {"odd_reporting_share": "odd verbs among verbs of speech"}),
    *_rates(
        "oddities",
        False,
        {
            "broken_terms": "fixed terms broken, by a list",
            "missing_articles": "count nouns without an article",
            "stock_phrases": "phrases that rewriting tools leave",
            "prompt_leaks": "words of the prompt or the assistant",
        },
    ),
    *_shares("oddities", False, {"unbalanced_quotes": "quotation marks without a partner"}),
    *_differences(
        "relative_oddities",
        {
            "rare_word_gain": "rare words, article minus source",
            "unlikely_bigram_gain": "unlikely pairs, article minus source",
            "article_gain": "articles, article minus source",
            "function_gain": "function words, article minus source",
            "odd_reporting_gain": "odd verbs of speech, article minus source",
            "said_gain": "forms of say, article minus source",
        },
    ),
    *_rates(
        "relative_oddities",
        True,
        {
            "broken_source_terms": "fixed terms of the source with one word swapped",
            "transliterated_names": "names spelled as a detour through another script leaves them",
        },
    ),
    Feature(
        "length_ratio", "structure", "log ratio", -_INF, _INF, True, "words, log article/source"
    ),
    Feature("sentence_words", "structure", "log words", 0, _INF, False, "mean sentence length"),
    Feature(
        "sentence_words_spread",
        "structure",
        "ratio",
        0,
        _INF,
        False,
        "its standard deviation over the mean",
    ),
    Feature(
        "sentence_words_gain",
        "structure",
        "log ratio",
        -_INF,
        _INF,
        True,
        "sentence length, log article/source",
    ),
    Feature(
        "republication",
        "structure",
        "log count",
        0,
        _INF,
        False,
        "credits that only somebody else's copy bears",
    ),
    Feature("credit_line", "structure", "log count", 0, _INF, False, "bylines and copyright lines"),
    Feature("dateline", "structure", "log count", 0, _INF, False, "datelines"),
    Feature("agency", "structure", "log count", 0, _INF, False, "agencies named as the origin"),
    *_shares("structure", False, {"repeated_share": "body that stands there a second time"}),
    *_log_odds(
        False,
        {
            "style": "machine rewriting against human news writing, mean of passages",
            "style_p25": "25th percentile of passages",
            "style_p75": "75th percentile of passages",
            "style_sentence_p75": "75th percentile of sentences",
            "style_last": "mean of the last two sentences",
        },
    ),
    *_log_odds(
        True,
        {
            "style_gain": "the text's minus the source's",
            "style_new": "mean of sentences that do not derive from the source",
            "style_aligned_gain": "mean of those that do, minus the source's sentences",
            "style_added": "mean weight of the terms that the source lacks",
            "style_swap": "the same, minus that of the source's terms that the article lacks",
            "changed_style": "of changed sentences as one passage",
            "changed_style_gain": "the same, minus the source's sentences",
        },
    ),
    *(
        replace(feature, only_alone=True)
        for feature in (
            *_rates(
                "voice",
                False,
                {
                    "first_person": "first-person pronouns outside quotations",
                    "second_person": "second-person pronouns outside quotations",
                    "told_outlet": "somebody told us, this newspaper or one that is named",
                    "near_days": "yesterday, today, this morning and their like",
                },
            ),
            *_shares(
                "voice",
                False,
                {
                    "says_share": "says among says and said",
                    "on_weekday_share": "weekdays after on among all weekdays",
                    "call_share": "sentences that ask or exclaim",
                },
            ),
        )
    ),
)

FEATURE_NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
NEEDS_SOURCE: NDArray[np.bool_] = np.array([feature.needs_source for feature in FEATURES])


def extract_features(comparison: Comparison) -> NDArray[np.float64]:
    """Read the features off a comparison.

    Parameters
    ----------
    comparison : Comparison
        Of an article with its source, or of an article alone.

    Returns
    -------
    ndarray of float64, shape (len(FEATURES),)
        In the order of the registry; NaN for what needs a source and has none, is measured alone
        and has one, or has nothing to measure.
    """
    values: dict[str, float] = {
        **measure_quotes(comparison),
        **measure_names(comparison),
        **measure_numbers(comparison),
        **measure_oddities(comparison),
        **measure_structure(comparison),
        **measure_style(comparison),
    }
    if comparison.with_source is None:
        values |= measure_voice(comparison.article)
    else:
        article, pair = comparison.article, comparison.with_source
        values |= measure_drift(article, pair)
        values |= measure_reuse(article, pair)
        values |= measure_rewording(article, pair)
        values |= measure_relative_oddities(article, pair)
        values |= measure_relative_style(comparison.style, pair)
    nan = float("nan")
    return np.array([values.get(name, nan) for name in FEATURE_NAMES], dtype=np.float64)
