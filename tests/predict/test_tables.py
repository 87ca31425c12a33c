"""Tables: what a spreadsheet opens runs no formula, and kept fields come out as they were."""

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from copydesk.predict.fields import FIELDS
from copydesk.predict.tables import formula_safe
from copydesk.predict.writers import Output
from copydesk.types import Evidence, Label, Source, Verdict

KEPT = {"desk": "=1+1", "tags": ["a", "b"], "views": 7, "note": None}


def verdict(article_id: str) -> Verdict:
    probabilities = {Label.ORIGINAL: 0.25, Label.EDITED_WIRE: 0.5, Label.SPUN: 0.25}
    return Verdict(
        id=article_id,
        label=Label.EDITED_WIRE,
        probabilities=probabilities,
        label_set=(Label.EDITED_WIRE,),
        source=Source("@w", -0.5),
        evidence=Evidence(),
        model_id="m",
        warnings=("-5 degrees", "cut off"),
    )


def write(path: Path) -> None:
    with Output(str(path), tuple(KEPT)) as output:
        output.write(verdict("=HYPERLINK(A1)"), KEPT)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_what_begins_a_formula_gets_an_apostrophe(begin: str) -> None:
    assert formula_safe(f"{begin}1") == f"'{begin}1"


@pytest.mark.parametrize("text", ["", "1=1", "a-b", "'=1", " =1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert formula_safe(text) == text


def test_csv_runs_no_formula(tmp_path: Path) -> None:
    write(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert tuple(row) == (*FIELDS, *KEPT)
    expected = {
        "id": "'=HYPERLINK(A1)",
        "source_id": "'@w",
        "source_similarity": "-0.5",
        "warnings": "'-5 degrees|cut off",
        "desk": "'=1+1",
        "tags": '["a", "b"]',
        "views": "7",
        "note": "",
    }
    assert {name: row[name] for name in expected} == expected


def test_the_others_leave_texts_as_they_are(tmp_path: Path) -> None:
    write(tmp_path / "out.jsonl")
    write(tmp_path / "out.parquet")
    record: dict[str, Any] = json.loads((tmp_path / "out.jsonl").read_text())
    (row,) = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert {name: record[name] for name in KEPT} == KEPT
    assert {name: row[name] for name in KEPT} == {**KEPT, "tags": '["a", "b"]', "views": "7"}
    assert record["id"] == row["id"] == "=HYPERLINK(A1)"
