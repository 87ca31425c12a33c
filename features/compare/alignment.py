"""Alignment of an article's sentences to a source's: one to one, merged, or split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein

from copydesk.features.read.document import Document
from copydesk.features.read.encoder import FloatArray, unit_rows
from copydesk.features.stats import ratio

# What the trials on real pages used: sentences that mean the same score above 0.55.
ALIGNED_SIMILARITY = 0.55
_ALIGNED_RECALL = 0.5
_PAIR_GAIN = 0.03
_VERBATIM_EDIT_SIMILARITY = 0.85
_TIGHTENED_SUBSEQUENCE = 0.75
_WORDING_WEIGHT = 0.4


class SentenceFate(StrEnum):
    """What an article's sentence is to the source."""

    VERBATIM = "verbatim"
    TIGHTENED = "tightened"
    REWORDED = "reworded"
    NEW = "new"


class Shape(StrEnum):
    """How many sentences stand on each side."""

    ONE_TO_ONE = "one_to_one"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class SentenceLink:
    """An article's sentence and the closest stretch of the source, one or two sentences long.

    Parameters
    ----------
    source_first, source_last : int
        The source's sentences, half-open. Always the closest ones, also where ``fate`` is NEW.
    similarity : float
        Cosine similarity of meaning, in [-1, 1].
    recall : float
        Share of the sentence's content-word stems found there, in [0, 1].
    edit_similarity : float
        1 minus the token Levenshtein distance over the longer length, in [0, 1].
    fate : SentenceFate
        Verbatim, tightened (words left out), reworded, or new.
    shape : Shape
        MERGED: one sentence made of two; SPLIT: one of several made of one.
    """

    source_first: int
    source_last: int
    similarity: float
    recall: float
    edit_similarity: float
    fate: SentenceFate
    shape: Shape

    @property
    def source_sentences(self) -> range:
        """Indices of the source's sentences that it is closest to."""
        return range(self.source_first, self.source_last)

    @property
    def is_aligned(self) -> bool:
        """Whether the sentence derives from the source."""
        return self.fate is not SentenceFate.NEW

    @property
    def is_changed(self) -> bool:
        """Whether the sentence derives from the source, and not word for word."""
        return self.fate in (SentenceFate.TIGHTENED, SentenceFate.REWORDED)


@dataclass(frozen=True)
class Alignment:
    """The links of all sentences of an article, in their order."""

    links: tuple[SentenceLink, ...]

    @cached_property
    def aligned(self) -> tuple[int, ...]:
        """Indices of the article's sentences that derive from the source."""
        return tuple(i for i, link in enumerate(self.links) if link.is_aligned)

    @cached_property
    def changed(self) -> tuple[int, ...]:
        """Indices of those that were tightened or reworded."""
        return tuple(i for i, link in enumerate(self.links) if link.is_changed)

    def drawn_on(self, sentences: Iterable[int]) -> frozenset[int]:
        """Give the indices of the source's sentences that these of the article derive from."""
        links = (self.links[i] for i in sentences)
        return frozenset(j for link in links if link.is_aligned for j in link.source_sentences)


