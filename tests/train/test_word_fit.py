"""Counting neighbours: what is counted, what is known, and what must not have been seen."""

from dataclasses import replace

import numpy as np
import pytest

from copydesk.errors import InvalidInput
from copydesk.features import StyleModel, load_encoder, read_document
from copydesk.features.read.style_terms import StyleTerms
from copydesk.features.read.word_fit import NeighbourModel, shorten
from copydesk.seeds.corpus.groups import fold_of_groups
from copydesk.train.style import N_FOLDS, StyleModels, StyleText
from copydesk.train.word_fit import (
    CountedTexts,
    NeighbourModels,
    fit_neighbour_models,
    fit_neighbours,
    read_texts,
)

NEWS = "The old ferry sank near the small harbour, and {} divers looked at the broken hull. "
ODD = "The old harbour sank near the small hull, and {} divers looked at the broken ferry. "
NUMBERS = "two three four five six eight nine ten eleven twelve".split()
N_STORIES = len(NUMBERS)


def story(i: int) -> str:
    return "".join(NEWS.format(word) for word in ("seven", "many", f"{NUMBERS[i]} more"))


@pytest.fixture(scope="module")
def texts() -> list[StyleText]:
    human = [StyleText(story(i), False, f"story {i}", "d") for i in range(N_STORIES)]
    return [*human, StyleText(ODD.format("few") * 3, True, "story 0", "d")]


@pytest.fixture(scope="module")
def models(texts: list[StyleText]) -> NeighbourModels:
    return fit_neighbour_models(texts)


def terms_of(text: str) -> StyleTerms:
    return read_document(text, load_encoder()).style_terms


def keys_of(text: str) -> list[int]:
    return terms_of(text).keys.tolist()


def count_of(model: NeighbourModel, word: str) -> int:
    """How often the model counted a word."""
    (key,) = keys_of(word)
    found = model.keys.tolist()
    return int(model.counts[found.index(key)]) if key in found else 0


def all_sentences(counted: CountedTexts) -> NeighbourModel:
    return fit_neighbours(counted, np.ones(len(counted.sentence_words), bool))


def test_pairs_do_not_cross_sentences() -> None:
    counted = read_texts(["The ferry sank.\n\nNobody died.", "Divers came."])
    assert counted.sentence_words.tolist() == [3, 2, 2]
    assert counted.text_of.tolist() == [0, 0, 1]
    assert (counted.pair_keys == 0).tolist() == [False, False, True, False, True, False, True]


def by_hand() -> NeighbourModel:
    """Six sentences "red fox" and five "red dog"; "gnu" stands in four."""
    red, fox, dog, gnu = (np.uint64(i << 40) for i in (1, 2, 3, 4))
    sentences = [(red, fox)] * 6 + [(red, dog)] * 5 + [(red, gnu)] * 4
    pair = {fox: 12, dog: 13, gnu: 14}
    counted = CountedTexts(
        keys=np.array(sentences, np.uint64).ravel(),
        pair_keys=np.array([(pair[other] << 32, 0) for _, other in sentences], np.uint64).ravel(),
        sentence_words=np.full(15, 2),
        text_of=np.zeros(15, np.int64),
        content=frozenset({int(fox), int(dog)}),
    )
    return all_sentences(counted)


def test_counts_by_hand() -> None:
    model = by_hand()
    # "gnu" is too rare to be known, and so is its pair.
    assert model.counts.tolist() == [15, 6, 5]
    assert model.is_content.tolist() == [False, True, True]
    assert model.pair_keys.tolist() == [12, 13]
    assert model.pair_counts.tolist() == [6, 5]
    assert model.n_counted == 30


