"""Texts that are the same, or nearly."""

import numpy as np
import pytest

from copydesk.features import load_encoder
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.train.duplicates import (
    SameTexts,
    find_same_texts,
    take_fingerprints,
    trigram_overlap,
)
from copydesk.types import Article


def with_trigrams(*hashes: int) -> Fingerprint:
    of = read_fingerprint(Article("a", "The ferry sank on Monday " * 6), load_encoder())
    fields = {name: getattr(of, name) for name in Fingerprint.__slots__}
    return Fingerprint(**{**fields, "trigrams": np.array(hashes, np.uint16)})


def test_overlap_is_what_is_shared_of_all() -> None:
    one, other = with_trigrams(1, 2, 3), with_trigrams(2, 3, 4, 5)
    assert trigram_overlap(one, other) == trigram_overlap(other, one) == 2 / 5
    assert trigram_overlap(one, one) == 1
    assert trigram_overlap(with_trigrams(), with_trigrams()) == 0


def test_near_copies_are_found_and_other_stories_are_not(bridge: dict[str, Article]) -> None:
    wire, staff = bridge["wire"].text, bridge["staff"].text
    last = wire[: wire.rindex("\n\n")]
    texts = [staff, wire, f"  {wire}\n", last, bridge["frost"].text, "Too short."]
    articles = [Article(str(i), text) for i, text in enumerate(texts)]
    prints = take_fingerprints(articles, load_encoder())
    assert prints[-1] is None
    same, near = find_same_texts(texts, prints)
    assert same == SameTexts(1, 2, 1.0)
    assert (near.one, near.other) == (1, 3)
    assert 0.7 <= near.overlap < 1


@pytest.mark.parametrize("min_overlap", [0.2, 1.0])
def test_from_where_on_texts_are_nearly_the_same(
    min_overlap: float, bridge: dict[str, Article]
) -> None:
    texts = [bridge["wire"].text, bridge["edited"].text]
    articles = [Article(str(i), text) for i, text in enumerate(texts)]
    found = find_same_texts(texts, take_fingerprints(articles, load_encoder()), min_overlap)
    assert len(found) == (min_overlap < 1)


def test_nothing_is_the_same_as_nothing_else() -> None:
    assert find_same_texts([], []) == []
