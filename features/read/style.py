"""Style score: how much a text reads like a machine's rewriting of news, by its words alone.

A linear model on TF-IDF weighted words and pairs of words, in which names and numbers are masked
and quotation marks do not count: how a text is put, not what it is about. It is trained on real
human news against real machine text, passage by passage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.key_index import KeyIndex
from copydesk.features.read.style_terms import Keys, StyleTerms
from copydesk.features.read.word_fit import NeighbourModel
from copydesk.features.stats import ratio

FloatArray = NDArray[np.float64]

PASSAGE_WORDS = 120


@dataclass(frozen=True, slots=True, eq=False)
class StyleScores:
    """Log odds of machine rewriting against human news writing.

    Parameters
    ----------
    passages : ndarray of float64, shape (n_passages,)
        Of stretches of about 120 words; long and short texts score on one scale. Empty where
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


@dataclass(frozen=True, slots=True, eq=False)
class KnownTerms:
    """The terms of a text that a style model knows.

    Parameters
    ----------
    places : ndarray of intp, shape (n_known,)
        Among the model's.
    sentence_of : ndarray of int32, shape (n_known,)
        Index of the sentence that each stands in.
    sentence_words : ndarray of int32, shape (n_sentences,)
        How many words each sentence has.
    """

    places: NDArray[np.intp]
    sentence_of: NDArray[np.int32]
    sentence_words: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class StyleModel:
    """A logistic regression on terms weighted by TF-IDF, of unit length for each text.

    Parameters
    ----------
    keys : ndarray of uint64, shape (n_known,)
        Of the terms that count, sorted; others are passed over.
    idf : ndarray of float32, shape (n_known,)
        Inverse document frequency, above 0.
    coef : ndarray of float32, shape (n_known,)
        Log odds of a term of weight 1.
    intercept : ndarray of float32, shape ()
        Log odds of a text without any known term.
    neighbours : NeighbourModel
        Counted in the human texts among those it was fitted on; by default it knows no word.
    """

    keys: Keys
    idf: NDArray[np.float32]
    coef: NDArray[np.float32]
    intercept: NDArray[np.float32]
    neighbours: NeighbourModel = field(default_factory=NeighbourModel.empty)

    @cached_property
    def _index(self) -> KeyIndex[np.uint64]:
        return KeyIndex(self.keys)

    def find(self, terms: StyleTerms) -> KnownTerms:
        """Find the terms of a text that count."""
        places, known = self._index.find(terms.keys)
        return KnownTerms(places[known], terms.sentence_of[known], terms.sentence_words)

    def score(self, terms: StyleTerms) -> StyleScores:
        """Score a text's passages and sentences."""
        return self.score_known(self.find(terms))

    def score_known(self, terms: KnownTerms) -> StyleScores:
        """Score a text's passages and sentences by the terms found in it."""
        places, sentence_of = terms.places, terms.sentence_of
        passage_of_sentence = part_into_passages(terms.sentence_words)
        passage_of = passage_of_sentence[sentence_of]
        n_passages = int(passage_of_sentence.max()) + 1 if passage_of_sentence.size else 0
        passages = self._odds_by_passage(places, passage_of, n_passages)
        n_sentences = len(terms.sentence_words)
        idf = self.idf[places].astype(np.float64)
        odds = np.bincount(sentence_of, idf * self.coef[places], n_sentences)
        length = np.sqrt(np.bincount(sentence_of, idf**2, n_sentences))
        sentences = np.divide(odds, length, out=np.zeros(n_sentences), where=length > 0)
        return StyleScores(passages, sentences + float(self.intercept))

    def mean_coef(self, places: NDArray[np.intp]) -> float:
        """Give the mean coefficient of known terms, weighted by IDF; NaN where there are none."""
        idf = self.idf[places].astype(np.float64)
        return ratio(float(idf @ self.coef[places]), float(idf.sum()))

    def log_odds(self, places: NDArray[np.intp]) -> float:
        """Score known terms as one passage."""
        return float(self._odds_by_passage(places, np.zeros(len(places), np.intp), 1)[0])

    def _odds_by_passage(
        self, places: NDArray[np.intp], passage_of: NDArray[np.intp], n_passages: int
    ) -> FloatArray:
        terms = weigh_terms(places, passage_of, n_passages, self.idf)
        odds = terms.weights * self.coef[terms.places]
        by_passage = np.bincount(terms.passage_of, odds, n_passages) + float(self.intercept)
        return np.asarray(by_passage, np.float64)


def part_into_passages(sentence_words: NDArray[np.int32]) -> NDArray[np.intp]:
    """Part sentences into passages of about 120 words, as even as whole sentences allow.

    Returns
    -------
    ndarray of intp, shape (n_sentences,)
        The passage of each.
    """
    ends = np.cumsum(sentence_words)
    if not ends.size:
        return np.zeros(0, np.intp)
    n_passages = max(1, round(int(ends[-1]) / PASSAGE_WORDS))
    wanted = (ends - 1) * n_passages // ends[-1]
    return np.unique(wanted, return_inverse=True)[1]


@dataclass(frozen=True, slots=True, eq=False)
class WeighedTerms:
    """The distinct terms of passages: which, of which passage, and with what weight."""

    places: NDArray[np.intp]
    passage_of: NDArray[np.intp]
    weights: FloatArray


def weigh_terms(
    places: NDArray[np.intp],
    passage_of: NDArray[np.intp],
    n_passages: int,
    idf: NDArray[np.float32],
) -> WeighedTerms:
    """Weigh the terms of passages: (1 + log count) * idf, of unit length for each passage.

    The form is that of scikit-learn's ``TfidfVectorizer(sublinear_tf=True)``.

    Parameters
    ----------
    places : ndarray of intp, shape (n_terms,)
        Of terms among those that have an inverse document frequency.
    passage_of : ndarray of intp, shape (n_terms,)
        The passage of each, under ``n_passages``.

    Examples
    --------
    >>> once = weigh_terms(np.array([7, 7]), np.array([0, 0]), 1, np.ones(8, np.float32))
    >>> once.places.tolist(), once.weights.tolist()
    ([7], [1.0])
    """
    ordered = np.sort(passage_of * len(idf) + places)
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])
    counts = np.concatenate([begins[1:], [len(ordered)]])[: len(begins)] - begins
    passages, unique = np.divmod(ordered[begins], len(idf)) if len(idf) else (begins, begins)
    weights: FloatArray = (1 + np.log(counts)) * idf[unique].astype(np.float64)
    length = np.sqrt(np.bincount(passages, weights**2, n_passages))
    return WeighedTerms(unique, passages, weights / np.where(length > 0, length, 1.0)[passages])
