"""Word n-grams and how much of one text's are in another."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.grams import (
    Codes,
    containment,
    distinct,
    gram_codes,
    ngrams,
    word_codes,
)

Words = st.lists(st.sampled_from("the big red dog sat".split()), max_size=15)


def grams_of(words: list[str], n: int) -> Codes:
    return ngrams(word_codes(words), n)


def sets_of(words: list[str], n: int) -> set[tuple[str, ...]]:
    return set(zip(*(words[k:] for k in range(n)), strict=False))


def test_ngrams_by_hand() -> None:
    assert len(grams_of("a b a b".split(), 2)) == 2
    assert len(grams_of("a b a b".split(), 4)) == 1
    assert len(grams_of("a b".split(), 3)) == 0


def test_the_order_of_the_words_of_a_gram_tells() -> None:
    assert containment(grams_of(["a", "b"], 2), grams_of(["b", "a"], 2)) == 0


def test_containment_by_hand() -> None:
    article, source = "the big red dog sat".split(), "the big red cat sat".split()
    assert containment(grams_of(article, 1), grams_of(source, 1)) == 4 / 5
    assert containment(grams_of(article, 2), grams_of(source, 2)) == 2 / 4
    assert containment(grams_of(article, 3), grams_of(source, 3)) == 1 / 3
    assert containment(grams_of(article, 5), grams_of(source, 5)) == 0


def test_containment_of_nothing_is_nan() -> None:
    assert math.isnan(containment(grams_of([], 1), grams_of(["a"], 1)))


@given(Words.filter(bool), Words, st.integers(1, 4))
def test_containment_is_that_of_the_sets(words: list[str], source: list[str], n: int) -> None:
    part, whole = sets_of(words, n), sets_of(source, n)
    if part:
        expected = len(part & whole) / len(part)
        assert containment(grams_of(words, n), grams_of(source, n)) == expected
        assert containment(grams_of(words, n), grams_of(words, n)) == 1


@given(Words.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_single_words_have_no_order(orders: tuple[list[str], list[str]]) -> None:
    words, shuffled = orders
    assert grams_of(shuffled, 1).tolist() == grams_of(words, 1).tolist()


@given(Words, st.integers(1, 4))
def test_a_gram_stands_at_each_word_that_it_begins_at(words: list[str], n: int) -> None:
    codes = gram_codes(word_codes(words), n)
    grams = list(zip(*(words[k:] for k in range(n)), strict=False))
    assert len(codes) == len(grams)
    by_code = dict(zip(codes.tolist(), grams, strict=True))
    assert [by_code[code] for code in codes.tolist()] == grams


@given(st.lists(st.integers(0, 9)))
def test_distinct_codes_are_sorted(codes: list[int]) -> None:
    assert distinct(np.array(codes, np.uint16)).tolist() == sorted(set(codes))
