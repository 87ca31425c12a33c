"""The style score: terms that say how a text is put, their weights, and their sum."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfTransformer

from copydesk.features import Document, StyleModel
from copydesk.features.read.sentences import Sentence
from copydesk.features.read.style import N_TERMS, StyleTerms, find_style_terms, tf_idf
from copydesk.models.arrays import load_arrays, save_arrays

Read = Callable[[str], Document]


def terms_of(words: str, names: frozenset[int] = frozenset()) -> StyleTerms:
    """Terms of one sentence."""
    split = words.split()
    return find_style_terms(split, names, [Sentence(0, len(words), 0, len(split))])


def model(**weights: float) -> StyleModel:
    """A model that knows single words only."""
    coef = np.zeros(N_TERMS, np.float32)
    for word, weight in weights.items():
        coef[terms_of(word).ids[0]] = weight
    return StyleModel(np.ones(N_TERMS, np.float32), coef, np.asarray(-1.0, np.float32))


def test_a_sentence_of_n_words_has_5n_minus_4_terms() -> None:
    # n words, n - 1 pairs, and n, n - 1 and n - 2 frames.
    for n in range(3, 9):
        terms = terms_of(" ".join(["word"] * n))
        assert len(terms.ids) == len(terms.sentence_of) == 5 * n - 4
        assert terms.sentence_words.tolist() == [n]


def test_terms_do_not_cross_sentences() -> None:
    words = "the ferry sank nobody died".split()
    sentences = [Sentence(0, 14, 0, 3), Sentence(15, 26, 3, 5)]
    together = find_style_terms(words, frozenset(), sentences)
    for i, part in enumerate(("the ferry sank", "nobody died")):
        own = together.ids[together.sentence_of == i]
        np.testing.assert_array_equal(np.sort(own), np.sort(terms_of(part).ids))


def test_names_and_numbers_are_masked() -> None:
    one = terms_of("berg paid 5 crowns", frozenset({0}))
    other = terms_of("lind paid 7 crowns", frozenset({0}))
    np.testing.assert_array_equal(one.ids, other.ids)
    assert set(terms_of("berg paid").ids) != set(terms_of("lind paid").ids)


def test_frames_keep_common_words_and_mask_the_others_by_their_ending() -> None:
    def frame(words: str) -> set[int]:
        return set(terms_of(words).ids[3:].tolist())

    assert frame("was ferrying") == frame("was tugging")
    assert frame("was ferrying") != frame("was tugged")
    assert frame("was ferrying") != frame("had ferrying")


def test_no_words_no_terms() -> None:
    terms = find_style_terms([], frozenset(), [])
    assert terms.ids.size == terms.sentence_of.size == terms.sentence_words.size == 0
    scores = model().score(terms)
    assert np.isnan(scores.document)
    assert scores.passages.size == scores.sentences.size == 0


def test_scores_by_hand() -> None:
    # One word: its word term and its frame term, each of weight 1 / sqrt(2).
    scores = model(ferry=2.0).score(terms_of("ferry"))
    assert scores.document == pytest.approx(-1 + 2 / np.sqrt(2))
    assert scores.sentences.tolist() == pytest.approx([-1 + 2 / np.sqrt(2)])


def test_a_repeated_word_counts_by_its_logarithm() -> None:
    ids, weights = tf_idf(np.array([3, 5, 3], np.int32), np.ones(N_TERMS, np.float32))
    assert ids.tolist() == [3, 5]
    length = np.hypot(1 + np.log(2), 1)
    assert weights.tolist() == pytest.approx([(1 + np.log(2)) / length, 1 / length])


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(0, 9))
def test_weights_are_those_of_scikit_learn(ids: list[int], seed: int) -> None:
    idf = np.random.default_rng(seed).uniform(0.5, 5, N_TERMS).astype(np.float32)
    counts = np.bincount(ids, minlength=31).astype(float)
    peer = TfidfTransformer(sublinear_tf=True)
    peer.idf_ = idf[:31].astype(float)
    unique, weights = tf_idf(np.array(ids, np.int32), idf)
    expected = peer.transform(counts[None, :]).toarray()[0]
    np.testing.assert_allclose(weights, expected[unique], rtol=1e-6)
    assert weights @ weights == pytest.approx(1.0)


def test_mean_coefficient_by_hand() -> None:
    # Of four terms, the words and the frames of both, one has a coefficient.
    known = model(ferry=2.0)
    ids = np.concatenate([terms_of("ferry").ids, terms_of("sank").ids])
    assert known.mean_coef(ids) == pytest.approx(0.5)
    heavy = known.idf.copy()
    heavy[terms_of("ferry").ids[0]] = 5.0
    assert StyleModel(heavy, known.coef, known.intercept).mean_coef(ids) == pytest.approx(10 / 8)
    assert np.isnan(known.mean_coef(ids[:0]))


def test_terms_of_no_weight_give_the_intercept() -> None:
    blind = StyleModel(
        np.zeros(N_TERMS, np.float32), np.ones(N_TERMS, np.float32), np.asarray(0.25, np.float32)
    )
    scores = blind.score(terms_of("the ferry sank"))
    assert (scores.document, scores.sentences.tolist()) == (0.25, [0.25])


def test_passages_are_of_about_a_hundred_words() -> None:
    words = [f"word{i}" for i in range(330)]
    sentences = [Sentence(i, i + 10, i, i + 10) for i in range(0, 330, 10)]
    scores = model().score(find_style_terms(words, frozenset(), sentences))
    assert len(scores.passages) == 3
    assert len(scores.sentences) == 33


def test_length_alone_does_not_change_the_score(style: StyleModel, read: Read) -> None:
    passage = "The ferry ran aground near Velmar on Monday, and {} people were brought ashore. "
    short = read("".join(passage.format(i) for i in range(8)))
    long = read("".join(passage.format(i) for i in range(80)))
    expected = style.score(short.style_terms).document
    assert style.score(long.style_terms).document == pytest.approx(expected, abs=0.02)


def test_one_long_sentence_is_one_passage(style: StyleModel) -> None:
    scores = style.score(terms_of(" ".join(f"w{i}" for i in range(400))))
    assert len(scores.passages) == 1


def test_saved_is_loaded(style: StyleModel, tmp_path: Path) -> None:
    save_arrays(style, tmp_path / "style.npz")
    again = load_arrays(StyleModel, tmp_path / "style.npz")
    terms = terms_of("the ferry sank in the night")
    assert again.score(terms).document == style.score(terms).document
    np.testing.assert_array_equal(again.coef, style.coef)
