"""Fingerprints: read off the document, small, the same on every machine."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import InvalidArticle
from copydesk.features import StyleModel, load_encoder, read_document
from copydesk.seeds.search.fingerprint import (
    fingerprint,
    measure_source_likeness,
    quantize,
    read_fingerprint,
)
from copydesk.types import Article

TEXT = (
    "VELMAR (MNA) - The ferry sank near Velmar on Monday with 84 people on board, the coast guard "
    'said. "We felt a jolt and then it was quiet," said Anna Berg. Nobody was hurt.'
)


def test_fingerprint_is_read_off_the_document() -> None:
    noon = datetime(1970, 1, 2, 12, tzinfo=UTC)
    article = Article("a", TEXT, published=noon, source_id="w")
    document = read_document(TEXT, load_encoder())
    taken = fingerprint(article, document)
    assert (taken.id, taken.source_id) == ("a", "w")
    assert taken.published == (36 * 3600, 36 * 3600)
    assert len(taken.facts) == 2  # Monday, 84
    assert taken.n_words == len(document.words)
    assert taken.trigrams.dtype == taken.stems.dtype == taken.names.dtype == np.uint16
    triples = {document.words[i : i + 3] for i in range(taken.n_words - 2)}
    assert len(taken.trigrams) == len(triples)
    assert len(taken.stems) == len(frozenset().union(*document.content_stems))
    assert len(taken.names) == len({name.word for name in document.names}) > 0
    cosine = taken.vector @ document.vector / np.linalg.norm(taken.vector.astype(float))
    assert cosine == pytest.approx(1, abs=1e-3)


def test_hashes_are_the_same_everywhere() -> None:
    # Stores are read on other machines and by other versions.
    taken = read_fingerprint(Article("a", TEXT), load_encoder())
    parts = (taken.trigrams, taken.stems, taken.names, taken.facts)
    assert [int(part.sum(dtype=np.int64)) for part in parts] == HASH_SUMS


HASH_SUMS = [881292, 597174, 106242, 4626184761]


def test_sets_do_not_depend_on_order() -> None:
    # Sentences change places: their trigrams inside stay.
    one = "The ferry sank near Velmar. All of the people on board were taken off by the crew."
    other = "All of the people on board were taken off by the crew. The ferry sank near Velmar."
    first, second = (
        fingerprint(Article("a", text), read_document(text, load_encoder()))
        for text in (one, other)
    )
    np.testing.assert_array_equal(first.stems, second.stems)
    assert len(np.intersect1d(first.trigrams, second.trigrams)) == len(first.trigrams) - 2


def test_a_text_without_words_has_no_hashes() -> None:
    taken = fingerprint(Article("a", "..."), read_document("...", load_encoder()))
    assert len(taken.trigrams) == len(taken.stems) == len(taken.names) == taken.n_words == 0
    assert taken.source_likeness == 0
    assert not taken.vector.any()


def test_what_speaks_for_a_source() -> None:
    plain = "the boat went down near the coast and all of the people were taken off by the crew"

    def likeness(text: str) -> float:
        return fingerprint(Article("a", text), read_document(text, load_encoder())).source_likeness

    assert likeness(f"{plain}, the coast guard said.") > likeness(f"{plain}, it was quite a day.")
    assert likeness(f"VELMAR (Reuters) - {plain}.") > likeness(f"{plain}.")
    assert likeness(f"{plain} with 84 others.") > likeness(f"{plain} with all others.")
    assert likeness(f"{plain}.") > likeness(f"{plain}.".replace("boat", "dinghy"))


def test_source_likeness_by_hand() -> None:
    # Two words, neither of them uncommon, a name or a verb of speech.
    taken = fingerprint(Article("a", "it was"), read_document("it was", load_encoder()))
    assert taken.source_likeness == pytest.approx(12 * math.log(2))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The ferry sank.", "3 words, expected at least 20"),
        ("ferry sank " * 20, "does not look like English"),
    ],
)
def test_what_nothing_can_be_compared_with(text: str, message: str) -> None:
    with pytest.raises(InvalidArticle, match=message):
        read_fingerprint(Article("a", text), load_encoder())


@given(st.lists(st.floats(-1, 1, width=32), min_size=2, max_size=64))
def test_quantizing_keeps_the_direction(values: list[float]) -> None:
    vector = np.array(values, np.float32)
    rounded = quantize(vector).astype(np.float64)
    if np.abs(vector).max() < 1e-30:
        return
    assert np.abs(rounded).max() == 127
    cosine = rounded @ vector / np.linalg.norm(rounded) / np.linalg.norm(vector.astype(np.float64))
    assert cosine > 0.999


def test_machine_style_makes_a_text_less_source_like(style: StyleModel) -> None:
    text = "The ferry ran aground on Monday, and the crew of nine was taken off by fishing boats."
    document = read_document(text, load_encoder())
    style_score = style.score(document.style_terms).document
    assert style_score != 0
    lowered = measure_source_likeness(document) - 2 * style_score
    assert measure_source_likeness(document, style) == pytest.approx(lowered)
    assert fingerprint(Article("a", text), document, style).source_likeness == pytest.approx(
        lowered
    )
    nothing = read_document("...", load_encoder())
    assert measure_source_likeness(nothing, style) == measure_source_likeness(nothing) == 0
