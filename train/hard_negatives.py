"""Hard negatives: two reports of one event, cut to what both tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from copydesk.features import Document
from copydesk.features.compare.alignment import align_sentences
from copydesk.seeds.corpus.labelled import Provenance
from copydesk.train.derived_pairs import add_derived_pairs
from copydesk.train.pairs import Pair, PairKind
from copydesk.types import Label

_MIN_ALIGNED = 3
_MIN_WORDS = 60
# How much of what only one of the two tells goes; one of these for each pair.
_SHARES_CUT = (0.6, 0.8, 1.0)


def add_hard_negatives(
    pairs: Sequence[Pair], encoder: str, random_state: int = 0, n_jobs: int = 1
) -> tuple[Pair, ...]:
    """Add pairs of originals and the reports they stand beside, both cut to what both tell.

    Two short reports of one event, each in its writer's own words, share most of their facts, as a
    rewrite does with its source; corpora hardly have such. Of two longer reports, sentences that
    only one has mostly go, and so do those that are word for word alike. Left are two texts that
    tell the same and were written independently.

    Parameters
    ----------
    pairs : sequence of Pair
        Of ``build_pairs``.
    encoder : str
        Name of the encoder that says which sentences tell the same.
    random_state : int
        Seed of what else is kept.
    n_jobs : int
        Processes, as joblib counts them.

    Returns
    -------
    tuple of Pair
        Those given, and at most one more for each original beside a related text that no engine
        made; none where fewer than three aligned sentences of the original, or 60 words of either
        text, are left.
    """
    chosen = [pair for pair in pairs if _is_independent(pair)]
    return add_derived_pairs(pairs, chosen, _cut_to_shared, encoder, random_state, n_jobs)


def _is_independent(pair: Pair) -> bool:
    # What an engine put into an original is not its writer's telling of the same.
    original = pair.label is Label.ORIGINAL and pair.provenance is not Provenance.ENGINE
    return original and pair.kind is PairKind.RELATED


def _cut_to_shared(
    pair: Pair, article: Document, source: Document, rng: np.random.Generator
) -> Pair | None:
    alignment = align_sentences(article, source)
    share_cut = rng.choice(_SHARES_CUT)
    kept = [
        i for i, link in enumerate(alignment.links) if link.is_changed or rng.random() > share_cut
    ]
    drawn_on = alignment.drawn_on(kept)
    kept_of_source = [
        j for j in range(len(source.sentences)) if j in drawn_on or rng.random() > share_cut
    ]
    n_aligned = sum(alignment.links[i].is_aligned for i in kept)
    n_words = min(article.count_words(kept), source.count_words(kept_of_source))
    if n_aligned < _MIN_ALIGNED or n_words < _MIN_WORDS:
        return None
    return replace(
        pair,
        text="\n".join(map(article.sentence_text, kept)),
        source_text="\n".join(map(source.sentence_text, kept_of_source)),
        kind=PairKind.HARD_NEGATIVE,
    )
