"""Readers: files, folders and standard input to articles, one record at a time."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from copydesk.errors import InvalidInput, InvalidRecord, MissingPackage
from copydesk.seeds.corpus.encodings import decode_text, find_file_encoding
from copydesk.seeds.corpus.files import (
    PAGE_SUFFIXES,
    STDIN,
    TABLE_SUFFIXES,
    InputFile,
    list_files,
)
from copydesk.seeds.corpus.records import FIELDS, parse_article
from copydesk.types import Article, Rejected

if TYPE_CHECKING:
    import pyarrow as pa

_MAX_FIELD_CHARS = 50_000_000
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_articles(paths: Iterable[str]) -> Iterator[Article | Rejected]:
    """Read articles from files, folders of files, or ``-`` for JSON Lines on standard input.

    Parameters
    ----------
    paths : iterable of str
        ``.txt``, ``.md`` and ``.html`` hold one article each, whose id is the file's name (or its
        path below the folder given); ``.jsonl`` (also ``.gz`` and ``.zst``), ``.json`` (one
        record or a list), ``.csv``, ``.tsv`` and ``.parquet`` hold records. Files of other kinds
        in a folder are passed over; ``list_files`` names them.

    Yields
    ------
    Article or Rejected
        One for each record. A record that cannot be read, or whose id stood before, is
        rejected with a reason that says where it stands; so is a file among several.

    Raises
    ------
    InvalidInput
        A path is missing, of another kind, or a folder with nothing to read; or the only file
        cannot be read.
    """
    seen: set[str] = set()
    files = list_files(paths).files
    for file in files:
        for item in _read_file(file) if len(files) == 1 else _read_one_of_many(file):
            if isinstance(item, Article) and item.id in seen:
                yield Rejected(item.id, f"id {item.id!r} stands twice in the input ({file.path})")
                continue
            seen.add(item.id)
            yield item


def _read_one_of_many(file: InputFile) -> Iterator[Article | Rejected]:
    try:
        yield from _read_file(file)
    except InvalidInput as error:
        yield Rejected(file.name, str(error))


def _read_file(file: InputFile) -> Iterator[Article | Rejected]:
    path, suffix = file.path, file.suffix
    try:
        if suffix in PAGE_SUFFIXES:
            yield _read_page(file)
        elif suffix == ".parquet":
            yield from _parse(path, _parquet_rows(path))
        elif suffix in TABLE_SUFFIXES:
            yield from _parse(path, _csv_rows(path, "\t" if suffix == ".tsv" else ","))
        elif suffix == ".json":
            yield from _parse(path, _json_records(path))
        else:
            with _open_lines(path) as lines:
                yield from _parse(path, _json_rows(lines))
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error


Row = Mapping[str, object] | str
"""A record, or the reason why there is none."""


def _parse(path: str, rows: Iterator[tuple[int, Row]]) -> Iterator[Article | Rejected]:
    for number, row in rows:
        where = f"{path}:{number}"
        if isinstance(row, str):
            yield Rejected(where, row)
            continue
        try:
            yield parse_article(row)
        except InvalidRecord as error:
            record_id = row.get("id")
            named = isinstance(record_id, str | int) and str(record_id).isprintable()
            yield Rejected(str(record_id) if record_id and named else where, f"{where}: {error}")


@contextmanager
def _open_lines(path: str) -> Iterator[BinaryIO]:
    if path == STDIN:
        yield sys.stdin.buffer
    elif path.lower().endswith(".gz"):
        with gzip.open(path, "rb") as lines:
            yield cast("BinaryIO", lines)
    elif path.lower().endswith(".zst"):
        import pyarrow as pa  # deferred: only .zst needs it

        with pa.input_stream(path, compression="zstd") as stream:
            yield cast("BinaryIO", io.BufferedReader(stream))
    else:
        with Path(path).open("rb") as lines:
            yield _in_utf8(lines)


def _in_utf8(lines: BinaryIO) -> BinaryIO:
    """Give lines that some shells write as UTF-16 in UTF-8."""
    is_utf16 = lines.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    lines.seek(0)
    return io.BytesIO(decode_text(lines.read()).encode()) if is_utf16 else lines


def _json_rows(lines: Iterable[bytes]) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield number, f"not a line of JSON in UTF-8: {error}"
            continue
        yield number, record if isinstance(record, dict) else "not a JSON object"


def _json_records(path: str) -> Iterator[tuple[int, Row]]:
    """Give the records of a JSON file: one, or a list; or a line each, as some call it, too."""
    try:
        content = json.loads(decode_text(Path(path).read_bytes()))
    except (ValueError, RecursionError) as error:
        with _open_lines(path) as lines:
            rows = list(_json_rows(lines))
        if not any(isinstance(row, Mapping) for _, row in rows):
            raise InvalidInput(f"{path} is no JSON: {error}") from error
        yield from rows
        return
    records = content if isinstance(content, list) else [content]
    for number, record in enumerate(records, start=1):
        yield number, record if isinstance(record, dict) else "not a JSON object"


def _csv_rows(path: str, delimiter: str) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_MAX_FIELD_CHARS)
    encoding = find_file_encoding(Path(path))
    with Path(path).open(encoding=encoding, newline="") as lines:
        rows = csv.DictReader(lines, delimiter=delimiter)
        try:
            missing = {"id", "text"} - set(rows.fieldnames or ())
            if missing:
                raise InvalidInput(f"{path} has no column {' or '.join(sorted(missing))}")
            for row in rows:
                yield rows.line_num, {key: value for key, value in row.items() if key}
        except (UnicodeDecodeError, csv.Error) as error:
            raise InvalidInput(f"{path} is no table of text: {error}") from error


def _parquet_rows(path: str) -> Iterator[tuple[int, Row]]:
    import pyarrow as pa  # deferred: only .parquet needs it
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            missing = {"id", "text"} - set(table.schema_arrow.names)
            if missing:
                raise InvalidInput(f"{path} has no column {' or '.join(sorted(missing))}")
            wanted = [name for name in FIELDS if name in table.schema_arrow.names]
            number = 0
            for batch in table.iter_batches(batch_size=1024, columns=wanted):
                columns = map(_values, batch.columns)
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield number, dict(zip(batch.schema.names, cells, strict=True))
    except pa.ArrowException as error:
        raise InvalidInput(f"{path} is no Parquet file: {error}") from error


def _values(column: pa.Array[Any]) -> list[object]:
    """Give a column's values; a date that Python has no room for becomes a string."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError):
        return list(map(_value, column))


def _value(cell: pa.Scalar[Any]) -> object:
    import pyarrow as pa

    try:
        return cell.as_py()
    except (ValueError, OverflowError):
        return cell.cast(pa.string()).as_py()


def _read_page(file: InputFile) -> Article | Rejected:
    raw = Path(file.path).read_bytes()
    is_markup = file.suffix in {".html", ".htm"}
    try:
        text = decode_text(raw, is_markup=is_markup)
    except UnicodeDecodeError as error:
        where = f"byte {raw[error.start]:#04x} at {error.start}"
        return Rejected(file.name, f"{file.path} is not UTF-8 text ({where}), nor any other known")
    if not is_markup:
        return Article(file.name, text)
    # The characters are decoded: what the page says of its bytes would only mislead.
    return _article_from_html(_XML_DECLARATION.sub("", text), file.name)


def _article_from_html(page: str, name: str) -> Article | Rejected:
    try:
        import trafilatura  # deferred: an extra
    except ImportError as error:
        raise MissingPackage(
            "reading HTML needs trafilatura: pip install 'copydesk[html]'"
        ) from error
    text = trafilatura.extract(page, include_comments=False, include_tables=False)
    if not text:
        return Rejected(name, f"{name}: no article found in the page")
    return Article(name, text)
