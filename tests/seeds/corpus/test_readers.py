"""Readers: every kind of input, good and bad."""

import csv
import gzip
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.errors import InvalidInput, MissingPackage
from copydesk.seeds.corpus.readers import read_articles
from copydesk.seeds.corpus.records import parse_article
from copydesk.types import Article, Rejected

RECORDS = [
    {"id": "a", "text": "The ferry sank — “quickly”.", "outlet": "Echo", "source_id": "w"},
    {"id": "b", "text": "Two lines\nand, a comma.", "published": "2026-05-12T09:00:00Z"},
    {"id": "c", "text": ""},
]
PAGE = """<html><head><title>Bridge</title></head><body><nav>Home Sport Weather</nav><article>
<h1>Bridge closed</h1><p>Engineers closed the Harlow bridge over the river Tisk on Tuesday after
divers found cracks in two of its piers, the ministry said in a statement.</p>
<p>About 23,000 vehicles cross the bridge every day, and drivers were told to use the ferry.</p>
</article><footer>All rights reserved</footer></body></html>"""


def read(*paths: object) -> list[Article | Rejected]:
    return list(read_articles(map(str, paths)))


def reasons(items: list[Article | Rejected]) -> dict[str, str]:
    return {item.id: item.reason for item in items if isinstance(item, Rejected)}


def json_lines(records: list[dict[str, Any]] = RECORDS) -> bytes:
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


@pytest.fixture(scope="module")
def expected() -> list[Article | Rejected]:
    return [parse_article(record) for record in RECORDS]


def write_csv(path: Path, encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        rows = csv.DictWriter(stream, ["published", "text", "id", "outlet", "source_id"])
        rows.writeheader()
        rows.writerows(RECORDS)


def write_zst(path: Path, raw: bytes) -> None:
    with pa.output_stream(str(path), compression="zstd") as stream:
        stream.write(raw)


@pytest.mark.parametrize(
    "name",
    ["in.jsonl", "bom.jsonl", "in.jsonl.gz", "in.jsonl.zst", "in.csv", "bom.csv", "in.parquet"],
)
def test_every_kind_gives_the_same_articles(
    name: str, expected: list[Article | Rejected], tmp_path: Path
) -> None:
    path = tmp_path / name
    match name:
        case "in.jsonl":
            path.write_bytes(b"\n" + json_lines() + b"  \n")
        case "bom.jsonl":
            path.write_bytes(b"\xef\xbb\xbf" + json_lines())
        case "in.jsonl.gz":
            path.write_bytes(gzip.compress(json_lines()))
        case "in.jsonl.zst":
            write_zst(path, json_lines())
        case "in.csv":
            write_csv(path)
        case "bom.csv":
            write_csv(path, "utf-8-sig")
        case "in.parquet":
            pq.write_table(pa.Table.from_pylist(RECORDS, _schema()), path)
    assert read(path) == expected


def _schema() -> pa.Schema:
    names = ("id", "text", "outlet", "source_id", "published")
    return pa.schema([(name, pa.string()) for name in names])


def test_parquet_dates_and_numbers(tmp_path: Path) -> None:
    noon = datetime(2026, 5, 12, 12, tzinfo=UTC)
    table = pa.table({"id": [7], "text": ["x"], "published": [noon], "extra": [[1]]})
    pq.write_table(table, tmp_path / "in.parquet")
    assert read(tmp_path / "in.parquet") == [Article("7", "x", published=noon)]


def test_standard_input_is_json_lines(
    expected: list[Article | Rejected], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json_lines())))
    assert read("-") == expected


def test_text_files_are_articles_named_after_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfThe ferry sank.\r\n")
    assert read(tmp_path / "a.txt") == [Article("a.txt", "The ferry sank.\r\n")]


@pytest.mark.parametrize("suffix", [".html", ".htm"])
def test_pages_give_their_article(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"page{suffix}").write_text(PAGE)
    (article,) = read(tmp_path / f"page{suffix}")
    assert isinstance(article, Article)
    assert article.id == f"page{suffix}"
    assert "divers found cracks" in article.text
    assert "23,000 vehicles" in article.text
    assert "<p>" not in article.text
    assert "Weather" not in article.text


