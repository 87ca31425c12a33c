"""Fitting the style score: what it learns from, and what it must not have seen."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.errors import InvalidInput
from copydesk.features import StyleModel, load_encoder, read_document
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train import style as style_module
from copydesk.train.pairs import Pair, PairKind, hash_beginning
from copydesk.train.style import (
    N_FOLDS,
    Passages,
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
    """Two data sets with texts of both kinds in three groups each."""
    return [
        text(sentence, 100 * i + 20 * n + 50 * (dataset == "two"), f"{dataset}{i}", dataset)
        for dataset in ("one", "two")
        for i in range(3)
        for n, sentence in enumerate((HUMAN, MACHINE))
    ]


@pytest.fixture(scope="module")
def models(texts: list[StyleText]) -> StyleModels:
    return fit_style_models(texts)


def pair_of(one: str, source: str | None = None, group: str = "new") -> Pair:
    return Pair(one, source, PairKind.SOURCE, Label.SPUN, group, "engine", "one")


def all_models(models: StyleModels) -> Iterator[StyleModel]:
    yield models.released
    yield from models.folds
    yield from (models.without or {}).values()


def test_machine_text_scores_higher(models: StyleModels) -> None:
    encoder = load_encoder()
    human, machine = (
        read_document(s.format(99) * 5, encoder).style_terms for s in (HUMAN, MACHINE)
    )
    for model in all_models(models):
        assert model.score(machine).document > 0 > model.score(human).document


def test_each_fold_and_each_data_set_has_a_model_of_its_own(models: StyleModels) -> None:
    assert len(models.folds) == N_FOLDS
    assert set(models.without or {}) == {"one", "two"}
    assert models.without_dataset("one") is (models.without or {})["one"]
    assert models.without_dataset("another") is None
    assert StyleModels(models.released).without_dataset("one") is None


def test_processes_change_nothing(texts: list[StyleText], models: StyleModels) -> None:
    again = fit_style_models(texts, n_jobs=2)
    for one, other in zip(all_models(again), all_models(models), strict=True):
        np.testing.assert_array_equal(one.keys, other.keys)
        np.testing.assert_array_equal(one.coef, other.coef)


class Seen(StyleModel):
    """Stands in for a style model; knows the passages that it learned from."""

    __slots__ = ("rows",)

    def __init__(self, rows: NDArray[np.intp]) -> None:
        object.__setattr__(self, "rows", set(rows.tolist()))


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fit nothing: a model is what it would have seen."""
    monkeypatch.setattr(style_module, "fit_style", lambda *args: Seen(args[-1]))


def passages_of(texts: list[StyleText]) -> list[set[int]]:
    """The places of each text's passages among all."""
    places = iter(range(10_000))
    cut = style_module._cut_texts([one.text for one in texts])
    return [{next(places) for _ in passages} for passages in cut]


@pytest.mark.usefixtures("watched")
def test_no_model_has_seen_the_texts_that_it_scores(texts: list[StyleText]) -> None:
    pool = [text(HUMAN, 900, "pool 0", "pool"), text(HUMAN, 930, "pool 1", "pool")]
    texts = [*texts, *pool]
    models: Any = fit_style_models(texts)
    places = passages_of(texts)
    assert models.released.rows == set().union(*places)
    for one, passages in zip(texts, places, strict=True):
        group = set().union(
            *(p for t, p in zip(texts, places, strict=True) if t.group == one.group)
        )
        # By its own text, by its source's, and by its group, however it was cut.
        beginning = one.text[:50]
        for pair in (
            pair_of(one.text),
            pair_of("A rewrite.", one.text),
            pair_of(beginning, group=one.group),
        ):
            assert models.for_pair(pair).rows.isdisjoint(group)
            assert models.for_pair(pair) is not models.released
        without = models.without_dataset(one.dataset)
        assert (without is None) == (one.dataset == "pool")
        assert without is None or without.rows.isdisjoint(passages)
    assert models.for_pair(pair_of("New.", "New too.")) is models.released
    assert models.for_pair(pair_of("New.")) is models.released


@pytest.mark.usefixtures("watched")
def test_a_fold_has_seen_all_but_its_groups(texts: list[StyleText]) -> None:
    models: Any = fit_style_models(texts)
    places = passages_of(texts)
    for fold, model in enumerate(models.folds):
        of_others = [
            p for t, p in zip(texts, places, strict=True) if models.fold_of[t.group] != fold
        ]
        assert model.rows == set().union(*of_others)
    assert all(models.fold_of[hash_beginning(t.text)] == models.fold_of[t.group] for t in texts)


@pytest.mark.usefixtures("watched")
def test_a_data_set_is_left_out_with_the_groups_that_it_shares(texts: list[StyleText]) -> None:
    shared = StyleText(texts[-1].text, True, "one0", "two")
    models: Any = fit_style_models([*texts[:-1], shared])
    names = [f"{one.group} {one.is_machine}" for one in texts]
    of = dict(zip(names, passages_of(texts), strict=True))
    every = set().union(*of.values())
    last = of["two2 True"]
    one = set().union(*(p for name, p in of.items() if name.startswith("one")))
    of_group = of["one0 True"] | of["one0 False"]
    assert models.without["one"].rows == every - one - last
    assert models.without["two"].rows == one - of_group


@pytest.mark.usefixtures("watched")
def test_human_data_sets_are_left_out_too(texts: list[StyleText]) -> None:
    models = fit_style_models([*texts, text(HUMAN, 700, "three0", "three")])
    assert set(models.without or {}) == {"one", "two", "three"}


