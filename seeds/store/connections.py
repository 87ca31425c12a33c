"""A store's connections: one for each thread, all closed together."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.errors import InvalidStore
from copydesk.seeds.store.database import transaction

# What SQLite may keep of the file in memory: much for the first thread, which often is the only
# one, little for each of the dozens of a web server.
_FIRST_CACHE_KIB = 65_536
_CACHE_KIB = 8_192


class _Held:
    """A thread's connection and the process that opened it; lives as long as the thread."""

    __slots__ = ("__weakref__", "connection", "process")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.process = os.getpid()


class Connections:
    """A connection for each thread that asks for one; a thread's is closed when it ends.

    Parameters
    ----------
    folder : Path
        The store's.
    opening : callable
        Opens a connection that any thread may close.
    """

    def __init__(self, folder: Path, opening: Callable[[], sqlite3.Connection]) -> None:
        self._folder = folder
        self._opening = opening
        self._thread = threading.local()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closers: list[weakref.finalize[..., _Held]] = []
        self._inherited: list[object] = []
        self._process = os.getpid()
        self._is_closed = False

    def __len__(self) -> int:
        return sum(closer.alive for closer in self._closers)

    def current(self) -> sqlite3.Connection:
        """Give this thread's connection.

        Raises
        ------
        InvalidStore
            The store is closed, or cannot be opened any more.
        """
        if self._is_closed:
            raise InvalidStore(f"{self._folder} is closed: open the store again")
        held: _Held | None = getattr(self._thread, "held", None)
        if held is None or held.process != os.getpid():
            held = self._open()
        return held.connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Do all or nothing; no other thread or process writes meanwhile."""
        with self._writing:  # SQLite would make threads wait in steps of up to 0.1 seconds
            connection = self.current()
            with transaction(connection):
                yield connection

    def _open(self) -> _Held:
        with self._lock:
            if self._process != os.getpid():
                self._leave_to_parent()
            self._closers = [closer for closer in self._closers if closer.alive]
            connection = self._opening()
            cache_kib = _CACHE_KIB if self._closers else _FIRST_CACHE_KIB
            connection.execute(f"PRAGMA cache_size = -{cache_kib}")
            held = self._thread.held = _Held(connection)
            self._closers.append(weakref.finalize(held, connection.close))
            return held

    def _leave_to_parent(self) -> None:
        """Keep a fork from using or closing what SQLite forbids it to."""
        self._inherited += [closer.detach() for closer in self._closers]
        self._closers = []
        self._process = os.getpid()

    @contextmanager
    def closed_on_error(self) -> Iterator[None]:
        """Let go of the file where it turns out to be of no use."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connections of all threads; none may be in use."""
        with self._lock:
            self._is_closed = True
            if self._process != os.getpid():
                self._leave_to_parent()
            for closer in self._closers:
                closer()
