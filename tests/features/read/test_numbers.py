"""Numbers read from digits and words, by value and by what they count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.numbers import NumberMention, find_numbers
from copydesk.features.read.sentences import TOKEN

PIECES = st.sampled_from([*"0159.,: '", "one", "twenty", "hundred", "million", "bn", "st", "tugs"])
TEXTS = st.lists(PIECES, max_size=20).map("".join)


def words_of(text: str) -> list[str]:
    return [token.lower() for token in TOKEN.findall(text)]


def values_of(text: str) -> list[float]:
    return [number.value for number in find_numbers(words_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("84 passengers", [84]),
        ("1,200 people", [1200]),
        ("12,345,678.5 euros", [12345678.5]),
        ("2.5 percent", [2.5]),
        ("2,5 Prozent", [2.5]),
        ("1.5 million", [1.5e6]),
        ("$3bn and $4 bn", [3e9, 4e9]),
        ("5 crore", [5e7]),
        ("twenty-five", [25]),
        ("ninety nine thousand", [99e3]),
        ("two hundred thousand", [2e5]),
        ("nineteen", [19]),
        ("fifty twelve", [50, 12]),
        ("one hundred", [100]),
        ("one of them, zero doubt", []),
        ("10:30", [10.3]),
        ("3rd and 21st", [3, 21]),
        ("in 1987", [1987]),
        ("no number", []),
        ("", []),
    ],
)
def test_reads_values(text: str, expected: list[float]) -> None:
    assert values_of(text) == pytest.approx(expected)


def test_says_which_tokens_spell_a_number_and_what_it_counts() -> None:
    found = find_numbers(words_of("Some 1.5 million people took the 3rd ferry of two"))
    assert found == (
        NumberMention(1_500_000.0, 1, 3, "people", is_hedged=True),
        NumberMention(3.0, 6, 8, "ferry"),
        NumberMention(2.0, 10, 11, ""),
    )


@pytest.mark.parametrize("spelling", ["192.168.0.1:8080", "1,200:30", "1.5.2:3"])
def test_any_mixture_of_points_and_colons_is_read(spelling: str) -> None:
    assert len(find_numbers(words_of(f"port {spelling} open"))) == 1


@given(st.integers(0, 10**9))
def test_grouped_digits_are_plain_digits(number: int) -> None:
    assert find_numbers([f"{number:,}", "tugs"]) == find_numbers([str(number), "tugs"])
    assert find_numbers([str(number), "tugs"]) == (NumberMention(float(number), 0, 1, "tugs"),)


@given(TEXTS)
def test_numbers_are_in_order_and_apart(text: str) -> None:
    words = words_of(text)
    found = find_numbers(words)
    edges = [edge for number in found for edge in (number.first_token, number.last_token)]
    assert edges == sorted(edges)
    assert all(0 <= number.first_token < number.last_token <= len(words) for number in found)
    assert all(
        number.counts == (words[number.last_token] if number.last_token < len(words) else "")
        for number in found
    )
