"""Readers: files, folders and standard input to articles, one record at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from copydesk.errors import InvalidInput, InvalidRecord
from copydesk.seeds.corpus.field_map import FieldMap
from copydesk.seeds.corpus.files import JSON_LINES, PAGE_SUFFIXES, PARQUET, InputFile, list_files
from copydesk.seeds.corpus.input_record import InputRecord
from copydesk.seeds.corpus.json_files import Row, read_json, read_json_lines
from copydesk.seeds.corpus.opening import STDIN, is_remote
from copydesk.seeds.corpus.pages import read_page
from copydesk.seeds.corpus.seen import SeenIds
from copydesk.seeds.corpus.table_files import count_parquet, read_csv, read_parquet
from copydesk.types import Article, Rejected

_AS_IT_IS = FieldMap()


def read_articles(paths: Iterable[str]) -> Iterator[Article | Rejected]:
    """Read articles from files, folders of files, or ``-`` for JSON Lines on standard input.

    Parameters
    ----------
    paths : iterable of str
        See ``read_records``.

    Yields
    ------
    Article or Rejected
        One for each record.

    Raises
    ------
    InvalidInput
        As ``read_records`` does.
    """
    for item in read_records(list_files(paths).files):
        yield item if isinstance(item, Rejected) else item.article


def read_records(
    files: Iterable[InputFile], fields: FieldMap = _AS_IT_IS
) -> Iterator[InputRecord | Rejected]:
    """Read the records of files, one after the other.

    Parameters
    ----------
    files : iterable of InputFile
        ``.txt``, ``.md`` and ``.html`` hold one article each, whose id is the file's name (or its
        path below the folder given); ``.jsonl``, ``.json`` (one record or a list), ``.csv`` and
        ``.tsv``, all also as ``.gz`` and ``.zst``, and ``.parquet`` hold records.
    fields : FieldMap
        What the records' fields are called, and which are kept. A record without an id gets one
        of its content.

    Yields
    ------
    InputRecord or Rejected
        One for each record. A record that cannot be read, or whose id stood before, is
        rejected with a reason that says where it stands; so is a file among several.

    Raises
    ------
    InvalidInput
        The only file cannot be read.
    """
    files = tuple(files)
    with SeenIds() as seen:
        for file in files:
            for item in _read_file(file, fields) if len(files) == 1 else _read_one(file, fields):
                if isinstance(item, Rejected):
                    seen.add(item.id)
                    yield item
                elif seen.add(item.article.id):
                    yield item
                else:
                    article_id = item.article.id
                    reason = f"id {article_id!r} stands twice in the input ({file.path})"
                    yield Rejected(article_id, reason)


def count_records(files: Iterable[InputFile], fields: FieldMap = _AS_IT_IS) -> int | None:
    """Count the records of files; None where that would mean to read them from afar, or twice."""
    n_records = 0
    for file in files:
        if file.path == STDIN or is_remote(file.path):
            return None
        if file.kind in PAGE_SUFFIXES:
            n_records += 1
            continue
        try:
            n_records += _count(file, fields)
        except (InvalidInput, OSError, EOFError, zlib.error):
            return None  # reading it gives the reason
    return n_records


def _count(file: InputFile, fields: FieldMap) -> int:
    if file.kind == PARQUET:
        return count_parquet(file.path)
    return sum(1 for _ in _rows(file, fields))


def _read_one(file: InputFile, fields: FieldMap) -> Iterator[InputRecord | Rejected]:
    """Read one file of many."""
    try:
        yield from _read_file(file, fields)
    except InvalidInput as error:
        yield Rejected(file.name, str(error))


def _read_file(file: InputFile, fields: FieldMap) -> Iterator[InputRecord | Rejected]:
    try:
        if file.kind in PAGE_SUFFIXES:
            page = read_page(file)
            yield page if isinstance(page, Rejected) else fields.keep_of(page)
        else:
            yield from _parse(file.path, _rows(file, fields), fields)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidInput(f"{file.path} cannot be read: {error}") from error


def _rows(file: InputFile, fields: FieldMap) -> Iterator[tuple[int, Row]]:
    if file.kind == PARQUET:
        return read_parquet(file.path, fields.needed, fields.wanted)
    if file.kind == JSON_LINES:
        return read_json_lines(file.path)
    if file.kind == ".json":
        return read_json(file.path)
    return read_csv(file.path, "\t" if file.kind == ".tsv" else ",", fields.needed)


def _parse(
    path: str, rows: Iterable[tuple[int, Row]], fields: FieldMap
) -> Iterator[InputRecord | Rejected]:
    id_field = fields.names.get("id", "id")
    for number, row in rows:
        where = f"{path}:{number}"
        if isinstance(row, str):
            yield Rejected(where, row)
            continue
        try:
            yield fields.read(row)
        except InvalidRecord as error:
            yield Rejected(_id_or(where, row, id_field), f"{where}: {error}")


def _id_or(where: str, row: Mapping[str, object], id_field: str) -> str:
    record_id = row.get(id_field)
    named = isinstance(record_id, str | int) and str(record_id).isprintable()
    return str(record_id) if record_id and named else where
