"""Count neighbours in human news: what says how well words stand where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from copydesk.errors import InvalidInput
from copydesk.features import load_encoder, read_document
from copydesk.features.read.lexicon import FUNCTION_WORDS
from copydesk.features.read.style_terms import Keys
from copydesk.features.read.word_fit import DISCOUNT, NeighbourModel, shorten
from copydesk.seeds.corpus.groups import fold_of_groups
from copydesk.train.style import N_FOLDS, StyleModels, StyleText

_CHUNK = 200
# What is rarer is not known: it would be known for one story.
_MIN_WORD_COUNT = 5
_MIN_PAIR_COUNT = 2
# Added to the kinds of pairs of every word: one that only ever began sentences could follow none.
_UNSEEN_KINDS = 0.5
# Shorter ones occur in stories that have nothing to do with each other.
_MIN_COPIED_WORDS = 8


@dataclass(frozen=True, slots=True)
class NeighbourModels:
    """Models for training rows: none has counted the text that it measures, or copies of it.

    Parameters
    ----------
    released : NeighbourModel
        Of all human texts; for scoring, and for texts that no model has counted.
    folds : tuple of NeighbourModel
        Each has not counted the groups of one fold of the style models.
    """

    released: NeighbourModel
    folds: tuple[NeighbourModel, ...]

    def join(self, styles: StyleModels) -> StyleModels:
        """Give style models that bring these along, each that of its fold."""
        pairs = zip(styles.folds, self.folds, strict=True)
        return replace(
            styles,
            released=replace(styles.released, neighbours=self.released),
            folds=tuple(replace(style, neighbours=own) for style, own in pairs),
        )


@dataclass(frozen=True, slots=True, eq=False)
class CountedTexts:
    """The sentences of texts, one after the other.

    Parameters
    ----------
    keys : ndarray of uint64, shape (n_words,)
        Of their words.
    pair_keys : ndarray of uint64, shape (n_words,)
        Of each word and the next; 0 at a sentence's end.
    sentence_words : ndarray of int64, shape (n_sentences,)
        How many words each has, at least one.
    text_of : ndarray of int64, shape (n_sentences,)
        Which text each is of.
    content : frozenset of int
        Keys of content words.
    """

    keys: Keys
    pair_keys: Keys
    sentence_words: NDArray[np.int64]
    text_of: NDArray[np.int64]
    content: frozenset[int]


def fit_neighbour_models(
    texts: Sequence[StyleText], random_state: int = 0, n_jobs: int = 1
) -> NeighbourModels:
    """Count the neighbours in all human texts, and in those outside of each fold of groups.

    Sentences of eight words up that stand in a fold's texts are left out with it wherever they
    stand, for copies of one story may be in several groups; and they are counted once.

    Parameters
    ----------
    texts : sequence of StyleText
        Machine text is not counted, and has a fold as its source has.
    random_state : int
        Seed of the folds.
    n_jobs : int
        Processes, as joblib counts them.

    Raises
    ------
    InvalidInput
        There is no human text outside of some fold.
    """
    fold_of = fold_of_groups((text.group for text in texts), N_FOLDS, random_state)
    human = [text for text in texts if not text.is_machine]
    folds = np.array([fold_of[text.group] for text in human], np.int64)
    if any(not (folds != fold).any() for fold in range(N_FOLDS)):
        raise InvalidInput(
            f"{len(human)} human texts are in fewer than two folds, expected more groups of them"
        )
    counted = read_texts([text.text for text in human], n_jobs)
    fold_of_sentence = folds[counted.text_of]
    hashes = _hash_sentences(counted)
    is_first = np.zeros(len(hashes), bool)
    is_first[np.unique(hashes, return_index=True)[1]] = True
    is_long = counted.sentence_words >= _MIN_COPIED_WORDS
    is_first |= ~is_long
    kept = [is_first]
    for fold in range(N_FOLDS):
        own = fold_of_sentence == fold
        is_copied = is_long & np.isin(hashes, hashes[own])
        kept.append(is_first & ~own & ~is_copied)
    released, *of_folds = (fit_neighbours(counted, sentences) for sentences in kept)
    return NeighbourModels(released, tuple(of_folds))


def read_texts(texts: Sequence[str], n_jobs: int = 1) -> CountedTexts:
    """Read texts as scoring does."""
    chunks = [texts[i : i + _CHUNK] for i in range(0, len(texts), _CHUNK)]
    parts = Parallel(n_jobs=n_jobs)(delayed(_read_chunk)(chunk) for chunk in chunks)
    return CountedTexts(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.pair_keys for part in parts]),
        np.concatenate([part.sentence_words for part in parts]),
        np.concatenate([part.text_of + i * _CHUNK for i, part in enumerate(parts)]),
        frozenset().union(*(part.content for part in parts)),
    )


def _read_chunk(texts: Sequence[str]) -> CountedTexts:
    encoder = load_encoder()
    keys, pair_keys, sentence_words, text_of = [], [], [], []
    content: set[int] = set()
    for i, text in enumerate(texts):
        document = read_document(text, encoder)
        terms = document.style_terms
        n_words = len(document.words)
        own_keys, sentence_of = terms.keys[:n_words], terms.sentence_of[:n_words]
        own_pairs = np.zeros(n_words, np.uint64)
        own_pairs[:-1][sentence_of[:-1] == sentence_of[1:]] = terms.keys[n_words:]
        names = {name.token for name in document.names}
        content.update(
            key
            for j, (key, word) in enumerate(zip(own_keys.tolist(), document.words, strict=True))
            if j not in names and _is_content(word)
        )
        counts = terms.sentence_words[terms.sentence_words > 0].astype(np.int64)
        keys.append(own_keys)
        pair_keys.append(own_pairs)
        sentence_words.append(counts)
        text_of.append(np.full(len(counts), i, np.int64))
    return CountedTexts(
        np.concatenate(keys),
        np.concatenate(pair_keys),
        np.concatenate(sentence_words),
        np.concatenate(text_of),
        frozenset(content),
    )


def _is_content(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in FUNCTION_WORDS


def _hash_sentences(texts: CountedTexts) -> Keys:
    """Give equal sums for equal sentences: of words and pairs, so that order counts."""
    begins = np.cumsum(texts.sentence_words) - texts.sentence_words
    return np.asarray(np.add.reduceat(texts.keys + texts.pair_keys, begins), np.uint64)


def fit_neighbours(texts: CountedTexts, sentences: NDArray[np.bool_]) -> NeighbourModel:
    """Count words and neighbours.

    Parameters
    ----------
    texts : CountedTexts
        What to count.
    sentences : ndarray of bool, shape (n_sentences,)
        Which of their sentences to count.
    """
    counted = np.repeat(sentences, texts.sentence_words)
    all_keys, word_counts = np.unique(texts.keys[counted], return_counts=True)
    usual = word_counts >= _MIN_WORD_COUNT
    keys, counts = all_keys[usual], word_counts[usual]
    if not len(keys):
        raise InvalidInput(f"no word occurs {_MIN_WORD_COUNT} times, expected more human text")
    first = np.flatnonzero(counted & (texts.pair_keys != 0))
    one, other = (np.searchsorted(all_keys, texts.keys[first + i]) for i in (0, 1))
    known = usual[one] & usual[other]
    place = np.cumsum(usual) - 1
    pair_keys, where, pair_counts = np.unique(
        shorten(texts.pair_keys[first[known]]), return_index=True, return_counts=True
    )
    one, other = place[one[known][where]], place[other[known][where]]
    kept = pair_counts >= _MIN_PAIR_COUNT
    n_words, n_counted = len(keys), int(word_counts.sum())
    share = counts / n_counted

    def novelty(side: NDArray[np.intp]) -> NDArray[np.float16]:
        seen = np.bincount(side[kept], pair_counts[kept] - DISCOUNT, n_words)
        return np.asarray(1 - seen / counts, np.float16)

    def variety(side: NDArray[np.intp]) -> NDArray[np.float16]:
        kinds = np.bincount(side, minlength=n_words)
        kinds_share = (kinds + _UNSEEN_KINDS) / (len(pair_keys) + _UNSEEN_KINDS * n_words)
        return np.asarray(kinds_share / share, np.float16)

    return NeighbourModel(
        keys=keys,
        counts=counts.astype(np.uint32),
        is_content=np.array([key in texts.content for key in keys.tolist()]),
        novelty_after=novelty(one),
        novelty_before=novelty(other),
        variety_after=variety(other),
        variety_before=variety(one),
        pair_keys=pair_keys[kept],
        pair_counts=pair_counts[kept].astype(np.uint32),
        n_counted=np.asarray(n_counted, np.uint32),
    )
