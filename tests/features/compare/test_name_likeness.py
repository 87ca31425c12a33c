"""How alike spellings are, and which are no corruption of each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.compare.name_likeness import (
    is_other_name,
    is_respelling,
    is_transliteration_trace,
    likenesses,
)

WORDS = st.sampled_from(
    "ryabkov lyabkov riabkov marquez martens martinez russia russian velmar berg syria".split()
)


@pytest.mark.parametrize(
    ("word", "original"),
    [
        ("lyabkov", "ryabkov"),
        ("riabkow", "ryabkov"),
        ("sheremetievo", "sheremetyevo"),
        ("mikhail", "mykhailo"),
        ("xavi", "shavi"),
        ("wolodimer", "volodymyr"),
    ],
)
def test_letters_that_transliteration_confuses(word: str, original: str) -> None:
    assert is_transliteration_trace(word, original) is True


@pytest.mark.parametrize(
    ("word", "original"),
    [
        ("smith", "jones"),
        ("berg", "berg"),
        ("marten", "martinez"),
        ("syria", "shelly"),
        ("billy", "perry"),
        ("carl", "gary"),
    ],
)
def test_other_names_are_no_trace(word: str, original: str) -> None:
    assert is_transliteration_trace(word, original) is False


@given(WORDS, WORDS)
def test_all_go_both_ways(one: str, other: str) -> None:
    assert is_transliteration_trace(one, other) == is_transliteration_trace(other, one)
    np.testing.assert_array_equal(likenesses([one], [other]), likenesses([other], [one]))
    assert 0 <= likenesses([one], [other])[0, 0] <= 1 == likenesses([one], [one])[0, 0]


def test_likeness_by_hand() -> None:
    # One of seven letters differs, and folding takes it away; "smith" and "smoke" fold to "smit"
    # and "smuk", two of four.
    found = likenesses(["lyabkov", "smith"], ["ryabkov", "smoke"])
    assert found.shape == (2, 2)
    assert found[0, 0] == 1
    assert found[1, 1] == pytest.approx(2 / 4)
    # Folding adds no more than 0.25 to what the letters give.
    assert likenesses(["enderle"], ["intel"])[0, 0] == pytest.approx(3 / 7 + 0.25)


@pytest.mark.parametrize(
    ("word", "original"),
    [
        ("russian", "russia"),
        ("germans", "german"),
        ("koreas", "korean"),
        ("koreas", "koreans"),
        ("kenyas", "kenyans"),
        ("libyas", "libyans"),
        ("brasilia", "brazil"),
        ("bangalore", "mangalore"),
        ("basle", "basra"),
        ("arabic", "arabia"),
        ("massachusetts", "mass"),
        ("brothers", "bros"),
        ("boulevard", "blvd"),
        ("labour", "labor"),
        ("dvoracek", "dvořáček"),
        ("mediators", "meditators"),
    ],
)
def test_no_corruption_of_each_other(word: str, original: str) -> None:
    assert is_other_name(word, original) is True
    assert is_respelling(word, original) is False


@pytest.mark.parametrize(
    ("word", "original"),
    [
        ("lyabkov", "ryabkov"),
        ("gurmann", "gurman"),
        ("jonston", "johnston"),
        ("tarnholm", "tanholm"),
    ],
)
def test_respellings(word: str, original: str) -> None:
    assert is_other_name(word, original) is False
    assert is_respelling(word, original) is True
