"""A pool of sources in a file: their fingerprints are taken once, and any process searches it."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, BinaryIO, cast, overload

import msgpack
import numpy as np

from copydesk.seeds.corpus.records import parse_article
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.pool import ArticlePool
from copydesk.types import Article

_ARRAYS = {
    "vector": np.int8,
    "trigrams": np.uint16,
    "stems": np.uint16,
    "names": np.uint16,
    "facts": np.uint32,
}


def write_pool(stream: BinaryIO, items: Iterable[tuple[Article, Fingerprint | None]]) -> int:
    """Write articles with their fingerprints; gives how many there are."""
    n_items = 0
    for article, taken in items:
        for part in (_pack_article(article), pack_fingerprint(taken)):
            stream.write(len(part).to_bytes(4, "little") + part)
        n_items += 1
    return n_items


def read_pool(path: Path) -> ArticlePool:
    """Make a pool of a file; fingerprints are in memory, texts stay in the file, mapped."""
    with path.open("rb") as stream:
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if _size(stream) else b""
    starts: list[int] = []
    fingerprints: list[Fingerprint | None] = []
    for place, start in enumerate(_starts(mapped)):
        if place % 2 == 0:
            starts.append(start)
        else:
            fingerprints.append(unpack_fingerprint(_part(mapped, start)))
    # An article may stand twice under one id: the pool asks for fingerprints in order.
    waiting = iter(fingerprints)
    return ArticlePool(_MappedArticles(mapped, starts), lambda _: next(waiting))


def pack_fingerprint(taken: Fingerprint | None) -> bytes:
    """Give a fingerprint as bytes; they are read again without running code."""
    if taken is None:
        return cast("bytes", msgpack.packb(None))
    fields = {name: getattr(taken, name) for name in Fingerprint.__slots__}
    return cast(
        "bytes",
        msgpack.packb({k: v.tobytes() if k in _ARRAYS else v for k, v in fields.items()}),
    )


def unpack_fingerprint(raw: bytes) -> Fingerprint | None:
    """Take what ``pack_fingerprint`` gave."""
    fields = msgpack.unpackb(raw, use_list=False)
    if fields is None:
        return None
    arrays = {name: np.frombuffer(fields[name], kind) for name, kind in _ARRAYS.items()}
    return Fingerprint(**{**fields, **arrays})


def _pack_article(article: Article) -> bytes:
    fields = {k: v for k, v in asdict(replace(article, notes=())).items() if v is not None}
    if article.published is not None:
        fields["published"] = article.published.isoformat()
    return cast("bytes", msgpack.packb(fields, unicode_errors="surrogatepass"))


class _MappedArticles(Sequence[Article]):
    """Articles of a mapped file, by their place."""

    def __init__(self, mapped: mmap.mmap | bytes, starts: Sequence[int]) -> None:
        self._mapped = mapped
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> Article: ...

    @overload
    def __getitem__(self, place: slice) -> list[Article]: ...

    def __getitem__(self, place: int | slice) -> Article | list[Article]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        raw = _part(self._mapped, self._starts[place])
        fields: dict[str, Any] = msgpack.unpackb(raw, unicode_errors="surrogatepass")
        return parse_article(fields)


def _size(stream: BinaryIO) -> int:
    return stream.seek(0, 2)


def _starts(mapped: mmap.mmap | bytes) -> Iterator[int]:
    """Give where the parts of a file start: an article, its fingerprint, and so on."""
    start = 0
    while start < len(mapped):
        yield start
        start += 4 + int.from_bytes(mapped[start : start + 4], "little")


def _part(mapped: mmap.mmap | bytes, start: int) -> bytes:
    n_bytes = int.from_bytes(mapped[start : start + 4], "little")
    return mapped[start + 4 : start + 4 + n_bytes]
