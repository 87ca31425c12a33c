"""Records: JSON objects checked once, at the edge, and turned into articles."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import TypeVar

from copydesk.errors import InvalidRecord
from copydesk.types import Article

_OPTIONAL_TEXT = ("headline", "url", "outlet", "source_id", "source_text")
FIELDS = ("id", "text", "published", *_OPTIONAL_TEXT)


def parse_article(record: Mapping[str, object]) -> Article:
    """Turn an input record into an article.

    Parameters
    ----------
    record : mapping
        ``id`` and ``text``, optionally ``headline, url, published, outlet, source_id,
        source_text``. Other fields are ignored. An id that is a number is taken as text. NaN
        stands for nothing. An optional field that cannot be used is left out; the article's
        ``notes`` say so.

    Raises
    ------
    InvalidRecord
        ``id`` or ``text`` is missing or of the wrong kind.

    Examples
    --------
    >>> parse_article({"id": 7, "text": "The ferry sank.", "published": "soon"}).notes
    ("field published is 'soon', expected ISO 8601 such as 2025-03-14T09:20Z: ignored",)
    """
    record = {name: value for name, value in record.items() if not is_missing(value)}
    article_id = whole_number_as_text(record.get("id"))
    if not isinstance(article_id, str) or not article_id.strip() or not _can_be_written(article_id):
        raise InvalidRecord(f"field id is {_shown(record.get('id'))}, expected a non-empty string")
    text = record.get("text")
    if not isinstance(text, str):
        raise InvalidRecord(f"field text is {_shown(text)}, expected a string")
    notes: list[str] = []
    optional = {name: _optional(_optional_text, record, name, notes) for name in _OPTIONAL_TEXT}
    published = _optional(_published, record, "published", notes)
    return Article(id=article_id, text=text, published=published, notes=tuple(notes), **optional)


def is_missing(value: object) -> bool:
    """Say whether a table has nothing here; pandas writes NaN, NaT or NA."""
    is_nan = isinstance(value, float) and math.isnan(value)
    return value is None or is_nan or type(value).__name__ in {"NaTType", "NAType"}


def whole_number_as_text(value: object) -> object:
    """Take an id that is a number as text; one missing id makes a column of ids floats.

    Examples
    --------
    >>> whole_number_as_text(7.0), whole_number_as_text("a7")
    ('7', 'a7')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_Value = TypeVar("_Value")


def _optional(
    read: Callable[[Mapping[str, object], str], _Value | None],
    record: Mapping[str, object],
    name: str,
    notes: list[str],
) -> _Value | None:
    try:
        return read(record, name)
    except InvalidRecord as error:
        notes.append(f"{error}: ignored")
        return None


def _optional_text(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if name == "source_id":
        value = whole_number_as_text(value)
    if _is_empty(value):
        return None
    if not isinstance(value, str) or not _can_be_written(value):
        raise InvalidRecord(f"field {name} is {_shown(value)}, expected a string or nothing")
    return value


def _published(record: Mapping[str, object], name: str) -> date | None:
    """Give a time, or a date where only that came, and add no zone where none came."""
    value = record.get(name)
    if _is_empty(value):
        return None
    if isinstance(value, str):
        for kind in (date, datetime):
            with suppress(ValueError):
                return kind.fromisoformat(value.strip())
        raise InvalidRecord(
            f"field published is {_shown(value)}, expected ISO 8601 such as 2025-03-14T09:20Z"
        )
    if not isinstance(value, date):
        raise InvalidRecord(f"field published is {_shown(value)}, expected an ISO 8601 string")
    return value


def _is_empty(value: object) -> bool:
    # Whatever a table's cell may hold: an array gives no answer when it is compared with "".
    return value is None or (isinstance(value, str) and not value)


def _can_be_written(text: str) -> bool:
    """Tell text from halves of characters, which JSON can carry and no file can."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _shown(value: object) -> str:
    shown = "missing" if value is None else repr(value)
    if "\n" in shown:  # a table within a cell
        shown = " ".join(shown.split())
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
