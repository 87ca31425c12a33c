"""Readers: every kind of input, good and bad."""

import csv
import gzip
import io
import json
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.errors import InvalidInput, MissingPackage
from copydesk.seeds.corpus import json_files
from copydesk.seeds.corpus.files import list_files
from copydesk.seeds.corpus.readers import count_records, read_articles
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


def write_csv(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> None:
    names = ["published", "text", "id", "outlet", "source_id"]
    with path.open("w", encoding=encoding, newline="") as stream:
        rows = csv.DictWriter(stream, names, delimiter=delimiter)
        rows.writeheader()
        rows.writerows(RECORDS)


def write_zst(path: Path, raw: bytes) -> None:
    with pa.output_stream(str(path), compression="zstd") as stream:
        stream.write(raw)


def write_parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(RECORDS, _schema()), path)


def write_whole(path: Path, encoding: str) -> None:
    path.write_text(json.dumps(RECORDS, ensure_ascii=False, indent=1), encoding=encoding)


WRITERS: dict[str, Callable[[Path], object]] = {
    "in.jsonl": lambda path: path.write_bytes(b"\n" + json_lines() + b"  \n"),
    "IN.JSONL": lambda path: path.write_bytes(json_lines()),
    "bom.jsonl": lambda path: path.write_bytes(b"\xef\xbb\xbf" + json_lines()),
    "utf16.jsonl": lambda path: path.write_bytes(json_lines().decode().encode("utf-16")),
    "in.jsonl.gz": lambda path: path.write_bytes(gzip.compress(json_lines())),
    "IN.JSONL.GZ": lambda path: path.write_bytes(gzip.compress(json_lines())),
    "in.jsonl.zst": lambda path: write_zst(path, json_lines()),
    "in.json": lambda path: write_whole(path, "utf-8"),
    "utf16.json": lambda path: write_whole(path, "utf-16"),
    "lines.json": lambda path: path.write_bytes(json_lines()),
    "in.csv": write_csv,
    "IN.CSV": write_csv,
    "bom.csv": lambda path: write_csv(path, "utf-8-sig"),
    "cp1252.csv": lambda path: write_csv(path, "cp1252"),
    "utf16.csv": lambda path: write_csv(path, "utf-16"),
    "in.tsv": lambda path: write_csv(path, delimiter="\t"),
    "in.parquet": write_parquet,
    "in.Parquet": write_parquet,
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_kind_gives_the_same_articles(
    name: str, expected: list[Article | Rejected], tmp_path: Path
) -> None:
    WRITERS[name](tmp_path / name)
    assert read(tmp_path / name) == expected


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
    (tmp_path / "notes.pdf").write_text("not read")
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
        (b'{"id": "b"}', "b", "field text is missing"),
        (b'{"id": "b", "text": 7}', "b", "field text is 7, expected a string"),
        (b'{"id": {}, "text": "x"}', "in.jsonl:2", "field id is {}"),
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
    assert [type(item) for item in items] == [Article, Rejected, Article, Article]
    assert items[0] == Article("a", "x, y")
    assert items[2] == Article("c", "z")
    assert "in.csv:3: field text is missing" in reasons(items)["b"]
    assert items[3].id.startswith("sha256-")


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


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-16", "utf-16"), ("", "cp1252")],
)
@pytest.mark.parametrize("head", ['<meta charset="{}">', '<?xml version="1.0" encoding="{}"?>'])
def test_pages_of_other_encodings_are_read(
    head: str, declared: str, encoding: str, tmp_path: Path
) -> None:
    page = head.format(declared) + PAGE.replace("bridge over", "“café” bridge — over")
    (tmp_path / "a.HTML").write_bytes(page.encode(encoding))
    (article,) = read(tmp_path / "a.HTML")
    assert isinstance(article, Article)
    assert "“café” bridge — over the river" in article.text


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le"])
def test_text_of_other_encodings_is_read(name: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes("The “café” — sank.".encode(encoding))
    assert read(tmp_path / name) == [Article(name, "The “café” — sank.")]


def test_one_record_is_json_too(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(RECORDS[0], indent=2))
    assert read(tmp_path / "a.json") == [parse_article(RECORDS[0])]
    (tmp_path / "a.json").write_text(json.dumps([RECORDS[0], 7, {"id": "b"}]))
    items = read(tmp_path / "a.json")
    assert [type(item) for item in items] == [Article, Rejected, Rejected]
    assert [item.id for item in items] == ["a", f"{tmp_path}/a.json:2", "b"]


def test_a_bad_file_among_others_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("One.")
    (tmp_path / "2.csv").write_text("url\nx\n")
    (tmp_path / "3.parquet").write_bytes(b"text")
    (tmp_path / "4.jsonl.gz").write_bytes(gzip.compress(json_lines(), compresslevel=0)[:-9])
    (tmp_path / "5.json").write_text("no")
    (tmp_path / "6.txt").write_text("Six.")
    items = read(tmp_path)
    articles = [item.id for item in items if isinstance(item, Article)]
    assert articles == ["1.txt", "a", "b", "6.txt"]  # the third record was cut off
    assert {name: reason.split(f"{tmp_path}/")[1] for name, reason in reasons(items).items()} == {
        "2.csv": "2.csv has no column text; it has url: --text-field and --id-field name others",
        "3.parquet": reasons(items)["3.parquet"].split("/")[-1],
        "4.jsonl.gz": "4.jsonl.gz cannot be read: Compressed file ended before the end-of-stream "
        "marker was reached",
        "5.json": "5.json is no JSON: Expecting value: line 1 column 1 (char 0)",
    }
    files = [tmp_path / "1.txt", tmp_path / "2.csv"]
    assert [type(item) for item in read(*files)] == [Article, Rejected]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([date(2026, 5, 12)]), date(2026, 5, 12)),
        (pa.array([1], pa.timestamp("ns")), datetime(1970, 1, 1)),
        (pa.array([1], pa.timestamp("ns", "UTC")), datetime(1970, 1, 1, tzinfo=UTC)),
        (pa.array([None], pa.timestamp("ns", "UTC")), None),
        (pa.array([float("nan")]), None),
        (pa.array([None], pa.date32()), None),
    ],
)
def test_columns_of_dates(column: Any, expected: date | None, tmp_path: Path) -> None:
    table = pa.table({"id": ["a"], "text": ["x"], "published": column})
    pq.write_table(table, tmp_path / "in.parquet")
    assert read(tmp_path / "in.parquet") == [Article("a", "x", published=expected)]


