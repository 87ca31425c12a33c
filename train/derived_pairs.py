"""Pairs derived from others: each is read, changed and added."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from joblib import Parallel, delayed

from copydesk.features import Document, load_encoder, read_document
from copydesk.train.pairs import Pair

# Makes a pair of one that has a source and of its two texts; None where it cannot.
MakePair = Callable[[Pair, Document, Document, np.random.Generator], Pair | None]


def add_derived_pairs(
    pairs: Sequence[Pair],
    chosen: Sequence[Pair],
    make: MakePair,
    encoder: str,
    random_state: int,
    n_jobs: int,
) -> tuple[Pair, ...]:
    """Add what is derived from the chosen pairs, each with a seed of its own.

    Parameters
    ----------
    pairs, chosen : sequence of Pair
        All, and those of them that something may be derived from; these have a source.
    make : callable
        Given a pair, its article and its source as read, and a generator.
    encoder, random_state, n_jobs
        As for ``train_model``.
    """
    derived = Parallel(n_jobs=n_jobs)(
        delayed(_make)(pair, make, encoder, (random_state, i)) for i, pair in enumerate(chosen)
    )
    return (*pairs, *(pair for pair in derived if pair is not None))


def _make(pair: Pair, make: MakePair, encoder_name: str, seed: tuple[int, int]) -> Pair | None:
    assert pair.source_text is not None
    encoder = load_encoder(encoder_name)
    article, source = (read_document(text, encoder) for text in (pair.text, pair.source_text))
    return make(pair, article, source, np.random.default_rng(seed))
