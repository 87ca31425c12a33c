"""The terms of a text that its style is judged by: words and pairs, names and numbers masked."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.sentences import Sentence
from copydesk.features.read.word_forms import WordForm, word_key

Keys = NDArray[np.uint64]
"""Of terms; two of a million share one with a probability of 3 in 10^8."""

_NAME_KEY = word_key("Xx")
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
    forms: Sequence[WordForm], name_tokens: AbstractSet[int], sentences: Sequence[Sentence]
) -> StyleTerms:
    """Find the terms of a text.

    Parameters
    ----------
    forms : sequence of WordForm
        The text's words.
    name_tokens : set of int
        Which of them belong to names.
    sentences : sequence of Sentence
        No term crosses their borders.

    Examples
    --------
    >>> from copydesk.features.read.word_forms import word_forms
    >>> forms = word_forms(["the", "ferry", "sank"])
    >>> find_style_terms(forms, {1}, [Sentence(0, 14, 0, 3)]).keys.size
    5
    """
    sentence_words = np.array([sentence.n_tokens for sentence in sentences], np.int32)
    sentence_of_word = np.repeat(np.arange(len(sentences), dtype=np.int32), sentence_words)
    single = np.array([form.key for form in forms], np.uint64)
    single[list(name_tokens)] = _NAME_KEY
    together = sentence_of_word[:-1] == sentence_of_word[1:]
    pairs = (single[:-1] * _PAIR_FACTOR + single[1:])[together] * _SCATTER
    return StyleTerms(
        np.concatenate([single, pairs]),
        np.concatenate([sentence_of_word, sentence_of_word[:-1][together]]),
        sentence_words,
    )
