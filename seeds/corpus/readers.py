"""Readers: files, folders and standard input to articles, one record at a time."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from copydesk.errors import InvalidInput, InvalidRecord, MissingPackage
from copydesk.seeds.corpus.records import parse_article
from copydesk.types import Article, Rejected

STDIN = "-"
_SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".parquet")
_MAX_FIELD_CHARS = 50_000_000


def read_articles(paths: Iterable[str]) -> Iterator[Article | Rejected]:
    """Read articles from files, folders of files, or ``-`` for JSON Lines on standard input.

    Parameters
    ----------
    paths : iterable of str
        ``.txt`` and ``.html`` hold one article each, whose id is the file's name (or its path
        below the folder given); ``.jsonl`` (also ``.gz`` and ``.zst``), ``.csv`` and
        ``.parquet`` hold records.

    Yields
    ------
    Article or Rejected
        One for each record. A record that cannot be read, or whose id stood before, is
        rejected with a reason that says where it stands.

    Raises
    ------
    InvalidInput
        A path is missing, of another kind, or a folder with nothing to read.
    """
    seen: set[str] = set()
    files = [found for path in paths for found in _files(path)]
    for path, name in files:
        for item in _read_file(path, name):
            if isinstance(item, Article) and item.id in seen:
                yield Rejected(item.id, f"id {item.id!r} stands twice in the input ({path})")
                continue
            seen.add(item.id)
            yield item


def _files(path: str) -> list[tuple[str, str]]:
    """Give the files that a path stands for, each with the id of an article that fills it."""
    if path == STDIN:
        return [(STDIN, STDIN)]
    given = Path(path)
    if given.is_dir():
        found = sorted(
            file for file in given.rglob("*") if file.is_file() and file.name.endswith(_SUFFIXES)
        )
        if not found:
            raise InvalidInput(f"{path} holds nothing to read; expected {', '.join(_SUFFIXES)}")
        return [(str(file), file.relative_to(given).as_posix()) for file in found]
    if not given.exists():
        raise InvalidInput(f"{path} does not exist")
    if not given.name.endswith(_SUFFIXES):
        raise InvalidInput(f"{path} is of no kind that is read; expected {', '.join(_SUFFIXES)}")
    return [(path, given.name)]


def _read_file(path: str, name: str) -> Iterator[Article | Rejected]:
    try:
        if path.endswith((".txt", ".html", ".htm")):
            yield _read_page(Path(path), name)
        elif path.endswith(".parquet"):
            yield from _parse(path, _parquet_rows(path))
        elif path.endswith(".csv"):
            yield from _parse(path, _csv_rows(path))
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
    elif path.endswith(".gz"):
        with gzip.open(path, "rb") as lines:
            yield cast("BinaryIO", lines)
    elif path.endswith(".zst"):
        import pyarrow as pa  # deferred: only .zst needs it

        with pa.input_stream(path, compression="zstd") as stream:
            yield cast("BinaryIO", io.BufferedReader(stream))
    else:
        with Path(path).open("rb") as lines:
            yield lines


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


def _csv_rows(path: str) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(_MAX_FIELD_CHARS)
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        try:
            missing = {"id", "text"} - set(rows.fieldnames or ())
            if missing:
                raise InvalidInput(f"{path} has no column {' or '.join(sorted(missing))}")
            for row in rows:
                yield rows.line_num, {key: value for key, value in row.items() if key}
        except (UnicodeDecodeError, csv.Error) as error:
            raise InvalidInput(f"{path} is no CSV in UTF-8: {error}") from error


def _parquet_rows(path: str) -> Iterator[tuple[int, Row]]:
    import pyarrow as pa  # deferred: only .parquet needs it
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as table:
            missing = {"id", "text"} - set(table.schema_arrow.names)
            if missing:
                raise InvalidInput(f"{path} has no column {' or '.join(sorted(missing))}")
            number = 0
            for batch in table.iter_batches(batch_size=1024):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except pa.ArrowInvalid as error:
        raise InvalidInput(f"{path} is no Parquet file: {error}") from error


def _read_page(path: Path, name: str) -> Article | Rejected:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Rejected(
            name, f"{path} is not UTF-8 text (byte {raw[error.start]:#04x} at {error.start})"
        )
    if path.suffix == ".txt":
        return Article(name, text)
    return _article_from_html(text, name)


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