def test_page_without_article_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body></body></html>")
    assert "no article found" in reasons(read(tmp_path / "page.html"))["page.html"]


def test_missing_trafilatura_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingPackage, match=r"pip install 'copydesk\[html\]'"):
        read(tmp_path / "page.html")


def test_folder_is_read_in_order_with_paths_as_ids(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("One.")
    (tmp_path / "b.txt").write_text("Two.")
    (tmp_path / "c.jsonl").write_bytes(json_lines())
    (tmp_path / "notes.md").write_text("not read")
    found = [item.id for item in read(tmp_path)]
    assert found == ["b.txt", "a", "b", "c", "sub/a.txt"]
    assert [item.id for item in read(tmp_path / "sub", tmp_path / "b.txt")] == ["a.txt", "b.txt"]


def test_ids_that_stand_twice_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "1.jsonl").write_bytes(json_lines([RECORDS[0], RECORDS[1], RECORDS[0]]))
    (tmp_path / "2.jsonl").write_bytes(json_lines([RECORDS[1]]))
    items = read(tmp_path / "1.jsonl", tmp_path / "2.jsonl")
    assert [type(item) for item in items] == [Article, Article, Rejected, Rejected]
    assert [item.id for item in items] == ["a", "b", "a", "b"]
    assert "id 'a' stands twice in the input" in reasons(items)["a"]
    assert "2.jsonl" in reasons(items)["b"]


