"""A store's vector index: what its file holds and what was added since."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from copydesk.errors import InvalidStore
from copydesk.seeds.search.vectors import VectorIndex
from copydesk.seeds.store.index_file import IndexFile, IndexState
from copydesk.seeds.store.rows import vectors_after

# Fewer new vectors than this are indexed when the store is opened, in a fraction of a second.
_MAX_LATE = 1000
# The share of the index that articles removed may take up.
_MAX_DEAD_SHARE = 0.2


class StoreIndex:
    """The index of the vectors in a database: derived from it, never the other way round.

    Parameters
    ----------
    folder : Path
        The store's.
    connection : sqlite3.Connection
        To its database.
    dimension : int
        Of its vectors.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, dimension: int) -> None:
        self._folder = folder
        self._connection = connection
        self._file = IndexFile(folder, dimension)
        self._index: VectorIndex | None = None
        self._through = 0
        self._seen: tuple[int, int] | None = None

    def current(self) -> VectorIndex:
        """Give the index with all that is in the database by now."""
        if self._index is None:
            state, _ = self.usable_state()
            self._index = self._file.open(state)
            self._through = 0 if state is None else state.through
            self._seen = None
        # The one changes with what other processes write, the other with what this one does.
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        seen = version, self._connection.total_changes
        if seen != self._seen:
            for keys, vectors in vectors_after(self._connection, self._through):
                self._index.add(keys, vectors)
                self._through = int(keys[-1])
            self._seen = seen
        return self._index

    def usable_state(self) -> tuple[IndexState | None, str | None]:
        """Give what the index file holds, or None and what is wrong with it, if anything is."""
        try:
            state = self._file.read_state()
            self._file.open(state)
        except InvalidStore as error:
            return None, str(error)
        if state is None:
            return None, None
        (last,) = self._connection.execute(
            "SELECT coalesce(max(seq), 0) FROM sqlite_sequence"
        ).fetchone()
        if state.through > last or self._n_through(state.through) > state.n_vectors:
            return None, f"{self._folder / state.file} does not belong to these articles"
        return state, None

    def update(self) -> None:
        """Write the file where it is missing, damaged, or far behind the articles.

        Raises
        ------
        OSError
            It cannot be written; the old one stays.
        """
        state, _ = self.usable_state()
        n_indexed = 0 if state is None else self._n_through(state.through)
        if state is not None and n_indexed < (1 - _MAX_DEAD_SHARE) * state.n_vectors:
            state, n_indexed = None, 0
        last, n_articles = self._connection.execute(
            "SELECT max(key), count(*) FROM articles"
        ).fetchone()
        if n_articles - n_indexed > (0 if state is None else _MAX_LATE):
            through = 0 if state is None else state.through
            self._file.extend(state, vectors_after(self._connection, through), last)
            self._index = None

    def _n_through(self, key: int) -> int:
        row = self._connection.execute(
            "SELECT count(*) FROM articles WHERE key <= ?", (key,)
        ).fetchone()
        return int(row[0])
