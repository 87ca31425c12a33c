"""Tables: output records as CSV that is safe to open, and as Parquet with a fixed schema."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from copydesk.predict.fields import FIELDS, OUTPUT_FIELDS, Kind

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 1000
# What spreadsheets take for the beginning of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_KINDS: Mapping[str, Kind] = {field.name: field.kind for field in OUTPUT_FIELDS}


def formula_safe(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> formula_safe("=HYPERLINK(A1)"), formula_safe("Rates fall")
    ("'=HYPERLINK(A1)", 'Rates fall')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _flat(name: str, value: object) -> object:
    """Give what a column that holds no objects has of a field; kept fields are texts."""
    kind = _KINDS.get(name, Kind.TEXT)
    if value is None or kind in {Kind.NUMBER, Kind.TEXTS} or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


class CsvWriter:
    """Lists are joined by ``|``; evidence is a JSON object in its cell."""

    def __init__(self, stream: TextIO, kept: Sequence[str]) -> None:
        self._rows = csv.DictWriter(stream, (*FIELDS, *map(formula_safe, kept)))
        self._names = (*FIELDS, *kept)
        self._rows.writeheader()

    def write(self, line: str) -> None:
        """Write an output record, given as a line of JSON."""
        record = json.loads(line)
        cells = (_cell(_flat(name, record[name])) for name in self._names)
        self._rows.writerow(dict(zip(self._rows.fieldnames, cells, strict=True)))

    def close(self) -> None:
        """Nothing is pending."""


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = "|".join(value)
    return formula_safe(value) if isinstance(value, str) else value


def arrow_schema(kept: Sequence[str] = ()) -> pa.Schema:
    """Give the Arrow schema of the output: its fields, then those kept, which are strings.

    Evidence is a JSON object in a string.
    """
    import pyarrow as pa  # deferred: only .parquet needs it

    types: dict[Kind, pa.DataType] = {
        Kind.TEXT: pa.string(),
        Kind.NUMBER: pa.float64(),
        Kind.TEXTS: pa.list_(pa.string()),
        Kind.OBJECT: pa.string(),
    }
    columns = [pa.field(f.name, types[f.kind], nullable=f.may_be_null) for f in OUTPUT_FIELDS]
    return pa.schema([*columns, *(pa.field(name, pa.string()) for name in kept)])


class ParquetWriter:
    """Evidence is a JSON object in a string column; lists are lists."""

    def __init__(self, path: Path, kept: Sequence[str]) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._names = (*FIELDS, *kept)
        self._schema = arrow_schema(kept)
        self._table = pa.Table
        self._file = pq.ParquetWriter(path, self._schema)
        self._pending: list[dict[str, Any]] = []

    def write(self, line: str) -> None:
        """Write an output record, given as a line of JSON."""
        record = json.loads(line)
        self._pending.append({name: _flat(name, record[name]) for name in self._names})
        if len(self._pending) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._file.write_table(self._table.from_pylist(self._pending, schema=self._schema))
        self._pending.clear()

    def close(self) -> None:
        """Write what is pending."""
        if self._pending:
            self._flush()
        self._file.close()