@pytest.mark.parametrize("kind", [pa.date32(), pa.timestamp("us"), pa.timestamp("ns")])
def test_dates_that_no_calendar_has_cost_no_article(kind: Any, tmp_path: Path) -> None:
    column = pa.array([2**30, 0], pa.int32()).cast(pa.int64())
    if kind != pa.date32():
        column = pa.array([2**62, 0], pa.int64())
    column = column.cast(pa.int32()).cast(kind) if kind == pa.date32() else column.cast(kind)
    table = pa.table({"id": ["a", "b"], "text": ["x", "y"], "published": column})
    pq.write_table(table, tmp_path / "in.parquet")
    one, other = read(tmp_path / "in.parquet")
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert other.published == (date(1970, 1, 1) if kind == pa.date32() else datetime(1970, 1, 1))
    in_range = kind == pa.timestamp("ns")
    assert (one.published is not None) == in_range
    assert one.notes == () or "out of range" in one.notes[0]


def test_numbers_in_columns_of_text_cost_no_article(tmp_path: Path) -> None:
    table = pa.table({"id": [1.0, 2.0], "text": ["x", "y"], "headline": [7, None]})
    pq.write_table(table, tmp_path / "in.parquet")
    one, other = read(tmp_path / "in.parquet")
    assert one == Article(
        "1", "x", notes=("field headline is 7, expected a string or nothing: ignored",)
    )
    assert other == Article("2", "y")


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
        (
            "bare.csv",
            lambda p: p.write_text("url\nx\n"),
            "bare.csv has no column text; it has url:",
        ),
        ("empty.csv", lambda p: p.write_text(""), "empty.csv has no column text; it has none"),
        (
            "binary.csv",
            lambda p: p.write_bytes(b"id,text\na,\x8d\xff\n"),
            "binary.csv is no table of text",
        ),
        ("a.pdf", lambda p: p.write_bytes(b"%PDF"), "a.pdf is of no kind that is read; expected"),
        ("a.json", lambda p: p.write_text("The ferry sank."), "a.json is no JSON: Expecting"),
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
    (tmp_path / "notes.pdf").write_text("not read")
    with pytest.raises(InvalidInput, match="holds nothing to read"):
        read(tmp_path)


