"""Oddities of one text, by hand."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features import Document
from copydesk.features.read.oddities import OddityKind, OddityProfile, PhraseList, phrase_lists
from copydesk.features.read.sentences import TOKEN

Read = Callable[[str], Document]


def found_in(document: Document, kind: OddityKind) -> list[str]:
    oddities = document.oddities.oddities
    return [document.text[o.start : o.end] for o in oddities if o.kind is kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He saw a beautiful quixotry there.", ["quixotry"]),
        ("They went to Quixotry on Monday.", []),
        ("He saw a beautiful ferry there.", []),
    ],
)
def test_rare_words_that_are_no_names(read: Read, text: str, expected: list[str]) -> None:
    assert found_in(read(text), OddityKind.RARE_WORD) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was a green speed day.", ["green speed", "speed day"]),
        ("It was a high school.", []),
        ("It was green, speed was high.", []),
        ("They saw the green. Speed was all.", []),
        ("They met a Green Speed player.", []),
        ("They were with the day Green.", []),
    ],
)
def test_pairs_that_english_does_not_pair(read: Read, text: str, expected: list[str]) -> None:
    assert found_in(read(text), OddityKind.UNLIKELY_BIGRAM) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is so," he opined.', ["opined"]),
        ('He opined: "It is so."', ["opined"]),
        ("He opined that it was so.", ["opined"]),
        ("It was so, he opined.", ["opined"]),
        ("He highlighted the mistakes in red ink.", []),
        ('He said: "We opined that it was over then."', []),
        ("He said that it was so.", []),
    ],
)
def test_odd_verbs_of_speech(read: Read, text: str, expected: list[str]) -> None:
    assert found_in(read(text), OddityKind.ODD_REPORTING_VERB) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berg said government had failed.", ["said government"]),
        ("Berg said the government had failed.", []),
        ("He was taken to hospital.", []),
        ("He met with committee.", ["with committee"]),
        ("He met with committee members.", []),
        ("He met with Committee.", []),
    ],
)
def test_count_nouns_without_an_article(read: Read, text: str, expected: list[str]) -> None:
    assert found_in(read(text), OddityKind.MISSING_ARTICLE) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("In conclusion, it is over.", OddityKind.STOCK_PHRASE, ["In conclusion"]),
        ("It is worth noting that he left.", OddityKind.STOCK_PHRASE, ["It is worth noting"]),
        ("It serves as a stark reminder.", OddityKind.STOCK_PHRASE, ["serves as a stark reminder"]),
        ("As an AI language model, I left.", OddityKind.PROMPT_LEAK, ["As an AI language model"]),
        ("Here is the rewritten article now.", OddityKind.PROMPT_LEAK, ["Here is the rewritten"]),
        ("The prime pastor left.", OddityKind.BROKEN_TERM, ["prime pastor"]),
        ("The demise toll rose to 4.", OddityKind.BROKEN_TERM, ["demise toll"]),
        ("The prime minister left.", OddityKind.BROKEN_TERM, []),
        ("The company concluded the talks.", OddityKind.STOCK_PHRASE, []),
        ("Two tugs pulled the ferry free.", OddityKind.PROMPT_LEAK, []),
    ],
)
def test_phrases_that_tools_leave(
    read: Read, text: str, kind: OddityKind, expected: list[str]
) -> None:
    assert found_in(read(text), kind) == expected


def test_shares_by_hand(read: Read) -> None:
    profile = read('The tug left the bay, he said. "It is so," she told us. They opined.').oddities
    assert profile.n_words == 15
    assert profile.article_share == 2 / 15
    # the the he it is so she us they
    assert profile.function_share == 9 / 15
    assert profile.said_share == 1 / 2
    assert profile.odd_reporting_share == 1 / 3
    assert profile.rare_share == 0


def test_verbs_inside_quotations_do_not_count(read: Read) -> None:
    profile = read('Berg said: "They told me and warned me." She left.').oddities
    assert profile.said_share == 1


def test_oddities_are_in_order_of_place(read: Read) -> None:
    text = "In conclusion, the prime pastor met with committee. It was so, he opined."
    places = [(o.start, o.end) for o in read(text).oddities.oddities]
    assert len(places) >= 4
    assert places == sorted(places)


def test_an_empty_text_has_no_rates(read: Read) -> None:
    profile = read("").oddities
    assert profile.oddities == ()
    assert math.isnan(profile.unlikely_bigram_share)
    assert math.isnan(profile.said_share)
    assert math.isnan(profile.odd_reporting_share)
    assert math.isnan(profile.per_100_words(OddityKind.RARE_WORD))


def test_rate_per_100_words(read: Read) -> None:
    profile: OddityProfile = read("In conclusion, the prime pastor of the city left.").oddities
    assert profile.n_words == 9
    assert profile.per_100_words(OddityKind.BROKEN_TERM) == pytest.approx(100 / 9)
    assert profile.per_100_words(OddityKind.BROKEN_TERM, OddityKind.STOCK_PHRASE) == pytest.approx(
        200 / 9
    )
    assert profile.per_100_words(OddityKind.PROMPT_LEAK) == 0


@pytest.mark.parametrize("phrases", phrase_lists(), ids=lambda phrases: phrases.kind)
@given(data=st.data())
def test_whatever_a_list_matches_has_all_words_of_a_cue(
    phrases: PhraseList, data: st.DataObject
) -> None:
    written = phrases.pattern.pattern.replace(r"\w", "[a-z]").replace(r"\b", "")
    phrase = data.draw(st.from_regex(written, fullmatch=True))
    words = {match[0] for match in TOKEN.finditer(phrase)}
    assert any(cue <= words for cue in phrases.cues)


def test_a_kind_of_phrases_is_one_list() -> None:
    kinds = [phrases.kind for phrases in phrase_lists()]
    assert kinds == [OddityKind.STOCK_PHRASE, OddityKind.PROMPT_LEAK, OddityKind.BROKEN_TERM]
    stock, *_ = phrase_lists()
    assert {"remain", "seen"} in stock.cues
    assert {"testament"} in stock.cues
