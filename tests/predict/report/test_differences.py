"""Words in which two texts differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.predict.report.differences import mark_differences

WORDS = st.lists(st.sampled_from(["a", "b", "c’s", "😀", "déjà", ",", "–"]), max_size=8).map(
    " ".join
)


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("the cat", "the cat", (["the cat"], ["the cat"])),
        ("the cat", "The cat.", (["the cat"], ["The cat."])),
        ("the black cat", "the cat", (["the ", "black", " cat"], ["the cat"])),
        ("it is not so", "it was so", (["it ", "is not", " so"], ["it ", "was", " so"])),
        ("don’t", "don't", (["don’t"], ["don't"])),
        ("", "new", ([""], ["", "new", ""])),
    ],
)
def test_words_that_differ_are_cut_out(
    text: str, other: str, expected: tuple[list[str], list[str]]
) -> None:
    assert mark_differences(text, other) == expected


@given(WORDS, WORDS)
def test_the_pieces_are_the_texts(text: str, other: str) -> None:
    own, theirs = mark_differences(text, other)
    assert ("".join(own), "".join(theirs)) == (text, other)
    assert mark_differences(text, text) == ([text], [text])


@given(WORDS, WORDS)
def test_what_is_not_marked_is_in_both(text: str, other: str) -> None:
    own, theirs = ("".join(pieces[::2]).split() for pieces in mark_differences(text, other))
    letters = [[word for word in side if word[0].isalpha()] for side in (own, theirs)]
    assert letters[0] == letters[1]
