"""Sentences end where a reader ends them; tokens are words and numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.sentences import TOKEN, Sentence, split_sentences, token_starts


def sentences_of(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("Mr. Tal left. Dr. Orr stayed.", ["Mr. Tal left.", "Dr. Orr stayed."]),
        ("They met Dr. In and left.", ["They met Dr. In and left."]),
        ("The U.S. envoy left.", ["The U.S. envoy left."]),
        ("He is in the U.S. The envoy left.", ["He is in the U.S.", "The envoy left."]),
        ("It grew 2.5 percent. It fell.", ["It grew 2.5 percent.", "It fell."]),
        ("J. K. Orr came. He sat.", ["J. K. Orr came.", "He sat."]),
        ('"Why?" he asked. "No."', ['"Why?" he asked.', '"No."']),
        ('"It is over." He left.', ['"It is over."', "He left."]),
        ("Wait... What? Now!", ["Wait...", "What?", "Now!"]),
        ("It cost $5. 7 people paid.", ["It cost $5.", "7 people paid."]),
        ("It is over. Élan returned.", ["It is over.", "Élan returned."]),
        ("e.g. this, i.e. that.", ["e.g. this, i.e. that."]),
        (
            "He was at Ft. Harlow, Mo. His wife left.",
            ["He was at Ft. Harlow, Mo.", "His wife left."],
        ),
        ("Reps. Lind, Sens. Orr and Gov. Tal met.", ["Reps. Lind, Sens. Orr and Gov. Tal met."]),
        ("They met in Ste. Anne and Mt. Hale.", ["They met in Ste. Anne and Mt. Hale."]),
        ("It is Orr & Sons Inc. The firm grew.", ["It is Orr & Sons Inc.", "The firm grew."]),
        ("Harlow Corp. Chairman Jo Lind left.", ["Harlow Corp. Chairman Jo Lind left."]),
        ("He left at 10 a.m. Nobody saw him.", ["He left at 10 a.m.", "Nobody saw him."]),
        ("He left at 10 a.m. Fog rose.", ["He left at 10 a.m.", "Fog rose."]),
        ("He left at 9 p.m. Monday, alone.", ["He left at 9 p.m. Monday, alone."]),
        ("He left at 9 p.m. EST. Fog rose.", ["He left at 9 p.m. EST.", "Fog rose."]),
        ("At 9 p.m. Velmar time it rained.", ["At 9 p.m. Velmar time it rained."]),
        ("It was No. 1. It won.", ["It was No. 1.", "It won."]),
        ("He said no. No. The end.", ["He said no.", "No.", "The end."]),
        ("She has a Ph.D. She left.", ["She has a Ph.D.", "She left."]),
        ("The U.S. No. 2 seed lost.", ["The U.S. No. 2 seed lost."]),
        ("A U.S. IT firm. Orr v. Lind.", ["A U.S. IT firm.", "Orr v. Lind."]),
        ("He lives on Elm St. The dog barked.", ["He lives on Elm St.", "The dog barked."]),
        (
            "It was Sept. 5. In Jan. The ice broke.",
            ["It was Sept. 5.", "In Jan.", "The ice broke."],
        ),
        ("SGT. ORR LEFT FT. HALE. HE WAS 44.", ["SGT. ORR LEFT FT. HALE.", "HE WAS 44."]),
        ("No end", ["No end"]),
        ("", []),
    ],
)
def test_splits_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


def test_splits_only_the_stretch_asked_for() -> None:
    text = "Skip it. One came. Two left. Not this."
    start, end = text.index("One"), text.index(" Not")
    assert [text[a:b] for a, b in split_sentences(text, start, end)] == ["One came.", "Two left."]


@given(st.text("abA1 .!?\"')U.S.Mr.", max_size=60))
def test_sentences_are_in_order_and_lose_nothing_but_space(text: str) -> None:
    spans = list(split_sentences(text, 0, len(text)))
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry's crew", ["The", "ferry", "s", "crew"]),
        ("They don't, we'll", ["They", "don't", "we'll"]),
        ("1,200.5 at 10:30", ["1,200.5", "at", "10:30"]),
        ("3rd of 25-year-olds", ["3", "rd", "of", "25", "year", "olds"]),
        ("naïve Ryabkov_x", ["naïve", "Ryabkov", "x"]),
        ("$5.", ["5"]),
        ("...", []),
    ],
)
def test_tokens_are_words_and_numbers(text: str, expected: list[str]) -> None:
    assert TOKEN.findall(text) == expected


def test_a_sentence_counts_its_tokens() -> None:
    assert Sentence(start=10, end=40, first_token=3, last_token=9).n_tokens == 6


@given(st.text() | st.text("aA1_'²٣é.,: "), st.integers(0, 5))
def test_tokens_begin_where_they_were_found(text: str, start: int) -> None:
    matches = list(TOKEN.finditer(text, start))
    found = token_starts(text, TOKEN.findall(text, start), start)
    assert found == [match.start() for match in matches]
