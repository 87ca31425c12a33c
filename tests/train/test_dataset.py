"""Training sees what scoring sees."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.features import (
    FEATURE_NAMES,
    NEEDS_SOURCE,
    StyleModel,
    compare,
    extract_features,
    load_encoder,
    read_document,
)
from copydesk.models import Model, load_model
from copydesk.predict import Scorer
from copydesk.seeds.corpus.labelled import read_corpus
from copydesk.train import dataset as dataset_module
from copydesk.train.dataset import Dataset, build_dataset, concatenate
from copydesk.train.pairs import Pair, PairKind, build_pairs
from copydesk.train.style import StyleModels
from copydesk.types import LABELS, Article, Label

RELEASED = StyleModels(load_model().style, {})


@dataclass
class Recorder:
    """Stands in for the arrays of a model and keeps the rows that it is asked about."""

    rows: list[NDArray[np.float64]] = field(default_factory=list)

    def predict_proba(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        self.rows += list(X)
        return np.full((len(X), len(LABELS)), 1 / len(LABELS))


MakePair = Callable[[str, str | None], Pair]


@pytest.fixture
def make_pair(bridge: dict[str, Article]) -> MakePair:
    def make(name: str, source: str | None) -> Pair:
        text = bridge[source].text if source else None
        kind = PairKind.SOURCE if source else PairKind.ALONE
        return Pair(bridge[name].text, text, kind, Label.SPUN, "bridge", "engine", "own")

    return make


def test_rows_are_what_the_scorer_computes(
    scorer: Scorer, bridge: dict[str, Article], make_pair: MakePair
) -> None:
    asked = [(name, source) for name in bridge for source in (None, "wire", "frost")]
    trained = build_dataset([make_pair(*names) for names in asked], "static", RELEASED)
    recorder = Recorder()
    watched = Scorer(Model(scorer.model.manifest, recorder, scorer.model.style))  # type: ignore[arg-type]
    for name, source in asked:
        watched.label_pair(bridge[name], bridge[source] if source else None)
    np.testing.assert_array_equal(np.array(recorder.rows), trained.X)
    assert trained.X.shape == (15, len(FEATURE_NAMES))


def test_rows_are_the_features_of_a_comparison(
    bridge: dict[str, Article], make_pair: MakePair
) -> None:
    encoder = load_encoder()
    article, source = (read_document(bridge[name].text, encoder) for name in ("spun", "wire"))
    built = build_dataset([make_pair("spun", "wire"), make_pair("spun", None)], "static", RELEASED)
    np.testing.assert_array_equal(
        built.X[0], extract_features(compare(article, source, encoder, RELEASED.released))
    )
    np.testing.assert_array_equal(
        built.X[1], extract_features(compare(article, None, encoder, RELEASED.released))
    )
    assert np.isnan(built.X[1, NEEDS_SOURCE]).all()
    assert not np.isnan(built.X[0, NEEDS_SOURCE]).all()


def test_no_style_model_scores_what_it_has_seen(
    bridge: dict[str, Article], make_pair: MakePair, style: StyleModel
) -> None:
    seen, unseen = make_pair("spun", "wire"), replace(make_pair("spun", "wire"), dataset="other")
    styles = StyleModels(RELEASED.released, {"own": style})
    built = build_dataset([seen, unseen], "static", styles)
    encoder = load_encoder()
    article, source = (read_document(bridge[name].text, encoder) for name in ("spun", "wire"))
    rows = [
        extract_features(compare(article, source, encoder, model))
        for model in (style, RELEASED.released)
    ]
    np.testing.assert_array_equal(built.X, rows)
    assert (built.X[0] != built.X[1]).any()


def test_columns_are_the_pairs(make_pair: MakePair) -> None:
    pairs = [
        make_pair("wire", None),
        Pair("A text of words.", "Another.", PairKind.RELATED, Label.ORIGINAL, "g", "e", "d"),
    ]
    built = build_dataset(pairs, "static", RELEASED)
    assert built.y.tolist() == [LABELS.index(Label.SPUN), LABELS.index(Label.ORIGINAL)]
    assert built.groups.tolist() == ["bridge", "g"]
    assert built.kinds.tolist() == ["alone", "related"]
    assert built.engines.tolist() == ["engine", "e"]
    assert built.datasets.tolist() == ["own", "d"]
    assert len(built) == 2


def test_chunks_and_processes_change_nothing(
    small_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = build_pairs(read_corpus([small_corpus]))[:30]
    whole = build_dataset(pairs, "static", RELEASED)
    monkeypatch.setattr(dataset_module, "_CHUNK", 7)
    for n_jobs in (1, 2):
        parts = build_dataset(pairs, "static", RELEASED, n_jobs)
        np.testing.assert_array_equal(parts.X, whole.X)


def test_rows_of_a_mask() -> None:
    names = np.array(["a", "b", "c"])
    whole = Dataset(np.arange(6.0).reshape(3, 2), np.array([0, 1, 2]), *[names] * 5)
    part = whole.rows(np.array([True, False, True]))
    assert part.X.tolist() == [[0.0, 1.0], [4.0, 5.0]]
    assert part.y.tolist() == [0, 2]
    columns = (part.groups, part.kinds, part.engines, part.datasets, part.provenances)
    assert [column.tolist() for column in columns] == [["a", "c"]] * 5


def test_joined_data_sets_hold_the_rows_of_each() -> None:
    names = np.array(["a", "b", "c"])
    whole = Dataset(np.arange(6.0).reshape(3, 2), np.arange(3), *[names] * 5)
    first = np.array([True, False, True])
    joined = concatenate([whole.rows(first), whole.rows(~first)])
    np.testing.assert_array_equal(joined.X, whole.X[[0, 2, 1]])
    assert joined.groups.tolist() == joined.datasets.tolist() == ["a", "c", "b"]
