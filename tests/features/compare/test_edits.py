"""Wording shared with the source: verbatim runs, edit operations."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features import Document, Encoder
from copydesk.features.compare.alignment import align_sentences
from copydesk.features.compare.edits import (
    Edits,
    SentenceEdits,
    count_edits,
    find_edits,
    run_lengths,
)
from copydesk.features.read.grams import word_codes

Words = st.lists(st.sampled_from("the big red dog sat".split()), max_size=15)

TUGS = "Two tugs pulled the vessel free at high water."


@pytest.fixture(scope="module")
def edits_of(
    read: Callable[[str], Document], encoder: Encoder
) -> Callable[[str, str], tuple[Edits, list[tuple[str, str]]]]:
    """Give the edits from a source to an article, and the words that were swapped."""

    def find(article_text: str, source_text: str) -> tuple[Edits, list[tuple[str, str]]]:
        article, source = read(article_text), read(source_text)
        edits = find_edits(article, source, align_sentences(article, source), encoder)
        swaps = [(source.words[s.source_token], article.words[s.token]) for s in edits.synonyms]
        return edits, swaps

    return find


EditsOf = Callable[[str, str], tuple[Edits, list[tuple[str, str]]]]


@pytest.mark.parametrize(
    ("words", "source", "expected"),
    [
        ("a big red dog", "the big red cat", [0, 2, 2, 0]),
        ("a b c d", "a b c d", [4, 4, 4, 4]),
        ("a b c", "c b a", [0, 0, 0]),
        ("a b x b c", "a b c", [2, 2, 0, 2, 2]),
        ("a b c", "a b x b c", [2, 2, 2]),
        ("a b c d", "a b c y b c d", [3, 3, 3, 3]),
        ("a a a", "a a", [2, 2, 2]),
        ("a b a b a", "a b a", [3, 3, 3, 3, 3]),
        ("x a b c y", "a b q a b c", [0, 3, 3, 3, 0]),
        ("a", "a", [0]),
        ("", "a b", []),
        ("a b", "", [0, 0]),
    ],
)
def test_run_lengths_by_hand(words: str, source: str, expected: list[int]) -> None:
    lengths = run_lengths(word_codes(words.split()), word_codes(source.split()))
    assert lengths.tolist() == expected
    assert lengths.dtype == np.int32


@given(Words.filter(lambda words: len(words) > 1))
def test_a_text_is_one_run_of_itself(words: list[str]) -> None:
    assert run_lengths(word_codes(words), word_codes(words)).tolist() == [len(words)] * len(words)


@given(Words, Words)
def test_run_lengths_are_those_of_all_shared_stretches(words: list[str], source: list[str]) -> None:
    joined = " ".join(["", *source, ""])
    expected = [0] * len(words)
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            if " ".join(["", *words[start:end], ""]) in joined:
                for at in range(start, end):
                    expected[at] = max(expected[at], end - start)
    assert run_lengths(word_codes(words), word_codes(source)).tolist() == expected


@given(Words, Words)
def test_runs_reversed_are_runs_of_the_reversed(words: list[str], source: list[str]) -> None:
    own, others = word_codes(words), word_codes(source)
    forth = run_lengths(own, others)
    back = run_lengths(own[::-1], others[::-1])
    assert forth.tolist() == back[::-1].tolist()


@pytest.mark.parametrize(
    ("article", "n_deleted", "n_inserted", "n_substituted", "swaps"),
    [
        (TUGS, 0, 0, 0, []),
        ("Two tugs pulled the vessel free.", 2, 0, 0, []),  # high, water; "at" is no content
        ("Two strong tugs pulled the vessel free at high water.", 0, 1, 0, []),
        ("Two tugs pulled the ship free at high tide.", 0, 0, 2, [("vessel", "ship")]),
        ("Two tugs pulled a vessel free at high water.", 0, 0, 0, []),  # the, a
        ("Two tugs pulled the vessels free at high water.", 0, 0, 1, []),  # one stem
        ("Seven tugs pulled the vessel free at high water.", 0, 0, 1, []),  # not close in meaning
        ("9 tugs pulled the vessel free at high water.", 0, 0, 1, []),  # digits are no synonym
        ("Two tugs pulled the Ship free at high water.", 0, 0, 1, []),  # a name is no synonym
    ],
)
def test_edits_by_hand(
    edits_of: EditsOf,
    article: str,
    n_deleted: int,
    n_inserted: int,
    n_substituted: int,
    swaps: list[tuple[str, str]],
) -> None:
    edits, found = edits_of(article, TUGS)
    assert edits.sentences == (SentenceEdits(0, 7, n_deleted, n_inserted, n_substituted),)
    assert found == swaps


def test_sentences_that_are_new_hold_no_edits(edits_of: EditsOf) -> None:
    assert edits_of("Prices of bread rose in Norway.", TUGS)[0] == Edits((), (), ())


@pytest.mark.parametrize(
    ("article", "isolated"),
    [
        (TUGS, []),
        ("Two tugs pulled the ship free at high water.", [("vessel", "ship")]),
        ("Two tugs pulled the lantern free at high water.", [("vessel", "lantern")]),  # any sense
        ("Two boats pulled the ship free at high water.", [("tugs", "boats"), ("vessel", "ship")]),
        ("Boats pulled the vessel free at high water.", []),  # two words went
        ("Two tugs dragged the ship free at high water.", []),  # one word stands between
        ("Two tugs pulled the whole ship free at high water.", []),  # a word came along
        ("Two tugs pulled the vessels free at high water.", []),  # one stem
        ("Two tugs pulled the Ship free at high water.", []),  # a name
        ("Two tugs pulled the vessel free at high tide.", [("water", "tide")]),  # up to the end
        ("Seven tugs pulled the vessel free at high water.", [("two", "seven")]),  # from the start
    ],
)
def test_isolated_swaps_by_hand(
    read: Callable[[str], Document],
    encoder: Encoder,
    article: str,
    isolated: list[tuple[str, str]],
) -> None:
    one, other = read(article), read(TUGS)
    edits = find_edits(one, other, align_sentences(one, other), encoder)
    found = [(other.words[s.source_token], one.words[s.token]) for s in edits.isolated]
    assert found == isolated


def test_edits_add_up() -> None:
    assert count_edits([SentenceEdits(0, 7, 1, 2, 3), SentenceEdits(4, 10, 0, 0, 1)]) == (
        *(17, 1, 2, 4),
    )
    assert count_edits([]) == (0, 0, 0, 0)


def test_swapped_words_stand_where_the_sentences_are(edits_of: EditsOf) -> None:
    first = "Nobody was hurt in the accident."
    edits, swaps = edits_of(
        f"Two tugs pulled the ship free at high water. {first}", f"{first} {TUGS}"
    )
    assert swaps == [("vessel", "ship")]
    assert (edits.synonyms[0].token, edits.synonyms[0].source_token) == (4, 10)
