"""Whole verdicts of eight situations, as ``golden/`` keeps them.

``pytest --update-golden`` lets the files keep what verdicts are now: look at the difference.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.predict import Scorer
from copydesk.predict.writers import verdict_record
from copydesk.types import Article, Verdict

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
DIGITS = 3


def read_articles(records: list[dict[str, Any]]) -> list[Article]:
    return [Article(**{**record, "text": "\n\n".join(record["text"])}) for record in records]


def rounded(value: Any) -> Any:
    """Round all numbers of a record; what a sum has in its last digits is no news."""
    if isinstance(value, dict):
        return {name: rounded(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def judge(scorer: Scorer, situation: dict[str, Any]) -> list[dict[str, Any]]:
    """Label the articles of a situation; which model did it says nothing of a verdict."""
    sources = situation["sources"]
    verdicts = scorer.label(
        read_articles(situation["articles"]), None if sources is None else read_articles(sources)
    )
    records = []
    for verdict in verdicts:
        assert isinstance(verdict, Verdict)
        record = verdict_record(verdict)
        del record["model_id"]
        records.append(rounded(record))
    return records


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_verdicts_are_those_kept(path: Path, scorer: Scorer, update_golden: bool) -> None:
    situation = json.loads(path.read_text(encoding="utf-8"))
    found = judge(scorer, situation)
    if update_golden:
        text = json.dumps({**situation, "verdicts": found}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
    kept = json.loads(path.read_text(encoding="utf-8"))["verdicts"]
    assert [record["label"] for record in found] == [record["label"] for record in kept]
    for verdict, expected in zip(found, kept, strict=True):
        probabilities = {name: verdict.pop(name) for name in expected if name.startswith("p_")}
        for name, probability in probabilities.items():
            # A sum may fall on the other side of a half.
            assert probability == pytest.approx(expected.pop(name), abs=1.5 * 10**-DIGITS), name
        assert verdict == expected


def test_there_are_eight_situations() -> None:
    assert len(GOLDEN) == 8
