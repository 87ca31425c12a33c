"""How alike two spellings are, and which spellings are no corruption of each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import cdist

from copydesk.features.compare.romanization import fold
from copydesk.features.compare.variants import are_name_variants, are_two_places
from copydesk.features.read.lexicon import stem, zipf_frequency
from copydesk.features.read.word_cache import WORDS_KEPT

_DEMONYM = re.compile(r"(?:i?ans?|ese|ish|is?|e?s|ns?|ia|ic|os?|ists?)$")
_MIN_ROOT_CHARS = 4
# Folding may add so much to the likeness of the letters.
_MAX_FOLDING_GAIN = 0.25
_MIN_TRACE_LIKENESS = 0.6
_MIN_RESPELLED_CHARS = 6
_MIN_ABBREVIATED_CHARS = 2
_MIN_CORRECTED_CHARS = 8
# Shorter names that differ as transliterations do are people's own ways: Marc, Mark; Bary, Bari.
_MIN_TRACE_CHARS = 5
_UNKNOWN_ZIPF = 2.0
_CORRECTION_GAIN = 1.0

_FOLDS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"kh|gh|ck|q|c(?![eiyh])|g", "k"),
        (r"sch|sh|ch|zh|ts|tz|c|z|x|j(?=[aou])", "s"),
        (r"th|d", "t"),
        (r"ph|w|b|f|p", "v"),
        (r"l", "r"),
        (r"ou|oo|uu", "u"),
        (r"ij|iy|yi|ii|y|j|ee|e", "i"),
        (r"h", ""),
        (r"o", "u"),
        (r"(.)\1+", r"\1"),
        (r"[aeiou]+$", ""),
    )
)


def is_transliteration_trace(word: str, original: str) -> bool:
    """Say whether two spellings differ only in letters that transliteration confuses.

    Such are l and r, b and v, k/c/q/kh, y/j/i, final vowels and doubled letters, as in
    *Ryabkov* and *Lyabkov*. Most letters have to be the same: *Kelly* is not *Gary*.

    Examples
    --------
    >>> is_transliteration_trace("lyabkov", "ryabkov"), is_transliteration_trace("smith", "jones")
    (True, False)
    """
    if word == original or _fold(word) != _fold(original):
        return False
    return Levenshtein.normalized_similarity(word, original) >= _MIN_TRACE_LIKENESS


@lru_cache(maxsize=WORDS_KEPT)
def _fold(word: str) -> str:
    return fold(word, _FOLDS)


def likenesses(words: Sequence[str], originals: Sequence[str]) -> NDArray[np.float32]:
    """Say how alike lower-case words are to others, in [0, 1], shape (n_words, n_originals).

    One minus the Levenshtein distance over the longer length, raised by up to 0.25 where the
    words are more alike once the letters that transliteration confuses are folded.

    Examples
    --------
    >>> likenesses(["lyabkov"], ["ryabkov", "smith"]).tolist()
    [[1.0, 0.0]]
    """
    scorer = Levenshtein.normalized_similarity
    plain = cdist(words, originals, scorer=scorer, dtype=np.float32)
    folded = cdist(
        [_fold(word) for word in words],
        [_fold(word) for word in originals],
        scorer=scorer,
        dtype=np.float32,
    )
    return np.asarray(np.maximum(plain, np.minimum(folded, plain + _MAX_FOLDING_GAIN)), np.float32)


def is_other_name(word: str, original: str) -> bool:
    """Say whether two lower-case spellings are no corruption of each other, however alike.

    Inflections and demonyms, short forms, typing errors of the source put right, and what houses
    spell in their own ways; nor are two places that both are known.

    Examples
    --------
    >>> is_other_name("russian", "russia"), is_other_name("lyabkov", "ryabkov")
    (True, False)
    """
    shorter, longer = sorted((word, original), key=len)
    return (
        _have_one_root(shorter, longer)
        or _is_short_form(shorter, longer)
        or _is_corrected(word, original)
        or (len(longer) < _MIN_TRACE_CHARS and is_transliteration_trace(word, original))
        or are_name_variants(word, original)
        or are_two_places(word, original)
    )


def is_respelling(one: str, other: str) -> bool:
    """Say whether two lower-case spellings are most likely one name's.

    They differ in one letter of six or more, or as transliterations do.
    """
    if is_other_name(one, other):
        return False
    long_enough = min(len(one), len(other)) >= _MIN_RESPELLED_CHARS
    near = long_enough and OSA.distance(one, other, score_cutoff=1) <= 1
    same_start = long_enough or one[0] == other[0]
    return near or (same_start and is_transliteration_trace(one, other))


def _have_one_root(shorter: str, longer: str) -> bool:
    """Tell inflections and demonyms of one name (Norway's Norwegian excepted) from misspellings."""
    if shorter.endswith("s"):
        shorter, longer = shorter[:-1], longer.removesuffix("s")
    ending = longer[len(shorter) :] if longer.startswith(shorter) else "-"
    if _DEMONYM.fullmatch(ending) and (ending[0] != "n" or shorter[-1] in "aeiouy"):
        return True
    one, other = _root(shorter), _root(longer)
    return (one == other and len(one) >= _MIN_ROOT_CHARS) or (
        stem(shorter) == stem(longer) and abs(len(longer) - len(shorter)) >= 2
    )


def _is_corrected(word: str, original: str) -> bool:
    """Say whether the source's spelling is a typing error that the article has put right."""
    if len(word) < _MIN_CORRECTED_CHARS or OSA.distance(word, original, score_cutoff=1) > 1:
        return False
    gain = zipf_frequency(word) - zipf_frequency(original)
    return zipf_frequency(original) < _UNKNOWN_ZIPF and gain >= _CORRECTION_GAIN


def _is_short_form(shorter: str, longer: str) -> bool:
    """Say whether one word is another abbreviated: *Mass*, *Bros* or *Blvd*."""
    beginning = shorter.removesuffix("s") if longer.endswith("s") else shorter
    if len(longer) - len(shorter) >= _MIN_ABBREVIATED_CHARS and longer.startswith(beginning):
        return True
    if re.search("[aeiouy]", shorter) or shorter[0] != longer[0]:
        return False
    rest = iter(longer)
    return all(letter in rest for letter in shorter)


@lru_cache(maxsize=WORDS_KEPT)
def _root(word: str) -> str:
    return _DEMONYM.sub("", word).rstrip("aeiouy")
