"""Speech as it may be spoken: written in any house's style, the words are the same."""

import pytest

from copydesk.features.read.quotes import Quote
from copydesk.features.read.spoken import SpokenText, read_speech


def speech(text: str, *quotes: Quote) -> SpokenText:
    return read_speech(text, [(0, len(text))], quotes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We don't know", "we do not know"),
        ("We can't, we won't", "We cannot; we will not"),
        ("They're sure it's over", "they are sure it is over"),
        ("I'd say we've gone", "I would say we have gone"),
        ("gonna wanna", "going to want to"),
        ("10 men and twenty five", "ten men and 25"),
        ("1,200 of 3 million", "1200 of 3,000,000"),
        ("3% or 4 pct", "3 per cent or four percent"),
        ("the U.S. on Sept. 11", "the US on September 11"),
        ("naïve café", "NAIVE CAFE"),
        ("[L]ate last night", "Late last night"),
        ("the #1 pilot of #12", "the number one pilot of number 12"),
    ],
)
def test_styles_of_the_same_words(one: str, other: str) -> None:
    assert speech(one).words == speech(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We can go", "We can't go"),
        ("14 men", "11 men"),
        ("the plant's gate", "the plant gate"),
        ("its end", "it's end"),
    ],
)
def test_other_words_stay_others(one: str, other: str) -> None:
    assert speech(one).words != speech(other).words


def test_editors_words_and_gaps_are_told() -> None:
    text = "He ... told [the council] so (sic) ... and left ..."
    found = speech(text)
    assert found.words == ("he", "told", "the", "council", "so", "sic", "and", "left")
    assert found.gaps == {1, 6, 8}
    assert [w for w, own in zip(found.words, found.is_inserted, strict=True) if own] == [
        "the",
        "council",
        "sic",
    ]
    assert found.inserted == [2, 3, 5]


@pytest.mark.parametrize(
    ("between", "begins"),
    [
        (" ", False),
        ('," she said, "', True),
        ('."\n\n"', True),
        ('.\n\n"', False),
        ('" "', True),
        (' - "', False),
    ],
)
def test_a_quotation_begins_behind_other_words_or_a_closing_mark(
    between: str, begins: bool
) -> None:
    text = f'"We left{between}Nobody knew" of it'
    first, second = ("We left", 1), ("Nobody knew", text.index("Nobody"))
    found = speech(text, *(Quote(said, at, at + len(said)) for said, at in (first, second)))
    at = found.words.index("nobody")
    assert found.begins_quotation(at) is begins
    assert found.begins_quotation(0)
    assert not found.begins_quotation(at + 1)
    assert found.begins_quotation(at + 2)


def test_an_open_bracket_inserts_nothing() -> None:
    assert speech("We (all of us left. " + "It was late. " * 10).inserted == []


def test_places_are_those_of_the_text() -> None:
    text = "Nobody won't pay 2.5 million [or so] here."
    found = speech(text)
    places = [text[a:b].lower() for a, b in zip(found.starts, found.ends, strict=True)]
    assert places == ["nobody", "won't", "won't", "pay", "2.5 million", "or", "so", "here"]
    assert found.words == ("nobody", "will", "not", "pay", "#2.5e+06", "or", "so", "here")
    assert found.inserted == [5, 6]


def test_stretches_are_read_in_order() -> None:
    text = "We left. They stayed. We came back."
    found = read_speech(text, [(0, 8), (22, 35)])
    assert found.words == ("we", "left", "we", "came", "back")
    assert [text[a] for a in found.starts] == ["W", "l", "W", "c", "b"]


def test_finds_runs_and_sentence_ends() -> None:
    text = 'She said "we all left" then. We all left again.'
    found = speech(text, Quote("we all left", 10, 21))
    assert found.find_run(("we", "all", "left")) == 2
    assert found.find_run(("we", "all", "left", "again")) == 6
    assert found.find_run(("all", "we")) == found.find_run(()) == -1
    assert found.is_quoted.tolist() == [False] * 2 + [True] * 3 + [False] * 5
    assert [found.ends_sentence(i) for i in range(10)] == [False] * 5 + [True] + [False] * 3 + [
        True
    ]
    assert not found.begins_small(0)
    assert found.begins_small(2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("We met Anna Berg. Then I left", ["anna", "berg"]), ("", []), ("Anna left", [])],
)
def test_names_are_capitals_inside_sentences(text: str, expected: list[str]) -> None:
    found = speech(text)
    assert [word for i, word in enumerate(found.words) if found.is_name(i)] == expected
