"""Corrections as people write them: a table or JSON Lines with an id and the right label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.files import JSON_LINES, PARQUET, list_files
from copydesk.seeds.corpus.json_files import Row, read_json, read_json_lines
from copydesk.seeds.corpus.opening import open_content
from copydesk.seeds.corpus.records import whole_number_as_text
from copydesk.seeds.corpus.table_files import parquet_columns, read_csv, read_parquet
from copydesk.types import LABELS, Label, Rejected

_KINDS = (JSON_LINES, ".json", ".csv", ".tsv", PARQUET)
# How people call these columns. Of the labels, one that says that it was corrected comes first:
# in a scored table to which a column was added, "label" is what the model said.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "doc_id", "record_id"),
    "label": (
        *("correct_label", "corrected_label", "correction", "new_label", "true_label"),
        *("right_label", "gold_label", "gold", "label"),
    ),
    "note": ("note", "notes", "comment", "reason", "why"),
    "source_id": ("correct_source_id", "corrected_source_id", "correct_source"),
}
_NEEDED = ("id", "label")
_SEPARATORS = re.compile(r"[\s_-]+")
_HEADER_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of an article.

    Parameters
    ----------
    id : str
        The article's, as in the scored file.
    label : Label
        The right one, the same as the model's where that is confirmed.
    where : str
        File and line or row.
    note : str or None
        Why.
    source_id : str or None
        What it derives from, where the person says so.
    """

    id: str
    label: Label
    where: str
    note: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectionFile:
    """What a file of corrections holds.

    Parameters
    ----------
    corrections : tuple of Correction
        In their order.
    rejected : tuple of Rejected
        Rows that are none, with reasons.
    n_empty : int
        Rows without a label: nothing was corrected there.
    """

    corrections: tuple[Correction, ...]
    rejected: tuple[Rejected, ...]
    n_empty: int


def parse_label(text: str) -> Label | None:
    """Read a label, however it is spaced or capitalised; None where it is none.

    Examples
    --------
    >>> str(parse_label("Edited wire")), parse_label("wire")
    ('edited_wire', None)
    """
    key = _key(text)
    return next((label for label in LABELS if label == key), None)


def _key(name: str) -> str:
    return _SEPARATORS.sub("_", name.strip()).strip("_").lower()


def read_corrections(
    path: str, id_field: str | None = None, label_field: str | None = None
) -> CorrectionFile:
    r"""Read a file of corrections.

    Parameters
    ----------
    path : str
        ``.csv``, ``.tsv``, ``.jsonl``, ``.json`` (also ``.gz``, ``.zst``) or ``.parquet``, with a
        column for the id and one for the label; ``-`` is JSON Lines on standard input.
    id_field, label_field : str, optional
        What these are called; by default the first of the usual names that is there.

    Raises
    ------
    InvalidInput
        The file cannot be read, or has no such column.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "fixes.csv"
    ...     _ = path.write_text("Article ID;New label\na1;Spun\na2;fake\n")
    ...     read = read_corrections(str(path))
    >>> [(one.id, str(one.label)) for one in read.corrections], len(read.rejected)
    ([('a1', 'spun')], 1)
    """
    (file, *others) = list_files([path]).files
    if others or file.kind not in _KINDS:
        raise InvalidInput(
            f"--labels {path} is of no kind that is read; expected one file of "
            f"{', '.join(_KINDS)} with id and label"
        )
    try:
        rows = list(_rows(path, file.kind))
    except (OSError, EOFError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error
    columns = dict.fromkeys(name for _, row in rows if not isinstance(row, str) for name in row)
    given = {"id": id_field, "label": label_field}
    chosen = {field: _choose(path, list(columns), field, given.get(field)) for field in _NAMES}
    items = [_parse(where, row, chosen) for where, row in rows]
    return CorrectionFile(
        tuple(item for item in items if isinstance(item, Correction)),
        tuple(item for item in items if isinstance(item, Rejected)),
        items.count(None),
    )


def _choose(path: str, columns: Sequence[str], field: str, given: str | None) -> str | None:
    """Choose the column of a field.

    Raises
    ------
    InvalidInput
        There are columns, and none for an id or a label.
    """
    by_key = {_key(column): column for column in reversed(columns)}
    keys = _NAMES[field] if given is None else (_key(given),)
    found = next((by_key[key] for key in keys if key in by_key), None)
    if found is None and columns and field in _NEEDED:
        raise InvalidInput(
            f"{path} has no column {given or field}; it has {', '.join(columns)}: "
            f"--{field}-field names another"
        )
    return found


def _rows(path: str, kind: str) -> Iterator[tuple[str, Row]]:
    if kind == PARQUET:
        rows = read_parquet(path, (), parquet_columns(path))
    elif kind == JSON_LINES:
        rows = read_json_lines(path)
    elif kind == ".json":
        rows = read_json(path)
    else:
        rows = read_csv(path, _delimiter(path, kind), ())
    name = Path(path).name
    return ((f"{name}:{number}", row) for number, row in rows)


def _delimiter(path: str, kind: str) -> str:
    """Give what stands between a table's cells; spreadsheets of many countries write semicolons."""
    with open_content(path) as stream:
        header = stream.readline(_HEADER_BYTES)
    if kind == ".tsv" or (b"\t" in header and b"," not in header):
        return "\t"
    return ";" if b";" in header and b"," not in header else ","


def _parse(where: str, row: Row, columns: Mapping[str, str | None]) -> Correction | Rejected | None:
    """Give the correction of a row; None where it has no label."""
    if isinstance(row, str):
        return Rejected(where, f"{where}: {row}")
    cells = {field: _text(row.get(column or "")) for field, column in columns.items()}
    article_id, label = cells["id"], cells["label"]
    if label is None:
        return None
    if article_id is None:
        return Rejected(where, f"{where}: the id is empty, expected that of a scored article")
    found = parse_label(label)
    if found is None:
        reason = f"{where}: label is {label[:40]!r}, expected one of: {', '.join(LABELS)}"
        return Rejected(article_id, reason)
    return Correction(article_id, found, where, cells["note"], cells["source_id"])


def _text(value: object) -> str | None:
    """Take a cell as text; None where nothing is in it."""
    value = whole_number_as_text(value)  # NaN, what a table has for nothing, stays a number
    return value.strip() or None if isinstance(value, str) else None
