"""The scorer: which source an article meets, and what its verdict holds."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.models import Model
from copydesk.predict import Scorer, classifier, predict
from copydesk.types import LABELS, Article, Evidence, Finding, Rejected, Verdict

Bridge = dict[str, Article]


def findings_of(evidence: Evidence) -> list[Finding]:
    values = [getattr(evidence, field.name) for field in fields(Evidence)]
    return [finding for value in values if isinstance(value, tuple) for finding in value]


def source_ids(items: Iterator[Verdict | Rejected]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for item in items:
        assert isinstance(item, Verdict), item
        found[item.id] = item.source.id if item.source else None
    return found


def bare(article: Article) -> Article:
    return replace(article, source_id=None, source_text=None)


def with_thresholds(scorer: Scorer, **least: float) -> Scorer:
    """Let every label need so much in a situation, elsewhere as before."""
    own = {situation: (p, p, p) for situation, p in least.items()}
    manifest = replace(
        scorer.model.manifest, thresholds={**scorer.model.manifest.thresholds, **own}
    )
    return Scorer(Model(manifest, scorer.model.judge, scorer.model.style))


def test_other_articles_are_the_candidates(scorer: Scorer, bridge: Bridge) -> None:
    assert source_ids(scorer.label(bridge.values())) == {
        "bridge-wire": None,
        "bridge-edited": "bridge-wire",
        "bridge-spun": "bridge-wire",
        "bridge-staff": None,
        "frost": None,
    }


def test_empty_sources_judge_each_article_alone(scorer: Scorer, bridge: Bridge) -> None:
    verdicts = list(scorer.label(bridge.values(), sources=[]))
    assert len(verdicts) == len(bridge)
    for verdict in verdicts:
        assert isinstance(verdict, Verdict)
        assert verdict.source is None
        assert (verdict.evidence.coverage, verdict.evidence.altered_quotes) == (None, ())
        assert any(warning.startswith("judged alone") for warning in verdict.warnings)


def test_sources_given_are_the_only_candidates(scorer: Scorer, bridge: Bridge) -> None:
    derived = [bridge["edited"], bridge["spun"], bridge["wire"]]
    assert source_ids(scorer.label(derived, sources=iter([bridge["wire"], bridge["frost"]]))) == {
        "bridge-edited": "bridge-wire",
        "bridge-spun": "bridge-wire",
        "bridge-wire": None,
    }
    assert set(source_ids(scorer.label(derived, sources=[bridge["frost"]])).values()) == {None}


def test_generators_are_read_once(scorer: Scorer, bridge: Bridge) -> None:
    found = list(scorer.label(article for article in bridge.values()))
    assert found == list(scorer.label(list(bridge.values())))


def test_order_of_the_batch_changes_no_verdict(scorer: Scorer, bridge: Bridge) -> None:
    forward = {item.id: item for item in scorer.label(bridge.values())}
    backward = {item.id: item for item in scorer.label(reversed(bridge.values()))}
    assert forward == backward


def test_one_by_one_gives_what_a_batch_gives(scorer: Scorer, bridge: Bridge) -> None:
    batch = list(scorer.label(bridge.values(), sources=[]))
    fresh = Scorer(scorer.model)
    assert batch == [next(fresh.label([article], sources=[])) for article in bridge.values()]
    assert batch == [next(scorer.label([article])) for article in bridge.values()]


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.data())
def test_every_article_gets_one_answer_in_its_place(data: st.DataObject) -> None:
    scorer = Scorer.load()
    good = "The crew of the ferry said on Monday that all of the people on board were taken off."
    texts = st.sampled_from([f"{good} {good} It was over.", good, "", "Too short.", "\x00" * 40])
    drawn = data.draw(st.lists(texts, max_size=6))
    articles = [Article(str(i), text) for i, text in enumerate(drawn)]
    sources = data.draw(st.sampled_from([None, []]))
    items = list(scorer.label(articles, sources))
    assert [item.id for item in items] == [article.id for article in articles]
    judged = [isinstance(item, Verdict) for item in items]
    assert judged == [len(text.split()) >= 20 for text in drawn]


def test_what_cannot_be_judged_is_rejected_with_its_reason(
    scorer: Scorer, bridge: Bridge, foreign: dict[str, str]
) -> None:
    articles = [
        Article("empty", ""),
        Article("short", "Bridge closed today."),
        bridge["wire"],
        Article("french", foreign["french"]),
        Article("german", foreign["german"]),
        Article("binary", "\x00\x01" * 500),
    ]
    items = list(scorer.label(articles))
    assert [item.id for item in items] == [article.id for article in articles]
    reasons = {item.id: item.reason for item in items if isinstance(item, Rejected)}
    assert set(reasons) == {"empty", "short", "french", "german", "binary"}
    assert "empty" in reasons["empty"]
    assert "3 words" in reasons["short"]
    assert "English" in reasons["french"]
    assert "English" in reasons["german"]
    assert "binary" in reasons["binary"]


def test_nothing_in_nothing_out(scorer: Scorer) -> None:
    assert list(scorer.label([])) == []


def test_an_article_never_finds_itself(scorer: Scorer, bridge: Bridge) -> None:
    wire = bridge["wire"]
    assert source_ids(scorer.label([wire])) == {"bridge-wire": None}
    assert source_ids(scorer.label([wire], sources=[wire])) == {"bridge-wire": None}
    named = replace(wire, source_id=wire.id)
    assert source_ids(scorer.label([named], sources=[wire])) == {"bridge-wire": None}
    copy = replace(wire, id="copy")
    assert source_ids(scorer.label([wire], sources=[wire, copy])) == {"bridge-wire": "copy"}


def test_what_names_the_article_or_came_later_is_not_its_source(
    scorer: Scorer, bridge: Bridge
) -> None:
    wire, edited = bridge["wire"], bridge["edited"]
    assert source_ids(scorer.label([wire], [edited])) == {"bridge-wire": None}
    undated = [replace(article, published=None) for article in (wire, edited)]
    naming = replace(undated[1], source_id="bridge-wire")
    assert source_ids(scorer.label([undated[0]], [naming])) == {"bridge-wire": None}
    assert wire.published is not None
    early = replace(edited, published=wire.published - timedelta(hours=1))
    assert source_ids(scorer.label([wire], [early])) == {"bridge-wire": "bridge-edited"}


def test_source_id_among_the_sources_is_the_source(scorer: Scorer, bridge: Bridge) -> None:
    article = replace(bridge["spun"], source_id="frost")
    sources = [bridge["wire"], bridge["frost"]]
    (verdict,) = scorer.label([article], sources)
    assert isinstance(verdict, Verdict)
    assert verdict.source is not None
    assert verdict.source.id == "frost"
    assert verdict.warnings == ()
    assert source_ids(scorer.label([article, *sources]))["bridge-spun"] == "frost"


def test_source_id_that_is_missing_is_told_and_searched_for(scorer: Scorer, bridge: Bridge) -> None:
    article = replace(bridge["spun"], source_id="lost")
    (found,) = scorer.label([article], [bridge["wire"]])
    (alone,) = scorer.label([article], [])
    assert isinstance(found, Verdict)
    assert isinstance(alone, Verdict)
    assert found.source is not None
    assert found.source.id == "bridge-wire"
    assert alone.source is None
    for verdict in (found, alone):
        assert "source_id 'lost' is not among the sources" in verdict.warnings


def test_source_text_wins(scorer: Scorer, bridge: Bridge) -> None:
    # A text that is brought along has no date.
    spun, frost = bridge["spun"], bridge["frost"]
    wire = replace(bridge["wire"], published=None)
    brought = replace(spun, source_id="frost", source_text=wire.text)
    (verdict,) = scorer.label([brought], [frost])
    expected = scorer.label_pair(spun, wire)
    assert isinstance(verdict, Verdict)
    assert verdict.source is not None
    assert verdict.source.id == "frost"
    assert verdict.probabilities == expected.probabilities
    assert verdict.evidence == expected.evidence
    assert verdict.warnings == ()
    unnamed = replace(spun, source_text=wire.text)
    assert source_ids(scorer.label([unnamed], [frost])) == {"bridge-spun": "given"}
    assert source_ids(scorer.label([unnamed], [])) == {"bridge-spun": "given"}


@pytest.mark.parametrize(
    ("source_text", "reason"),
    [
        ("No article.", "text has 2 words, expected at least 20: too short to judge"),
        (" \n ", "text is empty, expected at least 20 words"),
        ("\x00" * 99, "99 control or undecodable characters among 99: it looks like binary data"),
        (
            "Le bac a coulé mardi près du port, a dit le maire, mais personne ne fut blessé selon "
            "les pompiers venus de la ville voisine.",
            "does not look like English",
        ),
    ],
    ids=["short", "blank", "binary", "French"],
)
def test_source_text_that_is_no_article_costs_no_verdict(
    source_text: str, reason: str, scorer: Scorer, bridge: Bridge
) -> None:
    spun, wire = bare(bridge["spun"]), bridge["wire"]
    article = replace(spun, source_id="lost", source_text=source_text)
    (alone,) = scorer.label([spun], [])
    for item in (*scorer.label([article], [wire]), *scorer.label([article]), predict(article)):
        assert isinstance(item, Verdict)
        assert isinstance(alone, Verdict)
        assert (item.source, item.probabilities) == (None, alone.probabilities)
        (warning,) = item.warnings
        assert warning.startswith("judged alone: the source cannot be compared with: ")
        assert reason in warning


def test_a_source_that_is_named_and_cannot_be_read_costs_no_verdict(
    scorer: Scorer, bridge: Bridge
) -> None:
    named = replace(bare(bridge["spun"]), source_id="short")
    (item,) = scorer.label([named], [Article("short", "Too short."), bridge["wire"]])
    assert isinstance(item, Verdict)
    assert item.source is None
    assert "text has 2 words" in item.warnings[0]


def test_notes_on_the_record_are_warnings(scorer: Scorer, bridge: Bridge) -> None:
    noted = replace(bare(bridge["wire"]), notes=("field published is 7: ignored",))
    (item,) = scorer.label([noted], [])
    assert isinstance(item, Verdict)
    assert item.warnings[0] == "field published is 7: ignored"


def test_sources_that_cannot_be_read_are_passed_over(scorer: Scorer, bridge: Bridge) -> None:
    sources = [Article("empty", ""), bridge["wire"], Article("short", "Bridge closed.")]
    assert source_ids(scorer.label([bridge["spun"]], sources)) == {"bridge-spun": "bridge-wire"}


def test_articles_of_the_same_id_are_each_labelled(scorer: Scorer, bridge: Bridge) -> None:
    twice = [replace(bridge["staff"], id="x"), replace(bridge["frost"], id="x")]
    items = list(scorer.label(twice))
    assert [item.id for item in items] == ["x", "x"]
    assert items[0] != items[1]


def test_verdicts_hold_together(scorer: Scorer, bridge: Bridge) -> None:
    for sources in (None, [], [bridge["wire"]]):
        for verdict in scorer.label(bridge.values(), sources):
            assert isinstance(verdict, Verdict)
            assert tuple(verdict.probabilities) == LABELS
            shares = list(verdict.probabilities.values())
            assert sum(shares) == pytest.approx(1.0, abs=1e-9)
            assert min(shares) >= 0.0
            assert verdict.probabilities[verdict.label] == max(shares)
            assert verdict.label in verdict.label_set
            assert verdict.model_id == scorer.model.manifest.model_id
            assert all(type(share) is float for share in shares)
            if verdict.source is not None:
                assert 0.6 < verdict.source.similarity <= 1.0 + 1e-6


def test_thresholds_are_used_where_they_belong(scorer: Scorer, bridge: Bridge) -> None:
    pair = (bridge["spun"], bridge["wire"])
    eager = with_thresholds(scorer, compared=0.0, unsearched=1.0, related=1.0)
    assert eager.label_pair(*pair).label_set == LABELS
    assert len(eager.label_pair(bridge["spun"], None).label_set) == 1
    strict = with_thresholds(scorer, compared=1.0, unsearched=0.0, nothing_related=1.0)
    assert len(strict.label_pair(*pair).label_set) == 1
    assert strict.label_pair(bridge["spun"], None).label_set == LABELS


def test_evidence_stands_where_it_says(scorer: Scorer, bridge: Bridge) -> None:
    ragged = {
        name: replace(
            article,
            text="\u200b " + article.text.replace("\n\n", "\r\n\r\n").replace('"', "“"),
        )
        for name, article in bridge.items()
    }
    n_findings = n_in_source = 0
    for article in (*bridge.values(), *ragged.values()):
        for source in (None, bridge["wire"], ragged["wire"]):
            for finding in findings_of(scorer.label_pair(article, source).evidence):
                n_findings += 1
                span = finding.article
                assert article.text[span.start : span.end] == span.text != ""
                if finding.source is not None and finding.kind != "inconsistent_name":
                    assert source is not None
                    n_in_source += 1
                    span = finding.source
                    assert source.text[span.start : span.end] == span.text != ""
    assert n_findings > 30
    assert n_in_source > 5


def test_evidence_of_the_spun_copy(scorer: Scorer, bridge: Bridge) -> None:
    evidence = scorer.label_pair(bridge["spun"], bridge["wire"]).evidence
    (quote,) = evidence.altered_quotes
    assert "another truck cross a construction" in quote.article.text
    assert quote.source is not None
    assert "another lorry cross a structure" in quote.source.text
    (name,) = evidence.corrupted_names
    assert name.source is not None
    assert (name.article.text, name.source.text) == ("Lyabkov", "Ryabkov")
    (number,) = evidence.changed_numbers
    assert number.source is not None
    assert number.article.text.startswith("81")
    assert number.source.text.startswith("18")


def test_memory_of_texts_is_bounded_and_changes_nothing(
    scorer: Scorer, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(scorer.label(bridge.values()))
    monkeypatch.setattr(classifier, "_CACHED_DOCUMENTS", 2)
    forgetful = Scorer(scorer.model)
    assert list(forgetful.label(bridge.values())) == expected
    assert len(forgetful._classifier._documents) == 2
    assert list(forgetful.label(bridge.values())) == expected
