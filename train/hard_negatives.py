"""Hard negatives: two reports of one event, cut to what both tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from joblib import Parallel, delayed

from copydesk.features import Document, load_encoder, read_document
from copydesk.features.alignment import SentenceFate, align_sentences
from copydesk.seeds.derive.registry import ENGINES
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
    asked = [pair for pair in pairs if _is_asked(pair)]
    made = Parallel(n_jobs=n_jobs)(
        delayed(_cut_pair)(pair, encoder, (random_state, i)) for i, pair in enumerate(asked)
    )
    return (*pairs, *(pair for pair in made if pair is not None))


def _is_asked(pair: Pair) -> bool:
    # What an engine put into an original is not its writer's telling of the same.
    original = pair.label is Label.ORIGINAL and pair.engine not in ENGINES
    return original and pair.kind is PairKind.RELATED


def _cut_pair(pair: Pair, encoder_name: str, seed: tuple[int, int]) -> Pair | None:
    assert pair.source_text is not None
    encoder = load_encoder(encoder_name)
    article, source = (read_document(text, encoder) for text in (pair.text, pair.source_text))
    cut = _cut_to_shared(article, source, np.random.default_rng(seed))
    if cut is None:
        return None
    return replace(pair, text=cut[0], source_text=cut[1], kind=PairKind.HARD_NEGATIVE)


def _cut_to_shared(
    article: Document, source: Document, rng: np.random.Generator
) -> tuple[str, str] | None:
    links = align_sentences(article, source).links
    share_cut = rng.choice(_SHARES_CUT)
    told_anew = [link.is_aligned and link.fate is not SentenceFate.VERBATIM for link in links]
    kept = [i for i, told in enumerate(told_anew) if told or rng.random() > share_cut]
    drawn_on = {
        j
        for i in kept
        if links[i].is_aligned
        for j in range(links[i].source_first, links[i].source_last)
    }
    kept_of_source = [
        j for j in range(len(source.sentences)) if j in drawn_on or rng.random() > share_cut
    ]
    n_aligned = sum(links[i].is_aligned for i in kept)
    n_words = min(_count_words(article, kept), _count_words(source, kept_of_source))
    if n_aligned < _MIN_ALIGNED or n_words < _MIN_WORDS:
        return None
    return _join(article, kept), _join(source, kept_of_source)


def _count_words(document: Document, sentences: Sequence[int]) -> int:
    return sum(document.sentences[i].n_tokens for i in sentences)


def _join(document: Document, sentences: Sequence[int]) -> str:
    spans = (document.sentences[i] for i in sentences)
    return "\n".join(document.text[span.start : span.end] for span in spans)
