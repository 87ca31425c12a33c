"""The demonstration: a batch as people have it."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copydesk import demo
from copydesk.predict.writers import FIELDS
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.types import Label


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that the demonstration ran in."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        demo.main()
        yield folder


@pytest.fixture(scope="module")
def found(ran: Path) -> dict[str, dict[str, Any]]:
    """Its output records by id."""
    lines = (ran / "out" / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def test_the_batch_is_what_it_says() -> None:
    records = demo.read_batch()
    engines = Counter(record.engine for record in records)
    assert engines == {
        **{"wire": 1, "original_presser": 1, "original_followup": 1, "original_brief": 1},
        **{"edit_light": 1, "spin_thesaurus": 2},
    }
    assert len({record.article.outlet for record in records}) == len(records)
    assert all(record.article.headline and record.article.published for record in records)


def test_no_model_learns_the_batch() -> None:
    batch = {record.article.id for record in demo.read_batch()}
    starter = read_starter()
    assert batch.isdisjoint(record.article.id for record in starter)
    assert "port-ellery" not in {record.story for record in starter}


def test_the_copy_and_the_spin_lead_to_their_sources(found: dict[str, dict[str, Any]]) -> None:
    assert all(tuple(record) == FIELDS for record in found.values())
    derived = {name: r["source_id"] for name, r in found.items() if r["source_id"]}
    assert derived == {"newsroom-copy": "agency-report", "spin-of-paper": "paper-report"}
    assert found["newsroom-copy"]["label"] == Label.EDITED_WIRE
    assert found["spin-of-paper"]["label"] == Label.SPUN


def test_the_report_is_there_and_shows_what_was_rejected(ran: Path) -> None:
    html = (ran / "out" / "report.html").read_text(encoding="utf-8")
    assert "A machine made it from" in html
    assert "text has 10 words" in html


def test_it_says_where_the_report_is_and_how_it_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    demo.main()
    shown = " ".join(capsys.readouterr().out.split())
    assert "6 articles labelled, " in shown
    assert " as their author meant them" in shown
    assert "1 rejected" in shown
    assert "open out/report.html in a browser" in shown
