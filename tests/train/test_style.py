"""Fitting the style score: what it learns from, and what it must not have seen."""

import numpy as np
import pytest

from copydesk.errors import InvalidInput
from copydesk.features import load_encoder, read_document
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train import style as style_module
from copydesk.train.style import (
    StyleModels,
    StyleText,
    collect_style_texts,
    fit_style,
    fit_style_models,
)
from copydesk.types import Article, Label

HUMAN = "The crew said the ferry would sail again on day {}, once divers had looked at the hull. "
MACHINE = "It is worth noting that the vessel {} will subsequently resume its vital operations. "


def text(sentence: str, first: int, group: str, dataset: str) -> StyleText:
    body = "".join(sentence.format(i) for i in range(first, first + 12))
    return StyleText(body, sentence is MACHINE, group, dataset)


@pytest.fixture(scope="module")
def texts() -> list[StyleText]:
    return [
        text(sentence, 12 * i, f"{dataset}{i}", dataset)
        for dataset in ("one", "two")
        for i in range(3)
        for sentence in (HUMAN, MACHINE)
    ]


@pytest.fixture(scope="module")
def models(texts: list[StyleText]) -> StyleModels:
    return fit_style_models(texts)


def score(models: StyleModels, dataset: str, sentence: str) -> float:
    document = read_document(sentence.format(99) * 5, load_encoder())
    return models.for_dataset(dataset).score(document.style_terms).document


@pytest.mark.parametrize("dataset", ["one", "two", "another"])
def test_machine_text_scores_higher(models: StyleModels, dataset: str) -> None:
    assert score(models, dataset, MACHINE) > 0 > score(models, dataset, HUMAN)


def test_each_data_set_has_a_model_of_its_own(models: StyleModels) -> None:
    assert set(models.left_out) == {"one", "two"}
    assert models.for_dataset("one") is models.left_out["one"]
    assert models.for_dataset("another") is models.released


def test_processes_change_nothing(texts: list[StyleText], models: StyleModels) -> None:
    again = fit_style_models(texts, n_jobs=2)
    np.testing.assert_array_equal(again.released.coef, models.released.coef)


def test_what_is_left_out_is_not_seen(
    monkeypatch: pytest.MonkeyPatch, texts: list[StyleText]
) -> None:
    seen: list[int] = []

    def watch(passages: list[np.ndarray], is_machine: np.ndarray, datasets: np.ndarray) -> None:
        assert len(passages) == len(is_machine) == len(datasets)
        seen.append(len(passages))

    monkeypatch.setattr(style_module, "fit_style", watch)
    # A text of data set two belongs to a group of data set one: it goes with either.
    shared = StyleText(texts[-1].text, True, "one0", "two")
    n_passages = {t: len(p) for t, p in zip(texts, cut(texts), strict=True)}
    fit_style_models([*texts[:-1], shared])
    last = n_passages[texts[-1]]
    one = sum(n for t, n in n_passages.items() if t.dataset == "one")
    two = sum(n for t, n in n_passages.items() if t.dataset == "two")
    of_group = sum(n for t, n in n_passages.items() if t.group == "one0")
    assert seen == [one + two, two - last, one - of_group]


def cut(texts: list[StyleText]) -> list[list[np.ndarray]]:
    return style_module._cut_texts([t.text for t in texts], 0)


def test_passages_are_whole_sentences_of_40_words_and_more(texts: list[StyleText]) -> None:
    document = read_document(texts[0].text, load_encoder())
    (passages,) = cut(texts[:1])
    assert sum(map(len, passages)) <= len(document.style_terms.ids)
    # Five terms a word, less four a sentence; the last passage may be short.
    assert all(len(ids) > 3 * 40 for ids in passages[:-1])


def test_short_rest_is_no_passage() -> None:
    assert cut([StyleText("Nobody died in the fire. ", False, "g", "d")]) == [[]]


def test_rare_terms_do_not_count() -> None:
    passages = [
        np.array([1, 2 + i, *([20] if i < 4 else []), *([21] if i < 5 else [])], np.int32)
        for i in range(8)
    ]
    fitted = fit_style(passages, np.arange(8) % 2 == 0, np.full(8, "one"))
    assert fitted.idf[1] == pytest.approx(1.0)
    assert fitted.idf[21] == pytest.approx(np.log(9 / 6) + 1)
    assert not fitted.idf[2:21].any()  # in one passage, or in four


@pytest.mark.parametrize(("machine", "kind"), [(True, "machine"), (False, "human")])
def test_one_class_is_refused(machine: bool, kind: str) -> None:
    with pytest.raises(InvalidInput, match=f"all 3 passages are {kind} text, expected both"):
        fit_style([np.array([1], np.int32)] * 3, np.full(3, machine), np.full(3, "one"))


def test_data_sets_of_a_class_weigh_the_same() -> None:
    machine = np.array([False, False, False, False, True, True])
    datasets = np.array(["one", "one", "one", "two", "one", "one"])
    weights = style_module._passage_weights(machine, datasets)
    # Each class 3 in all: of the human passages, those of either data set 1.5.
    np.testing.assert_allclose(weights, [0.5, 0.5, 0.5, 1.5, 1.5, 1.5])


def test_texts_of_a_corpus_and_a_pool() -> None:
    records = [
        CorpusRecord(Article("s", "a spin", source_text="its source"), Label.SPUN, "st", "e", "d"),
        CorpusRecord(
            Article("t", "another", source_text="its  source"), Label.SPUN, "st", "e", "d"
        ),
        CorpusRecord(Article("o", "own words"), Label.ORIGINAL, "other", None, "d"),
    ]
    pool = [Article("p", "own\nwords"), Article("q", "a pool's text")]
    found = collect_style_texts(records, pool)
    assert [(t.text, t.is_machine, t.dataset) for t in found] == [
        ("a spin", True, "d"),
        ("its source", False, "d"),
        ("another", True, "d"),
        ("own words", False, "d"),
        ("a pool's text", False, "pool"),
    ]
    assert found[0].group == found[1].group == found[2].group != found[3].group
