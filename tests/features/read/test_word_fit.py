"""How well words stand where they stand: by hand, by law, and there and back from a file."""

from collections.abc import Sequence
from itertools import chain
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.sentences import Sentence
from copydesk.features.read.style_terms import StyleTerms, find_style_terms
from copydesk.features.read.word_fit import NeighbourModel, WordFits, shorten
from copydesk.features.read.word_forms import word_forms
from copydesk.models.arrays import load_arrays, save_arrays

WORDS = ("the", "ferry", "sank", "slowly")
CONTENT = ("ferry", "sank")


def terms_of(*sentences: str) -> StyleTerms:
    split = [sentence.split() for sentence in sentences]
    ends = np.cumsum([len(words) for words in split]).tolist()
    spans = [Sentence(0, 0, end - len(words), end) for words, end in zip(split, ends, strict=True)]
    return find_style_terms(word_forms(chain.from_iterable(split)), set(), spans)


def model(pairs: dict[str, int] | None = None) -> NeighbourModel:
    """A model in which each word stands 100 times among 1,000."""
    keys = np.array([terms_of(word).keys[0] for word in WORDS])
    order = np.argsort(keys)
    counts = {int(shorten(terms_of(pair).keys[2:])[0]): n for pair, n in (pairs or {}).items()}
    pair_keys = np.array(sorted(counts), np.uint32)
    n = len(WORDS)
    return NeighbourModel(
        keys=keys[order],
        counts=np.full(n, 100, np.uint32),
        is_content=np.array([word in CONTENT for word in WORDS])[order],
        novelty_after=np.full(n, 0.5, np.float16),
        novelty_before=np.full(n, 0.25, np.float16),
        variety_after=np.full(n, 1.0, np.float16),
        variety_before=np.full(n, 2.0, np.float16),
        pair_keys=pair_keys,
        pair_counts=np.array([counts[key] for key in pair_keys.tolist()], np.uint32),
        n_counted=np.asarray(1000, np.uint32),
    )


KNOWN = model({"the ferry": 20, "slowly sank": 4})


def fits_of(*sentences: str) -> list[float]:
    return KNOWN.measure(terms_of(*sentences)).fits.tolist()


def test_a_pair_counts_for_both_of_its_words() -> None:
    # By chance 100 * 100 / 1,000 = 10 times; 19.25 and 3.25 are what discounting leaves.
    the, ferry = fits_of("the ferry")
    assert np.isnan(the)
    assert ferry == pytest.approx(log(1.925 + 0.5 * 1.0))
    ferry, sank = fits_of("ferry sank")
    assert ferry == pytest.approx(log(0.25 * 2.0))
    assert sank == pytest.approx(log(0.5 * 1.0))
    the, ferry, sank = fits_of("the ferry sank")
    assert ferry == pytest.approx(log(2.425) + log(0.5))


def test_neighbours_in_another_sentence_or_not_known_say_nothing() -> None:
    assert fits_of("the", "ferry")[1] == 0
    assert fits_of("gnu ferry gnu")[1] == 0


def test_words_without_a_fit() -> None:
    measured = KNOWN.measure(terms_of("the gnu sank"))
    assert measured.is_known.tolist() == [True, False, True]
    assert np.isnan(measured.fits).tolist() == [True, True, False]
    assert measured.unknown_share == pytest.approx(1 / 3)


def test_unlikely_words_least_likely_first() -> None:
    fits = np.array([-4.0, np.nan, -3.0, -9.0, 2.0], np.float32)
    measured = WordFits(fits, np.ones(5, bool))
    assert measured.find_unlikely().tolist() == [3, 0]
    assert measured.unlikely_share == 0.5
    assert measured.percentiles(0, 100) == [-9, 2]


def test_nothing_known_is_measured_as_missing() -> None:
    for measured in (KNOWN.measure(terms_of("gnu gnu")), KNOWN.measure(terms_of())):
        assert np.isnan(measured.unlikely_share)
        assert np.isnan(measured.percentiles(5)[0])
        assert not measured.find_unlikely().size
    assert np.isnan(KNOWN.measure(terms_of()).unknown_share)


def test_a_model_without_pairs_measures_by_chance() -> None:
    assert model().measure(terms_of("the ferry")).fits[1] == pytest.approx(log(0.5))


@given(st.lists(st.lists(st.sampled_from([*WORDS, "gnu"]), min_size=1, max_size=6), max_size=4))
def test_a_sentence_is_measured_alike_in_any_company(sentences: Sequence[Sequence[str]]) -> None:
    joined = [" ".join(words) for words in sentences]
    together = KNOWN.measure(terms_of(*joined))
    alone = [KNOWN.measure(terms_of(sentence)) for sentence in joined]
    fits = [value for part in alone for value in part.fits.tolist()]
    np.testing.assert_array_equal(together.fits, np.array(fits, np.float32))
    assert np.isfinite(together.fits[~np.isnan(together.fits)]).all()


def test_there_and_back_from_a_file(tmp_path: Path) -> None:
    save_arrays(KNOWN, tmp_path / "model.npz")
    again = load_arrays(NeighbourModel, tmp_path / "model.npz")
    terms = terms_of("the ferry slowly sank")
    np.testing.assert_array_equal(again.measure(terms).fits, KNOWN.measure(terms).fits)
