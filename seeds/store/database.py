"""The store's SQLite file: its tables, its connections, and its errors in words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.errors import InvalidStore

FILE = "articles.sqlite"
FORMAT = 1

# A key is never used twice: the vector index may still hold that of an article removed.
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sha256 BLOB NOT NULL,
    record BLOB NOT NULL
);
CREATE TABLE fingerprints (
    key INTEGER PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE,
    id TEXT NOT NULL,
    source_id TEXT,
    published REAL,
    n_words INTEGER NOT NULL,
    standing REAL NOT NULL,
    trigrams BLOB NOT NULL,
    stems BLOB NOT NULL,
    names BLOB NOT NULL,
    vector BLOB NOT NULL
);
"""
# Mapping the file instead would end the process where a page of it cannot be read.
_CACHE_KIB = 65_536


def connect_to_write(folder: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open a store's database for writing; make it where it is missing.

    Raises
    ------
    InvalidStore
        It cannot be made, is damaged, locked, or of another format.
    """
    path = folder / FILE
    with in_words(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidStore(f"{folder} cannot be made: {error.strerror}") from error
        is_new = not path.exists()
        if is_new and any(folder.iterdir()):
            raise InvalidStore(f"{folder} is no store and not empty: name another folder")
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        with closed_on_error(connection):
            connection.execute("PRAGMA journal_mode = WAL")
            # Full: what was acknowledged outlives a power cut too, not only the process.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            with transaction(connection):
                if connection.execute("PRAGMA user_version").fetchone() == (0,):
                    for statement in _SCHEMA.split(";"):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {FORMAT}")
            _prepare(connection, folder)
        return connection


def connect_to_read(folder: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open a store's database for reading.

    A folder that cannot be written (shared storage, an image) is read as it stands, without
    locks; nobody may write to it meanwhile.

    Raises
    ------
    InvalidStore
        There is no store, or it is damaged or of another format.
    """
    path = folder / FILE
    if not path.is_file():
        raise InvalidStore(f"{folder} is no store; copydesk seeds add {folder} INPUT makes one")
    unfinished = path.with_name(f"{FILE}-wal")
    with in_words(folder):
        mode = "mode=ro" if os.access(folder, os.W_OK) else "mode=ro&immutable=1"
        if "immutable" in mode and unfinished.exists() and unfinished.stat().st_size:
            raise InvalidStore(
                f"{folder} cannot be written and holds {unfinished.name}, which somebody else is "
                "writing or has left: open it once where it can be written"
            )
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}",
            uri=True,
            timeout=busy_seconds,
            isolation_level=None,
        )
        with closed_on_error(connection):
            _prepare(connection, folder)
        return connection


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Let go of the file where it turns out to be of no use."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _prepare(connection: sqlite3.Connection, folder: Path) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found != FORMAT:
        raise InvalidStore(f"{folder} has format {found}, expected {FORMAT}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all or nothing; the only writer meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself where the disk is full.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_WORDS = {
    sqlite3.SQLITE_BUSY: "is locked: another process is writing to it; try again when it is done",
    sqlite3.SQLITE_FULL: "has no room to grow: the disk is full; what was added before is safe, "
    "make room and add the rest again",
    sqlite3.SQLITE_READONLY: "cannot be written",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore its folder from a copy, or make it again",
    sqlite3.SQLITE_NOTADB: "is damaged: restore its folder from a copy, or make it again",
}


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Say in words what SQLite could not do.

    Raises
    ------
    InvalidStore
        For every error of SQLite.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        what = _WORDS.get(code, "cannot be used")
        raise InvalidStore(f"{folder} {what} ({error})") from error
