"""Drift: how far the meaning of aligned sentences moved, and in which order they come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.features.compare.alignment import ALIGNED_SIMILARITY, Shape
from copydesk.features.compare.comparison import Comparison, SourceComparison
from copydesk.features.measure.feature import Feature, shares
from copydesk.features.stats import kendall_tau, mean, percentiles, ratio

_REWORDED_RECALL = 0.55
_OWN_RECALL = 0.4
_MIDDLING_RECALL = 0.8
_NEAR_EDIT = (0.6, 0.85)
_QUOTED_SHARE = 0.5
_PERCENTILES = (10, 25, 50, 75, 90)


_GROUP = "drift"
FEATURES: tuple[Feature, ...] = (
    *(
        Feature(f"drift_{name}", _GROUP, "1 - cosine", 0, 2, True, f"{meaning} of aligned drift")
        for name, meaning in (
            ("mean", "mean"),
            ("p10", "10th percentile"),
            ("p25", "25th percentile"),
            ("p50", "median"),
            ("p75", "75th percentile"),
            ("p90", "90th percentile"),
        )
    ),
    Feature("document_similarity", _GROUP, "cosine", -1, 1, True, "similarity of whole texts"),
    Feature("order_tau", _GROUP, "Kendall tau", -1, 1, True, "order of source sentences kept"),
    Feature("gap_mean", _GROUP, "difference", -2, 1, True, "meaning minus wording, aligned mean"),
    Feature("gap_p75", _GROUP, "difference", -2, 1, True, "its 75th percentile"),
    Feature(
        "quoted_drift",
        _GROUP,
        "difference",
        -2,
        2,
        True,
        "drift of quoted sentences minus told ones, verbatim ones aside",
    ),
    *shares(
        _GROUP,
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
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group drift.

    The gap between meaning and wording of a sentence is its cosine similarity minus the share of
    its content words found in the source sentence: a paraphrase keeps one and loses the other.
    """
    article, pair = comparison.article, comparison.with_source
    if pair is None:
        return {}
    links = pair.alignment.links
    similarity_of_texts = float(np.clip(article.vector @ pair.source.vector, -1, 1))
    values = {"document_similarity": similarity_of_texts}
    if not links:
        return values
    words = np.array([sentence.n_tokens for sentence in article.sentences], float)
    similarity = np.array([link.similarity for link in links])
    recall = np.array([link.recall for link in links])
    edit = np.array([link.edit_similarity for link in links])
    aligned = np.array([link.is_aligned for link in links])
    shape = np.array([link.shape for link in links])
    close = similarity > ALIGNED_SIMILARITY
    near = (edit >= _NEAR_EDIT[0]) & (edit <= _NEAR_EDIT[1])
    middling = close & (recall >= _REWORDED_RECALL) & (recall < _MIDDLING_RECALL) & ~near

    def word_share(mask: NDArray[np.bool_]) -> float:
        return ratio(float(words[mask].sum()), float(words.sum()))

    values |= {
        "aligned_share": word_share(aligned),
        "source_coverage": _coverage(pair),
        "gap_reworded_share": word_share(close & (recall < _REWORDED_RECALL)),
        "gap_middling_share": word_share(middling),
        "gap_near_share": word_share(near),
        "own_share": word_share(~close & (recall < _OWN_RECALL)),
    }
    if not aligned.any():
        return values
    drift = np.clip(1 - similarity[aligned], 0, 2)
    gap = similarity[aligned] - recall[aligned]
    firsts = [sentence.first_token for sentence in article.sentences]
    n_quoted = np.add.reduceat(article.in_quote, firsts, dtype=np.intp)
    quoted = n_quoted / words >= _QUOTED_SHARE
    changed = np.array([link.is_changed for link in links])
    quantiles = percentiles(drift, _PERCENTILES)
    values |= {f"drift_p{p}": q for p, q in zip(_PERCENTILES, quantiles, strict=True)}
    values |= {
        "drift_mean": float(np.average(drift, weights=words[aligned])),
        "gap_mean": float(np.average(gap, weights=words[aligned])),
        "gap_p75": percentiles(gap, (75,))[0],
        "quoted_drift": mean(similarity[changed & ~quoted]) - mean(similarity[changed & quoted]),
        "order_tau": kendall_tau([links[i].source_first for i in pair.alignment.aligned]),
        "merged_share": ratio(
            float((aligned & (shape == Shape.MERGED)).sum()), float(aligned.sum())
        ),
        "split_share": ratio(float((aligned & (shape == Shape.SPLIT)).sum()), float(aligned.sum())),
    }
    return values


def _coverage(pair: SourceComparison) -> float:
    drawn_on = pair.alignment.drawn_on(pair.alignment.aligned)
    return ratio(len(drawn_on), len(pair.source.sentences))
