"""The store: canonical articles in a folder, to be added to and searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import InvalidArticle, InvalidStore
from copydesk.features import Encoder, load_encoder
from copydesk.features.read.encoder import STATIC
from copydesk.seeds.search.candidates import Candidate, Candidates, find_sources
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.search.vectors import Keys
from copydesk.seeds.store.check import Check, check_store
from copydesk.seeds.store.connections import Connections
from copydesk.seeds.store.database import (
    FILE,
    connect_to_read,
    connect_to_write,
    in_words,
    make_database,
    read_about,
)
from copydesk.seeds.store.encoder import StoreEncoder, describe_encoder
from copydesk.seeds.store.index import StoreIndex
from copydesk.seeds.store.reading import READING, find_outdated, reading_digest
from copydesk.seeds.store.rows import (
    fetch_fingerprints,
    fetch_records,
    put_article,
    unpack_article,
    vectors_after,
)
from copydesk.types import Article, Rejected

BATCH = 256
BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding articles; the numbers add up to those given."""

    n_added: int
    n_replaced: int
    n_unchanged: int
    rejected: tuple[Rejected, ...]


def is_store(path: str | Path) -> bool:
    """Say whether a folder is a store."""
    return (Path(path) / FILE).is_file()


class Store:
    """Articles that others may derive from, kept in a folder.

    SQLite holds the articles, their fingerprints and vectors; an index of the vectors lies
    beside it and is made again from them wherever it is missing, damaged or behind. One process
    writes, any number read meanwhile and see what was added. Threads may share a store: each has
    a connection of its own until it ends or the store is closed. Use ``Store.read`` or
    ``Store.write``, best in a ``with`` statement.

    Examples
    --------
    >>> import tempfile
    >>> wire = Article("w", "Divers found cracks in two of the nine piers of the bridge over the "
    ...     "Orla on Monday, and it was closed to all traffic, the ministry of transport said.")
    >>> with tempfile.TemporaryDirectory() as folder, Store.write(folder) as store:
    ...     store.add([wire]).n_added, len(store), store.get("w") == wire
    (1, 1, True)
    """

    def __init__(self, folder: Path, connections: Connections, *, is_writable: bool) -> None:
        self.folder = folder
        self._connections = connections
        self._is_writable = is_writable
        self._about = read_about(connections.current(), folder)
        self._encoder = StoreEncoder(folder, self._about)
        self.index = StoreIndex(folder, connections, self._encoder.dimension)

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._connections.current()

    @classmethod
    def read(cls, folder: str | Path, busy_seconds: float = BUSY_SECONDS) -> Self:
        """Open a store for reading.

        Raises
        ------
        InvalidStore
            There is none, or it is damaged.
        """
        path = Path(folder)
        connections = Connections(path, partial(connect_to_read, path, busy_seconds))
        with in_words(path), connections.closed_on_error():
            return cls(path, connections, is_writable=False)

    @classmethod
    def write(
        cls, folder: str | Path, encoder: str | None = None, busy_seconds: float = BUSY_SECONDS
    ) -> Self:
        """Open a store for writing; make it where there is none.

        Parameters
        ----------
        folder : str or Path
            Where it is.
        encoder : str, optional
            What its vectors are made with: that of a new store, ``"static"`` by default.
        busy_seconds : float
            How long to wait for another writer.

        Raises
        ------
        InvalidStore
            It is damaged, locked, made with another encoder, or cannot be made.
        """
        path = Path(folder)

        def about() -> dict[str, bytes]:
            described = describe_encoder(load_encoder(encoder or STATIC))
            return {**described, READING: reading_digest()}

        make_database(path, busy_seconds, about)
        connections = Connections(path, partial(connect_to_write, path, busy_seconds))
        with in_words(path), connections.closed_on_error():
            store = cls(path, connections, is_writable=True)
            if READING not in store._about:
                store._check_reading()  # of an older format, too
            if encoder is not None:
                store.check_encoder(load_encoder(encoder))
            return store

    def close(self) -> None:
        """Bring the index up to date where this process may write, and let go of the files.

        Raises
        ------
        InvalidStore
            The index cannot be written; the articles are safe.
        """
        try:
            if self._is_writable:
                self.update_index()
        finally:
            self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:  # the index can wait: whoever opens the store next makes it
            self._is_writable = False
        self.close()

    def __len__(self) -> int:
        with in_words(self.folder):
            (count,) = self._connection.execute("SELECT count(*) FROM articles").fetchone()
        return int(count)

    def __bool__(self) -> bool:
        """Say whether there is any article; to count millions would take seconds."""
        with in_words(self.folder):
            (is_filled,) = self._connection.execute(
                "SELECT EXISTS (SELECT 1 FROM articles)"
            ).fetchone()
        return bool(is_filled)

    def state(self) -> str:
        """Say what the store holds: another state means that articles came or went.

        Keys are never used twice, so the last one, the number of articles and the last article
        tell.
        """
        with in_words(self.folder):
            last = self._connection.execute(
                "SELECT key, sha256 FROM articles ORDER BY key DESC LIMIT 1"
            ).fetchone()
            used = self._connection.execute("SELECT max(seq) FROM sqlite_sequence").fetchone()
        digest = "none" if last is None else last[1].hex()[:12]
        return f"{len(self)} articles, {used[0] or 0} ever added, the last one {digest}"

    @property
    def encoder_name(self) -> str:
        """Name of the encoder that its vectors are made with."""
        return self._encoder.name

    def find_outdated(self) -> str | None:
        """Say what to do where articles are read in another way by now; None where they are not.

        Such a store can be read and made anew of its articles, but neither searched nor added to.
        """
        return find_outdated(self.folder, self._about)

    def _check_reading(self) -> None:
        outdated = self.find_outdated()
        if outdated is not None:
            raise InvalidStore(outdated)

    def check_encoder(self, encoder: Encoder) -> None:
        """Refuse an encoder that the store was not made with, or another version of copydesk.

        Raises
        ------
        InvalidStore
            Says how to make a store that fits.
        """
        self._check_reading()
        self._encoder.check(encoder)

    def add(self, articles: Iterable[Article], *, replace: bool = False) -> Added:
        """Add articles; each 256 are safe on the disk before the next are read.

        Parameters
        ----------
        articles : iterable of Article
            Any number. One that is there already, word for word, is left as it is.
        replace : bool
            Whether an article takes the place of a different one with its id; otherwise it is
            rejected.

        Raises
        ------
        InvalidStore
            The store is locked, or the disk is full: says how many are safe. Or it is outdated.
        """
        rejected: list[Rejected] = []
        return self.add_fingerprints(self._read(articles, rejected), rejected, replace=replace)

    def _read(
        self, articles: Iterable[Article], rejected: list[Rejected]
    ) -> Iterator[tuple[Article, Fingerprint]]:
        encoder = load_encoder(self._encoder.name)
        for article in articles:
            try:
                yield article, read_fingerprint(article, encoder)
            except InvalidArticle as error:
                rejected.append(Rejected(article.id, str(error)))

    def add_fingerprints(
        self,
        items: Iterable[tuple[Article, Fingerprint]],
        rejected: Iterable[Rejected] = (),
        *,
        replace: bool = False,
    ) -> Added:
        """Add articles whose fingerprints are there already, as ``add`` does.

        Parameters
        ----------
        items : iterable of (Article, Fingerprint)
            The fingerprints made with the store's encoder.
        rejected : iterable of Rejected
            What was rejected before; complete once ``items`` are read.
        replace : bool
            As for ``add``.
        """
        self._check_reading()
        counts = {"added": 0, "replaced": 0, "unchanged": 0}
        refused: list[Rejected] = []
        waiting = iter(items)
        while batch := list(islice(waiting, BATCH)):
            try:
                with in_words(self.folder), self._connections.writing() as connection:
                    fates = [
                        put_article(connection, article, taken, replace=replace)
                        for article, taken in batch
                    ]
            except InvalidStore as error:
                n_safe = sum(counts.values())
                raise InvalidStore(f"{error}; {n_safe} articles of this run are in") from error
            for (article, _), fate in zip(batch, fates, strict=True):
                if fate in counts:
                    counts[fate] += 1
                else:
                    refused.append(Rejected(article.id, fate))
        return Added(
            counts["added"], counts["replaced"], counts["unchanged"], (*rejected, *refused)
        )

    def remove(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Remove articles, all or none; gives the ids that are not there."""
        missing = []
        with in_words(self.folder), self._connections.writing() as connection:
            for article_id in ids:
                gone = connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
                if gone.rowcount == 0:
                    missing.append(article_id)
        return tuple(missing)

    def get(self, article_id: str) -> Article | None:
        """Give an article by its id; None where it is not there."""
        with in_words(self.folder):
            row = self._connection.execute(
                "SELECT record FROM articles WHERE id = ?", (article_id,)
            ).fetchone()
        return None if row is None else unpack_article(row[0])

    def articles(self) -> Iterator[Article]:
        """Give all articles, in the order in which they were added."""
        last = 0
        while True:
            with in_words(self.folder):  # anew each time: the next thread may read on
                rows = fetch_records(self._connection, last, BATCH)
            if not rows:
                return
            last = rows[-1][0]
            yield from (unpack_article(record) for _, record in rows)

    def find(self, wanted: Fingerprint) -> tuple[Candidate, ...]:
        """Find the source of an article, and a second one where it was woven from two.

        Parameters
        ----------
        wanted : Fingerprint
            The article's, made with the store's encoder.

        Returns
        -------
        tuple of Candidate
            None, one, or two.

        Raises
        ------
        InvalidStore
            The store is outdated.
        """
        self._check_reading()
        with in_words(self.folder):
            return find_sources(wanted, Candidates(self.index.current(), self))

    def fetch(self, keys: Sequence[int]) -> list[tuple[int, Fingerprint]]:
        """Give the fingerprints under keys of the index, in any order."""
        return fetch_fingerprints(self._connection, keys)

    def vectors(self) -> Iterator[tuple[Keys, NDArray[np.int8]]]:
        """Give all keys and vectors, some thousands at a time."""
        return vectors_after(self._connection, 0)

    def update_index(self) -> None:
        """Write the index where it is missing, damaged, or far behind the articles.

        Raises
        ------
        InvalidStore
            It cannot be written; the articles are safe.
        """
        with in_words(self.folder):
            try:
                self.index.update()
            except OSError as error:
                raise InvalidStore(
                    f"the vector index of {self.folder} cannot be written ({error}); the articles "
                    "are safe, and copydesk seeds verify makes it once there is room"
                ) from error

    def verify(self) -> Check:
        """Check every article, every fingerprint and the index.

        Returns
        -------
        Check
            Nothing is changed.
        """
        with in_words(self.folder):
            return check_store(self._connection, self.index, self.find_outdated())
