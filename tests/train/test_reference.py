"""The training reference: what it counts, and that rows beside a model give the same."""

import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES
from copydesk.models import DEFAULT_MODEL, load_model, read_manifest, record_part
from copydesk.models.reference import (
    ALONE,
    BESIDE,
    Reference,
    load_reference,
    round_values,
    save_reference,
)
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.train.base import hashes_of, read_base
from copydesk.train.dataset import Dataset
from copydesk.train.job import read_corpora
from copydesk.train.reference import count_points, reference_of


def loaded(folder: Path) -> Reference:
    found = load_reference(folder)
    assert found is not None
    return found


def assert_same(one: Reference, other: Reference) -> None:
    for field in fields(Reference):
        expected, found = getattr(one, field.name), getattr(other, field.name)
        assert expected.dtype == found.dtype
        np.testing.assert_array_equal(expected, found, err_msg=field.name)


@pytest.fixture
def rows() -> Dataset:
    """Six rows of two features by hand, and one that was made only to teach."""
    X = np.array(
        [[1, np.nan], [2, 0.5], [2, np.nan], [5, 0.25], [7, 0.25], [np.nan, 1 / 3], [99, 99]]
    )
    kinds = ["alone", "source", "alone", "related", "source", "source", "unrelated"]
    y = np.array([0, 1, 2, 0, 1, 2, 0])
    names = np.array(["x"] * 7)
    texts = np.array([f"{i:016x}" for i in (5, 3, 3, 9, 1, 0, 2**64 - 1)])
    return Dataset(X, X, y, names, np.array(kinds), names, names, names, texts)


def test_rows_are_counted_by_kind_and_label(rows: Dataset) -> None:
    found = reference_of(rows, ["00000000000000aa"])
    assert found.n_rows.tolist() == [[1, 0, 1], [1, 2, 1]]
    assert found.n_present[BESIDE].tolist() == [[1, 1], [2, 2], [0, 1]]
    assert found.values[ALONE, 0, :3].tolist() == [1, 2, np.inf]
    assert found.values[BESIDE, 0, :4].tolist() == [2, 5, 7, np.inf]
    assert found.at_most[BESIDE, :, 0, :4].tolist() == [[0, 1, 1, 1], [1, 1, 2, 2], [0, 0, 0, 0]]
    third = float(round_values(np.array([1 / 3]))[0])
    assert found.values[BESIDE, 1, :4].tolist() == [0.25, third, 0.5, np.inf]
    assert found.values[ALONE, 1, 0] == np.inf
    assert found.texts.tolist() == [0, 1, 3, 5, 9, 0xAA, 2**64 - 1]


def test_many_values_are_counted_at_quantiles() -> None:
    values = np.random.default_rng(0).normal(size=5000)
    points = count_points(values)
    assert len(points) == 100
    assert points[-1] == values.max()
    shares = np.searchsorted(np.sort(values), points, side="right") / 5000
    np.testing.assert_allclose(shares, np.arange(1, 101) / 100, atol=2e-4)
    mostly_nothing = np.where(values < 1, 0.0, values)
    assert count_points(mostly_nothing)[0] == 0


def test_training_keeps_what_its_rows_give(small_model: Path) -> None:
    base, found = read_base(small_model, "static"), loaded(small_model)
    texts = {f"{text:016x}" for text in found.texts.tolist()}
    assert_same(found, reference_of(base.rows, texts))
    # It took the released style score over, and with it what that was fitted on.
    of_released = {f"{text:016x}" for text in loaded(DEFAULT_MODEL).texts.tolist()}
    of_starter = hashes_of(read_starter())
    own = base.story_of_text.keys() | set(base.rows.texts.tolist())
    assert texts == own | (of_released - of_starter)


def test_a_model_knows_its_texts(small_model: Path, small_corpus: Path) -> None:
    texts = {f"{text:016x}" for text in loaded(small_model).texts.tolist()}
    assert hashes_of(read_corpora([small_corpus])) <= texts


def test_the_reference_of_the_released_model_is_that_of_its_rows() -> None:
    base = read_base(DEFAULT_MODEL, "static")
    found = loaded(DEFAULT_MODEL)
    texts = [f"{text:016x}" for text in found.texts.tolist()]
    assert_same(found, reference_of(base.rows, texts))
    # Beside all that it has rows of, the pools that its style score was fitted on.
    own = base.story_of_text.keys() | set(base.rows.texts.tolist())
    assert own < set(texts)
    assert len(texts) - len(own) == 6113
    assert (DEFAULT_MODEL / "reference.npz").stat().st_size < 500_000


def test_an_older_model_has_none_and_is_loaded(
    small_model: Path, without_parts: Callable[..., Path]
) -> None:
    older = without_parts(small_model, "reference.npz")
    assert load_reference(older) is None
    assert load_model(older).manifest.model_id == read_manifest(small_model).model_id


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no arrays", r"reference\.npz is damaged: .*; train the model again"),
        (None, r"reference\.npz is damaged: counts of shape \(2, 3, 1, 100\), expected"),
    ],
)
def test_a_damaged_reference_is_refused(
    content: bytes | None, message: str, small_model: Path, tmp_path: Path
) -> None:
    copied = Path(shutil.copytree(small_model, tmp_path / "model"))
    if content is None:
        found = loaded(copied)
        save_reference(
            copied, replace(found, at_most=found.at_most[:, :, :1], values=found.values[:, :1])
        )
    else:
        (copied / "reference.npz").write_bytes(content)
        with pytest.raises(InvalidModel, match=r"reference\.npz is damaged: its SHA-256 is"):
            load_reference(copied)
        record_part(copied, "reference.npz")
    with pytest.raises(InvalidModel, match=message):
        load_reference(copied)


def test_a_reference_needs_a_model(tmp_path: Path, small_model: Path) -> None:
    reference = loaded(small_model)
    with pytest.raises(InvalidModel, match="is no model: it has no manifest"):
        save_reference(tmp_path, reference)
    assert list(tmp_path.iterdir()) == []
    assert reference.at_most.shape == (2, 3, len(FEATURE_NAMES), 100)