@pytest.mark.usefixtures("watched")
def test_a_data_set_that_has_all_machine_text_cannot_be_left_out(texts: list[StyleText]) -> None:
    human = [t for t in texts if not t.is_machine or t.dataset == "one"]
    assert set(fit_style_models(human).without or {}) == {"two"}


@pytest.mark.parametrize(
    ("machine", "kind"), [([], "human"), ([0], "human"), ([1, 2, 3, 4, 5, 6], "machine")]
)
def test_one_class_to_learn_from_is_refused(machine: list[int], kind: str) -> None:
    texts = [text(MACHINE if i in machine else HUMAN, 20 * i, f"g{i}", "one") for i in range(7)]
    with pytest.raises(InvalidInput, match=f"passages, .* are {kind} text, expected both human"):
        fit_style_models(texts if len(machine) < 6 else texts[1:])


def test_nothing_to_learn_from_is_refused() -> None:
    with pytest.raises(InvalidInput, match="0 of 0 passages"):
        fit_style_models([StyleText("Too short.", True, "g", "one")])


def cut(texts: list[str]) -> list[list[NDArray[np.uint64]]]:
    return style_module._cut_texts(texts)


def test_passages_are_those_that_are_scored(texts: list[StyleText]) -> None:
    body = "".join(t.text for t in texts[:4:2])
    document = read_document(body, load_encoder())
    (passages,) = cut([body])
    assert len(passages) > 1
    np.testing.assert_array_equal(
        np.sort(np.concatenate(passages)), np.sort(document.style_terms.keys)
    )


def test_a_text_of_19_words_is_no_passage() -> None:
    words = "Nobody died in the fire that burned all night near the old harbour of Velmar on Monday"
    assert len(words.split()) == 17
    short, long = cut([f"{words} evening too.", f"{words} evening, they say."])
    assert (len(short), len(long)) == (0, 1)


def keys(*terms: int) -> NDArray[np.uint64]:
    return np.array(terms, np.uint64)


def test_terms_are_counted_by_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style_module, "_MIN_PASSAGES_OF_TERM", 2)
    found = Passages.of([keys(9, 3, 9), keys(9, 5), keys(), keys(3, 3, 2**63)])
    assert found.keys.tolist() == [3, 9]
    assert found.counts.toarray().tolist() == [[1, 2], [0, 1], [0, 0], [2, 0]]


def fitted(passages: list[NDArray[np.uint64]], machine: list[int], **options: Any) -> StyleModel:
    is_machine = np.array(machine, bool)
    datasets = np.array(options.get("datasets", ["one"] * len(passages)))
    rows = np.array(options.get("rows", range(len(passages))))
    return fit_style(Passages.of(passages), is_machine, datasets, rows)


def test_terms_of_few_passages_do_not_count() -> None:
    passages = [keys(1, 100 + i, *([20] if i < 9 else []), *([21] * (i < 10))) for i in range(20)]
    model = fitted(passages, [0, 1] * 10)
    assert model.keys.tolist() == [1, 21]
    # One of twenty and one more; ten and one more.
    np.testing.assert_allclose(model.idf, [1.0, np.log(21 / 11) + 1], rtol=1e-6)


def test_what_is_left_out_does_not_count() -> None:
    passages = [keys(1, 2 + i % 2) for i in range(24)]
    rows = [i for i in range(24) if i % 2 == 0 or i < 16]
    model = fitted(passages, [0, 0, 1, 1] * 6, rows=rows)
    assert model.keys.tolist() == [1, 2]  # 8 of those that are left have the other term


def test_a_term_of_machines_has_positive_log_odds() -> None:
    passages = [keys(1, 2 if i % 2 else 3) for i in range(40)]
    model = fitted(passages, [0, 1] * 20)
    of: Mapping[int, float] = dict(zip(model.keys.tolist(), model.coef.tolist(), strict=True))
    assert of[2] > 1 > -1 > of[3]
    assert abs(of[1]) < 0.1
    assert model.keys.dtype == np.uint64
    assert model.coef.dtype == model.idf.dtype == np.float32


def test_weights_by_hand() -> None:
    machine = np.array([False] * 5 + [True] * 2)
    datasets = np.array(["one"] * 4 + ["two"] + ["one"] * 2)
    weights = style_module._passage_weights(machine, datasets)
    # Each class 3.5 in all; of the human passages those of one data set weigh 2, of the other 1.
    np.testing.assert_allclose(weights, 3.5 * np.array([*[2 / 3 / 4] * 4, 1 / 3, 0.5, 0.5]))


def test_texts_of_a_corpus_and_a_pool() -> None:
    records = [
        CorpusRecord(
            Article("s", "a spin", source_text="its source"),
            Label.SPUN,
            "st",
            dataset="d",
            related_text="a report",
        ),
        CorpusRecord(Article("t", "another", source_text="its  source"), Label.SPUN, "st"),
        CorpusRecord(Article("o", "own words"), Label.ORIGINAL, "other", dataset="d"),
    ]
    pool = [Article("p", "own\nwords"), Article("q", "a pool's text")]
    found = collect_style_texts(records, {"s": "g", "t": "g", "o": "h"}, pool)
    assert [(t.text, t.is_machine, t.group, t.dataset) for t in found[:-1]] == [
        ("a spin", True, "g", "d"),
        ("its source", False, "g", "d"),
        ("a report", False, "g", "d"),
        ("another", True, "g", "corpus"),
        ("own words", False, "h", "d"),
    ]
    assert (found[-1].text, found[-1].is_machine, found[-1].dataset) == (
        "a pool's text",
        False,
        "pool",
    )
    assert found[-1].group not in {"g", "h"}
