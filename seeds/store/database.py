"""The store's SQLite file: its tables, its connections, and its errors in words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from copydesk.errors import InvalidStore

FILE = "articles.sqlite"
FORMAT = 2
# Of older formats the articles are read, and nothing else.
_READ_FORMATS = (1, FORMAT)

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
    published_to REAL,
    n_words INTEGER NOT NULL,
    source_likeness REAL NOT NULL,
    trigrams BLOB NOT NULL,
    stems BLOB NOT NULL,
    names BLOB NOT NULL,
    vector BLOB NOT NULL,
    facts BLOB NOT NULL
);
"""
_RETRY_SECONDS = 0.01


def make_database(
    folder: Path, busy_seconds: float, about: Callable[[], Mapping[str, bytes]]
) -> None:
    """Make a store's database where it is missing, all or nothing.

    Parameters
    ----------
    folder : Path
        The store's; made where it is missing.
    busy_seconds : float
        How long to wait for another writer, or for another process that makes the same store.
    about : callable
        Gives what a new store is to say of itself.

    Raises
    ------
    InvalidStore
        It cannot be made, is damaged, or locked.
    """
    path = folder / FILE
    with in_words(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # In this order: the files may be those of a store that is being made at this moment.
            is_foreign = any(folder.iterdir()) and not path.exists()
        except OSError as error:
            raise InvalidStore(f"{folder} cannot be made: {error.strerror}") from error
        if is_foreign:
            raise InvalidStore(f"{folder} is no store and not empty: name another folder")
        with closing(_connect(path, busy_seconds)) as connection:
            _log_ahead(connection, busy_seconds)
            rows = about() if _format(connection) == 0 else {}
            with transaction(connection):
                if _format(connection) != 0:
                    return
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.executemany("INSERT INTO about VALUES (?, ?)", rows.items())
                connection.execute(f"PRAGMA user_version = {FORMAT}")


def _log_ahead(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Set the journal mode; SQLite itself does not wait here for others who do the same."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def connect_to_write(folder: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open a store's database for writing.

    Raises
    ------
    InvalidStore
        It is damaged, or of another format.
    """
    with in_words(folder):
        connection = _connect(folder / FILE, busy_seconds)
        with closed_on_error(connection):
            # Full: what was acknowledged outlives a power cut too, not only the process.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            _check_format(connection, folder)
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
        connection = _connect(f"{path.absolute().as_uri()}?{mode}", busy_seconds)
        with closed_on_error(connection):
            _check_format(connection, folder)
        return connection


def _connect(path: Path | str, busy_seconds: float) -> sqlite3.Connection:
    """Open a file, or what a URI names; whoever closes the store closes it, in any thread."""
    return sqlite3.connect(
        path,
        uri=isinstance(path, str),
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )


def read_about(connection: sqlite3.Connection, folder: Path) -> dict[str, bytes]:
    """Give what a store says of itself, by name.

    Raises
    ------
    InvalidStore
        It does not say.
    """
    about = {name: bytes(value) for name, value in connection.execute("SELECT * FROM about")}
    if not about:
        raise InvalidStore(_never_finished(folder))
    return about


@contextmanager
def closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    """Let go of the file where it turns out to be of no use."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _check_format(connection: sqlite3.Connection, folder: Path) -> None:
    found = _format(connection)
    if found == 0:
        raise InvalidStore(_never_finished(folder))
    if found not in _READ_FORMATS:
        raise InvalidStore(f"{folder} has format {found}, expected {FORMAT}")


def _format(connection: sqlite3.Connection) -> int:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def _never_finished(folder: Path) -> str:
    return f"{folder} was never finished: copydesk seeds add {folder} INPUT goes on"


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
        what = _WORDS.get(_code(error), "cannot be used")
        raise InvalidStore(f"{folder} {what} ({error})") from error


def _code(error: sqlite3.Error) -> int:
    """Give SQLite's primary code of an error; 0 for errors of the module itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
