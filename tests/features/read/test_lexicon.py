"""Word and bigram frequencies, stems, and the closed classes of words."""

import pytest
import wordfreq
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.lexicon import (
    FUNCTION_WORDS,
    ODD_REPORTING_VERBS,
    REPORTING_VERBS,
    bigram_counts,
    is_content_word,
    stem,
    zipf_frequency,
)


@pytest.mark.parametrize("word", ["the", "ferry", "sandbank", "coastguard", "opined"])
def test_frequency_is_that_of_wordfreq(word: str) -> None:
    assert zipf_frequency(word) == pytest.approx(
        wordfreq.zipf_frequency(word, "en", wordlist="large"), abs=0.005
    )


def test_a_word_never_seen_has_frequency_zero() -> None:
    assert zipf_frequency("qxzvlmar") == 0.0


def test_bigrams_are_those_of_the_table() -> None:
    counts = bigram_counts()
    assert len(counts) == 242_342
    assert counts["prime minister"] == 135_895_680
    assert "prime pastor" not in counts
    assert all(key.count(" ") == 1 for key in counts)
    assert min(counts.values()) > 0


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ferries", "ferrie"),
        ("tugs", "tug"),
        ("gas", "gas"),
        ("class", "class"),
        ("negotiations", "negoti"),
        ("negotiated", "negoti"),
        ("boats", "boat"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


@given(st.text("abcs", max_size=12))
def test_a_stem_is_a_beginning_of_at_most_six_letters(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(stem(word)) == min(6, len(word)) or stem(word) == word[:-1]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("ferry", True), ("the", False), ("don't", False), ("7", True), ("x", False), ("84", True)],
)
def test_content_words(word: str, expected: bool) -> None:
    assert is_content_word(word) is expected


def test_word_classes_are_lower_case_and_apart() -> None:
    classes = (FUNCTION_WORDS, REPORTING_VERBS, ODD_REPORTING_VERBS)
    assert {word for words in classes for word in words if word != word.lower()} == set()
    assert len(frozenset.union(*classes)) == sum(map(len, classes))
