"""Corpora: read, checked, refused with file and line."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import CopydeskError, InvalidInput, InvalidRecord
from copydesk.seeds.corpus.labelled import (
    CorpusRecord,
    check_sources,
    parse_record,
    read_corpus,
    read_lines,
)
from copydesk.types import Article, Label, Rejected

RECORD = {"id": "a", "text": "The ferry sank.", "label": "original", "story": "ferry"}


def record(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**RECORD, **changes}.items() if value is not ...}


def write(path: Path, *records: Any) -> Path:
    lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def labelled(article_id: str, **optional: Any) -> CorpusRecord:
    return CorpusRecord(Article(article_id, "text", **optional), Label.ORIGINAL, "story")


def test_record_by_hand() -> None:
    parsed = parse_record(record(engine="wire", source_id="w", dataset="own"))
    assert parsed == CorpusRecord(
        Article("a", "The ferry sank.", source_id="w"), Label.ORIGINAL, "ferry", "wire", "own"
    )
    assert parse_record(record()).engine is None
    assert parse_record(record()).related_text is None
    assert parse_record(record(related_text="It floats.")).related_text == "It floats."
    assert parse_record(record(beat="courts")).beat == "courts"
    assert parse_record(record(beat=3)).beat is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": ...}, "field id is missing"),
        ({"text": ...}, "field text is missing"),
        ({"label": ...}, "field label is None, expected one of: original, edited_wire, spun"),
        ({"label": "Spun"}, "field label is 'Spun', expected one of"),
        ({"label": 2}, "field label is 2, expected one of"),
        ({"label": ["spun"]}, r"field label is \['spun'\], expected one of"),
        ({"story": ...}, "field story is None, expected a non-empty string"),
        ({"story": ""}, "field story is '', expected a non-empty string"),
        ({"story": 4}, "field story is 4, expected a non-empty string"),
        ({"engine": 4}, "field engine is 4, expected a string or nothing"),
        ({"related_text": 4}, "field related_text is 4, expected a string or nothing"),
        ({"published": "soon"}, "field published is 'soon'"),
    ],
)
def test_wrong_record_is_refused_with_file_and_line(
    changes: dict[str, Any], message: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "c.jsonl", record(id="first"), "", record(**changes))
    with pytest.raises(InvalidRecord, match=rf"c\.jsonl:3: {message}"):
        read_corpus([path])


@pytest.mark.parametrize(
    ("line", "message"),
    [("[1, 2]", "not a JSON object"), ("7", "not a JSON object"), ('{"id": "b', ".*line 1 column")],
)
def test_line_that_is_no_object_is_refused(line: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", record(), line)
    with pytest.raises(InvalidRecord, match=rf"c\.jsonl:2: {message}"):
        read_corpus([path])


@pytest.mark.parametrize("field", ["published", "outlet", "source_text"])
def test_what_an_input_would_note_is_refused_in_a_corpus(field: str, tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", record(), record(id="b", **{field: 7}))
    with pytest.raises(InvalidRecord, match=rf"c\.jsonl:2: field {field} is 7, .*[^d]$"):
        read_corpus([path])


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(json.dumps(record()).encode() + b'\n{"id": "\xff\xfe\xfd"}\n')
    with pytest.raises(InvalidRecord, match=r"c\.jsonl:2: .*decode"):
        read_corpus([path])


def test_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(record()) + "\n").encode())[:-12])
    with pytest.raises(CopydeskError, match=r"c\.jsonl\.gz"):
        read_corpus([path])
    path.write_bytes(b"no archive")
    with pytest.raises(CopydeskError, match=r"c\.jsonl\.gz"):
        read_corpus([path])


def test_missing_and_empty_paths_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere does not exist"):
        read_corpus([tmp_path / "nowhere"])
    with pytest.raises(InvalidInput, match=r"holds no \.jsonl or \.jsonl\.gz file"):
        read_corpus([tmp_path])
    with pytest.raises(InvalidInput, match=r"no record in .*empty\.jsonl"):
        read_corpus([write(tmp_path / "empty.jsonl", "", "  ")])
    with pytest.raises(InvalidInput, match="no record in no file"):
        read_corpus([])


def test_files_and_folders_are_read_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "wires"
    folder.mkdir()
    write(folder / "b.jsonl", record(id="b"))
    write(folder / "a.jsonl", record(id="a1"), record(id="a2"))
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(json.dumps(record(id="c")).encode()))
    (folder / "notes.md").write_text("not read")
    single = tmp_path / "desk.jsonl.gz"
    single.write_bytes(gzip.compress(json.dumps(record(id="d", dataset="named")).encode()))
    found = read_corpus([folder, single, write(tmp_path / "e.jsonl", record(id="e"))])
    assert [(r.article.id, r.dataset) for r in found] == [
        ("a1", "wires"),
        ("a2", "wires"),
        ("b", "wires"),
        ("c", "wires"),
        ("d", "named"),
        ("e", "e"),
    ]


def test_dataset_is_named_after_the_file(tmp_path: Path) -> None:
    path = tmp_path / "desk.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(record()).encode()))
    assert read_corpus([path])[0].dataset == "desk"


def test_sources_that_are_there_pass() -> None:
    check_sources(
        [
            labelled("edit", source_id="wire"),
            labelled("wire"),
            labelled("own", source_id="elsewhere", source_text="brought along"),
        ]
    )


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([labelled("a"), labelled("a")], "id 'a' stands twice"),
        ([labelled("a", source_id="a")], "'a' names itself as its source"),
        ([labelled("a", source_id="w")], "the source 'w' of 'a' is not in the corpus: add it"),
    ],
)
def test_wrong_sources_are_refused(records: list[CorpusRecord], message: str) -> None:
    with pytest.raises(InvalidRecord, match=message):
        check_sources(records)


def test_reading_checks_sources_across_files(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", record(id="a", source_id="b"))
    with pytest.raises(InvalidRecord, match="the source 'b' of 'a' is not in the corpus"):
        read_corpus([tmp_path])
    write(tmp_path / "b.jsonl", record(id="b"))
    assert len(read_corpus([tmp_path])) == 2
    write(tmp_path / "c.jsonl", record(id="b"))
    with pytest.raises(InvalidRecord, match="id 'b' stands twice"):
        read_corpus([tmp_path])


def test_wrong_lines_are_told_one_by_one(tmp_path: Path) -> None:
    path = write(tmp_path / "c.jsonl", record(), "not JSON", record(label="x"), record(id="b"))
    first, damaged, unknown, last = read_lines([path])
    assert [one.article.id for one in (first, last) if isinstance(one, CorpusRecord)] == ["a", "b"]
    assert isinstance(damaged, Rejected)
    assert damaged.id == f"{path}:2"
    assert isinstance(unknown, Rejected)
    assert (unknown.id, unknown.reason[:18]) == (f"{path}:3", "field label is 'x'")
    with pytest.raises(InvalidInput, match="gone does not exist"):
        list(read_lines([tmp_path / "gone"]))
