"""JSON files: a record a line, a list of records, or one; never more in memory than one record."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import BinaryIO, TextIO

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.encodings import decode_text, find_stream_encoding
from copydesk.seeds.corpus.opening import open_content

Row = Mapping[str, object] | str
"""A record, or the reason why there is none."""

_READ_CHARS = 1 << 16
_BETWEEN = re.compile(r"[\s,]*")
_NO_OBJECT = "not a JSON object"


def read_json_lines(path: str) -> Iterator[tuple[int, Row]]:
    """Give a file's records with the numbers of their lines."""
    with open_content(path) as stream:
        yield from _rows(_utf8_lines(stream))


def _utf8_lines(stream: BinaryIO) -> Iterable[bytes]:
    """Give lines in UTF-8; some shells write UTF-16."""
    first = stream.readline()
    if not first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if first:
            yield first
        yield from stream
        return
    decoder = codecs.getincrementaldecoder("utf-16")()
    rest = ""
    while block := first or stream.read(_READ_CHARS):
        first = b""
        *lines, rest = (rest + decoder.decode(block)).split("\n")
        yield from (line.encode() for line in lines)
    yield (rest + decoder.decode(b"", final=True)).encode()


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield number, f"not a line of JSON in UTF-8: {error}"
            continue
        yield number, _as_row(record)


def _as_row(record: object) -> Row:
    return record if isinstance(record, dict) else _NO_OBJECT


def read_json(path: str) -> Iterator[tuple[int, Row]]:
    """Give the records of a JSON file: a list, read bit by bit; a line each; or one.

    Raises
    ------
    InvalidInput
        It is no JSON; of a list, the records before the fault are given.
    """
    encoding = find_stream_encoding(partial(open_content, path))
    with open_content(path) as stream:
        chars = io.TextIOWrapper(stream, encoding)
        try:
            start = chars.read(_READ_CHARS)
            if start.lstrip().startswith("["):
                for number, record in enumerate(_list_items(chars, start), start=1):
                    yield number, _as_row(record)
                return
        except (ValueError, RecursionError) as error:
            raise InvalidInput(f"{path} is no JSON: {error}") from error
        finally:
            chars.detach()
    yield from _read_lines_or_one(path)


def _read_lines_or_one(path: str) -> Iterator[tuple[int, Row]]:
    rows = read_json_lines(path)
    first = next(rows, None)
    if first is not None and isinstance(first[1], Mapping):
        yield first
        yield from rows
        return
    try:
        with open_content(path) as stream:
            record = json.loads(decode_text(stream.read()))
    except (ValueError, RecursionError) as error:
        later = [] if first is None else [first, *rows]
        if not any(isinstance(row, Mapping) for _, row in later):
            raise InvalidInput(f"{path} is no JSON: {error}") from error
        yield from later
        return
    yield 1, _as_row(record)


def _list_items(chars: TextIO, start: str) -> Iterator[object]:
    """Give the items of a list, reading on only where one is not whole yet.

    Standard JSON parsers in pieces refuse the NaN that pandas writes; this one takes what
    ``json`` takes.
    """
    decoder = json.JSONDecoder()
    buffer, place, n_items = start, start.index("[") + 1, 0
    while True:
        place = _BETWEEN.match(buffer, place).end()  # type: ignore[union-attr]
        if buffer.startswith("]", place):
            return
        try:
            item, end = decoder.raw_decode(buffer, place)
            is_whole = end < len(buffer)  # else a number might go on
        except ValueError as error:
            is_whole, why = False, error.msg if isinstance(error, json.JSONDecodeError) else error
        else:
            why = "the list does not end"
        if is_whole:
            yield item
            n_items += 1
            place = end
            continue
        more = chars.read(max(_READ_CHARS, len(buffer) - place))
        if not more:
            raise ValueError(f"{why} (after {n_items} records)")
        buffer, place = buffer[place:] + more, 0
