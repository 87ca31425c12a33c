"""Provenance: what a source is itself decides what its copies are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from copydesk.models.judgement import Situation
from copydesk.predict import Scorer
from copydesk.predict.matching import Match
from copydesk.predict.source_verdict import with_source_alone
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.types import LABELS, Article, Evidence, Label, Source, Verdict

STORIES = ("biz-copper-strike", "disaster-ferry", "health-measles", "world-fishing")
FOOTER = "\n\nPosted by admin"


def verdict(
    original: float, edited: float, spun: float, copied: float | None = None, unsure: bool = False
) -> Verdict:
    p = dict(zip(LABELS, (original, edited, spun), strict=True))
    label = max(LABELS, key=p.__getitem__)
    labels = (Label.ORIGINAL, label) if unsure else (label,)
    return Verdict("a", label, p, labels, None, Evidence(verbatim_share=copied), "m")


@pytest.mark.parametrize(
    ("p_spun", "copied", "label", "labels", "warned"),
    [
        (0.49, 1.0, Label.EDITED_WIRE, [Label.EDITED_WIRE], False),
        (0.5, 1.0, Label.EDITED_WIRE, [Label.EDITED_WIRE, Label.SPUN], True),
        (0.79, 1.0, Label.EDITED_WIRE, [Label.EDITED_WIRE, Label.SPUN], True),
        (0.8, 1.0, Label.SPUN, [Label.ORIGINAL, Label.SPUN], True),
        (0.8, 0.8, Label.SPUN, [Label.ORIGINAL, Label.SPUN], True),
        (0.8, 0.79, Label.EDITED_WIRE, [Label.EDITED_WIRE], True),
        (0.8, None, Label.EDITED_WIRE, [Label.EDITED_WIRE], True),
    ],
)
def test_a_copy_is_what_its_source_is(
    p_spun: float, copied: float | None, label: Label, labels: Sequence[Label], warned: bool
) -> None:
    of_source = verdict(1 - p_spun, 0.0, p_spun, unsure=p_spun >= 0.8)
    found = with_source_alone(verdict(0.1, 0.9, 0.0, copied), "b", of_source)
    assert found.label is label
    assert list(found.label_set) == labels
    assert found.probabilities[Label.SPUN] == (p_spun if label is Label.SPUN else 0.0)
    assert [warning.startswith("its source b looks spun") for warning in found.warnings] == (
        [True] if warned else []
    )


def bare(article: Article, published: date | None) -> Article:
    return replace(article, source_id=None, source_text=None, published=published)


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("story", STORIES)
def test_a_copy_of_a_spin_is_judged_beside_the_wire(
    story: str, dated: bool, scorer: Scorer
) -> None:
    records = [record for record in read_starter() if record.story == story]
    spun = next(record.article for record in records if record.label is Label.SPUN)
    (wire,) = (one.article for one in records if one.article.id == spun.source_id)
    hours = [datetime(2025, 9, 5, n, tzinfo=UTC) if dated else None for n in (9, 12, 15)]
    first, second, third = (
        bare(one, hour) for one, hour in zip((wire, spun, spun), hours, strict=True)
    )
    mirror = replace(third, id="mirror", text=spun.text + FOOTER)
    (beside_both,) = scorer.label([mirror], [second, first])
    among = {one.id: one for one in scorer.label([mirror, second, first])}
    for found in (beside_both, among["mirror"]):
        assert isinstance(found, Verdict)
        assert found.label is Label.SPUN
        assert found.source is not None
        assert found.source.id == wire.id
    assert any("itself spun" in warning for warning in beside_both.warnings)  # type: ignore[union-attr]


def test_a_source_is_judged_once(
    scorer: Scorer, bridge: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Scorer(scorer.model)
    judged: list[str] = []
    label_pair = fresh.label_pair

    def count(article: Article, *args: Any) -> Verdict:
        judged.append(article.id)
        return label_pair(article, *args)

    monkeypatch.setattr(fresh, "label_pair", count)
    wire, edited = bridge["wire"], bridge["edited"]
    for key in "abc":
        fresh.label_match(Match(replace(edited, id=key), wire, Situation.RELATED, derives=1.0))
    assert judged == ["a", "bridge-wire", "b", "c"]
    fresh.label_match(Match(edited, wire, Situation.COMPARED))
    fresh.label_match(Match(bridge["staff"], bridge["frost"], Situation.RELATED, derives=0.0))
    assert judged[4:] == ["bridge-edited", "bridge-staff"]  # given; no derivative


def test_a_given_source_is_not_questioned(scorer: Scorer, bridge: dict[str, Article]) -> None:
    spun = bare(bridge["spun"], None)
    given = replace(spun, id="copy", source_text=spun.text)
    (found,) = scorer.label([given], [])
    assert isinstance(found, Verdict)
    assert found.source == Source("given", pytest.approx(1.0))
    assert not any("its source" in warning for warning in found.warnings)


def test_an_edited_source_is_said_to_be_one(scorer: Scorer, bridge: dict[str, Article]) -> None:
    wire, edited = bridge["wire"], bridge["edited"]
    copy = replace(edited, id="copy", source_id=None)
    found = scorer.label_match(Match(copy, edited, Situation.RELATED, origin=wire, derives=1.0))
    assert isinstance(found, Verdict)
    assert found.source is not None
    assert found.source.id == edited.id
    assert found.warnings[-1] == "its source bridge-edited looks edited from bridge-wire"
