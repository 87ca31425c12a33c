"""Texts reworded in part: rewrites in which sentences of the source are put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from copydesk.features import Document
from copydesk.features.compare.alignment import Alignment, SentenceFate, align_sentences, word_share
from copydesk.seeds.corpus.labelled import Provenance
from copydesk.seeds.derive.judge import MIN_SPUN_SHARE
from copydesk.train.derived_pairs import add_derived_pairs
from copydesk.train.pairs import Pair, PairKind
from copydesk.types import Label

# Of the sentences that were changed, so many stay changed; one of these for each text.
_SHARES_CHANGED = (0.3, 0.45, 0.6)
_MIN_CHANGED = {Label.SPUN: 6, Label.EDITED_WIRE: 4}
# What is put back makes a copy of another report only where it is much of the text, and where the
# text has little else.
_MIN_PUT_BACK = 0.4
_MAX_NEW = 0.3


def add_reworded_in_part(
    pairs: Sequence[Pair], encoder: str, random_state: int = 0, n_jobs: int = 1
) -> tuple[Pair, ...]:
    """Add pairs of texts reworded in part, by machines and by hand, and their sources.

    Of a spun text, sentences that were changed give way to those of the source that they come from:
    it is still spun. Of two reports of one event, cut to what both tell, one gets sentences of the
    other in the same way: a newsroom that merges two reports does so, and it is ``edited_wire``.
    Both share as much with their sources; how the rest was changed tells them apart.

    Parameters
    ----------
    pairs : sequence of Pair
        Of ``add_hard_negatives``.
    encoder : str
        Name of the encoder that says which sentences tell the same.
    random_state : int
        Seed of what is put back.
    n_jobs : int
        Processes, as joblib counts them.

    Returns
    -------
    tuple of Pair
        Those given, and at most one more for each spun text beside its source that no engine made,
        and for each hard negative; none where fewer than six (four) sentences were changed, where
        fewer of a spun text's stay so than the labels ask, or where less than two fifths of the
        words of a merged report are put back or more than three tenths derive from nothing.
    """
    chosen = [pair for pair in pairs if _label_in_part(pair) is not None]
    return add_derived_pairs(pairs, chosen, _reword_in_part, encoder, random_state, n_jobs)


def _label_in_part(pair: Pair) -> Label | None:
    if pair.kind is PairKind.HARD_NEGATIVE:
        return Label.EDITED_WIRE
    is_spun = pair.kind is PairKind.SOURCE and pair.label is Label.SPUN
    return Label.SPUN if is_spun and pair.provenance is not Provenance.ENGINE else None


def _reword_in_part(
    pair: Pair, article: Document, source: Document, rng: np.random.Generator
) -> Pair | None:
    label = _label_in_part(pair)
    assert label is not None
    alignment = align_sentences(article, source)
    if len(alignment.changed) < _MIN_CHANGED[label]:
        return None
    put_back = _choose(alignment, rng)
    n_changed, n_derived = len(alignment.changed) - len(put_back), len(alignment.aligned)
    if label is Label.SPUN and n_changed < MIN_SPUN_SHARE * n_derived:
        return None
    if label is Label.EDITED_WIRE and not _is_copy(article, alignment, put_back):
        return None
    text = _put_back(article, source, alignment, put_back)
    return replace(pair, text=text, label=label, kind=PairKind.IN_PART)


def _choose(alignment: Alignment, rng: np.random.Generator) -> frozenset[int]:
    """Choose changed sentences to put back: all but a stretch, or all but some here and there."""
    changed = alignment.changed
    n_kept = int(np.ceil(rng.choice(_SHARES_CHANGED) * len(changed)))
    if rng.random() < 0.5:
        first = int(rng.integers(len(changed) - n_kept + 1))
        kept = changed[first : first + n_kept]
    else:
        kept = tuple(rng.choice(changed, n_kept, replace=False).tolist())
    return frozenset(changed) - frozenset(kept)


def _is_copy(article: Document, alignment: Alignment, put_back: frozenset[int]) -> bool:
    n_put_back = article.count_words(put_back)
    is_much = n_put_back >= _MIN_PUT_BACK * len(article.words)
    return is_much and word_share(article, alignment, SentenceFate.NEW) <= _MAX_NEW


def _put_back(
    article: Document, source: Document, alignment: Alignment, put_back: frozenset[int]
) -> str:
    """Give the article's text with the source's sentences in their places, each of them once."""
    parts: list[str] = []
    end = 0
    used: set[int] = set()
    for i in sorted(put_back):
        sentence, link = article.sentences[i], alignment.links[i]
        wanted = [j for j in link.source_sentences if j not in used]
        used.update(wanted)
        parts += [
            article.text[end : sentence.start],
            " ".join(map(source.sentence_text, wanted)),
        ]
        end = sentence.end
    return "".join([*parts, article.text[end:]])
