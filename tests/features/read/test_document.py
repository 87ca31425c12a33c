"""A text read once: sentences, tokens and vectors that fit together and map back."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features import Document, Encoder
from copydesk.features.read.document import common_word_share
from copydesk.features.read.grams import ngrams, word_codes

Read = Callable[[str], Document]

LONG = "Two tugs pulled the vessel free at high water on Monday."
PIECES = st.sampled_from(
    [LONG, "Nobody was hurt.", "“We are all well,” he said.", "It cost $1.5 million.", "\n", "é…"]
)
TEXTS = st.lists(PIECES, max_size=8).map(" ".join)


def test_reads_sentences_tokens_and_words(read: Read) -> None:
    document = read("The ferry’s crew left.\n\nSkip to content\n\nNobody was hurt.")
    assert [document.text[s.start : s.end] for s in document.sentences] == [
        "The ferry's crew left.",
        "Nobody was hurt.",
    ]
    assert document.tokens == ("The", "ferry", "s", "crew", "left", "Nobody", "was", "hurt")
    assert document.words == ("the", "ferry", "s", "crew", "left", "nobody", "was", "hurt")
    assert document.sentence_words(1) == ("nobody", "was", "hurt")
    assert document.content_stems == (frozenset({"ferry", "crew", "left"}), frozenset({"hurt"}))
    assert [block.kind.value for block in document.blocks] == ["body", "furniture", "body"]


def test_token_spans_map_back_to_the_raw_text(read: Read) -> None:
    raw = "He   said: “It’s\u00a0o\u00adver.”"
    document = read(raw)
    assert document.token_span(2, 5).text == "It’s\u00a0o\u00adver"
    assert document.token_span(0, 1).text == "He"
    assert raw[document.token_span(4, 5).start :] == "o\u00adver.”"


@given(TEXTS)
def test_parts_fit_together(read: Read, raw: str) -> None:
    document = read(raw)
    n_tokens = len(document.tokens)
    assert document.token_spans.shape == (n_tokens, 2)
    assert len(document.words) == len(document.in_quote) == n_tokens
    assert len(document.vectors) == len(document.sentences) == len(document.content_stems)
    for token, (start, end) in zip(document.tokens, document.token_spans.tolist(), strict=True):
        assert document.text[start:end] == token
    edges = [edge for s in document.sentences for edge in (s.first_token, s.last_token)]
    assert edges == sorted(edges)
    assert sum(sentence.n_tokens for sentence in document.sentences) == n_tokens
    for sentence in document.sentences:
        spans = document.token_spans[sentence.first_token : sentence.last_token]
        assert sentence.start <= spans[0, 0] < spans[-1, 1] <= sentence.end


def test_a_long_sentence_that_stands_twice_is_read_once(read: Read) -> None:
    document = read(f"{LONG} Nobody was hurt.\n\n{LONG} Nobody was hurt.")
    assert [s.n_tokens for s in document.sentences] == [11, 3, 3]
    ((start, end),) = document.repeated
    assert document.text[start:end] == LONG
    assert start > len(LONG)


def test_eight_words_make_a_repetition(read: Read) -> None:
    seven, eight = (
        "Two tugs pulled the big vessel free.",
        "Two tugs then pulled the vessel right free.",
    )
    assert read(f"{seven} {seven}").repeated == ()
    assert len(read(f"{eight} {eight.upper()}").repeated) == 1


def test_vectors_are_those_of_the_encoder(read: Read, encoder: Encoder) -> None:
    document = read(f"{LONG} Nobody was hurt.")
    np.testing.assert_array_equal(document.vectors, encoder.encode([LONG, "Nobody was hurt."]))
    expected = 11 * document.vectors[0] + 3 * document.vectors[1]
    np.testing.assert_allclose(document.vector, expected / np.linalg.norm(expected), atol=1e-6)


def test_the_order_of_sentences_does_not_move_the_vector(read: Read) -> None:
    one, other = read(f"{LONG} Nobody was hurt."), read(f"Nobody was hurt. {LONG}")
    np.testing.assert_allclose(one.vector, other.vector, atol=1e-6)


def test_tokens_inside_quotations_are_known(read: Read) -> None:
    document = read('He said: "We are all well." She left.')
    quoted = [t for t, inside in zip(document.tokens, document.in_quote, strict=True) if inside]
    assert quoted == ["We", "are", "all", "well"]


@pytest.mark.parametrize("raw", ["", " \n ", "...", "© 2024 Nordlinje"])
def test_a_text_without_sentences_has_empty_parts(read: Read, raw: str) -> None:
    document = read(raw)
    assert document.sentences == document.tokens == document.names == document.numbers == ()
    assert document.vectors.shape == (0, 256)
    assert not document.vector.any()
    assert common_word_share(document) == 0.0


def test_oddities_are_measured_once(read: Read) -> None:
    document = read(LONG)
    assert document.oddities is document.oddities
    assert document.oddities.n_words == 11


def test_finds_the_sentence_of_a_place(read: Read) -> None:
    document = read("The tug left.\n\nSkip to content\n\nNobody was hurt in Velmar.")
    first, second = document.sentences
    assert (first.start, first.end) == (0, 13)
    assert [document.sentence_at(at) for at in (0, 12, second.start - 1)] == [0, 0, 0]
    assert [document.sentence_at(at) for at in (second.start, second.end)] == [1, 1]
    assert [document.sentence_of_token(token) for token in range(8)] == [0] * 3 + [1] * 5


def test_grams_are_of_the_words(read: Read) -> None:
    grams = read("A tug, a TUG.").grams
    words = word_codes(["a", "tug", "a", "tug"])
    assert {n: codes.tolist() for n, codes in grams.items()} == {
        n: ngrams(words, n).tolist() for n in (1, 2, 3, 5, 8)
    }
    assert [len(grams[n]) for n in (1, 2, 3, 5, 8)] == [2, 2, 2, 0, 0]


def test_distinct_words_by_hand(read: Read) -> None:
    document = read("The tugs pulled. A tug pulled the ferry.")
    assert document.first_tokens == {"the": 0, "tugs": 1, "pulled": 2, "a": 3, "tug": 4, "ferry": 7}
    assert document.content_words == {"tugs", "pulled", "tug", "ferry"}
    assert document.n_content_before == [0, 0, 1, 2, 2, 3, 4, 4, 5]
    assert document.all_stems == {"tug", "pulled", "ferry"}
    assert document.is_function.tolist() == [True, False, False, True, False, False, True, False]


def test_facts_stand_where_they_come_first(read: Read) -> None:
    document = read("The ferry Astra hit a sandbank in 1987. The sandbank held Astra for 3 days.")
    assert document.uncommon_words == {"astra": 2, "sandbank": 5}
    assert document.fact_positions == {"astra": 2, "sandbank": 5, 1987.0: 7, 3.0: 13}


def test_common_word_share_by_hand(read: Read) -> None:
    assert common_word_share(read("The ferry was on the sandbank.")) == 4 / 6


def test_english_is_told_from_other_languages(read: Read) -> None:
    german = "Die Fähre lief am Montag auf eine Sandbank, teilte die Küstenwache der Insel mit."
    english = "She said that they had seen the ship from the shore and were not afraid of it."
    assert common_word_share(read(german)) < 0.15
    assert common_word_share(read(english)) > 0.4
