"""What ties a name of an article to one of its source: the whole name, its place, its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from copydesk.features.compare.alignment import Alignment
from copydesk.features.read.document import Document
from copydesk.features.read.lexicon import is_content_word

_NEAR_LIKENESS = 0.6
Places = Mapping[str, list[tuple[tuple[str, ...], int]]]


class Tie(IntEnum):
    """What ties two words, from two whole names that differ to one whole name."""

    OTHER_NAME = 0
    NONE = 1
    NEARBY = 2
    IN_PLACE = 3
    SAME_NAME = 4
    SAME_NAME_NEARBY = 5
    SAME_NAME_IN_PLACE = 6


_BOTH = {Tie.NEARBY: Tie.SAME_NAME_NEARBY, Tie.IN_PLACE: Tie.SAME_NAME_IN_PLACE}


class NameTies:
    """Ties between the names of two texts, or of one and itself.

    Parameters
    ----------
    article, source : Document
        The two texts.
    alignment : Alignment or None
        Of ``article`` with ``source``; None where they are one text.
    """

    def __init__(self, article: Document, source: Document, alignment: Alignment | None) -> None:
        self._article, self._source = article, source
        self._alignment = alignment

    @cached_property
    def _places(self) -> Places:
        return _places_in_names(self._article)

    @cached_property
    def _source_places(self) -> Places:
        return _places_in_names(self._source)

    @cached_property
    def _tokens(self) -> Mapping[str, list[int]]:
        return _tokens(self._article)

    @cached_property
    def _source_tokens(self) -> Mapping[str, list[int]]:
        return _tokens(self._source)

    def tie(self, word: str, original: str) -> Tie:
        """Say what ties a name word of the article to one of the source."""
        whole = self._whole_name(word, original)
        if whole is Tie.OTHER_NAME:
            return whole
        near = self._in_sentences(word, original)
        if whole is Tie.SAME_NAME:
            return _BOTH.get(near, whole)
        return near

    def is_joined(self, word: str, original: str) -> bool:
        """Say whether one is the other with the word before: *LaGuardia* and *La Guardia*."""
        return _ends_in(word, original, self._source, self._source_tokens) or _ends_in(
            original, word, self._article, self._tokens
        )

    def have_same_rest(self, word: str, original: str) -> bool:
        """Say whether the two words alone differ between a name of either text."""
        if word not in self._places or original not in self._source_places:
            return False
        rests = {(*name[:at], "", *name[at + 1 :]) for name, at in self._places.get(word, ())}
        return any(
            (*other[:there], "", *other[there + 1 :]) in rests
            for other, there in self._source_places.get(original, ())
        )

    def _whole_name(self, word: str, original: str) -> Tie:
        """Compare the words beside two words in the whole names that they are part of."""
        result = Tie.NONE
        for name, at in self._places.get(word, ()):
            for other, there in self._source_places.get(original, ()):
                same = differing = 0
                for step in (-2, -1, 1, 2):
                    if 0 <= at + step < len(name) and 0 <= there + step < len(other):
                        is_same = _are_near(name[at + step], other[there + step])
                        same += is_same
                        differing += not is_same
                if same and not differing:
                    return Tie.SAME_NAME
                if differing and not same:
                    result = Tie.OTHER_NAME
        return result

    def _in_sentences(self, word: str, original: str) -> Tie:
        if self._alignment is None:
            return Tie.NONE
        best = Tie.NONE
        for token in self._tokens.get(word, ()):
            link = self._alignment.links[self._article.sentence_of_token(token)]
            if not link.is_aligned:
                continue
            stretch = self._source.tokens_of(link.source_first, link.source_last)
            for there in self._source_tokens.get(original, ()):
                if stretch.start <= there < stretch.stop:
                    if self._stand_alike(token, there):
                        return Tie.IN_PLACE
                    best = Tie.NEARBY
        return best

    def _stand_alike(self, token: int, there: int) -> bool:
        """Say whether two words have the same neighbours: on both sides, or a content word."""
        words, others = self._article.words, self._source.words
        before = token > 0 and there > 0 and words[token - 1] == others[there - 1]
        after = (
            token + 1 < len(words)
            and there + 1 < len(others)
            and words[token + 1] == others[there + 1]
        )
        return (before and after) or (before and is_content_word(words[token - 1]))


def _ends_in(long: str, short: str, document: Document, tokens: Mapping[str, list[int]]) -> bool:
    """Say whether a short word makes a long one with the word that stands before it."""
    joined = long.replace("'", "")
    return joined.endswith(short) and any(
        at > 0 and document.words[at - 1] + short == joined for at in tokens.get(short, ())
    )


def _are_near(one: str, other: str) -> bool:
    return one == other or Levenshtein.normalized_similarity(one, other) >= _NEAR_LIKENESS


def _places_in_names(document: Document) -> Places:
    places: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for words in dict.fromkeys(name.words for name in document.full_names):
        for at, word in enumerate(words):
            places.setdefault(word, []).append((words, at))
    return places


def _tokens(document: Document) -> Mapping[str, list[int]]:
    tokens: dict[str, list[int]] = {}
    for name in document.names:
        tokens.setdefault(name.word, []).append(name.token)
    return tokens
