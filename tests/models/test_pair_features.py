"""The features of pairs as scikit-learn has transformers: in pipelines, searches, DataFrames."""

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES, NEEDS_SOURCE
from copydesk.models import load_model
from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.models.pair_features import PairFeatures
from copydesk.seeds.corpus.labelled import read_corpus
from copydesk.train.dataset import build_dataset
from copydesk.train.pairs import Pair, PairKind, build_pairs
from copydesk.train.style import StyleModels
from copydesk.types import Article, Label

NUMBERS = "fits a matrix of numbers; a row is an article and a text (input_tags.string)"
COMPLEX = "expects its own sentence on complex numbers; they are refused as no texts, or one column"
ONE_ROW = "fits one row of ten numbers; one row of texts is measured as any other"
# Each law that scikit-learn checks on numbers is checked on texts below.
EXPECTED_FAILURES = {
    "check_complex_data": COMPLEX,
    "check_fit2d_1sample": ONE_ROW,
    **dict.fromkeys(
        (
            *("check_fit_score_takes_y", "check_estimators_overwrite_params"),
            *("check_dont_overwrite_parameters", "check_estimators_fit_returns_self"),
            *("check_readonly_memmap_input", "check_n_features_in_after_fitting"),
            *("check_positive_only_tag_during_fit", "check_estimators_dtypes"),
            *("check_dtype_object", "check_pipeline_consistency", "check_estimators_pickle"),
            *("check_f_contiguous_array_estimator", "check_transformer_data_not_an_array"),
            *("check_transformer_general", "check_transformer_preserve_dtypes"),
            *("check_methods_sample_order_invariance", "check_methods_subset_invariance"),
            *("check_dict_unchanged", "check_fit_idempotent", "check_fit_check_is_fitted"),
            *("check_n_features_in", "check_fit2d_predict1d"),
        ),
        NUMBERS,
    ),
}


@parametrize_with_checks(
    [PairFeatures()], expected_failed_checks=lambda _: EXPECTED_FAILURES, xfail_strict=True
)
def test_scikit_learn_rules(estimator: Any, check: Any) -> None:
    check(estimator)


Rows = list[tuple[str, str | None]]


@pytest.fixture(scope="session")
def text_rows(bridge: dict[str, Article]) -> Rows:
    wire = bridge["wire"].text
    return [
        (bridge["edited"].text, wire),
        (bridge["spun"].text, wire),
        (bridge["staff"].text, None),
        (bridge["frost"].text, wire),
    ]


@pytest.fixture(scope="session")
def measured(text_rows: Rows) -> Any:
    return PairFeatures().fit_transform(text_rows)


def test_rows_are_those_of_training(text_rows: Rows, measured: Any) -> None:
    pairs = [
        Pair(text, source, PairKind.SOURCE, Label.SPUN, "g", "e", "d") for text, source in text_rows
    ]
    expected = build_dataset(pairs, "static", StyleModels(load_model().style)).X
    np.testing.assert_array_equal(measured, expected)
    assert measured.shape == (4, len(FEATURE_NAMES))
    assert np.isnan(measured[2, NEEDS_SOURCE]).all()


def shapes(rows: Rows) -> dict[str, Any]:
    articles = [
        (Article(str(i), text), None if source is None else Article("w", source))
        for i, (text, source) in enumerate(rows)
    ]
    table = np.array(rows, dtype=object)
    strided = np.asfortranarray(np.repeat(table, 2, axis=0))[::2]
    strided.setflags(write=False)
    frame = pd.DataFrame(rows, columns=["body", "wire"])
    return {
        "lists": [list(row) for row in rows],
        "articles": articles,
        "array": table,
        "strided and read-only": strided,
        "DataFrame": frame,
        "DataFrame with NaN": frame.fillna({"wire": np.nan}).astype(object),
        "DataFrame with NA": frame.astype("string"),
    }


@pytest.mark.parametrize("shape", list(shapes([("a", None)])))
def test_every_shape_of_pairs_gives_the_same(shape: str, text_rows: Rows, measured: Any) -> None:
    found = PairFeatures().fit_transform(shapes(text_rows)[shape])
    np.testing.assert_array_equal(found, measured)


def test_a_row_does_not_depend_on_the_others(text_rows: Rows, measured: Any) -> None:
    features = PairFeatures().fit(text_rows)
    for i, row in enumerate(text_rows):
        np.testing.assert_array_equal(features.transform([row]), measured[[i]])
    np.testing.assert_array_equal(features.transform(text_rows[::-1]), measured[::-1])
    np.testing.assert_array_equal(
        PairFeatures(n_jobs=2).fit(text_rows).transform(text_rows), measured
    )


