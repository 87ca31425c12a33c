"""A pandas DataFrame labelled: a row in, a row out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from copydesk.errors import InvalidInput, InvalidRecord, MissingPackage
from copydesk.predict.fields import OUTPUT_FIELDS, Kind, verdict_record
from copydesk.seeds.corpus.field_map import FieldMap
from copydesk.seeds.corpus.records import FIELDS as INPUT_FIELDS
from copydesk.seeds.corpus.records import is_missing
from copydesk.types import Article, Rejected, Verdict

if TYPE_CHECKING:
    import pandas as pd
    from typing_extensions import TypeIs

REJECTED = "rejected"
"""The column that says why a row was not judged."""

LabelArticles = Callable[[Iterable[Article]], Iterable[Verdict | Rejected]]
"""Gives for each article what it is."""

_NO_NAMES: Mapping[str, str] = {}
_log = logging.getLogger(__name__)


def is_frame(value: object) -> TypeIs[pd.DataFrame]:
    """Say whether something is a DataFrame of pandas, without importing pandas."""
    kind = type(value)
    return kind.__name__ == "DataFrame" and kind.__module__.partition(".")[0] == "pandas"


def label_rows(
    label: LabelArticles, frame: pd.DataFrame, names: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Label the rows of a DataFrame; ``Scorer.label_frame`` says what comes out.

    Parameters
    ----------
    label : callable
        Labels articles, in their order.
    frame : DataFrame
        A row an article.
    names : mapping of str to str, optional
        For fields of an input record, which column they are where it is called otherwise.

    Raises
    ------
    MissingPackage
        pandas is not installed.
    InvalidInput
        It is no DataFrame, or has no such column.
    """
    try:
        import pandas as pd  # deferred: an extra
    except ImportError as error:
        raise MissingPackage(
            "labelling a DataFrame needs pandas: pip install 'copydesk[pandas]'"
        ) from error
    rows = list(_read(frame, "frame", names))
    items = iter(label([row for row in rows if isinstance(row, Article)]))
    found = [row if isinstance(row, Rejected) else next(items) for row in rows]
    records = [_record(item) for item in found]
    columns = {
        field.name: pd.Series(
            [record.get(field.name) for record in records], frame.index, _DTYPES[field.kind]
        )
        for field in OUTPUT_FIELDS
    }
    reasons = [record.get(REJECTED) for record in records]
    columns[REJECTED] = pd.Series(reasons, frame.index, _DTYPES[Kind.TEXT])
    return pd.DataFrame(columns, frame.index)


# The same in all versions of pandas, and where every row of a column is empty.
_DTYPES: Mapping[Kind, Any] = {
    Kind.TEXT: "string",
    Kind.NUMBER: "float64",
    Kind.TEXTS: "object",
    Kind.OBJECT: "object",
}


def read_sources(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> list[Article]:
    """Read the articles of a DataFrame of sources; rows without one are logged and left out.

    Raises
    ------
    InvalidInput
        It has no such column.
    """
    sources = []
    for row in _read(frame, "sources", names):
        if isinstance(row, Article):
            sources.append(row)
        else:
            _log.warning("source %s left out: %s", row.id, row.reason)
    return sources


def _record(item: Verdict | Rejected) -> dict[str, Any]:
    if isinstance(item, Rejected):
        return {"id": item.id, REJECTED: item.reason}
    return verdict_record(item)


def _read(
    frame: pd.DataFrame, called: str, names: Mapping[str, str] | None
) -> Iterator[Article | Rejected]:
    """Read rows as the records of a file are read."""
    if not is_frame(frame):
        raise InvalidInput(
            f"{called} is a {type(frame).__name__}, expected a pandas DataFrame: Scorer.label "
            "labels articles"
        )
    fields = FieldMap(_NO_NAMES if names is None else names)
    _check_columns(frame, called, fields)
    wanted = frame.loc[:, [column in fields.wanted for column in frame.columns]]
    id_column = fields.names.get("id", "id")
    seen: set[str] = set()
    for number, row in enumerate(wanted.to_dict("records")):
        where = f"{called} row {number}"
        record = cast("Mapping[str, object]", row)
        given_id = record.get(id_column)
        try:
            article = fields.read(record).article
        except InvalidRecord as error:
            yield Rejected(_name(given_id, where), f"{where}: {error}")
            continue
        if is_missing(given_id) or article.id not in seen:
            yield article
        else:
            yield Rejected(article.id, f"{where}: id {article.id!r} stands twice")
        seen.add(article.id)


def _check_columns(frame: pd.DataFrame, called: str, fields: FieldMap) -> None:
    unknown = [name for name in fields.names if name not in INPUT_FIELDS]
    if unknown:
        raise InvalidInput(f"{unknown[0]!r} is no field, expected one of {', '.join(INPUT_FIELDS)}")
    columns = list(frame.columns)
    for column in chain(fields.needed, fields.names.values()):
        if column not in columns:
            there = ", ".join(map(repr, columns))
            raise InvalidInput(
                f"{called} has no column {column!r}, only {there}: say with columns or "
                "source_columns what yours are called"
            )
    twice = [column for column in columns if column in fields.wanted and columns.count(column) > 1]
    if twice:
        raise InvalidInput(f"{called} has several columns {twice[0]!r}, expected one")


def _name(value: object, where: str) -> str:
    return str(value) if isinstance(value, str | int) and str(value) else where