@pytest.mark.parametrize(
    ("line", "reject_id", "reason"),
    [
        (b'{"id": "b", "text": "The fer', "in.jsonl:2", "not a line of JSON in UTF-8"),
        (b"The ferry sank.", "in.jsonl:2", "not a line of JSON in UTF-8"),
        (b'{"id": "b", "text": "\xff\xfe"}', "in.jsonl:2", "not a line of JSON in UTF-8"),
        (b"\x00\x00\x00\x00", "in.jsonl:2", "not a line of JSON in UTF-8"),
        (b'["b", "text"]', "in.jsonl:2", "not a JSON object"),
        (b"null", "in.jsonl:2", "not a JSON object"),
        (b'{"text": "x"}', "in.jsonl:2", "field id is missing"),
        (b'{"id": "b"}', "b", "field text is missing"),
        (b'{"id": "b", "text": 7}', "b", "field text is 7, expected a string"),
        (b'{"id": {}, "text": "x"}', "in.jsonl:2", "field id is {}"),
        (b'{"id": "b", "text": "x", "published": "soon"}', "b", "field published is 'soon'"),
        (b"[" * 100_000, "in.jsonl:2", "not a line of JSON"),
        (b'{"id": ' + b"1" * 5000 + b', "text": "x"}', "in.jsonl:2", "not a line of JSON"),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes) else None,
)
def test_bad_line_is_rejected_and_the_others_are_read(
    line: bytes, reject_id: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(json_lines(RECORDS[:1]) + line + b"\n" + json_lines(RECORDS[2:]))
    items = read(path)
    assert [type(item) for item in items] == [Article, Rejected, Article]
    (found,) = reasons(items).values()
    assert items[1].id == reject_id or items[1].id.endswith(f"/{reject_id}")
    assert reason in found


def test_half_a_character_cannot_be_an_id(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "a\\ud800", "text": "x"}\n')
    (item,) = read(tmp_path / "in.jsonl")
    # It could not be written anywhere: encoding it raises.
    assert "\ud800" not in item.id


def test_short_and_long_csv_rows(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('id,text\na,"x, y"\nb\nc,z,surplus\n,w\n')
    items = read(tmp_path / "in.csv")
    assert [type(item) for item in items] == [Article, Rejected, Article, Rejected]
    assert items[0] == Article("a", "x, y")
    assert items[2] == Article("c", "z")
    assert "in.csv:3: field text is missing" in reasons(items)["b"]
    assert "in.csv:5: field id is ''" in items[3].reason  # type: ignore[union-attr]


def test_cells_of_any_length_are_read(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,text\na," + "x" * 200_000 + "\n")
    (article,) = read(tmp_path / "in.csv")
    assert isinstance(article, Article)
    assert len(article.text) == 200_000


def test_binary_text_file_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    (tmp_path / "b.txt").write_text("fine")
    items = read(tmp_path)
    assert "not UTF-8 text (byte 0x89 at 0)" in reasons(items)["a.txt"]
    assert items[1] == Article("b.txt", "fine")


def test_page_that_is_not_utf8_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.encode("utf-16"))
    assert "not UTF-8 text" in reasons(read(tmp_path / "a.html"))["a.html"]


def _cut_gz(path: Path) -> None:
    path.write_bytes(gzip.compress(json_lines())[:-10])


def _corrupt_gz(path: Path) -> None:
    raw = bytearray(gzip.compress(json_lines() * 50))
    raw[30:60] = bytes(30)
    path.write_bytes(raw)


def _cut_zst(path: Path) -> None:
    write_zst(path, json_lines() * 50)
    path.write_bytes(path.read_bytes()[:-8])


def _cut_parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(RECORDS, _schema()), path)
    path.write_bytes(path.read_bytes()[:-20])


def _corrupt_parquet(path: Path) -> None:
    long = [{"id": str(i), "text": f"text {i} " * 20} for i in range(300)]
    pq.write_table(pa.Table.from_pylist(long), path)
    raw = bytearray(path.read_bytes())
    raw[4:400] = b"\x5a" * 396
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        ("cut.jsonl.gz", _cut_gz, "cut.jsonl.gz cannot be read: Compressed file ended"),
        ("bad.jsonl.gz", _corrupt_gz, "bad.jsonl.gz cannot be read"),
        ("no.jsonl.gz", lambda p: p.write_bytes(b"text"), "no.jsonl.gz cannot be read: Not a gz"),
        ("no.jsonl.zst", lambda p: p.write_bytes(b"text\n" * 9), "no.jsonl.zst cannot be read"),
        ("cut.jsonl.zst", _cut_zst, "cut.jsonl.zst cannot be read"),
        ("no.parquet", lambda p: p.write_bytes(b"text"), "no.parquet is no Parquet file"),
        ("empty.parquet", lambda p: p.write_bytes(b""), "empty.parquet is no Parquet file"),
        ("cut.parquet", _cut_parquet, "cut.parquet is no Parquet file"),
        ("bad.parquet", _corrupt_parquet, "bad.parquet"),
        (
            "bare.parquet",
            lambda p: pq.write_table(pa.table({"id": ["a"]}), p),
            "bare.parquet has no column text",
        ),
        ("bare.csv", lambda p: p.write_text("url\nx\n"), "bare.csv has no column id or text"),
        ("half.csv", lambda p: p.write_text("text,url\nx,y\n"), "half.csv has no column id"),
        ("empty.csv", lambda p: p.write_text(""), "empty.csv has no column id or text"),
        (
            "latin.csv",
            lambda p: p.write_bytes(b"id,text\na,caf\xe9\n"),
            "latin.csv is no CSV in UTF-8",
        ),
        ("a.pdf", lambda p: p.write_bytes(b"%PDF"), "a.pdf is of no kind that is read; expected"),
        ("a.json", lambda p: p.write_text("{}"), "a.json is of no kind that is read"),
        ("none", lambda p: None, "none does not exist"),
        ("none.jsonl", lambda p: None, "none.jsonl does not exist"),
        ("folder", lambda p: p.mkdir(), "folder holds nothing to read; expected .txt"),
    ],
)
def test_file_that_cannot_be_read_is_an_error(
    name: str, damage: Any, message: str, tmp_path: Path
) -> None:
    damage(tmp_path / name)
    with pytest.raises(InvalidInput, match=message):
        read(tmp_path / name)


def test_folder_of_other_kinds_is_empty(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("not read")
    with pytest.raises(InvalidInput, match="holds nothing to read"):
        read(tmp_path)


def test_paths_are_checked_before_the_first_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank.")
    with pytest.raises(InvalidInput, match=r"gone\.txt does not exist"):
        next(read_articles([str(tmp_path / "a.txt"), str(tmp_path / "gone.txt")]))
