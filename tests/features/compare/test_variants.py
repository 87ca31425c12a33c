"""Tables of house style: what is in them is in order, and what keys they give."""

import pytest

from copydesk.features.compare.romanization import korean_key, plain_forms, slavic_key
from copydesk.features.compare.variants import (
    are_name_variants,
    are_variants,
    context_keys,
    is_same_day,
    spellings,
)
from copydesk.features.read.table import read_table

TABLES = "abbreviations exonyms names phrases spellings titles towns vocabulary".split()


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_lower_case_groups_of_different_words(name: str) -> None:
    rows = read_table(name, "compare")
    assert len(rows) > 20
    for row in rows:
        assert [word.strip().lower() for word in row] == row
        assert "" not in row
        assert len(set(row)) == len(row)


def test_no_spelling_leads_to_another() -> None:
    assert spellings().keys().isdisjoint(spellings().values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("colour", "color"),
        ("paralysed", "paralyzed"),
        ("jewellery", "jewelry"),
        ("lifts", "elevators"),
        ("lorry", "truck"),
        ("sept", "september"),
        ("café", "cafe"),
    ],
)
def test_variants(one: str, other: str) -> None:
    assert are_variants(one, other)
    assert are_variants(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "for"), ("promise", "premise"), ("boat", "ship"), ("kiev", "kyiv"), ("a", "a")],
)
def test_no_variants(one: str, other: str) -> None:
    assert not are_variants(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zelenskyy", "zelensky"),
        ("akhmetov", "ahmetov"),
        ("petrosyan", "petrosian"),
        ("yanukovych", "yanukovich"),
        ("hizbullah", "hezbollah"),
        ("dvořáček", "dvoracek"),
    ],
)
def test_name_variants(one: str, other: str) -> None:
    assert are_name_variants(one, other)
    assert are_name_variants(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ryabkov", "lyabkov"),
        ("ivanov", "ivanova"),
        ("billy", "perry"),
        ("volodymyr", "vladimir"),
        ("hassan", "hussein"),
        ("berg", "berk"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert not are_name_variants(one, other)


def test_vowels_are_romanisation_only_beside_a_word_of_the_language() -> None:
    assert set(context_keys("soudani", "al", "")) & set(context_keys("sudani", "el", ""))
    assert list(context_keys("soudani", "anna", "")) == []
    assert korean_key("geun") == korean_key("keun")
    assert set(context_keys("geun", "park", "")) & set(context_keys("keun", "pak", ""))


def test_transcriptions_are_those_of_one_system() -> None:
    assert plain_forms("müßig") == ("mussig", "muessig")
    assert plain_forms("joel") == ("joel",)


def test_only_slavic_endings_have_a_slavic_key() -> None:
    assert slavic_key("collins") is None
    assert slavic_key("lomova") != slavic_key("lomov")


def test_a_weekday_is_not_another() -> None:
    assert is_same_day("tuesday", "today")
    assert not is_same_day("tuesday", "friday")
    assert not is_same_day("today", "yesterday")
