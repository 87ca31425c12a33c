"""Numbers read from digits and words, by value and by what they count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.numbers import NumberKind, NumberMention, find_numbers
from copydesk.features.read.sentences import TOKEN

PIECES = st.sampled_from([*"0159.,: '", "one", "twenty", "hundred", "million", "bn", "st", "tugs"])
TEXTS = st.lists(PIECES, max_size=20).map("".join)


def words_of(text: str) -> list[str]:
    return [token.lower() for token in TOKEN.findall(text)]


def read_numbers(text: str) -> tuple[NumberMention, ...]:
    return find_numbers(words_of(text), text, [match.start() for match in TOKEN.finditer(text)])


def values_of(text: str) -> list[float]:
    return [number.value for number in read_numbers(text)]


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
        ("one hundred and twenty", [120]),
        ("three hundred and fifty houses", [350]),
        ("two thousand five hundred", [2500]),
        ("two hundred fifteen", [215]),
        ("a hundred and five", [105]),
        ("eighteen thousand four hundred", [18400]),
        ("one hundred and two thousand", [102e3]),
        ("nine million three hundred thousand", [9.3e6]),
        ("two point six", [2.6]),
        ("two and a half million", [2.5e6]),
        ("five and ten", [5, 10]),
        ("half a million", [5e5]),
        ("a quarter of a million", [25e4]),
        ("ten dozen and a dozen", [120, 12]),
        ("2.5 thousand", [2500]),
        ("4.5 crore and 12.5 lakh", [4.5e7, 12.5e5]),
        ("5,00,000 and 1,00,00,000", [5e5, 1e7]),
        ("2 500 and 18 400 and 1'250", [2500, 18400, 1250]),
        ("500.000 and 1.500.000", [5e5, 1.5e6]),
        ("on July 4 500 people", [4, 500]),
        ("84 500-pound bombs", [84, 500]),
        ("a boat and half of it", []),
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


@pytest.mark.parametrize(
    ("text", "kind", "counts"),
    [
        ("on 5 March", NumberKind.DATE, "march"),
        ("on Sept. 5", NumberKind.DATE, "september"),
        ("the 5th of March", NumberKind.DATE, "march"),
        ("at 7:30 p.m.", NumberKind.TIME, "p"),
        ("at 7.30am", NumberKind.TIME, "am"),
        ("in 2014 there", NumberKind.YEAR, "there"),
        ("2014 boats", NumberKind.AMOUNT, "boats"),
        ("an F-16 jet", NumberKind.CODE, "jet"),
        ("the S1 intake", NumberKind.CODE, "intake"),
        ("by 2.6% in", NumberKind.AMOUNT, "percent"),
        ("by 2.6 per cent in", NumberKind.AMOUNT, "percent"),
    ],
)
def test_says_what_a_number_is(text: str, kind: NumberKind, counts: str) -> None:
    (number,) = read_numbers(text)
    assert (number.kind, number.counts) == (kind, counts)


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("18.400 boats", 18400, 18.4),
        ("1.125 boats", 1.125, 1125),
        ("a 20m tower", 20e6, 20),
        ("the 80s", 80, 1980),
        ("84 boats", 84, None),
        ("$20m", 20e6, None),
        ("1,219 million viewers", 1219e6, 1.219e6),
    ],
)
def test_figures_that_say_two_things(text: str, value: float, other: float | None) -> None:
    (number,) = read_numbers(text)
    assert (number.value, number.other_value) == (value, other)


def test_a_range_shares_its_scale() -> None:
    low, high = read_numbers("from 325 to 340 million")
    assert (low.value, low.other_value, high.value) == (325, 325e6, 340e6)


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
