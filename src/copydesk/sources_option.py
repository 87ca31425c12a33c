"""What ``--sources`` names: stores, or files of articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from copydesk.errors import InvalidInput
from copydesk.texts_at_hand import read_sources
from copydesk.types import Article

if TYPE_CHECKING:
    from copydesk.seeds.store import Store
    from copydesk.seeds.store.stores import StoreGroup


@contextmanager
def open_sources(paths: Sequence[str]) -> Iterator[Store | StoreGroup | list[Article]]:
    """Open a store or several, or read files of articles.

    Raises
    ------
    InvalidInput
        Stores and files are named together, a store is empty, or no source can be read.
    """
    from copydesk.seeds.store import is_store
    from copydesk.seeds.store.stores import open_stores

    are_stores = list(map(is_store, paths))
    if not any(are_stores):
        articles = read_sources(paths)
        if not articles:
            raise InvalidInput("no source could be read; --no-sources judges each article alone")
        yield list(articles.values())
        return
    if not all(are_stores):
        raise InvalidInput(
            "--sources names a store and files: add the files to a store with copydesk seeds add"
        )
    sources = open_stores(paths)
    try:
        if not sources:
            raise InvalidInput(
                f"{paths[0]} is empty: copydesk seeds add {paths[0]} INPUT fills it, --no-sources "
                "judges each article alone"
            )
        yield sources
    finally:
        sources.close()
