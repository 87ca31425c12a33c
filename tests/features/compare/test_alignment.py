"""Alignment of sentences: one to one, merged or split, and what each is to the source."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features import Document, read_document
from copydesk.features.compare.alignment import (
    Alignment,
    SentenceFate,
    SentenceLink,
    Shape,
    align_sentences,
    word_share,
)
from copydesk.features.read.encoder import FloatArray

Read = Callable[[str], Document]

SENTENCES = (
    "The ferry ran aground on Monday.",
    "Nobody was hurt in the accident.",
    "Two tugs pulled the vessel free at high water.",
)
SOURCE = " ".join(SENTENCES)


@pytest.fixture(scope="module")
def align(read: Read) -> Callable[[str, str], tuple[SentenceLink, ...]]:
    def align_texts(article: str, source: str) -> tuple[SentenceLink, ...]:
        return align_sentences(read(article), read(source)).links

    return align_texts


Align = Callable[[str, str], tuple[SentenceLink, ...]]


def test_a_text_is_verbatim_to_itself(align: Align) -> None:
    for index, link in enumerate(align(SOURCE, SOURCE)):
        assert (link.source_first, link.source_last) == (index, index + 1)
        assert link.similarity == pytest.approx(1, abs=1e-6)
        assert (link.recall, link.edit_similarity) == (1, 1)
        assert (link.fate, link.shape) == (SentenceFate.VERBATIM, Shape.ONE_TO_ONE)


@pytest.mark.parametrize(
    ("sentence", "fate", "recall", "edit_similarity"),
    [
        # 11 words against 9: "very" and "strong" inserted.
        (
            "Two very strong tugs pulled the vessel free at high water.",
            SentenceFate.TIGHTENED,
            7 / 8,
            9 / 11,
        ),
        (
            "Two strong tugs pulled the vessel free at high water.",
            SentenceFate.VERBATIM,
            7 / 8,
            9 / 10,
        ),
        ("Two tugs pulled the vessel free.", SentenceFate.TIGHTENED, 1, 6 / 9),
        # "vessel" and "water" replaced; two, tugs, pulled, free, high of seven stems are there.
        ("Two tugs pulled the ship free at high tide.", SentenceFate.TIGHTENED, 5 / 7, 7 / 9),
        # Five of nine stems; "the vessel free" stands, the other seven words of ten are edits.
        (
            "High tide let the vessel come free; tugs pulled strongly.",
            SentenceFate.REWORDED,
            5 / 9,
            3 / 10,
        ),
        ("Prices of bread rose in Norway by nine percent.", SentenceFate.NEW, 0, None),
    ],
)
def test_says_what_a_sentence_is(
    align: Align, sentence: str, fate: SentenceFate, recall: float, edit_similarity: float | None
) -> None:
    (link,) = align(sentence, SOURCE)
    assert link.fate is fate
    assert link.is_aligned is (fate is not SentenceFate.NEW)
    assert link.recall == pytest.approx(recall)
    if edit_similarity is not None:
        assert (link.source_first, link.source_last) == (2, 3)
        assert link.edit_similarity == pytest.approx(edit_similarity)


def test_a_sentence_made_of_two_is_merged(align: Align) -> None:
    (link,) = align("The ferry ran aground on Monday and nobody was hurt in the accident.", SOURCE)
    assert (link.source_first, link.source_last) == (0, 2)
    assert (link.fate, link.shape) == (SentenceFate.VERBATIM, Shape.MERGED)
    assert link.edit_similarity == pytest.approx(12 / 13)
    assert link.recall == 1


class Drawn:
    """An encoder that knows how close sentences are to the one of the article."""

    name = "drawn"

    def __init__(self, similarity: Mapping[str, float]) -> None:
        self._vectors = {
            sentence: np.eye(len(similarity) + 1)[0] * s
            + np.eye(len(similarity) + 1)[k] * math.sqrt(1 - s * s)
            for k, (sentence, s) in enumerate(similarity.items(), start=1)
        }

    def encode(self, sentences: Sequence[str]) -> FloatArray:
        return np.array([self._vectors[sentence] for sentence in sentences], np.float32)


def link_drawn(similarity: Mapping[str, float]) -> SentenceLink:
    """Link the first of some sentences with the others, as close to it as is said."""
    encoder = Drawn(similarity)
    own, *others = similarity
    article, source = read_document(own, encoder), read_document(" ".join(others), encoder)
    (link,) = align_sentences(article, source).links
    return link


@pytest.mark.parametrize(
    ("other", "source_first"),
    # With one of four content words a sentence is closer by 0.1.
    [(0.53, 2), (0.51, 0)],
)
def test_shared_words_make_up_for_meaning(other: float, source_first: int) -> None:
    link = link_drawn(
        {
            "Bread rose past chains.": 1.0,
            "Tugs pulled vessels free.": 0.62,
            # Keeps the others from being taken as one.
            "Ministers resigned yesterday evening.": -1.0,
            "Divers found rusty chains.": other,
        }
    )
    assert (link.source_first, link.shape) == (source_first, Shape.ONE_TO_ONE)


@pytest.mark.parametrize(
    ("other", "shape"),
    # (0.6 + 0.4) / sqrt(2 + 2 * 0.6 * 0.4) is 0.635, and 0.625 with 0.38.
    [(0.40, Shape.MERGED), (0.38, Shape.ONE_TO_ONE)],
)
def test_two_sentences_are_taken_as_one_where_that_is_closer(other: float, shape: Shape) -> None:
    link = link_drawn(
        {
            "Bread rose past autumn.": 1.0,
            "Tugs pulled vessels free.": 0.6,
            "Divers found rusty chains.": other,
        }
    )
    assert (link.source_first, link.shape) == (0, shape)


def test_sentences_made_of_one_are_split(align: Align) -> None:
    source = "Two tugs pulled the vessel free at high water and it sailed back to its berth."
    links = align(
        "Two tugs pulled the vessel free at high water. It sailed back to its berth.", source
    )
    assert [(link.source_first, link.source_last) for link in links] == [(0, 1), (0, 1)]
    assert [link.shape for link in links] == [Shape.SPLIT, Shape.SPLIT]


def test_sentences_apart_that_share_a_source_sentence_are_no_split(align: Align) -> None:
    links = align(f"{SENTENCES[2]} {SENTENCES[0]} Two tugs pulled the vessel free.", SOURCE)
    assert [link.source_first for link in links] == [2, 0, 2]
    assert {link.shape for link in links} == {Shape.ONE_TO_ONE}


def test_recall_is_the_share_of_stems_found_in_the_linked_stretch(
    read: Read, story_texts: tuple[str, ...]
) -> None:
    for source in map(read, story_texts):
        for article in map(read, story_texts):
            for own, link in zip(
                article.content_stems, align_sentences(article, source).links, strict=True
            ):
                stretch = source.content_stems[link.source_first : link.source_last]
                found = own & frozenset().union(*stretch)
                assert link.recall == pytest.approx(len(found) / max(len(own), 1))


def test_links_stay_in_their_ranges(read: Read, story_texts: tuple[str, ...]) -> None:
    for source in map(read, story_texts):
        for article in map(read, story_texts):
            links = align_sentences(article, source).links
            assert len(links) == len(article.sentences)
            for link in links:
                assert 0 <= link.source_first < link.source_last <= len(source.sentences)
                assert link.source_last - link.source_first == 1 + (link.shape is Shape.MERGED)
                assert -1 - 1e-6 <= link.similarity <= 1 + 1e-6
                assert 0 <= link.recall <= 1
                assert 0 <= link.edit_similarity <= 1


@given(st.permutations(range(3)))
def test_order_does_not_change_what_a_sentence_is_linked_with(read: Read, order: list[int]) -> None:
    source = read(SOURCE)
    links = align_sentences(read(" ".join(SENTENCES[i] for i in order)), source).links
    assert [link.source_first for link in links] == list(order)
    assert {link.fate for link in links} == {SentenceFate.VERBATIM}


def test_without_source_sentences_all_is_new(align: Align) -> None:
    links = align(SOURCE, "...")
    assert [link.fate for link in links] == [SentenceFate.NEW] * 3
    assert {(link.source_first, link.source_last, link.similarity) for link in links} == {(0, 0, 0)}


def test_without_article_sentences_there_are_no_links(align: Align) -> None:
    assert align("", SOURCE) == ()


def test_aligned_are_the_sentences_that_are_not_new(align: Align) -> None:
    links = align(f"{SENTENCES[1]} Prices of bread rose in Norway. {SENTENCES[0]}", SOURCE)
    assert Alignment(links).aligned == (0, 2)


def test_word_share_by_hand(read: Read) -> None:
    # 6 verbatim words, 6 tightened, 8 new.
    article = read(
        f"{SENTENCES[1]} Two tugs pulled the vessel free. Prices of bread rose in Norway last May."
    )
    alignment = align_sentences(article, read(SOURCE))
    assert word_share(article, alignment, SentenceFate.VERBATIM) == 6 / 20
    assert word_share(article, alignment, SentenceFate.TIGHTENED) == 6 / 20
    assert word_share(article, alignment, SentenceFate.REWORDED) == 0
    assert word_share(article, alignment, SentenceFate.NEW) == 8 / 20
    assert word_share(article, alignment, *SentenceFate) == 1


def test_word_share_without_words_is_nan(read: Read) -> None:
    empty = read("")
    assert math.isnan(word_share(empty, Alignment(()), SentenceFate.NEW))


def test_similarity_is_the_cosine_of_the_vectors(read: Read) -> None:
    article, source = read("A ferry sank on Monday."), read(SENTENCES[0])
    (link,) = align_sentences(article, source).links
    assert link.similarity == pytest.approx(float(np.dot(article.vectors[0], source.vectors[0])))
