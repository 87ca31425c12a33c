"""Comparing fingerprints: shares by hand and by Python's sets."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.seeds.search.closeness import find_second, lacks_names, measure_closeness
from copydesk.seeds.search.fingerprint import Fingerprint, Hashes, cosine_similarity

MakePrint = Callable[..., Fingerprint]
hash_sets = st.sets(st.integers(0, 65_535) | st.integers(0, 40), max_size=300)
AS_LONG = 350
NO_VECTOR = np.zeros(0, np.int8)


def as_hashes(values: set[int]) -> Hashes:
    return np.array(sorted(values), np.uint16)


def of_sets(trigrams: set[int], stems: set[int], names: set[int]) -> Fingerprint:
    hashes = (as_hashes(part) for part in (trigrams, stems, names))
    no_facts = np.zeros(0, np.uint32)
    return Fingerprint("a", None, None, NO_VECTOR, *hashes, AS_LONG, 0.0, no_facts)


def share(one: set[int], other: set[int]) -> float:
    return len(one & other) / max(len(one), 1)


@given(*[hash_sets] * 6)
def test_closeness_is_that_of_sets(
    a: set[int], b: set[int], c: set[int], d: set[int], e: set[int], f: set[int]
) -> None:
    names = share(c, f) if len(c) >= 3 else 0.5
    expected = share(a, d) + share(b, e) + names / 2
    assert measure_closeness(of_sets(a, b, c), of_sets(d, e, f)) == pytest.approx(expected)


@given(hash_sets, hash_sets, hash_sets)
def test_the_rest_is_a_difference_of_sets(own: set[int], one: set[int], two: set[int]) -> None:
    article, first, second = (of_sets(part, part, part) for part in (own, one, two))
    rest = own - one
    # A twentieth of the whole; half of the rest, or two fifths of three or more, is in the second.
    least = 0.4 if len(rest) >= 3 else 0.5
    is_woven = bool(rest) and 20 * len(rest) >= len(own) and share(rest, two) >= least
    assert find_second(article, first, [first, second]) == (1 if is_woven else None)


def test_of_two_the_second_source_has_more_of_the_wording() -> None:
    article = of_sets(set(range(20)), set(range(20)), set(range(10)))
    first = of_sets(set(range(10)), set(range(10)), set(range(5)))
    some, more = (
        of_sets(set(range(n, 20)), set(range(10, 20)), set(range(5, 10))) for n in (15, 14)
    )
    assert find_second(article, first, [some, more]) == 1
    assert find_second(article, first, [more, some]) == 0


def test_more_of_the_wording_alone_makes_no_second_source() -> None:
    article = of_sets(set(range(20)), set(range(20)), set(range(10)))
    first = of_sets(set(range(10)), set(range(10)), set(range(5)))
    wording = of_sets(set(range(10, 20)), set(), set())
    second = of_sets(set(range(15, 20)), set(range(15, 20)), set(range(5, 10)))
    assert find_second(article, first, [wording, second]) == 1
    assert find_second(article, first, [wording]) is None


@pytest.mark.parametrize(
    ("n_trigrams", "n_names", "expected"),
    [
        # Of 20 trigrams and 40 names the first lacks 10, half, and 6, three tenths of a half.
        (10, 34, True),
        (10, 35, False),
        (11, 35, False),  # 9 of 20: 5.4 names would do
        (12, 35, True),  # 8 of 20: 4.8 do
        (19, 37, True),
        (19, 38, False),  # fewer than three
        (20, 0, False),  # no wording is lacking
    ],
)
def test_names_are_lacking_along_with_the_wording(
    n_trigrams: int, n_names: int, expected: bool
) -> None:
    article = of_sets(set(range(20)), set(), set(range(40)))
    first = of_sets(set(range(n_trigrams)), set(), set(range(n_names)))
    assert lacks_names(first, article) is expected


def test_length_counts_by_its_logarithm(make_print: MakePrint) -> None:
    article = make_print("a")
    longer = replace(make_print("w"), n_words=750)
    lost = measure_closeness(article, make_print("w")) - measure_closeness(article, longer)
    assert lost == pytest.approx(0.3 * math.log(2))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([3, 4], [4, 3], 0.96),
        ([3, 4], [-4, 3], 0.0),
        ([0, 0], [3, 4], 0.0),
        ([3, 4], [3, 4, 0], 0.0),
    ],
)
def test_cosine_similarity_by_hand(one: list[int], other: list[int], expected: float) -> None:
    first, second = np.array(one, np.int8), np.array(other, np.int8)
    assert cosine_similarity(first, second) == pytest.approx(expected)