def align_sentences(article: Document, source: Document) -> Alignment:
    """Link each sentence of an article to the one or two neighbouring sentences closest to it.

    Closeness is cosine similarity plus 0.4 times the recall of content words; two source
    sentences are taken together where that is closer by 0.03 or more.

    Parameters
    ----------
    article, source : Document
        Read with the same encoder.

    Examples
    --------
    >>> from copydesk.features.read.document import read_document
    >>> from copydesk.features.read.encoder import load_encoder
    >>> one = read_document("The ferry ran aground on Monday. Nobody was hurt.", load_encoder())
    >>> [link.fate.value for link in align_sentences(one, one).links]
    ['verbatim', 'verbatim']
    """
    if not article.sentences or not source.sentences:
        return Alignment(tuple(_NO_LINK for _ in article.sentences))
    similarity = article.vectors @ source.vectors.T
    recall, pair_recall = _content_recall(article.content_stems, source.content_stems)
    closeness = similarity + _WORDING_WEIGHT * recall
    best = closeness.argmax(axis=1)
    rows = np.arange(len(best))
    pairs = None
    if len(source.sentences) > 1:
        weights = np.array([[s.n_tokens] for s in source.sentences], np.float32)
        weighted = source.vectors * weights
        pair_similarity = article.vectors @ unit_rows(weighted[:-1] + weighted[1:]).T
        pair_closeness = pair_similarity + _WORDING_WEIGHT * pair_recall - _PAIR_GAIN
        best_pair = pair_closeness.argmax(axis=1)
        use_pair = pair_closeness[rows, best_pair] > closeness[rows, best]
        pairs = (best_pair, use_pair, pair_similarity, pair_recall)
    targets = Counter(best.tolist())
    links = []
    for i in range(len(best)):
        if pairs is not None and pairs[1][i]:
            first = int(pairs[0][i])
            last, shape = first + 2, Shape.MERGED
            cosine, found = float(pairs[2][i, first]), float(pairs[3][i, first])
        else:
            first = int(best[i])
            last = first + 1
            cosine, found = float(similarity[i, first]), float(recall[i, first])
            neighbour = any(0 <= k < len(best) and best[k] == first for k in (i - 1, i + 1))
            split = targets[first] > 1 and neighbour
            shape = Shape.SPLIT if split else Shape.ONE_TO_ONE
        links.append(_link(article, source, i, (first, last), (cosine, found), shape))
    return Alignment(tuple(links))


def word_share(article: Document, alignment: Alignment, *fates: SentenceFate) -> float:
    """Share of an article's words in sentences of these fates, in [0, 1]; NaN without words."""
    sizes = zip(article.sentences, alignment.links, strict=True)
    return ratio(sum(s.n_tokens for s, link in sizes if link.fate in fates), len(article.words))


_NO_LINK = SentenceLink(0, 0, 0.0, 0.0, 0.0, SentenceFate.NEW, Shape.ONE_TO_ONE)


def _link(
    article: Document,
    source: Document,
    index: int,
    target: tuple[int, int],
    closeness: tuple[float, float],
    shape: Shape,
) -> SentenceLink:
    words = article.sentence_words(index)
    source_words = source.words[source.tokens_of(*target)]
    edit_similarity = Levenshtein.normalized_similarity(words, source_words)
    similarity, recall = closeness
    if edit_similarity >= _VERBATIM_EDIT_SIMILARITY:
        fate = SentenceFate.VERBATIM
    elif similarity < ALIGNED_SIMILARITY and recall < _ALIGNED_RECALL:
        fate = SentenceFate.NEW
    elif LCSseq.similarity(words, source_words) >= _TIGHTENED_SUBSEQUENCE * len(words):
        fate = SentenceFate.TIGHTENED
    else:
        fate = SentenceFate.REWORDED
    return SentenceLink(*target, similarity, recall, edit_similarity, fate, shape)


def _content_recall(
    article: Sequence[frozenset[str]], source: Sequence[frozenset[str]]
) -> tuple[FloatArray, FloatArray]:
    """Share of each article sentence's content stems in each of the source's, and in each two.

    Two are neighbours taken together: shapes (n, m) and (n, m - 1).
    """
    columns: dict[str, int] = {}
    for stems in source:
        for stem in stems:
            columns.setdefault(stem, len(columns))
    own, others = _stem_rows(article, columns), _stem_rows(source, columns)
    sizes = np.array([[max(len(stems), 1)] for stems in article])
    both = np.maximum(others[:-1], others[1:])
    return (
        np.asarray((own @ others.T) / sizes, dtype=np.float32),
        np.asarray((own @ both.T) / sizes, dtype=np.float32),
    )


def _stem_rows(sentences: Sequence[frozenset[str]], columns: dict[str, int]) -> FloatArray:
    """Give a row per sentence with a one for each of its stems that has a column."""
    n_columns = len(columns)
    found = [
        row * n_columns + columns[stem]
        for row, stems in enumerate(sentences)
        for stem in stems
        if stem in columns
    ]
    rows = np.zeros(len(sentences) * n_columns, np.float32)
    rows[found] = 1.0
    return rows.reshape(len(sentences), n_columns)
