"""A store's vector index: what its file holds and what was added since."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from copydesk.errors import InvalidStore
from copydesk.seeds.search.vectors import VectorIndex
from copydesk.seeds.store.connections import Connections
from copydesk.seeds.store.index_file import IndexFile, IndexState
from copydesk.seeds.store.rows import vectors_after

# Fewer new vectors than this are indexed when the store is opened, in a fraction of a second.
_MAX_LATE = 1000
# The share of the index that articles removed may take up.
_MAX_DEAD_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Opened:
    """An index as its file holds it.

    Parameters
    ----------
    index : VectorIndex
        Empty where there is no file, or none of use.
    state : IndexState or None
        What is in the file.
    trouble : str or None
        What is wrong with the file, if anything is.
    """

    index: VectorIndex
    state: IndexState | None = None
    trouble: str | None = None

    @property
    def through(self) -> int:
        """The last key that was there when the file was made."""
        return 0 if self.state is None else self.state.through


class StoreIndex:
    """The index of the vectors in a database: derived from it, never the other way round.

    The file is opened once, and threads share it.

    Parameters
    ----------
    folder : Path
        The store's.
    connections : Connections
        To its database.
    dimension : int
        Of its vectors.
    """

    def __init__(self, folder: Path, connections: Connections, dimension: int) -> None:
        self._folder = folder
        self._connections = connections
        self._file = IndexFile(folder, dimension)
        self._lock = threading.Lock()
        self._index: VectorIndex | None = None
        self._through = 0
        self._thread = threading.local()

    def current(self) -> VectorIndex:
        """Give the index with all that is in the database by now."""
        connection = self._connections.current()
        # The one changes with what others write, the other with what this connection does.
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        seen = connection, version, connection.total_changes
        with self._lock:
            index, is_new = self._index, self._index is None
            if index is None:
                opened = self.open_file()
                index = self._index = opened.index
                self._through = opened.through
            if is_new or seen != getattr(self._thread, "seen", None):
                for keys, vectors in vectors_after(connection, self._through):
                    index.add(keys, vectors)
                    self._through = int(keys[-1])
                self._thread.seen = seen
        return index

    def open_file(self) -> Opened:
        """Open the index file, if it is whole and fits the articles."""
        empty = self._file.open(None)
        while True:
            record = self._file.record()
            try:
                state = self._file.read_state()
                index = self._file.open(state)
                break
            except InvalidStore as error:
                if record == self._file.record():
                    return Opened(empty, trouble=str(error))
                # Another process has put a new file in its place meanwhile.
        if state is None:
            return Opened(empty)
        connection = self._connections.current()
        (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence").fetchone()
        if state.through > last or self._n_through(state.through) > state.n_vectors:
            trouble = f"{self._folder / state.file} does not belong to these articles"
            return Opened(empty, trouble=trouble)
        return Opened(index, state)

    def update(self) -> None:
        """Write the file where it is missing, damaged, or far behind the articles.

        Raises
        ------
        OSError
            It cannot be written; the old one stays.
        """
        with self._file.writing():
            self._update()

    def _update(self) -> None:
        opened = self.open_file()
        n_indexed = self._n_through(opened.through)
        if opened.state is not None and n_indexed < (1 - _MAX_DEAD_SHARE) * opened.state.n_vectors:
            opened, n_indexed = Opened(self._file.open(None)), 0
        connection = self._connections.current()
        last, n_articles = connection.execute("SELECT max(key), count(*) FROM articles").fetchone()
        if n_articles - n_indexed > (0 if opened.state is None else _MAX_LATE):
            # Others may add more meanwhile: what comes after ``last`` is not in the file.
            batches = vectors_after(connection, opened.through, last)
            self._file.extend(opened.state, batches, last)
            with self._lock:
                self._index = None

    def _n_through(self, key: int) -> int:
        row = (
            self._connections.current()
            .execute("SELECT count(*) FROM articles WHERE key <= ?", (key,))
            .fetchone()
        )
        return int(row[0])
