"""Articles at hand: lists are kept, streams written aside, and both give the same."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import starmap

import pytest

from copydesk.features import load_encoder
from copydesk.seeds.search import pool as pool_module
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.search.pool import ArticlePool, ArticleSpool
from copydesk.seeds.search.stories import PairAnswer
from copydesk.types import Article

Bridge = dict[str, Article]


def take(article: Article) -> Fingerprint | None:
    return (
        None if "frost" in (article.id, article.text) else read_fingerprint(article, load_encoder())
    )


def ask(article: Article, candidate: Article) -> PairAnswer:
    """Stand in for a model: everything derives from the wire."""
    is_wire = candidate.id == "bridge-wire"
    return PairAnswer(0.9 if is_wire or article.id == "bridge-wire" else 0.1, float(is_wire))


def test_a_stream_is_a_list(bridge: Bridge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "_MAX_SPOOL_BYTES", 100)  # on the disk at once
    articles = list(bridge.values())
    listed, streamed = ArticlePool(articles, take), ArticlePool(iter(articles), take)
    assert list(listed) == list(streamed) == articles
    assert len(listed) == len(streamed) == len(articles)
    places = listed.places(partial(starmap, ask))
    assert places == streamed.places(partial(starmap, ask))
    assert [one.id for one in places["bridge-spun"].sources] == ["bridge-wire"]
    for pool in (listed, streamed):
        assert pool.get("bridge-wire") == bridge["wire"]
        assert pool.get("gone") is None
        wanted = take(bridge["spun"])
        assert wanted is not None
        assert [one.id for one in pool.find(wanted)] == ["bridge-wire"]
    streamed.close()
    listed.close()


def test_what_cannot_be_judged_is_nobodys_source(bridge: Bridge) -> None:
    pool = ArticlePool(list(bridge.values()), take)
    assert "frost" not in pool.places(partial(starmap, ask))
    assert pool.get("frost") == bridge["frost"]


def test_a_model_is_asked_of_whole_articles(bridge: Bridge) -> None:
    asked: list[tuple[Article, Article]] = []

    def note(article: Article, candidate: Article) -> PairAnswer:
        asked.append((article, candidate))
        return PairAnswer(0.5, 0.5)

    ArticlePool([bridge["wire"], bridge["spun"]], take).places(partial(starmap, note))
    assert set(asked) <= {(bridge["wire"], bridge["spun"]), (bridge["spun"], bridge["wire"])}
    assert (bridge["spun"], bridge["wire"]) in asked


def test_of_two_with_one_id_the_last_is_found(bridge: Bridge) -> None:
    twice = [bridge["wire"], Article("bridge-wire", bridge["staff"].text)]
    pool = ArticlePool(twice, take)
    assert pool.get("bridge-wire") == twice[1]
    assert list(pool) == twice
    # Nor is anything said of the other: that the last cannot be judged leaves none.
    last = replace(bridge["frost"], id="bridge-wire", text="frost")
    pool = ArticlePool([bridge["wire"], bridge["edited"], last], take)
    assert set(pool.places(partial(starmap, ask))) == {"bridge-edited"}


def test_a_stream_that_breaks_leaves_no_file_behind(
    bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[ArticleSpool] = []
    close = ArticleSpool.close

    def note(spool: ArticleSpool) -> None:
        closed.append(spool)
        close(spool)

    monkeypatch.setattr(ArticleSpool, "close", note)

    def broken() -> Iterator[Article]:
        yield bridge["wire"]
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        ArticlePool(broken(), take)
    assert len(closed) == 1


def test_spool_gives_back_any_article_at_any_time(bridge: Bridge) -> None:
    spool = ArticleSpool()
    odd = Article("\ud800", "\x00\ud800", source_id="é")
    spool.append(odd)
    assert spool[0] == odd
    spool.append(bridge["wire"])
    assert (spool[1], spool[0], len(spool)) == (bridge["wire"], odd, 2)
    spool.close()
