"""Rewording: how the sentences that were changed were changed, however many were not."""

from __future__ import annotations

import numpy as np

from copydesk.features.compare.comparison import Comparison, SourceComparison
from copydesk.features.compare.edits import count_edits
from copydesk.features.measure.feature import INFINITY, Feature, shares
from copydesk.features.read.document import Document
from copydesk.features.stats import ratio

# Chunks that a sub-editor leaves whole and a machine breaks are this long.
_RUN_WORDS = 4


_GROUP = "rewording"
FEATURES: tuple[Feature, ...] = (
    Feature(
        "changed_similarity",
        _GROUP,
        "cosine",
        -1,
        1,
        True,
        "meaning kept by changed sentences",
    ),
    *shares(
        _GROUP,
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
        Feature(f"changed_{what}_rate", _GROUP, "per content word", 0, INFINITY, True, meaning)
        for what, meaning in (
            ("deleted", "content words deleted in changed sentences"),
            ("inserted", "and inserted"),
            ("substituted", "and substituted"),
        )
    ),
    Feature(
        "changed_length_ratio",
        _GROUP,
        "log ratio",
        -INFINITY,
        INFINITY,
        True,
        "words of changed sentences, log article/source",
    ),
)


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group rewording.

    A text spun in part and one edited in part share as much with their sources: what tells them
    apart is in the sentences that were tightened or reworded.
    """
    pair = comparison.with_source
    if pair is None:
        return {}
    article = pair.article
    values = _isolated_swaps(article, pair)
    changed = pair.alignment.changed
    if not changed:
        return values
    links = [pair.alignment.links[i] for i in changed]
    spans = [article.tokens_of(i, i + 1) for i in changed]
    words = np.array([span.stop - span.start for span in spans])
    source_spans = [pair.source.tokens_of(link.source_first, link.source_last) for link in links]
    n_source = sum(span.stop - span.start for span in source_spans)
    in_runs = sum(int((pair.runs[span] >= _RUN_WORDS).sum()) for span in spans)
    edits = (s for s in pair.edits.sentences if pair.alignment.links[s.sentence].is_changed)
    n_content, *counts = count_edits(edits)
    deleted, inserted, substituted = (ratio(n, n_content) for n in counts)
    kept = np.array([(k.similarity, k.recall, k.edit_similarity) for k in links])
    similarity, recall, edit_similarity = np.average(kept, axis=0, weights=words).tolist()
    values |= _names_of_changed(article, pair, spans, source_spans)
    return values | {
        "changed_similarity": similarity,
        "changed_recall": recall,
        "changed_edit_similarity": edit_similarity,
        "changed_run_share": in_runs / int(words.sum()),
        "changed_length_ratio": float(np.log(words.sum() / n_source)),
        "changed_deleted_rate": deleted,
        "changed_inserted_rate": inserted,
        "changed_substituted_rate": substituted,
    }


def _names_of_changed(
    article: Document, pair: SourceComparison, spans: list[slice], source_spans: list[slice]
) -> dict[str, float]:
    """Compare the names of changed sentences with those of the sentences that they come from."""
    own = {name.token: name.word for name in article.names}
    of_source = {name.token: name.word for name in pair.source.names}
    n_shared = n_own = n_source = 0
    for span, source_span in zip(spans, source_spans, strict=True):
        names, source_names = _at(own, span), _at(of_source, source_span)
        n_shared += len(names & source_names)
        n_own += len(names)
        n_source += len(source_names)
    return {
        "changed_names_kept": ratio(n_shared, n_source),
        "changed_names_new": ratio(n_own - n_shared, n_own),
    }


def _at(names: dict[int, str], span: slice) -> set[str]:
    return {names[token] for token in range(span.start, span.stop) if token in names}


def _isolated_swaps(article: Document, pair: SourceComparison) -> dict[str, float]:
    """Count single words put in the place of others; one swap made throughout counts once."""
    swaps = pair.edits.isolated
    pairs = {(article.words[s.token], pair.source.words[s.source_token]) for s in swaps}
    n_content = count_edits(pair.edits.sentences)[0]
    holding = {article.sentence_of_token(swap.token) for swap in swaps}
    n_aligned = article.count_words(pair.alignment.aligned)
    return {
        "isolated_swap_rate": ratio(len(pairs), n_content),
        "isolated_swap_share": ratio(article.count_words(holding), n_aligned),
    }
