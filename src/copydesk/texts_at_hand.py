"""Texts at hand: articles of files and stores, to be looked up by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from copydesk.errors import InvalidInput
from copydesk.terminal import say, say_skipped
from copydesk.types import Article, Rejected

if TYPE_CHECKING:
    from copydesk.seeds.store import Store

GetText = Callable[[str], Article | None]


def read_texts(paths: Sequence[str]) -> tuple[dict[str, Article], list[Rejected]]:
    """Read the articles of files by id, and what of the input cannot be read.

    Parameters
    ----------
    paths : sequence of str
        Files, folders of them, or ``-``.
    """
    from copydesk.seeds.corpus.files import list_files
    from copydesk.seeds.corpus.readers import read_articles

    say_skipped(list_files(paths).skipped)
    articles: dict[str, Article] = {}
    rejects: list[Rejected] = []
    for item in read_articles(paths):
        if isinstance(item, Rejected):
            rejects.append(item)
        else:
            articles[item.id] = item
    return articles, rejects


def read_sources(paths: Sequence[str]) -> dict[str, Article]:
    """Read sources from files; what cannot be read is named on standard error."""
    articles, rejects = read_texts(paths)
    for reject in rejects:
        say(f"copydesk: source {reject.id} left out: {reject.reason}")
    return articles


def open_stores(paths: Iterable[str], stack: ExitStack) -> list[Store]:
    """Open those of some paths that are stores, for as long as ``stack`` is open."""
    from copydesk.seeds.store import Store, is_store

    return [stack.enter_context(Store.read(path)) for path in paths if is_store(path)]


def open_texts(paths: Sequence[str], stack: ExitStack) -> GetText:
    """Give what looks texts up in files and stores.

    Parameters
    ----------
    paths : sequence of str
        Files, folders, stores; none of them is searched, they are only asked for ids.
    stack : ExitStack
        Closes the stores.
    """
    from copydesk.seeds.store import is_store

    stores = open_stores(paths, stack)
    files = [path for path in paths if not is_store(path)]
    articles = read_sources(files) if files else {}
    return look_up(articles, stores)


def look_up(articles: Mapping[str, Article], stores: Sequence[Store]) -> GetText:
    """Give what looks a text up by its id, among articles first."""

    def get(article_id: str) -> Article | None:
        if article_id in articles:
            return articles[article_id]
        found = (store.get(article_id) for store in stores)
        return next((article for article in found if article is not None), None)

    return get


def only_article(articles: Mapping[str, Article], article_id: str | None, path: str) -> Article:
    """Give the one article of an input, or the one with an id.

    Raises
    ------
    InvalidInput
        There is no such article, or there are several and none was named.
    """
    if article_id is not None:
        if article_id not in articles:
            raise InvalidInput(f"{path} has no article {article_id!r} among its {len(articles)}")
        return articles[article_id]
    if len(articles) != 1:
        raise InvalidInput(
            f"{path} holds {len(articles)} articles, expected one; --id names the one to explain"
        )
    return next(iter(articles.values()))
