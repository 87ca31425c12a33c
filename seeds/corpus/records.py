"""Records: JSON objects checked once, at the edge, and turned into articles."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from copydesk.errors import InvalidRecord
from copydesk.types import Article

_OPTIONAL_TEXT = ("headline", "url", "outlet", "source_id", "source_text")


def parse_article(record: Mapping[str, object]) -> Article:
    """Turn an input record into an article.

    Parameters
    ----------
    record : mapping
        ``id`` and ``text``, optionally ``headline, url, published, outlet, source_id,
        source_text``. Other fields are ignored. An id that is a number is taken as text.

    Raises
    ------
    InvalidRecord
        A field is missing or of the wrong kind.

    Examples
    --------
    >>> parse_article({"id": 7, "text": "The ferry sank."}).id
    '7'
    """
    article_id = record.get("id")
    if isinstance(article_id, int) and not isinstance(article_id, bool):
        article_id = str(article_id)
    if not isinstance(article_id, str) or not article_id.strip() or not _can_be_written(article_id):
        raise InvalidRecord(f"field id is {_shown(record.get('id'))}, expected a non-empty string")
    text = record.get("text")
    if not isinstance(text, str):
        raise InvalidRecord(f"field text is {_shown(text)}, expected a string")
    optional = {name: _optional_text(record, name) for name in _OPTIONAL_TEXT}
    return Article(id=article_id, text=text, published=_published(record), **optional)


def _optional_text(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if name == "source_id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not _can_be_written(value):
        raise InvalidRecord(f"field {name} is {_shown(value)}, expected a string or nothing")
    return value


def _published(record: Mapping[str, object]) -> date | None:
    """Give a time, or a date where only that came, and add no zone where none came."""
    value = record.get("published")
    if value is None or value == "":
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


def _can_be_written(text: str) -> bool:
    """Tell text from halves of characters, which JSON can carry and no file can."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _shown(value: object) -> str:
    shown = "missing" if value is None else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
