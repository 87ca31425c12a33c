"""Rows to start from: numbers of a model's corpora, without those of stories that one's own has."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from copydesk.errors import InvalidModel
from copydesk.models import record_part
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.base import ROWS, Base, add_base, read_base, write_base
from copydesk.train.dataset import Dataset
from copydesk.train.pairs import story_groups
from copydesk.types import Article, Label


def record(story: str, text: str, source: str | None = None) -> CorpusRecord:
    return CorpusRecord(Article(text, text, source_text=source), Label.SPUN, story)


def rows_of(*groups: str) -> Dataset:
    names = np.array([f"d{i}" for i in range(len(groups))])
    X = np.array([[i / 3, np.nan, 1.0] for i in range(len(groups))])
    X_without = X + np.array([0.0, 0.0, 0.5])
    return Dataset(X, X_without, np.arange(len(groups)) % 3, np.array(groups), *[names] * 5)


@pytest.fixture
def model(tmp_path: Path, small_model: Path) -> Path:
    """A model's folder; its rows are written anew by each test."""
    return Path(shutil.copytree(small_model, tmp_path / "model"))


def write(model: Path, rows: Dataset, *records: CorpusRecord) -> None:
    write_base(model, rows, records, story_groups(records))


def stories(base: Base, *texts: str) -> list[str]:
    own = rows_of("mine")
    joined = add_base(own, [record("mine", text) for text in texts], base)
    return joined.datasets.tolist()


def test_rows_come_back_rounded_and_without_names_of_stories(model: Path) -> None:
    ferry, mine = record("ferry", "It sank.", "The ferry sank."), record("mine", "It rose.")
    written = rows_of("story ferry", "story mine", "story ferry")
    write(model, written, ferry, mine)
    base = read_base(model, "static")
    np.testing.assert_allclose(base.rows.X, written.X, rtol=1e-3)
    np.testing.assert_allclose(base.rows.X_without, written.X_without, rtol=1e-3)
    np.testing.assert_array_equal(base.rows.y, written.y)
    np.testing.assert_array_equal(base.rows.datasets, written.datasets)
    assert base.rows.groups.tolist() == ["base 0", "base 1", "base 0"]
    assert b"ferry" not in (model / ROWS).read_bytes()


def test_what_style_models_agree_on_is_kept_once(model: Path) -> None:
    ferry = record("ferry", "It sank.")
    for shift, n_kept in ((0.0, 0), (0.5, 1)):
        rows = rows_of("story ferry")
        rows = replace(rows, X_without=rows.X + np.array([0.0, 0.0, shift]))
        write(model, rows, ferry)
        with np.load(model / ROWS) as arrays:
            assert arrays["X_without"].shape == (1, n_kept)
        np.testing.assert_allclose(
            read_base(model, "static").rows.X_without, rows.X_without, rtol=1e-3
        )


def test_stories_with_a_text_of_ones_own_are_left_out(model: Path) -> None:
    ferry, mine = record("ferry", "It sank.", "The ferry sank."), record("mine", "It rose.")
    write(model, rows_of("story ferry", "story mine", "story ferry"), ferry, mine)
    base = read_base(model, "static")
    assert stories(base, "Another text.") == ["d0", "d0", "d1", "d2"]
    assert stories(base, "The  ferry\nsank.") == ["d0", "d1"]
    assert stories(base, "It rose.") == ["d0", "d0", "d2"]


def test_stories_that_taught_nothing_are_not_kept(model: Path) -> None:
    write(model, rows_of("story ferry"), record("ferry", "It sank."), record("x", "Gone."))
    assert len(read_base(model, "static").story_of_text) == 1


def test_texts_of_a_base_are_known_and_its_rows_are_not_kept(model: Path) -> None:
    ferry, mine = record("ferry", "It sank.", "The ferry sank."), record("mine", "It rose.")
    write(model, rows_of("story ferry", "story mine"), ferry, mine)
    base = read_base(model, "static")
    zoo, own = record("zoo", "It fled."), record("pit", "It rose.")
    write_base(model, rows_of("story zoo", "story pit"), [zoo, own], story_groups([zoo, own]), base)
    again = read_base(model, "static")
    assert again.rows.groups.tolist() == ["base 1", "base 0"]
    assert again.story_of_text.keys() > base.story_of_text.keys()
    assert len(again.story_of_text) == 4
    # What is learned again from one's own texts is of one's own story; the rest is of none.
    assert stories(again, "It rose.") == ["d0", "d0"]
    assert stories(again, "It fled.") == ["d0", "d1"]
    assert stories(again, "The ferry sank.") == ["d0", "d0", "d1"]


def test_what_a_model_learned_lies_beside_it(small_model: Path) -> None:
    base = read_base(small_model, "static")
    assert len(base.rows) > 100
    assert set(base.rows.datasets.tolist()) == {"corpus"}
    assert set(base.story_of_text.values()) == set(base.rows.groups.tolist())


def test_rows_of_another_encoder_are_refused(small_model: Path) -> None:
    with pytest.raises(InvalidModel, match="made with the encoder static, expected minilm"):
        read_base(small_model, "minilm")


def test_rows_that_are_missing_or_damaged_are_named(model: Path) -> None:
    (model / ROWS).write_bytes(b"no arrays")
    with pytest.raises(InvalidModel, match=r"rows\.npz is damaged: its SHA-256 is .*; restore"):
        read_base(model, "static")
    record_part(model, ROWS)
    with pytest.raises(InvalidModel, match=r"rows\.npz is damaged: .*; train the model again"):
        read_base(model, "static")
    (model / ROWS).unlink()
    with pytest.raises(InvalidModel, match=r"has no rows\.npz to start from: train it again"):
        read_base(model, "static")
