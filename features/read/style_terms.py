"""The terms of a text that its style is judged by: words and pairs, names and numbers masked."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.lexicon import WORDS_KEPT
from copydesk.features.read.sentences import Sentence

Keys = NDArray[np.uint64]
"""Of terms; two of a million share one with a probability of 3 in 10^8."""

_NAME, _NUMBER = "Xx", "0"
_PAIR_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SCATTER = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, eq=False)
class StyleTerms:
    """The terms of a text that its style is judged by.

    Parameters
    ----------
    keys : ndarray of uint64, shape (n_terms,)
        Of words and pairs of words.
    sentence_of : ndarray of int32, shape (n_terms,)
        Index of the sentence that a term stands in.
    sentence_words : ndarray of int32, shape (n_sentences,)
        How many words each sentence has.
    """

    keys: Keys
    sentence_of: NDArray[np.int32]
    sentence_words: NDArray[np.int32]


def find_style_terms(
    words: Sequence[str], name_tokens: AbstractSet[int], sentences: Sequence[Sentence]
) -> StyleTerms:
    """Find the terms of a text.

    Parameters
    ----------
    words : sequence of str
        The text's words in lower case.
    name_tokens : set of int
        Which of them belong to names.
    sentences : sequence of Sentence
        No term crosses their borders.

    Examples
    --------
    >>> find_style_terms(["the", "ferry", "sank"], {1}, [Sentence(0, 14, 0, 3)]).keys.size
    5
    """
    sentence_words = np.array([sentence.n_tokens for sentence in sentences], np.int32)
    sentence_of_word = np.repeat(np.arange(len(sentences), dtype=np.int32), sentence_words)
    single = np.fromiter(map(_hash, words), np.uint64, len(words))
    single[list(name_tokens)] = _hash(_NAME)
    together = sentence_of_word[:-1] == sentence_of_word[1:]
    pairs = (single[:-1] * _PAIR_FACTOR + single[1:])[together] * _SCATTER
    return StyleTerms(
        np.concatenate([single, pairs]),
        np.concatenate([sentence_of_word, sentence_of_word[:-1][together]]),
        sentence_words,
    )


@lru_cache(maxsize=WORDS_KEPT)
def _hash(word: str) -> int:
    masked = _NUMBER if word[0].isdigit() else word
    return int.from_bytes(blake2b(masked.encode("utf-8", "surrogatepass"), digest_size=8).digest())
