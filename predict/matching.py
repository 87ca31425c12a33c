"""Matching: which source each article is to be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from copydesk.models.judgement import Situation
from copydesk.seeds.search.candidates import Candidate
from copydesk.seeds.search.pool import ArticlePool, AskArticles, TakeFingerprint
from copydesk.seeds.store import Store
from copydesk.seeds.store.stores import StoreGroup
from copydesk.types import Article

GIVEN_ID = "given"

Searched = Store | StoreGroup | ArticlePool
"""Sources that are ready to be searched."""

Sources = Searched | Iterable[Article] | None
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
    situation : Situation
        What is known of its source: given or named, found, searched for in vain, not searched for.
    derives : float or None
        Probability that it derives from any text of its batch, where these are each other's
        candidates.
    origin : Article or None
        Another text at hand that a source which was found may derive from itself.
    second_source : str or None
        Id of another text that it was woven from.
    story : str or None
        Id of the text that most of its story come from, in a batch without sources.
    """

    article: Article
    source: Article | None = None
    situation: Situation = Situation.UNSEARCHED
    derives: float | None = None
    origin: Article | None = None
    second_source: str | None = None
    story: str | None = None


def match_articles(
    articles: Iterable[Article], sources: Sources, take: TakeFingerprint, ask: AskArticles
) -> Iterator[Match]:
    """Find for each article the source it is to be compared with, in their order.

    That is the text it brings along, or the one it names if that is there, or the one it most
    likely derives from, if any is close enough.

    Parameters
    ----------
    articles : iterable of Article
        Read once.
    sources : Store, StoreGroup, iterable of Article or None
        What they may derive from; None for each other.
    take : callable
        Gives an article's fingerprint, or None where it cannot be judged.
    ask : callable
        Asks the model of pairs of articles that can be judged.
    """
    if sources is None:
        yield from _match_among_themselves(articles, take, ask)
    elif isinstance(sources, Searched):
        yield from _match_with(articles, sources, take)
    else:
        with closing(ArticlePool(sources, take)) as pool:
            yield from _match_with(articles, pool, take)


def _match_with(
    articles: Iterable[Article], pool: Searched, take: TakeFingerprint
) -> Iterator[Match]:
    is_empty = not pool
    for article in articles:
        source = _named_source(article, pool)
        wanted = None if source is not None or is_empty else take(article)
        if source is not None:
            yield Match(article, source, Situation.COMPARED)
        elif wanted is None:
            yield Match(article)
        else:
            yield _found(article, pool.find(wanted), pool)


def _match_among_themselves(
    articles: Iterable[Article], take: TakeFingerprint, ask: AskArticles
) -> Iterator[Match]:
    with closing(ArticlePool(articles, take)) as pool:
        places = pool.places(ask)
        for article in pool:
            place, source = places.get(article.id), _named_source(article, pool)
            if source is not None:
                match = Match(article, source, Situation.COMPARED)
            elif place is None:
                match = Match(article)
            elif place.sources:
                match = replace(_found(article, place.sources, pool), derives=place.derives)
            elif len(pool) == 1:
                match = Match(article)
            else:
                near = Situation.NOTHING_RELATED if place.story is None else Situation.RELATED
                match = Match(article, situation=near)
            yield replace(match, story=place.story if place else None)


def _found(article: Article, sources: Sequence[Candidate], pool: Searched) -> Match:
    """Pair an article with the sources that were found for it: none, one or two."""
    if not sources:
        return Match(article, situation=Situation.NOTHING_RELATED)
    first = sources[0]
    return Match(
        article,
        pool.get(first.id),
        Situation.RELATED,
        origin=None if first.origin is None else pool.get(first.origin),
        second_source=sources[1].id if len(sources) > 1 else None,
    )


def _named_source(article: Article, pool: Searched) -> Article | None:
    """Give the source that an article brings along or names, if it is there."""
    if article.source_text is not None:
        return Article(article.source_id or GIVEN_ID, article.source_text)
    if article.source_id and article.source_id != article.id:
        return pool.get(article.source_id)
    return None
