"""The field map: which fields of an input are what, and which come out again."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from copydesk.seeds.corpus.input_record import InputRecord
from copydesk.seeds.corpus.records import FIELDS, is_missing, parse_article
from copydesk.types import Article

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
# What an id is made of: two records that differ in any of these are two articles.
_CONTENT = ("text", "headline", "url", "outlet", "published")
_ID_CHARS = 24


@dataclass(frozen=True, slots=True)
class FieldMap:
    """How records are read.

    Parameters
    ----------
    names : mapping of str to str
        For fields of ``FIELDS``, how the input calls them where it calls them otherwise.
    keep : tuple of str
        Fields that are copied into the output.

    Examples
    --------
    >>> fields = FieldMap({"text": "body"}, keep=("desk",))
    >>> record = fields.read({"id": 7, "body": "The ferry sank.", "desk": "Orla"})
    >>> record.article.text, record.kept
    ('The ferry sank.', {'desk': 'Orla'})
    """

    names: Mapping[str, str] = field(default_factory=lambda: _NO_NAMES)
    keep: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns that a table must have: the text's, and the id's where it was named."""
        named = (self.names["id"],) if "id" in self.names else ()
        return (*named, self.names.get("text", "text"))

    @property
    def wanted(self) -> frozenset[str]:
        """Columns of a table that are read."""
        return frozenset(self.names.get(name, name) for name in FIELDS) | frozenset(self.keep)

    def read(self, row: Mapping[str, object]) -> InputRecord:
        """Turn a record into an article with what is kept; an id that is missing is made.

        Raises
        ------
        InvalidRecord
            The text is missing, or it or the id is of the wrong kind.
        """
        record = {name: row.get(self.names.get(name, name)) for name in FIELDS}
        given = record["id"]
        if is_missing(given) or (isinstance(given, str) and not given):
            record["id"] = content_id(record)
        return self.keep_of(parse_article(record), row)

    def keep_of(self, article: Article, row: Mapping[str, object] | None = None) -> InputRecord:
        """Put beside an article what is kept of its record, or of itself where that lacks it."""
        kept = {}
        for name in self.keep:
            value = (row or {}).get(name)
            if value is None and name in FIELDS:
                value = getattr(article, name)
            kept[name] = _plain(value)
        return InputRecord(article, kept)


def content_id(record: Mapping[str, object]) -> str:
    """Make an id of what a record says: the same for the same content, wherever it stands."""
    content = {name: record[name] for name in _CONTENT if not is_missing(record.get(name))}
    raw = json.dumps(content, sort_keys=True, default=str)  # ASCII: halves of characters pass
    return f"sha256-{hashlib.sha256(raw.encode()).hexdigest()[:_ID_CHARS]}"


def _plain(value: object) -> object:
    """Give a value as JSON has it."""
    if is_missing(value) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float) else str(value)
