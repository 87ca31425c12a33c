"""Tables: CSV, TSV and Parquet files as records, some rows at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.encodings import find_stream_encoding
from copydesk.seeds.corpus.json_files import Row
from copydesk.seeds.corpus.opening import open_bytes, open_content

if TYPE_CHECKING:
    import pyarrow as pa

_MAX_FIELD_CHARS = 50_000_000
_BATCH = 1024


def read_csv(path: str, delimiter: str, needed: Collection[str]) -> Iterator[tuple[int, Row]]:
    """Give the rows of a table of text with the numbers of their lines.

    Raises
    ------
    InvalidInput
        It is no such table, or lacks a column that is needed.
    """
    csv.field_size_limit(_MAX_FIELD_CHARS)
    encoding = find_stream_encoding(partial(open_content, path))
    with open_content(path) as stream:
        lines = io.TextIOWrapper(stream, encoding, newline="")
        rows = csv.DictReader(lines, delimiter=delimiter)
        try:
            _check_columns(path, needed, rows.fieldnames or ())
            for row in rows:
                yield rows.line_num, {key: value for key, value in row.items() if key}
        except (UnicodeDecodeError, csv.Error) as error:
            raise InvalidInput(f"{path} is no table of text: {error}") from error
        finally:
            lines.detach()


def read_parquet(
    path: str, needed: Collection[str], wanted: Collection[str]
) -> Iterator[tuple[int, Row]]:
    """Give the rows of a Parquet file with their numbers; only the columns that are wanted.

    Raises
    ------
    InvalidInput
        It is no Parquet file, or lacks a column that is needed.
    """
    import pyarrow as pa  # deferred: only .parquet needs it
    import pyarrow.parquet as pq

    try:
        with open_bytes(path) as stream, pq.ParquetFile(stream) as table:
            names = table.schema_arrow.names
            _check_columns(path, needed, names)
            number = 0
            columns = [name for name in names if name in wanted]
            for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
                for cells in zip(*map(_values, batch.columns), strict=True):
                    number += 1
                    yield number, dict(zip(batch.schema.names, cells, strict=True))
    except pa.ArrowException as error:
        raise InvalidInput(f"{path} is no Parquet file: {error}") from error


def parquet_columns(path: str) -> list[str]:
    """Name the columns.

    Raises
    ------
    InvalidInput
        It is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_bytes(path) as stream, pq.ParquetFile(stream) as table:
            return list(table.schema_arrow.names)
    except pa.ArrowException as error:
        raise InvalidInput(f"{path} is no Parquet file: {error}") from error


def count_parquet(path: str) -> int:
    """Give the number of rows, which the file's end says."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_bytes(path) as stream, pq.ParquetFile(stream) as table:
            return int(table.metadata.num_rows)
    except pa.ArrowException as error:
        raise InvalidInput(f"{path} is no Parquet file: {error}") from error


def _check_columns(path: str, needed: Collection[str], found: Collection[str]) -> None:
    missing = [name for name in needed if name not in found]
    if missing:
        raise InvalidInput(
            f"{path} has no column {' or '.join(missing)}; it has {', '.join(found) or 'none'}: "
            "--text-field and --id-field name others"
        )


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
