"""Corrections as people write them: tables of several countries, columns of several names."""

from pathlib import Path

import pytest

from copydesk.errors import InvalidInput
from copydesk.train.corrections.read import Correction, parse_label, read_corrections
from copydesk.types import LABELS, Label, Rejected


def read(tmp_path: Path, text: str, name: str = "fixes.csv", **fields: str) -> object:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = read_corrections(str(path), **fields)
    return [(c.id, c.label) for c in found.corrections]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "id,label\na,spun\nb,edited_wire\n"),
        ("a.csv", "Article ID;Correct label\na;Spun\nb;Edited wire\n"),
        ("a.tsv", "doc-id\tNEW LABEL\na\tSPUN\nb\tedited-wire\n"),
        ("a.tsv", "id\tlabel\tnotes, if any\na\tspun\t\nb\tedited_wire\t\n"),
        ("a.csv", "id\tlabel\na\tspun\nb\tedited_wire\n"),
        ("a.jsonl", '{"id": "a", "label": "spun"}\n\n{"id": "b", "label": "edited_wire"}\n'),
        ("a.json", '[{"id": "a", "label": "spun"}, {"id": "b", "gold": "", "label": "x"}]'),
    ],
)
def test_tables_and_lines_are_read(name: str, text: str, tmp_path: Path) -> None:
    wanted = [("a", Label.SPUN), ("b", Label.EDITED_WIRE)]
    if name == "a.json":  # "gold" is the column of right labels: what "label" says is the model's
        wanted = []
    assert read(tmp_path, text, name) == wanted


def test_a_scored_table_with_a_column_added(tmp_path: Path) -> None:
    path = tmp_path / "scored.csv"
    path.write_text(
        "id,label,p_spun,correct_label,note,correct_source_id\n"
        "7,original,0.2,spun,as w7 has it,w7\n"
        "8,spun,0.9,,,\n"
        "9,spun,0.9,spun,,\n"
    )
    found = read_corrections(str(path))
    assert found.corrections == (
        Correction("7", Label.SPUN, "scored.csv:2", "as w7 has it", "w7"),
        Correction("9", Label.SPUN, "scored.csv:4"),
    )
    assert found.n_empty == 1
    assert found.rejected == ()


def test_parquet_with_numbers_for_ids(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"id": [1.0, None], "label": ["spun", "spun"]})
    pq.write_table(table, tmp_path / "a.parquet")
    found = read_corrections(str(tmp_path / "a.parquet"))
    assert [c.id for c in found.corrections] == ["1"]
    assert [reject.id for reject in found.rejected] == ["a.parquet:2"]


def test_rows_that_are_no_correction_are_rejected(tmp_path: Path) -> None:
    lines = ['{"id": "a", "label": "copied"}', "not JSON", '{"label": "spun"}', '{"id": "b"}']
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    found = read_corrections(str(path))
    assert found.corrections == ()
    assert found.n_empty == 1
    unknown, damaged, nameless = found.rejected
    expected = ", ".join(LABELS)
    assert unknown == Rejected("a", f"a.jsonl:1: label is 'copied', expected one of: {expected}")
    assert damaged.reason.startswith("a.jsonl:2: not a line of JSON")
    assert nameless.reason == "a.jsonl:3: the id is empty, expected that of a scored article"


def test_other_names_can_be_given(tmp_path: Path) -> None:
    text = "key,id,verdict\na,1,spun\n"
    assert read(tmp_path, text, id_field="key", label_field="Verdict") == [("a", Label.SPUN)]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "id,verdict\na,spun\n", "has no column label; it has id, verdict: --label-field"),
        ("a.csv", "key,label\na,spun\n", "has no column id; it has key, label: --id-field"),
        ("a.txt", "a spun", r"a\.txt is of no kind that is read; expected one file of \.jsonl"),
        ("a.parquet", "no table", "is no Parquet file"),
    ],
)
def test_other_files_are_refused(name: str, text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=message):
        read(tmp_path, text, name)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "", "a.jsonl") == []


@pytest.mark.parametrize("text", ["spun", " Spun ", "SPUN"])
def test_labels_are_read_however_they_are_written(text: str) -> None:
    assert parse_label(text) is Label.SPUN
    assert parse_label("edited  wire") is Label.EDITED_WIRE
    assert parse_label("wire") is None