def test_paths_are_checked_before_the_first_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry sank.")
    with pytest.raises(InvalidInput, match=r"gone\.txt does not exist"):
        next(read_articles([str(tmp_path / "a.txt"), str(tmp_path / "gone.txt")]))


def _zst(raw: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(raw)
    return bytes(sink.getvalue())


PACKED: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": _zst}


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("kind", ["list.json", "one.json", "lines.json", "rows.csv", "rows.tsv"])
def test_packed_files_are_read_as_plain_ones(kind: str, packed: str, tmp_path: Path) -> None:
    record = {"id": "a", "text": "The ferry sank.", "outlet": None}
    content = {
        "list.json": json.dumps([record]),
        "one.json": json.dumps(record, indent=1),
        "lines.json": f"{json.dumps(record)}\n",
        "rows.csv": "id,text\na,The ferry sank.\n",
        "rows.tsv": "id\ttext\na\tThe ferry sank.\n",
    }[kind]
    path = tmp_path / f"{kind}{packed}"
    path.write_bytes(PACKED[packed](content.encode()))
    assert read(path) == [Article("a", "The ferry sank.")]


def test_a_list_is_read_bit_by_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_files, "_READ_CHARS", 7)
    rows: list[Any] = [
        {"id": f"é{i}", "text": "x" * i, "n": [float("nan"), -1.5e9]} for i in range(20)
    ]
    (tmp_path / "a.json").write_text(f"  [ {json.dumps(rows)[1:-1]} , 12345678901234 ]\n trailer")
    items = read(tmp_path / "a.json")
    assert items[:20] == [Article(f"é{i}", "x" * i) for i in range(20)]
    assert items[20:] == [Rejected(f"{tmp_path}/a.json:21", "not a JSON object")]


