"""A pool in a file is the pool it was made of."""

from datetime import UTC, datetime
from functools import partial
from itertools import starmap
from pathlib import Path

from copydesk.features import load_encoder
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.search.pool import ArticlePool
from copydesk.seeds.search.pool_file import read_pool, write_pool
from copydesk.seeds.search.stories import PairAnswer
from copydesk.types import Article

WIRES = [
    Article(
        f"w{i}",
        f"The port of Aldmoor handled {i + 100} tonnes of barley and {i * i} of timber in week "
        f"{i}, its harbour master said on Friday, and {i + 7} vessels called there.",
        published=datetime(2026, 5, i + 1, tzinfo=UTC) if i % 2 else None,
        outlet="Echo",
    )
    for i in range(9)
]
SHORT = Article("short", "Too short, with half a character: \ud800")


def take(article: Article) -> Fingerprint | None:
    return None if article is SHORT else read_fingerprint(article, load_encoder())


def make(path: Path, articles: list[Article]) -> ArticlePool:
    with path.open("wb") as stream:
        assert write_pool(stream, [(one, take(one)) for one in articles]) == len(articles)
    return read_pool(path)


def test_a_file_finds_what_the_list_finds(tmp_path: Path) -> None:
    articles = [*WIRES[:4], SHORT, *WIRES[4:]]
    found, expected = make(tmp_path / "pool", articles), ArticlePool(articles, take)
    assert len(found) == len(expected) == 10
    assert list(found) == articles
    assert found.get("short") == SHORT
    assert found.get("gone") is None
    for wire in WIRES:
        copy = Article("a", f"{wire.text} It was a record.")
        wanted = read_fingerprint(copy, load_encoder())
        assert found.find(wanted) == expected.find(wanted)
        assert found.find(wanted)[0].id == wire.id


def ask(article: Article, candidate: Article) -> PairAnswer:
    return PairAnswer(0.75, 0.75 if candidate.id < article.id else 0.25)


def test_the_order_of_the_articles_is_no_matter(tmp_path: Path) -> None:
    one, other = make(tmp_path / "a", WIRES), make(tmp_path / "b", WIRES[::-1])
    for wire in WIRES:
        wanted = read_fingerprint(Article("a", f"{wire.text} It was a record."), load_encoder())
        assert one.find(wanted) == other.find(wanted)
    assert one.places(partial(starmap, ask)) == other.places(partial(starmap, ask))


def test_an_empty_file_is_an_empty_pool(tmp_path: Path) -> None:
    pool = make(tmp_path / "pool", [])
    assert len(pool) == 0
    assert pool.find(read_fingerprint(WIRES[0], load_encoder())) == ()
