"""How the text is put: the style score of its passages and sentences, and against the source."""

from __future__ import annotations

import numpy as np

from copydesk.features.comparison import Comparison, SourceComparison
from copydesk.features.stats import mean
from copydesk.features.style import StyleScores

_MIN_SENTENCE_WORDS = 5
_LAST_SENTENCES = 2


def measure_style(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group style that need no source, on sentences of five words up."""
    sentences = comparison.article.sentences
    long_enough = np.array([s.n_tokens >= _MIN_SENTENCE_WORDS for s in sentences], bool)
    scores = comparison.style.sentences[long_enough]
    passages = comparison.style.passages
    if not scores.size:
        return {}
    return {
        "style": comparison.style.document,
        "style_p25": float(np.percentile(passages, 25)),
        "style_p75": float(np.percentile(passages, 75)),
        "style_sentence_p75": float(np.percentile(scores, 75)),
        "style_last": float(scores[-_LAST_SENTENCES:].mean()),
    }


def measure_relative_style(style: StyleScores, pair: SourceComparison) -> dict[str, float]:
    """Measure the features of group style that compare with the source."""
    links, of_source = pair.alignment.links, pair.source_style.sentences
    new = np.array([not link.is_aligned for link in links], bool)
    gains = [
        own - float(of_source[link.source_first : link.source_last].mean())
        for own, link in zip(style.sentences.tolist(), links, strict=True)
        if link.is_aligned
    ]
    return {
        "style_gain": style.document - pair.source_style.document,
        "style_new": mean(style.sentences[new]),
        "style_aligned_gain": mean(np.array(gains)),
        "style_added": pair.added_style,
        "style_swap": pair.added_style - pair.removed_style,
        "changed_style": pair.changed_style,
        "changed_style_gain": pair.changed_style - pair.unchanged_style,
    }
