"""How the text is put: the style score of its passages and sentences, and against the source."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from copydesk.features.compare.comparison import (
    Comparison,
    SourceComparison,
    StyleComparison,
)
from copydesk.features.measure.feature import INFINITY, Feature
from copydesk.features.stats import mean, percentiles

_MIN_SENTENCE_WORDS = 5


_GROUP = "style"


def _log_odds(needs_source: bool, rows: Mapping[str, str]) -> list[Feature]:
    return [
        Feature(n, _GROUP, "log odds", -INFINITY, INFINITY, needs_source, meaning)
        for n, meaning in rows.items()
    ]


FEATURES: tuple[Feature, ...] = (
    *_log_odds(
        False,
        {
            "style": "machine rewriting against human news writing, mean of passages",
            "style_p25": "25th percentile of passages",
            "style_p75": "75th percentile of passages",
            "style_sentence_p75": "75th percentile of sentences",
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
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group style, sentences alone on those of five words up."""
    values = _style_of_text(comparison)
    pair = comparison.with_source
    return values if pair is None else values | _style_against_source(comparison.style, pair)


def _style_of_text(comparison: Comparison) -> dict[str, float]:
    sentences, style = comparison.article.sentences, comparison.style.article
    long_enough = np.array([s.n_tokens >= _MIN_SENTENCE_WORDS for s in sentences], bool)
    scores = style.sentences[long_enough]
    if not scores.size:
        return {}
    p25, p75 = percentiles(style.passages, (25, 75))
    return {
        "style": style.document,
        "style_p25": p25,
        "style_p75": p75,
        "style_sentence_p75": percentiles(scores, (75,))[0],
    }


def _style_against_source(style: StyleComparison, pair: SourceComparison) -> dict[str, float]:
    if style.source is None:
        return {}
    links, of_source = pair.alignment.links, style.source.sentences
    new = np.array([not link.is_aligned for link in links], bool)
    gains = [
        own - float(of_source[link.source_first : link.source_last].mean())
        for own, link in zip(style.article.sentences.tolist(), links, strict=True)
        if link.is_aligned
    ]
    return {
        "style_gain": style.article.document - style.source.document,
        "style_new": mean(style.article.sentences[new]),
        "style_aligned_gain": mean(np.array(gains)),
        "style_added": style.added,
        "style_swap": style.added - style.removed,
        "changed_style": style.changed,
        "changed_style_gain": style.changed - style.unchanged,
    }
