"""The cache: the same inputs and code are made once."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from copydesk.train.cache import Cache, code_digest, digest
from copydesk.train.dataset import Dataset


def made() -> Dataset:
    names = np.array(["a", "b"])
    X = np.array([[0.5], [np.nan]])
    return Dataset(X, X + 1, np.array([0, 2]), *[names] * 6)


def never() -> Dataset:
    raise AssertionError("made again")


def test_rows_are_made_once_for_a_key(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new")
    first = cache.dataset("k", made)
    again = cache.dataset("k", never)
    for field in fields(Dataset):
        np.testing.assert_array_equal(getattr(again, field.name), getattr(first, field.name))
    with pytest.raises(AssertionError, match="made again"):
        cache.dataset("other", never)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["rows-k.npz"]


def test_without_a_folder_all_is_made_anew() -> None:
    assert len(Cache().dataset("k", made)) == 2
    with pytest.raises(AssertionError, match="made again"):
        Cache().dataset("k", never)
    assert Cache().place("derived", "k") is None


def test_a_place_bears_its_key(tmp_path: Path) -> None:
    assert Cache(tmp_path).place("derived", "k") == tmp_path / "derived-k"


def test_digests_tell_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert digest(b"ab") != digest(b"a", b"b")
    assert digest(["a"], 1) == digest(["a"], 1)


def test_the_digest_of_code_is_that_of_its_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own" / "below").mkdir(parents=True)
    files = [tmp_path / "own" / name for name in ("__init__.py", "below/table.tsv", "module.py")]
    for file in files:
        file.write_text("1")

    def import_module(name: str) -> object:
        path = files[2] if name.endswith("module") else files[0]
        return type("Module", (), {"__file__": str(path)})

    monkeypatch.setattr("copydesk.train.cache.import_module", import_module)

    def digests() -> tuple[str, str]:
        code_digest.cache_clear()
        return code_digest("own"), code_digest("own.module")

    before = digests()
    files[1].write_text("2")
    table_changed = digests()
    assert table_changed[0] != before[0]
    assert table_changed[1] == before[1]
    files[2].write_text("2")
    assert digests()[1] != before[1]
    code_digest.cache_clear()
