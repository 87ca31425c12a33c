"""Arguments: what callers hand over, checked at the edge; a refusal says what to pass instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from copydesk.errors import InvalidArticle, InvalidRecord
from copydesk.seeds.corpus.records import FIELDS, is_missing, parse_article
from copydesk.types import Article, Rejected

_TABLES = ("DataFrame", "Series")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something was handed over: what belongs there, and what to do with other things."""

    expected: str
    text: str
    several: str
    missing: str = "leave out what has no text"
    record: str = "Article(**record) makes one, or parse_article of copydesk.seeds.corpus.records"
    otherwise: str = "pass the article's text"


_ONE = _Place(
    "a string or an Article",
    text="",
    several="Scorer.label labels several articles",
)
_ONE_SOURCE = replace(
    _ONE,
    several="Scorer.label(articles, sources) searches several sources",
    missing="pass None where there is no source",
    otherwise="pass the source's text",
)
_ITEM = _Place(
    "an Article",
    text="Article('a1', text) makes one of a text",
    several="hand over articles, not groups of them",
    otherwise="Article('a1', text) makes one of a text",
)
_ITEMS = _Place(
    "an iterable of Article",
    text="predict(text) labels one text, read_articles of copydesk.seeds.corpus.readers reads "
    "files",
    several="",
    missing="pass a list of them",
    record="[Article(**record)] holds one article",
    otherwise="[Article('a1', text)] holds one article",
)
_SOURCES = replace(
    _ITEMS,
    expected="a Store, an iterable of Article or None",
    text="Store.read of copydesk.seeds.store opens a store, read_articles of "
    "copydesk.seeds.corpus.readers reads files",
    missing="pass None where the articles are each other's candidates",
)
_TEXT = _Place(
    "a string",
    text="",
    several="join its parts",
    record="take the text out of it",
)


def as_article(value: object, name: str, article_id: str, *, is_source: bool = False) -> Article:
    """Take a text or an article as an article.

    Parameters
    ----------
    value : object
        What was handed over.
    name : str
        What the caller calls it.
    article_id : str
        The id of a bare text.
    is_source : bool
        Whether it is what another is compared with.

    Raises
    ------
    InvalidArticle
        It is neither.

    Examples
    --------
    >>> as_article("The ferry sank.", "text", "a").id
    'a'
    """
    if isinstance(value, str):
        return Article(article_id, value)
    return _check(value, name, _ONE_SOURCE if is_source else _ONE)


def check_article(value: object, name: str) -> Article:
    """Give an article whose fields are of their kinds; what cannot be used is left out and noted.

    Its text is for ``check_text``: an article without one can still be named.

    Raises
    ------
    InvalidArticle
        It is no article, or has no id.

    Examples
    --------
    >>> check_article(Article("a", "The ferry sank.", published="2026-03-02"), "article").published
    datetime.date(2026, 3, 2)
    """
    return _check(value, name, _ITEM)


def check_articles(articles: object, name: str = "articles") -> Iterable[Article]:
    """Check articles one by one: those of a list at once, those of a stream as it is read.

    A source without a text is passed over, as an empty one is.

    Raises
    ------
    InvalidArticle
        There is no iterable, or something in it is no article.
    """
    place = _SOURCES if name == "sources" else _ITEMS
    is_one = isinstance(articles, str | bytes | bytearray | Mapping | PurePath | Article)
    if is_one or type(articles).__name__ in _TABLES or not isinstance(articles, Iterable):
        raise InvalidArticle(_refusal(name, articles, place))
    checked: Iterator[Article] = (
        check_article(article, f"{name}[{i}]") for i, article in enumerate(articles)
    )
    if place is _SOURCES:
        checked = map(_with_text, checked)
    return list(checked) if isinstance(articles, list | tuple) else checked


def _with_text(source: Article) -> Article:
    return source if isinstance(source.text, str) else replace(source, text="")


def check_text(text: object) -> None:
    """Refuse what is no string.

    Raises
    ------
    InvalidArticle
        It is something else, or missing.
    """
    if not isinstance(text, str):
        raise InvalidArticle(_refusal("text", text, _TEXT))


def _check(value: object, name: str, place: _Place) -> Article:
    if not isinstance(value, Article):
        raise InvalidArticle(_refusal(name, value, place))
    if _is_as_typed(value):
        return value
    record = {field: getattr(value, field) for field in FIELDS} | {"text": ""}
    try:
        usable = parse_article(record)
    except InvalidRecord as error:
        raise InvalidArticle(f"{name}: {error}") from None
    return replace(usable, text=value.text, notes=(*value.notes, *usable.notes))


def _is_as_typed(article: Article) -> bool:
    day = article.published
    texts = (
        *(article.headline, article.url, article.outlet),
        *(article.source_id, article.source_text),
    )
    return (
        isinstance(article.id, str)
        and (day is None or (isinstance(day, date) and not is_missing(day)))
        and all(text is None or isinstance(text, str) for text in texts)
    )


def _refusal(name: str, value: object, place: _Place) -> str:
    if is_missing(value):
        return f"{name} is missing ({value}), expected {place.expected}: {place.missing}"
    return f"{name} is {_kind(value)}, expected {place.expected}: {_what_to_do(value, place)}"


def _kind(value: object) -> str:
    name = type(value).__name__
    if isinstance(value, bytes):
        return name
    kind = f"{'an' if name[0] in 'AEIOaeio' else 'a'} {name}"
    return f"{kind}, {value}" if isinstance(value, int | float) else kind


def _what_to_do(value: object, place: _Place) -> str:
    if type(value).__name__ in _TABLES:
        return "Scorer.label_frame labels a DataFrame"
    if isinstance(value, Mapping):
        return place.record
    if isinstance(value, bytes | bytearray | memoryview):
        return "decode it first, as decode_text of copydesk.seeds.corpus.encodings does"
    if isinstance(value, PurePath):
        return "read_articles of copydesk.seeds.corpus.readers reads files"
    if isinstance(value, Rejected):
        return f"{value.id} was rejected before ({value.reason}), leave it out"
    if isinstance(value, Article):
        return "put it into a list"
    if isinstance(value, str):
        return place.text
    return place.several if isinstance(value, Iterable) else place.otherwise