def test_a_list_that_breaks_off_gives_what_is_before(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"id": "a", "text": "x"}, {"id": "b", "te')
    items = read_articles([str(tmp_path / "a.json")])
    assert next(items) == Article("a", "x")
    with pytest.raises(InvalidInput, match=r"a\.json is no JSON: .* \(after 1 records\)"):
        next(items)


def test_memory_is_bounded_whatever_the_size(tmp_path: Path) -> None:
    lines = json.dumps({"id": "a", "text": "The ferry sank. " * 500}).encode() + b"\n"
    (tmp_path / "a.jsonl").write_bytes(lines * 4000)
    (tmp_path / "a.json").write_bytes(b"[" + b",".join([lines] * 4000) + b"]")
    for name in ("a.jsonl", "a.json"):
        tracemalloc.start()
        n_items = sum(1 for _ in read_articles([str(tmp_path / name)]))
        _, peak_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert n_items == 4000
        assert peak_bytes < 4_000_000, name  # of 32 million


def test_patterns_name_files_below_their_fixed_part(tmp_path: Path) -> None:
    for name in ("mon/a.txt", "mon/b.txt", "tue/a.txt", "tue/c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("The ferry sank.")
    assert [item.id for item in read(tmp_path / "*" / "a.*")] == ["mon/a.txt", "tue/a.txt"]
    assert [item.id for item in read(tmp_path / "**" / "*.txt")] == [
        *("mon/a.txt", "mon/b.txt", "tue/a.txt"),
    ]
    with pytest.raises(InvalidInput, match=r"\*\.csv does not exist"):
        read(tmp_path / "*.csv")
    with pytest.raises(InvalidInput, match=r"\*\.pdf holds nothing to read"):
        read(tmp_path / "*" / "*.pdf")


def test_a_file_with_the_name_of_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("The ferry sank.")
    assert read(tmp_path / "a[1].txt") == [Article("a[1].txt", "The ferry sank.")]


@pytest.fixture
def bucket() -> Iterator[Any]:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/news/day/a.jsonl.gz", gzip.compress(json_lines()))
    memory.pipe("/news/b.txt", b"The ferry sank.")
    memory.pipe("/news/c.pdf", b"%PDF")
    yield memory
    memory.rm("/news", recursive=True)


def test_remote_files_are_read(
    bucket: Any, expected: list[Article | Rejected], tmp_path: Path
) -> None:
    assert read("memory://news/day/a.jsonl.gz") == expected
    assert [item.id for item in read("memory://news")] == ["b.txt", "a", "b", "c"]
    assert [item.id for item in read("memory://news/*.txt")] == ["b.txt"]
    write_parquet(tmp_path / "in.parquet")
    bucket.pipe("/news/in.parquet", (tmp_path / "in.parquet").read_bytes())
    assert read("memory://news/in.parquet") == expected


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("memory://gone.jsonl", "memory://gone.jsonl does not exist"),
        ("memory://news/c.pdf", "is of no kind that is read"),
        ("nonsense://a.jsonl", "nonsense://a.jsonl cannot be read: Protocol not known"),
    ],
)
def test_remote_files_that_cannot_be_read(url: str, message: str, bucket: Any) -> None:
    with pytest.raises(InvalidInput, match=message):
        read(url)


def test_missing_fsspec_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingPackage, match=r"pip install 'copydesk\[remote\]'"):
        read("s3://bucket/a.jsonl")


ABOUT = (
    '<title>Storm of May 3, 2019</title><meta property="og:title" content="Bridge closed">'
    '<meta property="og:site_name" content="Echo"><link rel="canonical" href="https://e.example/b">'
)
WHEN = '<meta property="article:published_time" content="2026-05-12T09:20:00Z">'
DATA = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-05-13"}'


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (ABOUT + WHEN, "", date(2026, 5, 12)),
        (ABOUT, f"{DATA}</script>", date(2026, 5, 13)),
        (ABOUT, "<p>It was built on 4 April 2018. Updated 2017-03-04.</p>", None),
    ],
)
def test_pages_say_what_they_are(head: str, body: str, day: date | None, tmp_path: Path) -> None:
    page = PAGE.replace("<title>Bridge</title>", head).replace("</article>", f"</article>{body}")
    (tmp_path / "a.html").write_text(page)
    (article,) = read(tmp_path / "a.html")
    assert isinstance(article, Article)
    assert (article.headline, article.outlet) == ("Bridge closed", "Echo")
    assert (article.url, article.published) == ("https://e.example/b", day)


def test_counts_are_those_of_the_records(tmp_path: Path) -> None:
    for name in ("in.jsonl", "in.json", "in.csv", "in.parquet"):
        WRITERS[name](tmp_path / name)
    (tmp_path / "a.txt").write_text("x")
    assert count_records(list_files([str(tmp_path)]).files) == 13
    assert count_records(list_files(["-"]).files) is None
    (tmp_path / "b.csv").write_text("url\nx\n")
    assert count_records(list_files([str(tmp_path / "b.csv")]).files) is None
