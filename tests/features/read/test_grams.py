"""Word n-grams and how much of one text's are in another."""

import math

from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.grams import containment, ngrams

Words = st.lists(st.sampled_from("the big red dog sat".split()), max_size=15)


def test_ngrams_by_hand() -> None:
    assert ngrams("a b a b".split(), 2) == {("a", "b"), ("b", "a")}
    assert ngrams("a b a b".split(), 4) == {("a", "b", "a", "b")}
    assert ngrams("a b".split(), 3) == set()


def test_containment_by_hand() -> None:
    article, source = "the big red dog sat".split(), "the big red cat sat".split()
    assert containment(ngrams(article, 1), ngrams(source, 1)) == 4 / 5
    assert containment(ngrams(article, 2), ngrams(source, 2)) == 2 / 4
    assert containment(ngrams(article, 3), ngrams(source, 3)) == 1 / 3
    assert containment(ngrams(article, 5), ngrams(source, 5)) == 0


def test_containment_of_nothing_is_nan() -> None:
    assert math.isnan(containment(set(), {("a",)}))


@given(Words.filter(bool), Words, st.integers(1, 4))
def test_containment_is_a_share_and_one_in_itself(
    words: list[str], source: list[str], n: int
) -> None:
    part, whole = ngrams(words, n), ngrams(source, n)
    if part:
        assert 0 <= containment(part, whole) <= 1
        assert containment(part, part) == 1
        assert containment(part, part | whole) == 1


@given(Words.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_single_words_have_no_order(orders: tuple[list[str], list[str]]) -> None:
    words, shuffled = orders
    assert ngrams(shuffled, 1) == ngrams(words, 1)
