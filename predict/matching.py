"""Matching: which source each article is to be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from copydesk.seeds.search.candidates import Candidate
from copydesk.seeds.search.pool import ArticlePool, TakeFingerprint
from copydesk.seeds.store import Store
from copydesk.types import Article

GIVEN_ID = "given"

Sources = Store | Iterable[Article] | None
"""What articles may derive from; None stands for each other."""


@dataclass(frozen=True, slots=True)
class Match:
    """An article and what it is to be compared with.

    Parameters
    ----------
    article : Article
        To be labelled.
    source : Article or None
        What it derives from, as far as is known.
    is_found : bool
        Whether the source was found by search, and not given or named.
    origin : Article or None
        Another text at hand that a source which was found may derive from itself.
    second_source : str or None
        Id of another text that it was woven from.
    story : str or None
        Id of the most source-like text of its story, in a batch without sources.
    """

    article: Article
    source: Article | None = None
    is_found: bool = False
    origin: Article | None = None
    second_source: str | None = None
    story: str | None = None


def match_articles(
    articles: Iterable[Article], sources: Sources, take: TakeFingerprint
) -> Iterator[Match]:
    """Find for each article the source it is to be compared with, in their order.

    That is the text it brings along, or the one it names if that is there, or the one it most
    likely derives from, if any is close enough.

    Parameters
    ----------
    articles : iterable of Article
        Read once.
    sources : Store, iterable of Article or None
        What they may derive from; None for each other.
    take : callable
        Gives an article's fingerprint, or None where it cannot be judged.
    """
    if sources is None:
        yield from _match_among_themselves(articles, take)
    elif isinstance(sources, Store):
        yield from _match_with(articles, sources, take)
    else:
        with closing(ArticlePool(sources, take)) as pool:
            yield from _match_with(articles, pool, take)


def _match_with(
    articles: Iterable[Article], pool: Store | ArticlePool, take: TakeFingerprint
) -> Iterator[Match]:
    is_empty = len(pool) == 0
    for article in articles:
        source = _named_source(article, pool)
        wanted = None if source is not None or is_empty else take(article)
        if wanted is None:
            yield Match(article, source)
        else:
            yield _found(article, pool.find(wanted), pool)


def _match_among_themselves(articles: Iterable[Article], take: TakeFingerprint) -> Iterator[Match]:
    with closing(ArticlePool(articles, take)) as pool:
        places = pool.places()
        for article in pool:
            source = _named_source(article, pool)
            place = places.get(article.id)
            if source is None and place is not None:
                match = _found(article, place.sources, pool)
            else:
                match = Match(article, source)
            yield replace(match, story=place.story if place else None)


def _found(article: Article, sources: Sequence[Candidate], pool: Store | ArticlePool) -> Match:
    """Pair an article with the sources that were found for it: none, one or two."""
    if not sources:
        return Match(article)
    first = sources[0]
    return Match(
        article,
        pool.get(first.id),
        is_found=True,
        origin=None if first.origin is None else pool.get(first.origin),
        second_source=sources[1].id if len(sources) > 1 else None,
    )


def _named_source(article: Article, pool: Store | ArticlePool) -> Article | None:
    """Give the source that an article brings along or names, if it is there."""
    if article.source_text is not None:
        return Article(article.source_id or GIVEN_ID, article.source_text)
    if article.source_id and article.source_id != article.id:
        return pool.get(article.source_id)
    return None
