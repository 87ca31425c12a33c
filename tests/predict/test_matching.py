"""Matching: which source an article meets, and what its verdict says of others."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from itertools import starmap
from pathlib import Path

import pytest

from copydesk.errors import InvalidStore
from copydesk.features import load_encoder
from copydesk.models.judgement import Situation
from copydesk.predict import Scorer
from copydesk.predict.matching import Match, Sources, match_articles
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.search.stories import PairAnswer
from copydesk.seeds.store import Store
from copydesk.types import Article, Rejected, Verdict

Bridge = dict[str, Article]


def bare(article: Article) -> Article:
    return replace(article, source_id=None, source_text=None)


@pytest.fixture
def store(tmp_path: Path, bridge: Bridge) -> Iterator[Store]:
    with Store.write(tmp_path / "s") as opened:
        opened.add([bridge["wire"], bridge["frost"]])
        yield opened


def take(article: Article) -> Fingerprint | None:
    """Read a text of some words; none of it if it has not so many."""
    is_short = len(article.text.split()) < 20
    return None if is_short else read_fingerprint(article, load_encoder())


def ask(article: Article, candidate: Article) -> PairAnswer:
    """Stand in for a model: what the agency did not write derives from what it wrote."""
    names = {article.id, candidate.id}
    derives = 0.95 if names & {"bridge-wire"} and names & {"bridge-edited", "bridge-spun"} else 0.1
    return PairAnswer(derives, 0.9 if candidate.id == "bridge-wire" else 0.1)


def match(articles: Iterable[Article], sources: Sources) -> dict[str, Match]:
    return {
        found.article.id: found
        for found in match_articles(articles, sources, take, partial(starmap, ask))
    }


def never(*_: Article) -> PairAnswer:
    raise AssertionError("beside sources no model is asked")


def test_what_is_known_of_a_source_beside_sources(bridge: Bridge) -> None:
    named = replace(bare(bridge["edited"]), id="named", source_id="frost")
    given = replace(bare(bridge["edited"]), id="given", source_text=bridge["staff"].text)
    short = Article("short", "Too short.")
    articles = [bare(bridge["spun"]), named, given, bridge["frost"], short]
    sources = [bridge["wire"], bridge["frost"]]
    found = {m.article.id: m for m in match_articles(articles, sources, take, never)}
    assert {key: m.situation for key, m in found.items()} == {
        "bridge-spun": Situation.RELATED,
        "named": Situation.COMPARED,
        "given": Situation.COMPARED,
        "frost": Situation.NOTHING_RELATED,
        "short": Situation.UNSEARCHED,
    }
    assert found["bridge-spun"].source == bridge["wire"]
    assert found["named"].source == bridge["frost"]
    assert found["given"].source == Article("given", bridge["staff"].text)
    assert found["frost"].source is found["short"].source is None
    assert {m.derives for m in found.values()} == {m.story for m in found.values()} == {None}


def test_among_no_sources_nobody_searches(bridge: Bridge) -> None:
    for found in match(map(bare, bridge.values()), []).values():
        assert found == Match(found.article)
        assert found.situation is Situation.UNSEARCHED


def test_what_is_known_of_a_source_in_a_batch(bridge: Bridge) -> None:
    articles = [*map(bare, bridge.values()), Article("short", "Too short.")]
    found = match(articles, None)
    assert list(found) == [article.id for article in articles]
    for name in ("edited", "spun"):
        one = found[f"bridge-{name}"]
        assert (one.situation, one.source) == (Situation.RELATED, bare(bridge["wire"]))
        assert one.derives is not None and one.derives > 0.5
        assert one.story == "bridge-wire"
    for key in ("bridge-wire", "bridge-staff"):
        assert (found[key].derives or 0.0) < 0.5
        assert found[key].story == "bridge-wire"
    assert found["frost"] == Match(bare(bridge["frost"]), situation=Situation.NOTHING_RELATED)
    assert found["short"] == Match(articles[-1])


def test_in_a_batch_what_is_named_is_compared_with(bridge: Bridge) -> None:
    given = replace(bare(bridge["spun"]), source_text=bridge["staff"].text)
    named = replace(bare(bridge["edited"]), source_id="bridge-wire")
    found = match([bare(bridge["wire"]), given, named], None)
    assert found["bridge-spun"].source == Article("given", bridge["staff"].text)
    assert found["bridge-edited"].source == bare(bridge["wire"])
    for key in ("bridge-spun", "bridge-edited"):
        assert found[key].situation is Situation.COMPARED
        assert found[key].derives is None
        assert found[key].story == "bridge-wire"


def test_a_store_labels_as_a_list_does(scorer: Scorer, store: Store, bridge: Bridge) -> None:
    articles = list(map(bare, bridge.values()))
    listed = list(scorer.label(articles, [bridge["wire"], bridge["frost"]]))
    assert list(scorer.label(articles, store)) == listed
    sources = {v.id: v.source.id for v in listed if isinstance(v, Verdict) and v.source}
    assert sources == {"bridge-edited": "bridge-wire", "bridge-spun": "bridge-wire"}


def test_a_source_that_is_named_is_taken_from_the_store(
    scorer: Scorer, store: Store, bridge: Bridge
) -> None:
    named = replace(bridge["spun"], source_id="frost", source_text=None)
    given = replace(bridge["spun"], source_id="x", source_text=bridge["staff"].text)
    first, second = scorer.find_sources([named, given], store)
    assert first.source == bridge["frost"]
    assert second.source == Article("x", bridge["staff"].text)


def test_a_store_of_another_encoder_is_refused(
    scorer: Scorer, store: Store, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store._encoder, "name", "minilm")
    with pytest.raises(InvalidStore, match="was made with the encoder minilm, expected static"):
        scorer.label_match(next(scorer.find_sources(bridge.values(), store)))


def test_a_verdict_names_its_story(scorer: Scorer, bridge: Bridge) -> None:
    verdicts = scorer.label(map(bare, bridge.values()))
    stories = {v.id: v.story for v in verdicts if isinstance(v, Verdict)}
    assert stories == {
        "bridge-wire": "bridge-wire",
        "bridge-edited": "bridge-wire",
        "bridge-spun": "bridge-wire",
        "bridge-staff": "bridge-wire",
        "frost": None,
    }


def test_without_a_batch_there_is_no_story(scorer: Scorer, store: Store, bridge: Bridge) -> None:
    verdicts = list(scorer.label(bridge.values(), store))
    assert [v.story for v in verdicts if isinstance(v, Verdict)] == [None] * 5


def half(text: str, first: bool) -> str:
    paragraphs = text.split("\n\n")
    middle = len(paragraphs) // 2
    return "\n\n".join(paragraphs[:middle] if first else paragraphs[middle:])


@pytest.mark.parametrize("among_themselves", [False, True])
def test_a_text_woven_from_two_names_both(
    among_themselves: bool, scorer: Scorer, store: Store, bridge: Bridge
) -> None:
    wire, frost = bridge["wire"], bridge["frost"]
    woven = Article("woven", f"{half(wire.text, True)}\n\n{half(frost.text, False)}")
    if among_themselves:
        *_, verdict = scorer.label([bare(wire), bare(frost), woven])
    else:
        (verdict,) = scorer.label([woven], store)
    assert isinstance(verdict, Verdict)
    assert verdict.source is not None
    assert {verdict.source.id, verdict.evidence.second_source} == {"bridge-wire", "frost"}
    (warning,) = (text for text in verdict.warnings if text.startswith("woven from two texts"))
    assert verdict.evidence.second_source is not None
    assert warning.endswith(verdict.evidence.second_source)


def test_a_text_of_one_source_names_no_second(scorer: Scorer, store: Store, bridge: Bridge) -> None:
    for verdict in scorer.label([bare(bridge["edited"]), bare(bridge["spun"])], store):
        assert isinstance(verdict, Verdict)
        assert verdict.evidence.second_source is None


def test_a_match_that_cannot_be_judged_is_rejected(scorer: Scorer, bridge: Bridge) -> None:
    short = Match(bridge["spun"], Article("w", "Too short."), Situation.RELATED, story="w")
    rejected = scorer.label_match(short)
    assert isinstance(rejected, Rejected)
    assert "the source cannot be compared with" in rejected.reason


WIRE_TIME = datetime(2025, 9, 5, 21, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (date(2025, 9, 5), "bridge-wire"),
        (datetime(2025, 9, 5), "bridge-wire"),
        (datetime(2025, 9, 5, tzinfo=UTC), "bridge-wire"),
        (datetime(2025, 9, 5, 16, 30), "bridge-wire"),
        (datetime(2025, 9, 5, 16, 30, tzinfo=UTC), None),
        (datetime(2025, 9, 5, 18, tzinfo=timezone(timedelta(hours=-5))), "bridge-wire"),
        (date(2025, 9, 3), None),
        (date(2026, 9, 5), "bridge-wire"),
        (date(2026, 9, 9), None),
    ],
)
def test_a_wire_is_passed_over_only_where_it_came_later(
    published: date, expected: str | None, scorer: Scorer, bridge: Bridge, tmp_path: Path
) -> None:
    wire = replace(bridge["wire"], published=WIRE_TIME)
    edited = replace(bare(bridge["edited"]), published=published)
    (listed,) = scorer.find_sources([edited], [wire])
    with Store.write(tmp_path / "dated") as store:
        store.add([wire])
        (stored,) = scorer.find_sources([edited], store)
    for found in (listed, stored):
        assert (found.source.id if found.source else None) == expected


@pytest.mark.parametrize(
    "published", [date(2025, 9, 5), datetime(2025, 9, 5), datetime(2025, 9, 5, 9), None]
)
def test_a_spin_without_a_time_is_not_the_wire_s_source(
    published: date | None, scorer: Scorer, bridge: Bridge
) -> None:
    wire = replace(bridge["wire"], published=WIRE_TIME)
    spun = replace(bare(bridge["spun"]), published=published)
    for batch in ([wire, spun], [spun, wire]):
        found = {m.article.id: m for m in scorer.find_sources(batch)}
        assert found["bridge-spun"].source == wire
        assert (found["bridge-wire"].derives or 0.0) < 0.5 < (found["bridge-spun"].derives or 0.0)
