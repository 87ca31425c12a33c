"""The style score: terms that say how a text is put, their weights, and their sum."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfTransformer

from copydesk.features import Document, StyleModel
from copydesk.features.read.sentences import Sentence
from copydesk.features.read.style import part_into_passages, weigh_terms
from copydesk.features.read.style_terms import Keys, StyleTerms, find_style_terms
from copydesk.features.read.word_forms import word_forms
from copydesk.models.arrays import load_arrays, save_arrays

Read = Callable[[str], Document]


def terms_of(words: str, names: frozenset[int] = frozenset()) -> StyleTerms:
    """Terms of one sentence."""
    split = words.split()
    return find_style_terms(word_forms(split), names, [Sentence(0, len(words), 0, len(split))])


def places_of(model: StyleModel, keys: Keys) -> NDArray[np.intp]:
    """The places of the terms that a model knows."""
    nowhere = np.zeros(len(keys), np.int32)
    return model.find(StyleTerms(keys, nowhere, np.ones(1, np.int32))).places


def key_of(term: str) -> np.uint64:
    """The key of a word, or of two words that follow one another."""
    key: np.uint64 = terms_of(term).keys[-1]
    return key


def model(*, idf: float = 1.0, **weights: float) -> StyleModel:
    """A model that knows words, and pairs of words joined by an underscore."""
    terms = sorted((key_of(term.replace("_", " ")), weight) for term, weight in weights.items())
    return StyleModel(
        np.array([key for key, _ in terms], np.uint64),
        np.full(len(terms), idf, np.float32),
        np.array([weight for _, weight in terms], np.float32),
        np.asarray(-1.0, np.float32),
    )


def test_a_sentence_of_n_words_has_n_words_and_a_pair_less() -> None:
    for n in range(1, 6):
        terms = terms_of(" ".join(f"word{i}" for i in range(n)))
        assert len(set(terms.keys.tolist())) == len(terms.sentence_of) == 2 * n - 1
        assert terms.keys.dtype == np.uint64
        assert terms.sentence_words.tolist() == [n]


def test_terms_do_not_cross_sentences() -> None:
    words = "the ferry sank nobody died".split()
    sentences = [Sentence(0, 14, 0, 3), Sentence(15, 26, 3, 5)]
    together = find_style_terms(word_forms(words), frozenset(), sentences)
    assert together.sentence_words.tolist() == [3, 2]
    for i, part in enumerate(("the ferry sank", "nobody died")):
        own = together.keys[together.sentence_of == i]
        np.testing.assert_array_equal(np.sort(own), np.sort(terms_of(part).keys))


def test_names_and_numbers_are_masked() -> None:
    one = terms_of("berg paid 5 crowns", frozenset({0}))
    other = terms_of("lind paid 1,700 crowns", frozenset({0}))
    np.testing.assert_array_equal(one.keys, other.keys)
    assert set(terms_of("berg paid").keys) != set(terms_of("lind paid").keys)


def test_a_pair_has_an_order_and_is_no_word() -> None:
    keys = [key_of(term) for term in ("ferry", "sank", "ferry sank", "sank ferry", "ferry ferry")]
    assert len({*keys}) == 5


def test_words_of_half_a_character_have_a_key() -> None:
    assert key_of("\ud800") != key_of("\ud801")


def test_hardly_any_two_terms_share_a_key(read: Read, story_texts: tuple[str, ...]) -> None:
    known = {word for text in story_texts for word in read(text).words}
    words = sorted(word for word in known if not word[0].isdigit())
    pairs = [f"{one} {other}" for one in words[:100] for other in words[:100]]
    assert len({*map(key_of, words), *map(key_of, pairs)}) == len(words) + len(pairs)


def test_no_words_no_terms() -> None:
    terms = find_style_terms([], frozenset(), [])
    assert terms.keys.size == terms.sentence_of.size == terms.sentence_words.size == 0
    scores = model().score(terms)
    assert np.isnan(scores.document)
    assert scores.passages.size == scores.sentences.size == 0


def test_scores_by_hand() -> None:
    # Of unit length: a word alone weighs 1; a word and the pair 1 / sqrt(2) each.
    known = model(ferry=2.0, ferry_sank=3.0)
    for words, expected in (
        ("ferry", -1 + 2),
        ("ferry sank", -1 + 5 / np.sqrt(2)),
        ("sank", -1),
    ):
        scores = known.score(terms_of(words))
        assert scores.document == pytest.approx(expected)
        assert scores.sentences.tolist() == pytest.approx([expected])


def test_idf_weighs_terms() -> None:
    known = model(ferry=2.0, sank=1.0)
    heavy = StyleModel(
        known.keys,
        np.where(known.keys == key_of("ferry"), 3, 1).astype(np.float32),
        known.coef,
        known.intercept,
    )
    expected = -1 + (3 * 2 + 1) / np.sqrt(10)
    scores = heavy.score(terms_of("ferry sank"))
    assert (scores.document, *scores.sentences) == pytest.approx((expected, expected))


def test_sentences_are_scored_each_by_itself() -> None:
    words, sentences = "ferry sank ferry".split(), [Sentence(0, 10, 0, 2), Sentence(11, 16, 2, 3)]
    scores = model(ferry=2.0, sank=1.0).score(
        find_style_terms(word_forms(words), frozenset(), sentences)
    )
    assert scores.sentences.tolist() == pytest.approx([-1 + 3 / np.sqrt(2), -1 + 2])
    twice = 1 + np.log(2)
    together = -1 + (2 * twice + 1) / np.hypot(twice, 1)
    assert scores.passages.tolist() == pytest.approx([together])


def test_a_repeated_word_counts_by_its_logarithm() -> None:
    places, passages = np.array([3, 5, 3, 5]), np.array([0, 0, 0, 1])
    terms = weigh_terms(places, passages, 2, np.ones(6, np.float32))
    assert terms.places.tolist() == [3, 5, 5]
    assert terms.passage_of.tolist() == [0, 0, 1]
    length = np.hypot(1 + np.log(2), 1)
    assert terms.weights.tolist() == pytest.approx([(1 + np.log(2)) / length, 1 / length, 1])


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(0, 9))
def test_weights_are_those_of_scikit_learn(places: list[int], seed: int) -> None:
    idf = np.random.default_rng(seed).uniform(0.5, 5, 31).astype(np.float32)
    counts = np.bincount(places, minlength=31).astype(float)
    peer = TfidfTransformer(sublinear_tf=True)
    peer.idf_ = idf.astype(float)
    terms = weigh_terms(np.array(places), np.zeros(len(places), int), 1, idf)
    expected = peer.transform(counts[None, :]).toarray()[0]
    np.testing.assert_allclose(terms.weights, expected[terms.places], rtol=1e-6)
    assert terms.weights @ terms.weights == pytest.approx(1.0)


def test_mean_coefficient_by_hand() -> None:
    known = model(ferry=2.0, sank=-1.0, the=4.0)
    keys = terms_of("ferry sank quietly").keys
    # Of the two terms that it knows.
    assert known.mean_coef(places_of(known, keys)) == pytest.approx(0.5)
    heavy = np.where(known.keys == key_of("ferry"), 5, 1).astype(np.float32)
    weighed = StyleModel(known.keys, heavy, known.coef, known.intercept)
    assert weighed.mean_coef(places_of(weighed, keys)) == pytest.approx((5 * 2 - 1) / 6)
    assert np.isnan(known.mean_coef(places_of(known, keys[:0])))
    assert np.isnan(known.mean_coef(places_of(known, terms_of("quietly").keys)))


def test_terms_as_one_passage_by_hand() -> None:
    known = model(ferry=2.0, sank=1.0)
    both = places_of(known, terms_of("ferry sank").keys)
    assert known.log_odds(both) == pytest.approx(-1 + 3 / np.sqrt(2))
    assert known.log_odds(places_of(known, terms_of("quietly").keys)) == -1


@pytest.mark.parametrize("words", ["the ferry sank", "quietly"])
def test_terms_that_are_not_known_give_the_intercept(words: str) -> None:
    for blind in (model(), model(idf=7.0, bread=3.0)):
        scores = blind.score(terms_of(words))
        assert (scores.document, scores.sentences.tolist()) == (-1, [-1])


@given(st.lists(st.integers(0, 2**64 - 1), max_size=6), st.integers(0, 2**64 - 1))
def test_only_exact_keys_are_known(known: list[int], asked: int) -> None:
    keys: Keys = np.unique(np.array(known, np.uint64))
    ones = np.ones(len(keys), np.float32)
    style = StyleModel(keys, ones, ones, np.asarray(0, np.float32))
    for key in (*known, asked):
        found = style.log_odds(places_of(style, np.array([key], np.uint64)))
        assert found == (1.0 if key in known else 0.0)


def test_passages_are_of_about_120_words() -> None:
    words = [f"word{i}" for i in range(330)]
    sentences = [Sentence(i, i + 10, i, i + 10) for i in range(0, 330, 10)]
    scores = model().score(find_style_terms(word_forms(words), frozenset(), sentences))
    assert len(scores.passages) == 3
    assert len(scores.sentences) == 33


@pytest.mark.parametrize(
    ("sentence_words", "passages"),
    [
        ([], []),
        ([5], [0]),
        ([100, 79], [0, 0]),  # 179 words are nearer to one passage than to two
        ([90, 91], [0, 1]),
        ([92, 89], [0, 0]),  # a sentence is where its last word is
        ([60, 60, 60, 60], [0, 0, 1, 1]),
        ([300, 10], [0, 0]),  # a long sentence is not cut, and leaves no passage empty
        ([10, 300, 10], [0, 1, 1]),
    ],
)
def test_sentences_are_parted_into_passages(sentence_words: list[int], passages: list[int]) -> None:
    found = part_into_passages(np.array(sentence_words, np.int32))
    assert found.tolist() == passages


@given(st.lists(st.integers(1, 90), min_size=1, max_size=60))
def test_passages_are_in_order_and_nearly_even(sentence_words: list[int]) -> None:
    found = part_into_passages(np.array(sentence_words, np.int32))
    assert found[0] == 0
    assert set(np.diff(found).tolist()) <= {0, 1}
    n_words = np.bincount(found, sentence_words)
    assert len(n_words) <= max(1, round(sum(sentence_words) / 120))
    assert n_words.max() <= 180 + 90


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
