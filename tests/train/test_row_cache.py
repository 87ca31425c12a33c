"""Feature rows kept by content."""

from pathlib import Path

import numpy as np
import pytest

from copydesk.models import load_model
from copydesk.train import dataset as module
from copydesk.train.dataset import KeptRows, build_dataset
from copydesk.train.pairs import Pair, PairKind
from copydesk.train.row_cache import RowCache, pair_key
from copydesk.train.style import StyleModels
from copydesk.types import Article, Label

ROW = np.array([0.1, np.nan, -0.0])


def test_rows_come_back_bit_by_bit(tmp_path: Path) -> None:
    cache = RowCache(tmp_path / "new" / "rows.sqlite")
    assert cache.find([b"a"]) == {}
    cache.put({b"a": ROW, b"b": ROW + 1})
    found = RowCache(tmp_path / "new" / "rows.sqlite").find([b"b", b"c", b"a"])
    assert set(found) == {b"a", b"b"}
    assert found[b"a"].tobytes() == ROW.tobytes()


def test_many_are_asked_for_at_once(tmp_path: Path) -> None:
    cache = RowCache(tmp_path / "rows.sqlite")
    keys = [str(i).encode() for i in range(1203)]
    cache.put(dict.fromkeys(keys, ROW))
    assert len(cache.find(keys)) == 1203


def test_what_was_not_asked_for_the_longest_goes(tmp_path: Path) -> None:
    cache = RowCache(tmp_path / "rows.sqlite", max_rows=2)
    cache.put({b"a": ROW})
    cache.put({b"b": ROW})
    cache.find([b"a"])
    cache.put({b"c": ROW})
    assert set(cache.find([b"a", b"b", b"c"])) == {b"a", b"c"}


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "rows.sqlite"
    path.write_bytes(b"no database" * 100)
    cache = RowCache(path)
    assert cache.find([b"a"]) == {}
    cache.put({b"a": ROW})
    assert set(cache.find([b"a"])) == {b"a"}


@pytest.mark.parametrize(
    "other",
    [("d", "a", "b"), ("c", "b", "a"), ("c", "ab", None), ("c", "a", "b "), ("c", "a+b", None)],
)
def test_keys_tell_pairs_and_versions_apart(other: tuple[str, str, str | None]) -> None:
    assert pair_key("c", "a", "b") != pair_key(*other)
    assert pair_key("c", "ab", None) != pair_key("c", "ab", "")


def test_a_pair_is_compared_once(
    bridge: dict[str, Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = bridge["wire"].text
    pairs = [
        Pair(bridge["spun"].text, wire, PairKind.SOURCE, Label.SPUN, "s", "e", "d"),
        Pair(bridge["frost"].text, None, PairKind.ALONE, Label.ORIGINAL, "t", "e", "d"),
    ]
    styles = StyleModels(load_model().style)
    kept = KeptRows(RowCache(tmp_path / "rows.sqlite"), "v1")
    first = build_dataset(pairs[:1], "static", styles, kept=kept)
    made: list[int] = []
    make = module._feature_rows

    def count(chunk: list[Pair], *rest: object) -> object:
        made.append(len(chunk))
        return make(chunk, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_feature_rows", count)
    both = build_dataset(pairs, "static", styles, kept=kept)
    assert made == [1]
    np.testing.assert_array_equal(both.X[0], first.X[0])
    np.testing.assert_array_equal(both.X, build_dataset(pairs, "static", styles).X)
    np.testing.assert_array_equal(both.X_without, both.X)
    made.clear()
    build_dataset(pairs, "static", styles, kept=KeptRows(kept.cache, "v2"))
    assert made == [2]


def test_rows_of_several_style_scores_are_not_kept(
    bridge: dict[str, Article], tmp_path: Path
) -> None:
    style = load_model().style
    pair = Pair(bridge["frost"].text, None, PairKind.ALONE, Label.ORIGINAL, "t", "e", "d")
    kept = KeptRows(RowCache(tmp_path / "rows.sqlite"), "v1")
    build_dataset([pair], "static", StyleModels(style, without={"d": style}), kept=kept)
    assert not (tmp_path / "rows.sqlite").exists()