def test_smoothing_by_hand() -> None:
    model = by_hand()
    # After "red" 6 + 5 of 15 are seen, less 0.75 each; before "fox" 5.25 of 6.
    assert model.novelty_after.tolist() == pytest.approx([1 - 9.5 / 15, 1, 1], rel=1e-3)
    assert model.novelty_before.tolist() == pytest.approx([1, 0.75 / 6, 0.75 / 5], rel=1e-3)
    # Of two kinds of pairs both have "red" before, one each has "fox" and "dog" after; and half a
    # kind is added for each of three words.
    before = [2.5 / 3.5 / (15 / 30), 0.5 / 3.5 / 0.2, 0.5 / 3.5 / (5 / 30)]
    after = [0.5 / 3.5 / (15 / 30), 1.5 / 3.5 / 0.2, 1.5 / 3.5 / (5 / 30)]
    assert model.variety_before.tolist() == pytest.approx(before, rel=1e-3)
    assert model.variety_after.tolist() == pytest.approx(after, rel=1e-3)


def test_swapped_words_stand_worse(models: NeighbourModels) -> None:
    news, odd = (models.released.measure(terms_of(text.format("two"))) for text in (NEWS, ODD))
    assert news.percentiles(25) > odd.percentiles(25)
    assert news.unknown_share == odd.unknown_share


def test_sentences_are_counted_once(models: NeighbourModels) -> None:
    # Two sentences stand in all stories, one in each alone.
    assert count_of(models.released, "ferry") == 2 + N_STORIES


def test_machine_text_is_not_counted(texts: list[StyleText], models: NeighbourModels) -> None:
    again = fit_neighbour_models(texts[:-1])
    np.testing.assert_array_equal(again.released.pair_keys, models.released.pair_keys)


def test_no_fold_has_counted_its_texts_or_copies_of_them(
    texts: list[StyleText], models: NeighbourModels
) -> None:
    fold_of = fold_of_groups((text.group for text in texts), N_FOLDS)
    assert len(models.folds) == N_FOLDS
    for fold, model in enumerate(models.folds):
        n_outside = sum(fold_of[text.group] != fold for text in texts[:N_STORIES])
        # The sentences that stand in all stories stand in the fold's too.
        assert count_of(model, "ferry") == n_outside < N_STORIES


def test_each_style_model_brings_the_neighbours_of_its_fold(
    texts: list[StyleText], models: NeighbourModels, style: StyleModel
) -> None:
    plain = StyleModels(style, tuple(replace(style) for _ in range(N_FOLDS)), {"story 0": 3})
    joined = models.join(plain)
    assert joined.released.neighbours is models.released
    assert [one.neighbours for one in joined.folds] == list(models.folds)
    assert joined.fold_of == plain.fold_of
    assert joined.folds[3].coef is style.coef


def test_processes_change_nothing(texts: list[StyleText], models: NeighbourModels) -> None:
    again = fit_neighbour_models(texts, n_jobs=2)
    np.testing.assert_array_equal(again.released.keys, models.released.keys)
    np.testing.assert_array_equal(again.released.pair_counts, models.released.pair_counts)


def test_short_sentences_count_wherever_they_stand() -> None:
    human = [StyleText("Nobody died. " * 8 + story(i), False, str(i), "d") for i in range(5)]
    fitted = fit_neighbour_models(human)
    nobody = keys_of("Nobody died.")[2]
    pairs = dict(
        zip(fitted.released.pair_keys.tolist(), fitted.released.pair_counts.tolist(), strict=True)
    )
    assert pairs[int(shorten(np.array([nobody], np.uint64))[0])] == 5 * 8


def test_too_few_groups_are_refused() -> None:
    one_group = [StyleText(story(i), False, "one", "d") for i in range(3)]
    with pytest.raises(InvalidInput, match="3 human texts are in fewer than two folds"):
        fit_neighbour_models(one_group)


def test_too_little_text_is_refused() -> None:
    counted = read_texts(["The ferry sank."])
    with pytest.raises(InvalidInput, match="no word occurs 5 times, expected more human text"):
        all_sentences(counted)
