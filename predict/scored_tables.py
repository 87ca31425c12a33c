"""Verdicts read back from whatever ``copydesk label --out`` wrote: JSON Lines, CSV or Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from copydesk.errors import InvalidInput
from copydesk.predict.fields import FIELDS, OUTPUT_FIELDS, Kind
from copydesk.predict.report.scored import read_scored, read_verdict
from copydesk.predict.tables import formula_safe
from copydesk.seeds.corpus.table_files import read_csv, read_parquet
from copydesk.types import Verdict

_NEEDED = ("id", "label", "model_id")
_KINDS: Mapping[str, Kind] = {field.name: field.kind for field in OUTPUT_FIELDS}


def read_scored_file(path: str | Path) -> Iterator[Verdict]:
    """Read the verdicts of a file that ``copydesk label --out`` wrote.

    Parameters
    ----------
    path : str or Path
        Ending in ``.jsonl``, ``.csv`` or ``.parquet``.

    Raises
    ------
    InvalidInput
        The file cannot be read, or a row is no output record.
    """
    suffix = Path(path).suffix
    if suffix not in (".csv", ".parquet"):
        yield from read_scored(path)
        return
    try:
        if suffix == ".csv":
            rows = read_csv(str(path), ",", _NEEDED)
        else:
            rows = read_parquet(str(path), _NEEDED, FIELDS)
        for number, row in rows:
            assert not isinstance(row, str)  # of tables, every row is one
            yield _read_row(row, f"{path}:{number}")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error


def _read_row(row: Mapping[str, object], where: str) -> Verdict:
    try:
        return read_verdict({name: value_of_cell(name, row.get(name)) for name in FIELDS})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(f"{where} is no output record of copydesk label: {error!r}") from error


def value_of_cell(name: str, cell: object) -> Any:
    """Give the value of an output field that a table's cell stands for.

    Examples
    --------
    >>> value_of_cell("label_set", "original|spun"), value_of_cell("id", "'=1"), value_of_cell(
    ...     "p_spun", "0.25")
    (['original', 'spun'], '=1', 0.25)
    """
    if not isinstance(cell, str):
        return cell
    kind = _KINDS[name]
    if cell == "":
        return [] if kind is Kind.TEXTS else None
    if formula_safe(cell[1:]) == cell:
        cell = cell[1:]
    if kind is Kind.TEXTS:
        return cell.split("|")
    if kind is Kind.NUMBER:
        return float(cell)
    return json.loads(cell) if kind is Kind.OBJECT else cell
