"""The cache: the same inputs and code are made once."""

import os
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.train.cache import Cache, code_digest, default_cache, digest
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


def test_log_odds_and_estimators_are_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.log_odds("k") is None
    assert cache.estimator("k") is None
    cache.keep_log_odds("k", np.array([0.5, -1.0]))
    X = np.array([[0.0], [1.0], [2.0], [3.0]])
    fitted = LinearAndTreesClassifier(max_iter=1).fit(X, [0, 0, 1, 1])
    cache.keep_estimator("k", fitted)
    np.testing.assert_array_equal(Cache(tmp_path).log_odds("k"), [0.5, -1.0])
    found = Cache(tmp_path).estimator("k")
    assert found is not None
    np.testing.assert_array_equal(found.decision_function(X), fitted.decision_function(X))
    assert cache.log_odds("other") is None
    assert cache.estimator("other") is None
    Cache().keep_log_odds("k", np.zeros(1))
    Cache().keep_estimator("k", fitted)
    assert (Cache().log_odds("k"), Cache().estimator("k"), Cache().rows) == (None, None, None)


def test_what_is_damaged_is_made_again(tmp_path: Path) -> None:
    Cache(tmp_path).dataset("k", made)
    (tmp_path / "rows-k.npz").write_bytes(b"no arrays")
    assert len(Cache(tmp_path).dataset("k", made)) == 2
    assert len(Cache(tmp_path).dataset("k", never)) == 2


def test_what_was_not_used_the_longest_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for i, name in enumerate(["old", "used", "new"]):
        cache.keep_log_odds(name, np.zeros(1000))
        os.utime(tmp_path / f"fold-{name}.npz", (i, i))
    (tmp_path / "derived-x").mkdir()
    (tmp_path / "derived-x" / "corpus.jsonl").write_bytes(b"x" * 5000)
    os.utime(tmp_path / "derived-x", (0, 0))
    (tmp_path / "pairs.sqlite").write_bytes(b"x" * 100_000)  # has a limit of its own
    cache.log_odds("used")
    size = (tmp_path / "fold-new.npz").stat().st_size
    cache.prune(2 * size)
    assert {path.name for path in tmp_path.iterdir()} == {
        "fold-used.npz",
        "fold-new.npz",
        "pairs.sqlite",
    }
    cache.prune(0)
    assert [path.name for path in tmp_path.iterdir()] == ["pairs.sqlite"]
    Cache().prune(0)
    Cache(tmp_path / "gone").prune(0)


def test_where_it_lies_when_nobody_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COPYDESK_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert default_cache() == Path.home() / ".cache" / "copydesk"
    monkeypatch.setenv("XDG_CACHE_HOME", "/kept")
    assert default_cache() == Path("/kept/copydesk")
    monkeypatch.setenv("COPYDESK_CACHE", "/own")
    assert default_cache() == Path("/own")


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
