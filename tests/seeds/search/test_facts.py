"""Facts: what is one, and what two texts make of each other's."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.numbers import find_numbers
from copydesk.seeds.search.facts import (
    FactOverlap,
    Facts,
    compare_facts,
    hash_facts,
    have_same_facts,
)


def facts_of(text: str) -> Facts:
    words: Sequence[str] = text.lower().split()
    return hash_facts(words, find_numbers(words))


def overlap(one: str, other: str) -> FactOverlap:
    return compare_facts(facts_of(one), facts_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shut on june 3 by ice", "shut on 3 june by ice"),
        ("shut on sept 14 by ice", "shut on 14 th september by ice"),
        ("shut on dec 2 by ice", "shut on december 02 by ice"),
        ("paid 1,200 crowns", "paid 1200 crowns"),
        ("paid twenty five crowns", "paid 25 crowns"),
    ],
)
def test_a_fact_is_one_however_it_is_written(one: str, other: str) -> None:
    assert overlap(one, other) == FactOverlap(1, 1, 0)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("in june the river rose", 0),
        ("it may rain 5 hours", 1),
        ("on monday 12 june 1999", 3),  # Monday, June 12, 1999
        ("june 40 and june 0", 2),  # no days: two numbers
        ("", 0),
    ],
)
def test_facts_are_numbers_days_and_weekdays(text: str, n: int) -> None:
    assert len(facts_of(text)) == n


def test_another_fact_between_the_same_words_contradicts() -> None:
    one = "a quake of magnitude 5.9 struck on monday night and hurt 7 people"
    other = "a quake of magnitude 6.2 struck on sunday night and hurt 7 people"
    assert overlap(one, other) == FactOverlap(3, 1, 2)


def test_a_fact_that_stands_elsewhere_contradicts_nothing() -> None:
    assert overlap("hurt 7 people and 9 dogs", "hurt 9 people and some 7 dogs") == FactOverlap(
        2, 2, 0
    )


@given(*[st.sets(st.integers(0, 2**32 - 1) | st.integers(0, 5), max_size=40)] * 2)
def test_overlap_is_that_of_sets_both_ways(one: set[int], other: set[int]) -> None:
    first, second = (np.array(sorted(part), np.uint32) for part in (one, other))
    ones, others = ({fact % 65_536 for fact in part} for part in (one, other))
    found = compare_facts(first, second)
    assert found == compare_facts(second, first)
    assert (found.n, found.n_shared) == (min(len(ones), len(others)), len(ones & others))
    assert found.n_contradicted <= min(len(one), len(other))
    assert compare_facts(first, first) == FactOverlap(len(ones), len(ones), 0)


@pytest.mark.parametrize(("n", "kept", "expected"), [(10, 9, True), (10, 8, False), (7, 7, False)])
def test_nearly_all_of_many_facts(n: int, kept: int, expected: bool) -> None:
    one = np.arange(n, dtype=np.uint32)
    other = np.array([*range(kept), *range(90, 90 + n - kept)], np.uint32)
    assert have_same_facts(one, other, 8, 0.9) is expected
