"""How well words stand where they stand, by counts of neighbours in human news.

A word that a thesaurus, vectors or a translator put in place of another often stands beside words
that it hardly ever stands beside: *targets of defeat* for *targets of opportunity*. Neither source
nor dictionary is needed, and it does not matter which engine it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.key_index import KeyIndex
from copydesk.features.read.style_terms import Keys, StyleTerms
from copydesk.features.stats import percentiles

PairKeys = NDArray[np.uint32]
"""Upper halves of keys of pairs: of 10,000 unseen pairs one is taken for one of half a million."""

DISCOUNT = 0.75
"""What is taken off each count in favour of what was not seen."""

UNLIKELY_FIT = -3.0


@dataclass(frozen=True, slots=True, eq=False)
class WordFits:
    """How well each word of a text stands where it stands.

    Parameters
    ----------
    fits : ndarray of float32, shape (n_words,)
        Log of how much likelier than elsewhere the word is after the one before it, plus that of
        it before the one after it: below 0 where it is less likely. NaN for function words, names,
        numbers, and words that the model does not know.
    is_known : ndarray of bool, shape (n_words,)
        Which words the model knows.
    """

    fits: NDArray[np.float32]
    is_known: NDArray[np.bool_]

    @property
    def unknown_share(self) -> float:
        """Share of the words that the model does not know; NaN where there are no words."""
        return float(1 - self.is_known.mean()) if self.is_known.size else float("nan")

    @property
    def unlikely_share(self) -> float:
        """Share of unlikely words among those with a fit; NaN where there are none."""
        fits = self._of_content()
        return float((fits < UNLIKELY_FIT).mean()) if fits.size else float("nan")

    def percentiles(self, *wanted: float) -> list[float]:
        """Give percentiles of the fits, each in [0, 100]; NaN where there are none."""
        fits = self._of_content()
        return percentiles(fits, wanted) if fits.size else [float("nan")] * len(wanted)

    def find_unlikely(self) -> NDArray[np.intp]:
        """Give the places of unlikely words in the text, the least likely first."""
        unlikely = np.flatnonzero(self.fits < UNLIKELY_FIT)
        return unlikely[np.argsort(self.fits[unlikely], kind="stable")]

    def _of_content(self) -> NDArray[np.float32]:
        return self.fits[~np.isnan(self.fits)]


@dataclass(frozen=True, eq=False)
class NeighbourModel:
    """Counts of words and of neighbours, smoothed as by Kneser and Ney (1995).

    Parameters
    ----------
    keys : ndarray of uint64, shape (n_words,)
        Of the words known, sorted; all names are one word, all numbers another.
    counts : ndarray of uint32, shape (n_words,)
        How often each occurs.
    is_content : ndarray of bool, shape (n_words,)
        Which of them have a fit.
    novelty_after, novelty_before : ndarray of float16, shape (n_words,)
        Share in [0, 1] of a word's neighbours on that side that are left to unseen pairs.
    variety_after, variety_before : ndarray of float16, shape (n_words,)
        Share of all kinds of pairs that have the word on that side of the other, against the
        word's share of all words: how freely it goes beside words that it was not seen with.
    pair_keys : ndarray of uint32, shape (n_pairs,)
        Of the pairs known, sorted.
    pair_counts : ndarray of uint32, shape (n_pairs,)
        How often each occurs.
    n_counted : ndarray of uint32, shape ()
        How many words were counted.
    """

    keys: Keys
    counts: NDArray[np.uint32]
    is_content: NDArray[np.bool_]
    novelty_after: NDArray[np.float16]
    novelty_before: NDArray[np.float16]
    variety_after: NDArray[np.float16]
    variety_before: NDArray[np.float16]
    pair_keys: PairKeys
    pair_counts: NDArray[np.uint32]
    n_counted: NDArray[np.uint32]

    @classmethod
    def empty(cls) -> NeighbourModel:
        """Give a model that knows no word."""
        none, no_share = np.zeros(0, np.uint32), np.zeros(0, np.float16)
        return cls(
            keys=np.zeros(0, np.uint64),
            counts=none,
            is_content=np.zeros(0, bool),
            novelty_after=no_share,
            novelty_before=no_share,
            variety_after=no_share,
            variety_before=no_share,
            pair_keys=none,
            pair_counts=none,
            n_counted=np.asarray(0, np.uint32),
        )

    @cached_property
    def _words(self) -> KeyIndex[np.uint64]:
        return KeyIndex(self.keys)

    @cached_property
    def _pairs(self) -> KeyIndex[np.uint32]:
        return KeyIndex(self.pair_keys)

    def measure(self, terms: StyleTerms) -> WordFits:
        """Measure how well each word of a text stands beside its neighbours.

        A neighbour that the model does not know, or in another sentence, says nothing.

        Parameters
        ----------
        terms : StyleTerms
            Of the text; its words come first, in their order, then its pairs.
        """
        n_words = int(terms.sentence_words.sum())
        if not len(self.keys):
            return WordFits(np.full(n_words, np.nan, np.float32), np.zeros(n_words, bool))
        places, is_known = self._words.find(terms.keys[:n_words])
        sentence_of = terms.sentence_of[:n_words]
        first = np.flatnonzero(sentence_of[:-1] == sentence_of[1:])
        usable = is_known[first] & is_known[first + 1]
        first, pair_keys = first[usable], shorten(terms.keys[n_words:])[usable]
        one, other = places[first], places[first + 1]
        seen = self._seen_ratio(pair_keys, one, other)
        fits = np.zeros(n_words, np.float32)
        fits[first + 1] += _log(seen + _product(self.novelty_after[one], self.variety_after[other]))
        fits[first] += _log(seen + _product(self.novelty_before[other], self.variety_before[one]))
        fits[~(is_known & self.is_content[places])] = np.nan
        return WordFits(fits, is_known)

    def _seen_ratio(
        self, pair_keys: PairKeys, one: NDArray[np.intp], other: NDArray[np.intp]
    ) -> NDArray[np.float32]:
        """Give how often pairs occur, discounted, against how often they would by chance."""
        places, is_seen = self._pairs.find(pair_keys)
        seen = np.zeros(len(places), np.float32)
        seen[is_seen] = self.pair_counts[places[is_seen]] - np.float32(DISCOUNT)
        by_chance = _product(self.counts[one], self.counts[other]) / np.float32(self.n_counted)
        return np.asarray(seen / by_chance, np.float32)


def shorten(pair_keys: Keys) -> PairKeys:
    """Give the upper halves of keys of pairs."""
    return (pair_keys >> np.uint64(32)).astype(np.uint32)


def _product(one: NDArray[np.generic], other: NDArray[np.generic]) -> NDArray[np.float32]:
    return one.astype(np.float32) * other.astype(np.float32)


def _log(likelihood_ratio: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.log(np.maximum(likelihood_ratio, np.float32(1e-6))))
