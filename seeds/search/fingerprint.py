"""Fingerprints: the little that finding a source needs of a text, small enough to keep millions."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from itertools import compress, count

import numpy as np
from numpy.typing import NDArray

from copydesk.features import Document, Encoder, StyleModel, read_document
from copydesk.features.read.credits import CreditKind
from copydesk.features.read.document import check_document
from copydesk.features.read.encoder import FloatArray
from copydesk.features.read.grams import distinct
from copydesk.features.read.lexicon import REPORTING_VERBS
from copydesk.features.read.text_style import style_scores
from copydesk.seeds.search.dates import Interval, find_interval
from copydesk.seeds.search.facts import Facts, hash_facts
from copydesk.types import Article

# Hashes have 16 bits: 500 trigrams then seem to share 1 % with 500 others, in 2 bytes each.
N_HASHES = 1 << 16
# Of 0, 2 and 5: what public rewrites gain beyond this, copies edited by newsrooms lose.
_STYLE_WEIGHT = 2.0
# Credits that say where a text is from.
_ORIGINS = frozenset(
    {CreditKind.REPUBLICATION, CreditKind.CONTRIBUTION, CreditKind.AGENCY, CreditKind.DATELINE}
)
Hashes = NDArray[np.uint16]
QuantizedVector = NDArray[np.int8]

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What finding a source needs of a text.

    Parameters
    ----------
    id : str
        The article's.
    source_id : str or None
        What it says it derives from.
    published : (float, float) or None
        Seconds since 1970, at the earliest and at the latest; see ``find_interval``.
    vector : ndarray of int8, shape (dimension,)
        The document's vector, scaled so that its largest component is 127.
    trigrams, stems, names : ndarray of uint16
        Sorted hashes of word trigrams, of stems of content words, of words that are names.
    n_words : int
        Length of the body.
    source_likeness : float
        How much the text looks like one that others are made from, on a scale of log-odds.
    facts : ndarray of uint32
        Its figures and days; see ``hash_facts``.
    """

    id: str
    source_id: str | None
    published: Interval | None
    vector: QuantizedVector
    trigrams: Hashes
    stems: Hashes
    names: Hashes
    n_words: int
    source_likeness: float
    facts: Facts


def fingerprint(
    article: Article, document: Document, style: StyleModel | None = None
) -> Fingerprint:
    """Take a text's fingerprint; with a style model, machine style makes it less source-like."""
    return Fingerprint(
        id=article.id,
        source_id=article.source_id,
        published=find_interval(article.published),
        vector=quantize(document.vector),
        trigrams=_hash_trigrams(document.words),
        stems=_hash_words(document.all_stems),
        names=_hash_words(frozenset(name.word for name in document.names)),
        n_words=len(document.words),
        source_likeness=measure_source_likeness(document, style),
        facts=hash_facts(document.words, document.numbers),
    )


def read_fingerprint(
    article: Article, encoder: Encoder, style: StyleModel | None = None
) -> Fingerprint:
    """Read a text that others may derive from and take its fingerprint, as ``fingerprint`` does.

    Raises
    ------
    InvalidArticle
        The text is too short or not English: nothing could be compared with it.

    Examples
    --------
    >>> from copydesk.features import load_encoder
    >>> text = ("The ferry ran aground on Monday, and all of the people on board were taken off "
    ...     "by fishing boats, the coast guard said.")
    >>> read_fingerprint(Article("a", text), load_encoder()).n_words
    23
    """
    document = read_document(article.text, encoder)
    check_document(document)
    return fingerprint(article, document, style)


def quantize(vector: FloatArray) -> QuantizedVector:
    """Round a vector to 8 bits a component; its direction is kept to about 0.0002 of cosine.

    Examples
    --------
    >>> quantize(np.array([0.6, -0.8], np.float32)).tolist()
    [95, -127]
    """
    largest = float(np.abs(vector).max(initial=0.0))
    scaled = vector.astype(np.float64) * (127 / largest) if largest else vector
    return np.asarray(np.rint(scaled), dtype=np.int8)


def cosine_similarity(one: QuantizedVector, other: QuantizedVector) -> float:
    """Compare two vectors; 0 where they are of different lengths, or nothing but zeros.

    Examples
    --------
    >>> cosine_similarity(np.array([3, 4], np.int8), np.array([6, 8], np.int8))
    1.0
    """
    if len(one) != len(other):
        return 0.0
    first, second = one.astype(np.float64), other.astype(np.float64)
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / lengths if lengths else 0.0


def remove_direction(one: QuantizedVector, other: QuantizedVector) -> QuantizedVector:
    """Take from a vector its projection on another: what is left is at right angles to that.

    Examples
    --------
    >>> remove_direction(np.array([60, 30], np.int8), np.array([9, 0], np.int8)).tolist()
    [0, 127]
    """
    vector, direction = one.astype(np.float64), other.astype(np.float64)
    length = float(direction @ direction)
    if length:
        vector -= (vector @ direction) / length * direction
    return quantize(vector.astype(np.float32))


def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))  # to look it up would take longer


def _hash_words(words: frozenset[str]) -> Hashes:
    hashes = np.fromiter(map(_hash, words), np.uint32, len(words))
    return distinct((hashes >> np.uint32(16)).astype(np.uint16))


def _hash_trigrams(words: tuple[str, ...]) -> Hashes:
    hashes = np.fromiter(map(_hash, words), np.uint64, len(words))
    mixed = np.zeros(max(len(words) - 2, 0), np.uint64)
    for k in range(3):
        mixed = mixed * _MIX[0] + hashes[k : k + len(mixed)]
        mixed ^= mixed >> np.uint64(29)
    return distinct(((mixed * _MIX[1]) >> np.uint64(48)).astype(np.uint16))


def measure_source_likeness(document: Document, style: StyleModel | None = None) -> float:
    """Weigh what tells a text from one made from it.

    Weights are those of a logistic regression on differences between public derivatives and
    their sources, rounded: derivatives are shorter, name no agency, lose quotations, names and
    numbers, put rarer words in place of plain ones, and read like a machine's rewriting.

    Parameters
    ----------
    document : Document
        The text.
    style : StyleModel, optional
        Without one, style does not count.

    Returns
    -------
    float
        On a scale of log odds; only differences between texts mean anything.
    """
    n_words = len(document.words)
    if n_words == 0:
        return 0.0
    credited = any(credit.kind in _ORIGINS for credit in document.credits)
    reporting = list(compress(count(), map(REPORTING_VERBS.__contains__, document.words)))
    n_reporting = len(reporting) - int(document.in_quote[reporting].sum())
    per_100_words = (
        0.8 * len(document.quote_scan.quotes)
        + 0.6 * len({name.word for name in document.names})
        + 1.3 * len(document.numbers)
        - 1.0 * len(document.uncommon_words)
        + 2.0 * n_reporting
    )
    style_score = 0.0 if style is None else style_scores(document, style).document
    return (
        12.0 * math.log(n_words)
        + 1.5 * credited
        + 100 * per_100_words / n_words
        - _STYLE_WEIGHT * (0.0 if math.isnan(style_score) else style_score)
    )
