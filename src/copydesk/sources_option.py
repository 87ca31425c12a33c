"""What ``--sources`` names: stores, or files of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from copydesk.errors import InvalidInput
from copydesk.terminal import say, say_skipped
from copydesk.types import Article, Rejected

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
    from copydesk.seeds.corpus.files import list_files
    from copydesk.seeds.corpus.readers import read_articles
    from copydesk.seeds.store import is_store
    from copydesk.seeds.store.stores import open_stores

    are_stores = list(map(is_store, paths))
    if not any(are_stores):
        say_skipped(list_files(paths).skipped)
        yield _articles_only(read_articles(paths))
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


def _articles_only(items: Iterable[Article | Rejected]) -> list[Article]:
    """Keep the sources that can be read; name the others on standard error."""
    articles = []
    for item in items:
        if isinstance(item, Rejected):
            say(f"copydesk: source {item.id} left out: {item.reason}")
        else:
            articles.append(item)
    if not articles:
        raise InvalidInput("no source could be read; --no-sources judges each article alone")
    return articles
