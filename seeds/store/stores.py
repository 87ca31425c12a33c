"""Several stores searched as one: sharded by date, say, or by agency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import InvalidInput
from copydesk.features import Encoder
from copydesk.seeds.search.candidates import Candidate, Candidates, find_sources
from copydesk.seeds.search.fingerprint import Fingerprint, QuantizedVector
from copydesk.seeds.search.vectors import Keys
from copydesk.seeds.store.database import in_words
from copydesk.seeds.store.store import Store
from copydesk.types import Article


class StoreGroup:
    """Stores that are searched as if all their articles were in one.

    An article that lies in several is taken from the first of them.

    Parameters
    ----------
    stores : sequence of Store
        Open, and made with the same encoder.

    Examples
    --------
    >>> import tempfile
    >>> wire = Article("w", "Divers found cracks in two of the nine piers of the bridge over the "
    ...     "Orla on Monday, and it was closed to all traffic, the ministry of transport said.")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("monday", "tuesday"):
    ...         with Store.write(f"{folder}/{name}") as store:
    ...             if name == "tuesday":
    ...                 _ = store.add([wire])
    ...     group = open_stores([f"{folder}/monday", f"{folder}/tuesday"])
    ...     len(group), group.get("w") == wire
    ...     group.close()
    (1, True)
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        self.stores = tuple(stores)

    def __len__(self) -> int:
        return sum(map(len, self.stores))

    def __bool__(self) -> bool:
        return any(self.stores)

    def check_encoder(self, encoder: Encoder) -> None:
        """Refuse an encoder that one of the stores was not made with.

        Raises
        ------
        InvalidStore
            Says how to make a store that fits.
        """
        for store in self.stores:
            store.check_encoder(encoder)

    def get(self, article_id: str) -> Article | None:
        """Give an article by its id; None where it is in no store."""
        found = (store.get(article_id) for store in self.stores)
        return next((article for article in found if article is not None), None)

    def articles(self) -> Iterator[Article]:
        """Give all articles, store after store."""
        return chain.from_iterable(store.articles() for store in self.stores)

    def find(self, wanted: Fingerprint) -> tuple[Candidate, ...]:
        """Find the source of an article in all stores, as ``Store.find`` does in one."""
        searched = _GroupSearch(self.stores)
        return find_sources(wanted, Candidates(searched, searched))

    def close(self) -> None:
        """Let go of all files."""
        for store in self.stores:
            store.close()


class _GroupSearch:
    """The indexes and fingerprints of several stores as one; a key tells its store."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self._stores = stores

    def search(self, vector: QuantizedVector, n: int) -> tuple[Keys, NDArray[np.float32]]:
        """Find the ``n`` nearest in all stores, nearest first."""
        keys, similarities = [], []
        for place, store in enumerate(self._stores):
            with in_words(store.folder):
                own, near = store.index.current().search(vector, n)
            keys.append(own * len(self._stores) + place)
            similarities.append(near)
        nearest = np.argsort(-np.concatenate(similarities), kind="stable")[:n]
        return np.concatenate(keys)[nearest], np.concatenate(similarities)[nearest]

    def fetch(self, keys: Sequence[int]) -> list[tuple[int, Fingerprint]]:
        """Give the fingerprints under keys, those of an article in several stores once."""
        by_id: dict[str, tuple[int, Fingerprint]] = {}
        n_stores = len(self._stores)
        for place, store in enumerate(self._stores):
            own = [key // n_stores for key in keys if key % n_stores == place]
            with in_words(store.folder):
                for key, taken in store.fetch(own) if own else ():
                    by_id.setdefault(taken.id, (key * n_stores + place, taken))
        return list(by_id.values())


def open_stores(folders: Sequence[str | Path]) -> Store | StoreGroup:
    """Open a store for reading, or several as one.

    Raises
    ------
    InvalidInput
        A folder is named twice.
    InvalidStore
        One is no store, or damaged.
    """
    paths = [Path(folder).resolve() for folder in folders]
    for place, path in enumerate(paths):
        if path in paths[:place]:
            raise InvalidInput(f"{folders[place]} is named twice: name each store once")
    stores: list[Store] = []
    try:
        for folder in folders:
            stores.append(Store.read(folder))
    except BaseException:
        for store in stores:
            store.close()
        raise
    return stores[0] if len(stores) == 1 else StoreGroup(stores)
