"""Training sees what scoring sees."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.features import (
    FEATURE_NAMES,
    FEATURES,
    NEEDS_SOURCE,
    StyleModel,
    compare,
    extract_features,
    load_encoder,
    read_document,
)
from copydesk.models.judgement import Judge, QuestionProbabilities
from copydesk.predict import Scorer
from copydesk.seeds.corpus.labelled import read_corpus
from copydesk.train import dataset as dataset_module
from copydesk.train.dataset import Dataset, build_dataset, concatenate
from copydesk.train.pairs import Pair, PairKind, build_pairs
from copydesk.train.style import StyleModels
from copydesk.types import LABELS, Article, Label

MakePair = Callable[[str, str | None], Pair]


@pytest.fixture(scope="module")
def styles(style: StyleModel) -> StyleModels:
    """One style model for everything."""
    return StyleModels(style)


@pytest.fixture
def make_pair(bridge: dict[str, Article]) -> MakePair:
    def make(name: str, source: str | None) -> Pair:
        text = bridge[source].text if source else None
        kind = PairKind.SOURCE if source else PairKind.ALONE
        return Pair(bridge[name].text, text, kind, Label.SPUN, "bridge", "engine", "own")

    return make


def test_rows_are_what_the_scorer_computes(
    small_model: Path,
    bridge: dict[str, Article],
    make_pair: MakePair,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scorer = Scorer.load(small_model)
    asked = [(name, source) for name in bridge for source in (None, "wire", "frost")]
    styles = StyleModels(scorer.model.style)
    trained = build_dataset([make_pair(*names) for names in asked], "static", styles)
    rows: list[NDArray[np.float64]] = []
    answer = Judge.answer

    def watched(judge: Judge, X: NDArray[np.float64], has_candidate: bool) -> QuestionProbabilities:
        rows.extend(X)
        return answer(judge, X, has_candidate)

    monkeypatch.setattr(Judge, "answer", watched)
    for name, source in asked:
        scorer.label_pair(bridge[name], bridge[source] if source else None)
    np.testing.assert_array_equal(np.array(rows), trained.X)
    np.testing.assert_array_equal(trained.X_without, trained.X)
    assert trained.X.shape == (15, len(FEATURE_NAMES))


def test_rows_are_the_features_of_a_comparison(
    bridge: dict[str, Article], make_pair: MakePair, style: StyleModel, styles: StyleModels
) -> None:
    encoder = load_encoder()
    article, source = (read_document(bridge[name].text, encoder) for name in ("spun", "wire"))
    built = build_dataset([make_pair("spun", "wire"), make_pair("spun", None)], "static", styles)
    np.testing.assert_array_equal(
        built.X[0], extract_features(compare(article, source, encoder, style))
    )
    np.testing.assert_array_equal(
        built.X[1], extract_features(compare(article, None, encoder, style))
    )
    assert np.isnan(built.X[1, NEEDS_SOURCE]).all()
    assert not np.isnan(built.X[0, NEEDS_SOURCE]).all()


def test_style_is_scored_by_models_that_have_not_seen_the_texts(
    bridge: dict[str, Article], make_pair: MakePair, style: StyleModel
) -> None:
    of_fold, of_dataset = (replace(style, coef=factor * style.coef) for factor in (-1, 3))
    of = dict(zip(("released", "fold", "without"), (style, of_fold, of_dataset), strict=True))
    styles = StyleModels(style, (of_fold,), {"bridge": 0}, {"own": of_dataset})
    pair = make_pair("spun", "wire")
    pairs = [
        replace(pair, group=group, dataset=dataset)
        for group in ("bridge", "new")
        for dataset in ("own", "other")
    ]
    built = build_dataset(pairs, "static", styles)
    encoder = load_encoder()
    article, source = (read_document(bridge[name].text, encoder) for name in ("spun", "wire"))
    row = {
        name: extract_features(compare(article, source, encoder, model))
        for name, model in of.items()
    }
    seen_by = [("fold", "without"), ("fold", "fold"), ("released", "without")]
    for i, (own, without) in enumerate([*seen_by, ("released", "released")]):
        np.testing.assert_array_equal(built.X[i], row[own])
        np.testing.assert_array_equal(built.X_without[i], row[without])
    differs = {
        feature.group
        for feature, one, other in zip(FEATURES, built.X[0], built.X_without[0], strict=True)
        if one != other and not np.isnan([one, other]).all()
    }
    assert differs == {"style"}


def test_columns_are_the_pairs(make_pair: MakePair, styles: StyleModels) -> None:
    pairs = [
        make_pair("wire", None),
        Pair("A text of words.", "Another.", PairKind.RELATED, Label.ORIGINAL, "g", "e", "d"),
    ]
    built = build_dataset(pairs, "static", styles)
    assert built.y.tolist() == [LABELS.index(Label.SPUN), LABELS.index(Label.ORIGINAL)]
    assert built.groups.tolist() == ["bridge", "g"]
    assert built.kinds.tolist() == ["alone", "related"]
    assert built.engines.tolist() == ["engine", "e"]
    assert built.datasets.tolist() == ["own", "d"]
    assert len(built) == 2


def test_chunks_and_processes_change_nothing(
    small_corpus: Path, styles: StyleModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = build_pairs(read_corpus([small_corpus]))[:30]
    whole = build_dataset(pairs, "static", styles)
    monkeypatch.setattr(dataset_module, "_CHUNK", 7)
    for n_jobs in (1, 2):
        parts = build_dataset(pairs, "static", styles, n_jobs)
        np.testing.assert_array_equal(parts.X, whole.X)
        np.testing.assert_array_equal(parts.X_without, whole.X_without)


@pytest.fixture
def by_hand() -> Dataset:
    names = np.array(["a", "b", "c"])
    X = np.arange(6.0).reshape(3, 2)
    return Dataset(X, X + 10, np.arange(3), *[names] * 6)


def test_rows_of_a_mask(by_hand: Dataset) -> None:
    for chosen in (np.array([True, False, True]), np.array([0, 2])):
        part = by_hand.rows(chosen)
        assert part.X.tolist() == [[0.0, 1.0], [4.0, 5.0]]
        assert part.X_without.tolist() == [[10.0, 11.0], [14.0, 15.0]]
        assert part.y.tolist() == [0, 2]
        columns = (part.groups, part.kinds, part.engines, part.datasets, part.provenances)
        assert [column.tolist() for column in (*columns, part.texts)] == [["a", "c"]] * 6


def test_joined_data_sets_hold_the_rows_of_each(by_hand: Dataset) -> None:
    first = np.array([True, False, True])
    joined = concatenate([by_hand.rows(first), by_hand.rows(~first)])
    for field in fields(Dataset):
        expected = getattr(by_hand, field.name)[[0, 2, 1]]
        np.testing.assert_array_equal(getattr(joined, field.name), expected)
