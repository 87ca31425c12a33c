"""What records carry, and what is no record."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.errors import InvalidInput
from copydesk.train.monitor.records import (
    NUMBERS,
    Collector,
    agencies_of,
    count_rejected,
    has_candidate,
    outlet_of,
    read_records,
)
from copydesk.train.monitor.sample import Sample
from copydesk.types import Evidence, Finding, Label, Source, Span, Verdict

VERDICT = Verdict(
    id="a",
    label=Label.SPUN,
    probabilities={Label.ORIGINAL: 0.1, Label.EDITED_WIRE: 0.2, Label.SPUN: 0.7},
    label_set=(Label.SPUN, Label.EDITED_WIRE),
    source=Source("w", 0.9),
    evidence=Evidence(
        coverage=0.5,
        altered_quotes=(Finding("altered_quote", Span("x", 0, 1)),) * 2,
        credits=(
            Finding("credit", Span("x", 0, 1), detail="Northwire"),
            Finding("credit", Span("y", 0, 1), detail="Northwire"),
            Finding("byline", Span("z", 0, 1)),
        ),
    ),
    model_id="m",
)


def test_what_a_record_carries() -> None:
    collector = Collector()
    collector.add({**VERDICT.to_dict(), "outlet": "The Valley "})
    found = collector.scored(3)
    numbers = dict(zip(NUMBERS, found.numbers[0].tolist(), strict=True))
    expected = {
        "p_original": 0.1,
        "p_edited_wire": 0.2,
        "p_spun": 0.7,
        "source_similarity": 0.9,
        "coverage": 0.5,
        "altered_quotes": 2.0,
        "credits": 3.0,
        "oddities": 0.0,
    }
    assert {name: numbers[name] for name in expected} == expected
    assert np.isnan([numbers["p_derives"], numbers["verbatim_share"]]).all()
    assert (found.n_unsure, found.n_without_source, found.n_rejected, len(found)) == (1, 0, 3, 1)
    assert (found.labels.tolist(), found.has_candidate.tolist()) == ([2], [True])
    assert (found.outlets, found.agencies) == ({"the valley": 1}, {"Northwire": 1})
    assert found.models == {"m": 1}


def test_numbers_are_all_that_evidence_counts() -> None:
    shown = set(VERDICT.to_dict()["evidence"]) - {"second_source"}
    assert shown <= set(NUMBERS)


@pytest.mark.parametrize(
    ("record", "outlet"),
    [
        ({}, ""),
        ({"outlet": None, "url": None}, ""),
        ({"url": "https://www.Paper.example:8080/a"}, "paper.example"),
        ({"url": "not an address"}, ""),
        ({"url": "https://[broken"}, ""),
        ({"outlet": "Paper", "url": "https://other.example"}, "paper"),
    ],
)
def test_outlets_are_named(record: dict[str, Any], outlet: str) -> None:
    assert outlet_of(record) == outlet


def test_a_related_report_is_a_candidate() -> None:
    assert has_candidate({"source_id": None, "related_id": "r"})
    assert not has_candidate({"source_id": None})
    assert agencies_of({"evidence": {}}) == set()


def without(name: str) -> str:
    record = VERDICT.to_dict()
    del record[name]
    return json.dumps(record)


def changed(**changes: Any) -> str:
    return json.dumps({**VERDICT.to_dict(), **changes})


@pytest.mark.parametrize(
    "line",
    [
        "{cut",
        "[]",
        "{}",
        without("p_spun"),
        without("evidence"),
        without("id"),
        without("source_id"),
        changed(label="copied"),
        changed(label_set=[]),
        changed(p_spun="high"),
        changed(evidence=None),
    ],
)
def test_what_is_no_record_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "scored.jsonl"
    path.write_text(f"{json.dumps(VERDICT.to_dict())}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"scored\.jsonl:3 is no output record of copydesk"):
        list(read_records(path))


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere\.jsonl cannot be read: .*No such file"):
        list(read_records(tmp_path / "nowhere.jsonl"))
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidInput, match=r"a\.jsonl cannot be read"):
        list(read_records(tmp_path / "a.jsonl"))


def test_rejects_beside_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "scored.jsonl"
    assert count_rejected(path) == 0
    beside = tmp_path / "scored.jsonl.rejected.jsonl"
    beside.write_text('{"id": "a", "reason": "short"}\n\n{"id": "b", "reason": "short"}\n')
    assert count_rejected(path) == 2
    beside.unlink()
    beside.mkdir()
    with pytest.raises(InvalidInput, match=r"rejected\.jsonl cannot be read"):
        count_rejected(path)


def test_a_sample_is_fair_and_of_its_size() -> None:
    counts = np.zeros(20)
    for seed in range(500):
        sample: Sample[int] = Sample(5, seed)
        for item in range(20):
            sample.add(item)
        assert len(set(sample.items)) == 5
        counts[sample.items] += 1
    # Each is in a quarter of them: 125, with a standard deviation of 10.
    assert (abs(counts - 125) < 40).all()
