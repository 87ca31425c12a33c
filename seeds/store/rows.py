"""Rows of the store's database: articles and fingerprints, in and out."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from copydesk.seeds.corpus.records import parse_article
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.vectors import Keys
from copydesk.types import Article

_CHUNK = 10_000
_MAX_KEY = 2**63 - 1


def pack_article(article: Article) -> tuple[bytes, bytes]:
    """Give an article's SHA-256 and its compressed record."""
    fields = {name: value for name, value in asdict(article).items() if value is not None}
    del fields["notes"]  # on the record it came from, which is not what is kept
    if article.published is not None:
        fields["published"] = article.published.isoformat()
    record = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(record).digest(), zlib.compress(record)


def unpack_article(record: bytes) -> Article:
    """Give the article of a compressed record."""
    return parse_article(json.loads(zlib.decompress(record)))


def is_whole(sha256: bytes, record: bytes) -> bool:
    """Say whether a compressed record is the one that the sum was taken of."""
    try:
        return hashlib.sha256(zlib.decompress(record)).digest() == sha256
    except zlib.error:
        return False


def put_article(
    connection: sqlite3.Connection, article: Article, taken: Fingerprint, *, replace: bool
) -> str:
    """Write an article and its fingerprint; says what became of it, or why it is refused."""
    row = connection.execute(
        "SELECT key, sha256 FROM articles WHERE id = ?", (article.id,)
    ).fetchone()
    sha256, record = pack_article(article)
    if row is None:
        _insert(connection, article.id, sha256, record, taken)
        return "added"
    if row[1] == sha256:
        return "unchanged"
    if not replace:
        return (
            f"id {article.id!r} is in the store with another text or other metadata; "
            "--replace takes the new one"
        )
    connection.execute("DELETE FROM articles WHERE key = ?", (row[0],))
    _insert(connection, article.id, sha256, record, taken)
    return "replaced"


def _insert(
    connection: sqlite3.Connection,
    article_id: str,
    sha256: bytes,
    record: bytes,
    taken: Fingerprint,
) -> None:
    key = connection.execute(
        "INSERT INTO articles (id, sha256, record) VALUES (?, ?, ?)", (article_id, sha256, record)
    ).lastrowid
    connection.execute(
        "INSERT INTO fingerprints VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            taken.id,
            taken.source_id,
            *(taken.published or (None, None)),
            taken.n_words,
            taken.source_likeness,
            taken.trigrams.tobytes(),
            taken.stems.tobytes(),
            taken.names.tobytes(),
            taken.vector.tobytes(),
            taken.facts.tobytes(),
        ),
    )


def fetch_records(connection: sqlite3.Connection, key: int, n: int) -> list[tuple[int, bytes]]:
    """Give the first ``n`` keys after a key, with the articles' compressed records."""
    return connection.execute(
        "SELECT key, record FROM articles WHERE key > ? ORDER BY key LIMIT ?", (key, n)
    ).fetchall()


def fetch_fingerprints(
    connection: sqlite3.Connection, keys: Sequence[int]
) -> list[tuple[int, Fingerprint]]:
    """Give the fingerprints that are there, in any order."""
    rows = connection.execute(
        "SELECT key, id, source_id, published, published_to, vector, trigrams, stems, names, "
        "n_words, source_likeness, facts "
        f"FROM fingerprints WHERE key IN ({','.join('?' * len(keys))})",
        keys,
    )
    return [
        (
            key,
            Fingerprint(
                article_id,
                source_id,
                None if published is None else (published, published_to),
                np.frombuffer(vector, np.int8),
                np.frombuffer(trigrams, np.uint16),
                np.frombuffer(stems, np.uint16),
                np.frombuffer(names, np.uint16),
                n_words,
                source_likeness,
                np.frombuffer(facts, np.uint32),
            ),
        )
        for (
            key,
            article_id,
            source_id,
            published,
            published_to,
            vector,
            trigrams,
            stems,
            names,
            n_words,
            source_likeness,
            facts,
        ) in rows
    ]


def vectors_after(
    connection: sqlite3.Connection, key: int, last: int = _MAX_KEY
) -> Iterator[tuple[Keys, NDArray[np.int8]]]:
    """Give keys and vectors of what was added after a key, up to the last one, in order."""
    rows = connection.execute(
        "SELECT key, vector FROM fingerprints WHERE key > ? AND key <= ? ORDER BY key", (key, last)
    )
    while chunk := rows.fetchmany(_CHUNK):
        keys = np.array([row[0] for row in chunk], np.int64)
        vectors = np.frombuffer(b"".join(row[1] for row in chunk), np.int8)
        yield keys, vectors.reshape(len(chunk), -1)
