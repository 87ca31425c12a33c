"""Style score: how much a text reads like a machine's rewriting of news, by its words alone.

A linear model on TF-IDF weighted terms that say how a text is put, not what it is about: words and
pairs of words with names and numbers masked, and frames of one to three words in which every
uncommon word is masked by its ending. It is trained on real human news against real machine text.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.lexicon import zipf_frequency
from copydesk.features.read.sentences import Sentence
from copydesk.features.stats import ratio

FloatArray = NDArray[np.float64]

# Terms are hashed (Weinberger et al. 2009): 131,072 weights, whatever the vocabulary.
_BITS = 17
N_TERMS = 1 << _BITS
_WORD_GRAMS = (1, 2)
_FRAME_GRAMS = (1, 2, 3)
# The 1,500 commonest words of English are those of Zipf frequency 4.75 and more.
_FRAME_ZIPF = 4.75
_ENDING_CHARS = 3
_PASSAGE_WORDS = 100
_NAME, _NUMBER = "Xx", "0"
_GRAM_FACTOR = np.uint32(0x9E3779B1)
_SCATTER = np.uint32(0x85EBCA6B)


@dataclass(frozen=True, slots=True, eq=False)
class StyleTerms:
    """The terms of a text that its style is judged by.

    Parameters
    ----------
    ids : ndarray of int32, shape (n_terms,)
        Hashed, in [0, ``N_TERMS``).
    sentence_of : ndarray of int32, shape (n_terms,)
        Index of the sentence that a term stands in.
    sentence_words : ndarray of int32, shape (n_sentences,)
        How many words each sentence has.
    """

    ids: NDArray[np.int32]
    sentence_of: NDArray[np.int32]
    sentence_words: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class StyleScores:
    """Log odds of machine rewriting against human news writing.

    Parameters
    ----------
    passages : ndarray of float64, shape (n_passages,)
        Of stretches of about 100 words; long and short texts score on one scale. Empty where
        the text is.
    sentences : ndarray of float64, shape (n_sentences,)
        Of each sentence.
    """

    passages: FloatArray
    sentences: FloatArray

    @property
    def document(self) -> float:
        """Mean of the passages; NaN where there are none."""
        return float(self.passages.mean()) if self.passages.size else float("nan")


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
    >>> find_style_terms(["the", "ferry", "sank"], {1}, [Sentence(0, 14, 0, 3)]).ids.size
    11
    """
    sentence_words = np.array([sentence.n_tokens for sentence in sentences], np.int32)
    sentence_of_word = np.repeat(np.arange(len(sentences), dtype=np.int32), sentence_words)
    masked = [_mask(word, i in name_tokens) for i, word in enumerate(words)]
    ids, owners = [], []
    for hashes, sizes in (
        (np.array([_hash(word) for word in masked], np.uint32), _WORD_GRAMS),
        (np.array([_frame_hash(word) for word in masked], np.uint32), _FRAME_GRAMS),
    ):
        for n in sizes:
            n_grams = max(len(hashes) - n + 1, 0)
            grams = hashes[:n_grams]
            for k in range(1, n):
                grams = grams * _GRAM_FACTOR + hashes[k : n_grams + k]
            first, last = sentence_of_word[:n_grams], sentence_of_word[n - 1 :][:n_grams]
            whole = first == last
            ids.append(((grams * _SCATTER) >> np.uint32(32 - _BITS))[whole].astype(np.int32))
            owners.append(first[whole])
    return StyleTerms(np.concatenate(ids), np.concatenate(owners), sentence_words)


def _mask(word: str, is_name: bool) -> str:
    if is_name:
        return _NAME
    return _NUMBER if word[0].isdigit() else word


@lru_cache(maxsize=200_000)
def _hash(masked: str) -> int:
    return crc32(masked.encode())


@lru_cache(maxsize=200_000)
def _frame_hash(masked: str) -> int:
    kept = masked in (_NAME, _NUMBER) or zipf_frequency(masked) >= _FRAME_ZIPF
    return crc32(("~" + masked if kept else "~_" + masked[-_ENDING_CHARS:]).encode())


@dataclass(frozen=True, slots=True, eq=False)
class StyleModel:
    """A logistic regression on terms weighted by TF-IDF, of unit length for each text.

    Parameters
    ----------
    idf : ndarray of float32, shape (``N_TERMS``,)
        Inverse document frequency; 0 for terms too rare to count.
    coef : ndarray of float32, shape (``N_TERMS``,)
        Log odds of a term of weight 1.
    intercept : ndarray of float32, shape ()
        Log odds of a text without any known term.
    """

    idf: NDArray[np.float32]
    coef: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def score(self, terms: StyleTerms) -> StyleScores:
        """Score a text's passages and sentences."""
        passage_of = _passage_of_sentence(terms.sentence_words)[terms.sentence_of]
        n_passages = int(passage_of.max()) + 1 if passage_of.size else 0
        passages = [self.log_odds(terms.ids[passage_of == i]) for i in range(n_passages)]
        n_sentences = len(terms.sentence_words)
        idf = self.idf[terms.ids].astype(np.float64)
        odds = np.bincount(terms.sentence_of, idf * self.coef[terms.ids], n_sentences)
        length = np.sqrt(np.bincount(terms.sentence_of, idf**2, n_sentences))
        sentences = np.divide(odds, length, out=np.zeros(n_sentences), where=length > 0)
        return StyleScores(np.array(passages), sentences + float(self.intercept))

    def mean_coef(self, ids: NDArray[np.int32]) -> float:
        """Give the mean coefficient of terms, weighted by IDF; NaN where none of them counts."""
        idf = self.idf[ids].astype(np.float64)
        return ratio(float(idf @ self.coef[ids]), float(idf.sum()))

    def log_odds(self, ids: NDArray[np.int32]) -> float:
        """Score terms as one passage; NaN where there are none."""
        if not ids.size:
            return float("nan")
        unique, weights = tf_idf(ids, self.idf)
        return float(weights @ self.coef[unique] + self.intercept)


def _passage_of_sentence(sentence_words: NDArray[np.int32]) -> NDArray[np.intp]:
    """Part sentences into passages of about 100 words, as even as whole sentences allow."""
    ends = np.cumsum(sentence_words)
    if not ends.size:
        return np.zeros(0, np.intp)
    n_passages = max(1, round(int(ends[-1]) / _PASSAGE_WORDS))
    wanted = (ends - 1) * n_passages // ends[-1]
    return np.unique(wanted, return_inverse=True)[1]


def tf_idf(
    ids: NDArray[np.int32], idf: NDArray[np.float32]
) -> tuple[NDArray[np.int32], FloatArray]:
    """Weigh the distinct terms of a text: (1 + log count) * idf, scaled to unit length.

    The form is that of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``.

    Returns
    -------
    unique : ndarray of int32, shape (n_distinct,)
    weights : ndarray of float64, shape (n_distinct,)

    Examples
    --------
    >>> tf_idf(np.array([7, 7], np.int32), np.ones(N_TERMS, np.float32))
    (array([7], dtype=int32), array([1.]))
    """
    unique, counts = np.unique(ids, return_counts=True)
    weights: FloatArray = (1 + np.log(counts)) * idf[unique].astype(np.float64)
    length = float(np.sqrt(weights @ weights))
    return unique, (weights / length if length else weights)
