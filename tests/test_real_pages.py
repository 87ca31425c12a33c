"""The manifest of real pages is whole, and its script turns texts into numbers."""

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from copydesk.features import FEATURE_NAMES
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.types import LABELS

ROOT = Path(__file__).parents[1]


@pytest.fixture
def script() -> ModuleType:
    path = ROOT / "benchmarks" / "real_pages" / "rows.py"
    spec = importlib.util.spec_from_file_location("real_page_rows", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_manifest_is_whole(script: ModuleType) -> None:
    pages = script.read_manifest()
    ids = {page["id"] for page in pages}
    assert len(ids) == len({page["url"] for page in pages}) == len(pages)
    assert {page["label"] for page in pages} == set(LABELS)
    assert {page["sure"] for page in pages} <= {"high", "medium", "low"}
    assert {page["source_id"] for page in pages} - {None} <= ids
    assert all(page["source_id"] != page["id"] for page in pages)
    assert all("text" not in page for page in pages)
    halves = Counter((page["event"], page["half"]) for page in pages)
    assert len(halves) == len({event for event, _ in halves})
    counts = Counter(page["label"] for page in pages)
    assert min(counts.values()) >= 60


def test_rows_are_numbers_for_each_text_that_is_there(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [record.article.text for record in read_starter()[:40]]
    derived = next(page for page in script.read_manifest() if page["source_id"])
    for name, text in ((derived["id"], texts[1]), (derived["source_id"], texts[0])):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(script, "ROWS", tmp_path / "rows.jsonl")
    monkeypatch.setattr(sys, "argv", ["rows.py", str(tmp_path)])
    assert script.main() == 0
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    assert {row["id"] for row in rows} == {derived["id"], derived["source_id"]}
    kinds = [row["kind"] for row in rows if row["id"] == derived["id"]]
    assert kinds[-1] == "alone"
    assert len(kinds) == 2
    assert all(set(row) == {"id", "half", "event", "label", "kind", "features"} for row in rows)
    assert all(list(row["features"]) == list(FEATURE_NAMES) for row in rows)


def test_a_folder_without_texts_is_said(script: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"holds no <id>\.txt"):
        script.read_texts(tmp_path, script.read_manifest())
