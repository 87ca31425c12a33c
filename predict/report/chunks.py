"""Details laid down in compressed chunks, which a browser unpacks one at a time."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from copydesk.predict.report.detail import detail_record
from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.rows import row_record

_ARTICLES = 24


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of the table and, packed, the details of the same articles with their texts."""

    rows: tuple[dict[str, Any], ...]
    packed: str


def pack(record: object) -> str:
    """Compress plain data as ASCII: gzip in Base64."""
    plain = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(plain, compresslevel=6, mtime=0)).decode()


def make_chunks(items: Iterable[ReportItem]) -> Iterator[Chunk]:
    """Lay down articles, those of one source beside each other so that it is kept once."""
    waiting = iter(sorted(items, key=_family))
    while group := list(islice(waiting, _ARTICLES)):
        texts: dict[str, int] = {}

        def keep(text: str, texts: dict[str, int] = texts) -> int:
            return texts.setdefault(text, len(texts))

        details = [detail_record(item, keep) for item in group]
        yield Chunk(
            rows=tuple(map(row_record, group)),
            packed=pack({"texts": list(texts), "details": details}),
        )


def _family(item: ReportItem) -> str:
    near = item.verdict.source or item.verdict.related
    return item.verdict.story or (item.verdict.id if near is None else near.id)


def share_out(chunks: Sequence[Chunk], limit_bytes: int) -> list[list[Chunk]]:
    """Share chunks out to pages of at most so many bytes of them, one chunk at least on each.

    Parameters
    ----------
    chunks : sequence of Chunk
        In their order.
    limit_bytes : int
        What a page may hold of details.
    """
    pages: list[list[Chunk]] = [[]]
    size = 0
    for chunk in chunks:
        if pages[-1] and size + len(chunk.packed) > limit_bytes:
            pages.append([])
            size = 0
        pages[-1].append(chunk)
        size += len(chunk.packed)
    return pages
