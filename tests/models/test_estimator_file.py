"""Estimators in a file: the same bytes for the same estimators."""

import pickle
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.models.estimator_file import dump_estimators, load_estimator_file

Estimators = dict[str, LinearAndTreesClassifier]


@pytest.fixture(scope="module")
def estimators() -> Estimators:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 3))
    fitted = LinearAndTreesClassifier(max_iter=3, random_state=0).fit(X, X[:, 0] > 0)
    return {"one": fitted, "other": LinearAndTreesClassifier(max_iter=2).fit(X, X[:, 1] > 0)}


def test_what_was_written_is_read(estimators: Estimators, tmp_path: Path) -> None:
    dump_estimators(estimators, tmp_path / "e.skops")
    read = load_estimator_file(tmp_path / "e.skops")
    X = np.random.default_rng(1).normal(size=(20, 3))
    assert list(read) == ["one", "other"]
    for name, estimator in estimators.items():
        assert read[name].get_params() == estimator.get_params()
        np.testing.assert_array_equal(
            read[name].decision_function(X), estimator.decision_function(X)
        )


def test_copies_give_the_same_bytes(estimators: Estimators, tmp_path: Path) -> None:
    # Of a copy, nothing lies where it lay, and other parts are one object.
    copies = {name: pickle.loads(pickle.dumps(one)) for name, one in estimators.items()}
    for name, dumped in (("a", estimators), ("b", copies)):
        dump_estimators(dumped, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with ZipFile(tmp_path / "a") as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len({entry.filename for entry in file.infolist()}) == len(file.infolist())


def test_how_many_threads_fitted_it_is_not_kept() -> None:
    X = np.random.default_rng(0).normal(size=(40, 2))
    fitted = LinearAndTreesClassifier(max_iter=2).fit(X, X[:, 0] > 0)
    assert fitted.trees_._bin_mapper.n_threads == 1


def test_rows_that_weigh_the_same_need_no_weights() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 4))
    X[rng.random(X.shape) < 0.1] = np.nan
    y = X[:, 0] > 0
    bare = LinearAndTreesClassifier(max_iter=10, random_state=0).fit(X, y)
    weighed = LinearAndTreesClassifier(max_iter=10, random_state=0).fit(
        X, y, sample_weight=np.ones(400)
    )
    np.testing.assert_allclose(bare.decision_function(X), weighed.decision_function(X), atol=1e-12)
