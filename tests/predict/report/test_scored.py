"""Verdicts read back from output records."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.errors import InvalidInput
from copydesk.predict import Scorer
from copydesk.predict.report.item import ReportItem, find_candidate, make_item
from copydesk.predict.report.scored import read_rejects, read_scored, read_verdict
from copydesk.predict.writers import Output, verdict_record
from copydesk.types import Article, Rejected, Verdict


def test_what_was_written_is_read(items: list[ReportItem], tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    with Output(str(path)) as output:
        for item in items:
            output.write(item.verdict)
        output.write(Rejected("r", "empty"))
    read = list(read_scored(path))
    assert [verdict_record(verdict) for verdict in read] == [
        verdict_record(item.verdict) for item in items
    ]
    assert read_rejects(path) == [Rejected("r", "empty")]


def test_answers_are_read_where_they_are(items: list[ReportItem]) -> None:
    record = {
        **verdict_record(items[0].verdict),
        **{"situation": "related", "p_machine": 0.5, "p_derives": 0.25, "related_id": "r"},
    }
    record = json.loads(json.dumps(record))
    verdict = read_verdict(record)
    assert verdict.answers is not None
    assert (verdict.answers.situation, verdict.answers.derives) == ("related", 0.25)
    assert verdict.related is not None
    assert verdict.related.id == "r"


@pytest.mark.parametrize("line", ['{"id": "a"}', "[]", "not JSON", '{"id": "a", "label": "new"}'])
def test_other_lines_are_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(line)
    with pytest.raises(InvalidInput, match=r"s\.jsonl:1 is no output record of copydesk label"):
        list(read_scored(path))


@pytest.mark.parametrize("line", ['{"id": "a"}', "[]", "not JSON"])
def test_damaged_rejects_are_refused(line: str, tmp_path: Path) -> None:
    (tmp_path / "s.jsonl.rejected.jsonl").write_text(f"{line}\n")
    with pytest.raises(InvalidInput, match=r"s\.jsonl\.rejected\.jsonl holds no rejects"):
        read_rejects(tmp_path / "s.jsonl")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        list(read_scored(tmp_path / "gone.jsonl"))


def test_another_text_of_that_id_is_taken_for_missing(
    scorer: Scorer, bridge: dict[str, Article]
) -> None:
    spun, wire = bridge["spun"], bridge["wire"]
    verdict = scorer.label_pair(spun, wire)
    assert make_item(scorer, verdict, spun, wire).explanation is not None
    other = replace(spun, text=f"Now longer. {spun.text}")
    assert make_item(scorer, verdict, other, wire).article is None
    kept = make_item(scorer, verdict, spun, replace(wire, text=f"Now longer. {wire.text}"))
    assert kept.explanation is not None
    assert kept.explanation.candidate is None


def test_of_another_model_no_reasons_are_given(scorer: Scorer, bridge: dict[str, Article]) -> None:
    verdict = replace(scorer.label_pair(bridge["spun"], bridge["wire"]), model_id="another")
    item = make_item(scorer, verdict, bridge["spun"], bridge["wire"])
    assert item.explanation is not None
    assert item.explanation.reasons == ()
    assert item.explanation.pairs


def test_the_text_that_a_record_brought_is_its_source(
    scorer: Scorer, bridge: dict[str, Article]
) -> None:
    article = replace(bridge["spun"], source_id=None, source_text=bridge["wire"].text)
    (verdict,) = scorer.label([article], [])
    assert isinstance(verdict, Verdict)
    candidate = find_candidate(verdict, article, {}.get)
    assert candidate is not None
    assert candidate.text == bridge["wire"].text