def test_fit_changes_nothing_but_what_it_learns(text_rows: Rows, measured: Any) -> None:
    features = PairFeatures()
    assert features.fit(text_rows) is features
    assert features.get_params() == PairFeatures().get_params()
    learned = set(vars(features)) - set(features.get_params())
    assert {name for name in learned if not name.startswith("_")} == {"style_", "n_features_in_"}
    before = dict(vars(features))
    np.testing.assert_array_equal(features.transform(text_rows), measured)
    assert vars(features) == before
    np.testing.assert_array_equal(features.fit(text_rows).transform(text_rows), measured)
    again = pickle.loads(pickle.dumps(features))
    np.testing.assert_array_equal(again.transform(text_rows), measured)


def test_nothing_is_measured_before_a_fit(text_rows: Rows) -> None:
    with pytest.raises(NotFittedError, match="PairFeatures instance is not fitted"):
        PairFeatures().transform(text_rows)
    with pytest.raises(NotFittedError, match="not fitted"):
        PairFeatures().get_feature_names_out()
    with pytest.raises(NotFittedError, match="not fitted"):
        clone(PairFeatures().fit(text_rows)).transform(text_rows)


def test_pandas_come_out_where_they_are_asked_for(text_rows: Rows, measured: Any) -> None:
    frame = pd.DataFrame(text_rows, columns=["body", "wire"], index=list("abcd"))
    features = PairFeatures().set_output(transform="pandas").fit(frame)
    found = features.transform(frame)
    assert list(found.columns) == list(FEATURE_NAMES) == list(features.get_feature_names_out())
    assert list(found.index) == list("abcd")
    np.testing.assert_array_equal(found.to_numpy(), measured)
    assert list(features.feature_names_in_) == ["body", "wire"]
    with pytest.raises(ValueError, match="feature names should match"):
        features.transform(frame[["wire", "body"]])


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        ([("a", "b", "c")], ValueError, "X has 3 columns, expected 2: an article, and"),
        ([("a",)], ValueError, "minimum of 2 is required"),
        ([("a", "b"), (None, "b")], ValueError, "row 1 of X has no article"),
        ([("a", 4.5)], TypeError, "row 0 of X holds float: argument must be a string or"),
        ([("a", b"b")], TypeError, "row 0 of X holds bytes"),
        (["a", "b"], ValueError, "Expected 2D array, got 1D array"),
    ],
)
def test_what_is_no_pairs_is_refused(X: Sequence[Any], error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        PairFeatures().fit(X)


def test_the_style_score_is_that_of_the_model_named(
    text_rows: Rows, measured: Any, artifact: Path, tmp_path: Path
) -> None:
    other = PairFeatures(model=artifact).fit_transform(text_rows)
    changed = {FEATURE_NAMES[i] for i in np.flatnonzero((other != measured)[0])}
    assert any(name.startswith("style") for name in changed)
    with pytest.raises(InvalidModel, match=r"it has no manifest\.json"):
        PairFeatures(model=tmp_path).fit(text_rows)


@pytest.fixture(scope="module")
def labelled(small_corpus: Path) -> tuple[pd.DataFrame, list[bool], list[str]]:
    """Derivatives beside their sources, whether a machine made them, and their stories."""
    pairs = [p for p in build_pairs(read_corpus([small_corpus])) if p.kind is PairKind.SOURCE]
    frame = pd.DataFrame([(p.text, p.source_text) for p in pairs], columns=["text", "source"])
    return frame, [p.label is Label.SPUN for p in pairs], [p.group for p in pairs]


def pipeline() -> Pipeline:
    classifier = LinearAndTreesClassifier(max_iter=20, random_state=0)
    return Pipeline([("features", PairFeatures()), ("classifier", classifier)])


def test_a_pipeline_predicts_stories_left_out(
    labelled: tuple[pd.DataFrame, list[bool], list[str]],
) -> None:
    frame, y, groups = labelled
    whole = pipeline().set_output(transform="pandas")
    p = cross_val_predict(whole, frame, y, groups=groups, cv=GroupKFold(4), method="predict_proba")
    assert p.shape == (len(y), 2)
    right = (p[:, 1] > 0.5) == np.array(y)
    assert right.mean() > 0.8
    fitted = clone(whole).fit(frame, y)
    assert list(fitted[-1].feature_names_in_) == list(FEATURE_NAMES)


def test_a_search_chooses_among_settings(
    labelled: tuple[pd.DataFrame, list[bool], list[str]],
) -> None:
    frame, y, groups = labelled
    grid = {"classifier__C": [1e-9, 0.05], "classifier__max_iter": [1]}
    search = GridSearchCV(pipeline(), grid, cv=GroupKFold(2), scoring="neg_log_loss")
    search.fit(frame, y, groups=groups)
    assert search.best_params_ == {"classifier__C": 0.05, "classifier__max_iter": 1}
    assert search.predict(frame).shape == (len(y),)
