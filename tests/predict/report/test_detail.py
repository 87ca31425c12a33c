"""What an article's view holds, and what it says that it lacks."""

from dataclasses import replace

import pytest

from copydesk.predict import Scorer
from copydesk.predict.report.detail import detail_record
from copydesk.predict.report.item import ReportItem, make_item
from copydesk.types import Article


def left_out(item: ReportItem) -> list[str]:
    lines: list[str] = detail_record(item, lambda text: 0)["left_out"]
    return lines


@pytest.fixture
def whole(scorer: Scorer, bridge: dict[str, Article]) -> ReportItem:
    spun, wire = bridge["spun"], bridge["wire"]
    return make_item(scorer, scorer.label_pair(spun, wire), spun, wire)


def test_of_what_is_whole_nothing_is_left_out(whole: ReportItem) -> None:
    assert left_out(whole) == []


def test_a_missing_text_is_said(whole: ReportItem) -> None:
    (line,) = left_out(ReportItem(whole.verdict))
    assert line.endswith("give --articles.")


def test_a_missing_source_is_said(
    whole: ReportItem, scorer: Scorer, bridge: dict[str, Article]
) -> None:
    (line,) = left_out(make_item(scorer, whole.verdict, bridge["spun"], None))
    assert line == "The text of “bridge-wire” is not at hand to be compared with: give --sources."


def test_the_reasons_of_another_model_are_said_to_be_left_out(
    whole: ReportItem, scorer: Scorer, bridge: dict[str, Article]
) -> None:
    verdict = replace(whole.verdict, model_id="another")
    (line,) = left_out(make_item(scorer, verdict, bridge["spun"], bridge["wire"]))
    assert line == "Another model labelled it, so its reasons are left out: give --model."


def test_the_other_text_is_called_what_its_readers_call_it(
    scorer: Scorer, bridge: dict[str, Article]
) -> None:
    wire = replace(bridge["wire"], headline="Bridge shut", outlet="WIRE", published=None)
    verdict = scorer.label_pair(bridge["spun"], wire)
    for source, name in (
        (wire, "Bridge shut, WIRE"),
        (replace(wire, headline=None, outlet=None), "bridge-wire"),
    ):
        item = make_item(scorer, verdict, bridge["spun"], source)
        assert detail_record(item, lambda text: 0)["other_name"] == name
