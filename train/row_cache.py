"""Feature rows kept by content: a pair of texts is compared once for each version of the code."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# Of some 1.1 kB each.
MAX_ROWS = 500_000
_ASKED_AT_ONCE = 500
_BUSY_SECONDS = 60.0


def pair_key(context: str, text: str, source_text: str | None) -> bytes:
    """Give the key of a pair: a digest of its texts and of all else that its features depend on.

    Parameters
    ----------
    context : str
        Digest of encoder, style score and code.
    text, source_text : str
        The pair's; None where there is no candidate.

    Examples
    --------
    >>> pair_key("c", "a", "b") != pair_key("c", "ab", "") != pair_key("c", "ab", None)
    True
    """
    digest = sha256(context.encode())
    for part in (text, source_text):
        encoded = b"" if part is None else b"+" + part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8) + encoded)
    return digest.digest()[:20]


class RowCache:
    """Feature rows in a file of SQLite; texts are not kept, only digests of them.

    Parameters
    ----------
    path : Path
        Of the file; made where it is missing, made anew where it is damaged.
    max_rows : int
        How many rows are kept; those that nobody asked for the longest go first.
    """

    def __init__(self, path: Path, max_rows: int = MAX_ROWS) -> None:
        self._path = path
        self._max_rows = max_rows

    def find(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float64]]:
        """Give the rows that are there, by their keys."""
        found: dict[bytes, NDArray[np.float64]] = {}
        try:
            with closing(self._connect()) as connection, connection:
                for i in range(0, len(keys), _ASKED_AT_ONCE):
                    asked = list(keys[i : i + _ASKED_AT_ONCE])
                    marks = ",".join("?" * len(asked))
                    where = f"WHERE key IN ({marks})"
                    for key, row in connection.execute(f"SELECT key, row FROM rows {where}", asked):
                        found[key] = np.frombuffer(row, np.float64)
                    connection.execute(f"UPDATE rows SET used = ? {where}", [time.time(), *asked])
        except sqlite3.OperationalError:
            return found  # another run holds the file for long, or it cannot be written
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
        return found

    def put(self, rows: Mapping[bytes, NDArray[np.float64]]) -> None:
        """Keep rows; what is too many of older ones goes."""
        values = [(key, row.tobytes(), time.time()) for key, row in rows.items()]
        with (
            suppress(sqlite3.OperationalError),
            closing(self._connect()) as connection,
            connection,
        ):
            connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", values)
            connection.execute(
                "DELETE FROM rows WHERE key IN "
                "(SELECT key FROM rows ORDER BY used DESC LIMIT -1 OFFSET ?)",
                [self._max_rows],
            )

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, row BLOB, used REAL) "
            "WITHOUT ROWID"
        )
        return connection
