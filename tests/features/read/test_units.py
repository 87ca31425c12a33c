"""Units and currencies beside numbers, and their conversion."""

import pytest

from copydesk.features.read.units import Unit, convert, currency_before, unit_after


def unit_of(text: str) -> Unit:
    unit, n_words = unit_after(text.split(), 0)
    assert unit is not None
    assert n_words == len(text.split())
    return unit


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("kilometres", "km"),
        ("square miles", "sq-mile"),
        ("degrees celsius", "celsius"),
        ("kilometers per hour", "kmh"),
        ("per cent", "percent"),
        ("year old", "year"),
        ("euros", "euro"),
    ],
)
def test_units_in_words(words: str, name: str) -> None:
    assert unit_of(words).name == name


@pytest.mark.parametrize("words", [["boats"], ["square", "dance"], []])
def test_other_words_are_no_unit(words: list[str]) -> None:
    assert unit_after(words, 0) == (None, 0)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("paid $5", "paid", "dollar"),
        ("paid US$5", "us", "dollar"),
        ("paid HK$5", "hk", "HK-dollar"),
        ("paid € 5", "paid", "euro"),
        ("paid Rs 5", "rs", "rupee"),
    ],
)
def test_currencies_before_numbers(text: str, word: str, name: str) -> None:
    unit = currency_before(text, len(text) - 1, word)
    assert unit is not None
    assert unit.name == name


def test_no_currency_before_other_numbers() -> None:
    assert currency_before("paid 5", 5, "paid") is None


@pytest.mark.parametrize(
    ("amount", "unit", "other", "expected"),
    [
        (31, "miles", "km", 49.890),
        (100, "fahrenheit", "celsius", 37.778),
        (38, "celsius", "fahrenheit", 100.4),
        (2, "weeks", "days", 14),
        (100, "acres", "hectares", 40.469),
    ],
)
def test_conversion_by_hand(amount: float, unit: str, other: str, expected: float) -> None:
    assert convert(amount, unit_of(unit), unit_of(other)) == pytest.approx(expected, abs=0.01)


def test_what_cannot_be_converted() -> None:
    assert convert(5, unit_of("miles"), unit_of("acres")) is None
    assert convert(5, unit_of("dollars"), unit_of("euros")) is None
