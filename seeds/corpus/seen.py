"""Ids seen before: any number of them, in little memory."""

from __future__ import annotations

import errno
import hashlib
import sqlite3
from types import TracebackType
from typing import Self

_CACHE_KIB = 65_536


class SeenIds:
    """Ids of an input; SQLite keeps their digests, and those that are too many on the disk.

    Digests have 128 bits: of a billion ids, two would be taken for one with a chance of 1 in
    10^20.

    Examples
    --------
    >>> with SeenIds() as seen:
    ...     seen.add("a"), seen.add("b"), seen.add("a")
    (True, True, False)
    """

    def __init__(self) -> None:
        # Without a name it is a file of its own that goes with the connection.
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        self._connection.execute("BEGIN")  # never to end: each commit would go to the disk

    def add(self, article_id: str) -> bool:
        """Add an id; say whether it is new.

        Raises
        ------
        OSError
            The disk is full.
        """
        digest = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=16)
        row = (digest.digest(),)
        try:
            done = self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", row)
        except sqlite3.OperationalError as error:
            raise OSError(errno.ENOSPC, f"no room for the ids of the input ({error})") from error
        return done.rowcount == 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()
