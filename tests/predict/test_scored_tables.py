"""Verdicts read back from every form of output."""

from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.errors import InvalidInput
from copydesk.predict import Scorer
from copydesk.predict.scored_tables import read_scored_file
from copydesk.predict.writers import Output
from copydesk.types import Article, Verdict


@pytest.mark.parametrize("name", ["s.jsonl", "s.csv", "s.parquet"])
def test_what_was_written_is_read(
    name: str, scorer: Scorer, bridge: dict[str, Article], tmp_path: Path
) -> None:
    path = tmp_path / name
    written = [v for v in scorer.label(bridge.values()) if isinstance(v, Verdict)]
    written.append(replace(written[0], id="=1+1", source=None, story=None, warnings=()))
    with Output(str(path)) as output:
        for verdict in written:
            output.write(verdict)
    assert [v.to_dict() for v in read_scored_file(path)] == [v.to_dict() for v in written]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("s.csv", "id,text\na,b\n", "has no column label or model_id"),
        ("s.csv", "id,label,model_id\na,new,m\n", r"s\.csv:2 is no output record"),
        ("s.csv", None, "cannot be read"),
        ("s.parquet", "no table", "is no Parquet file"),
        ("s.jsonl", "{}", r"s\.jsonl:1 is no output record"),
    ],
)
def test_other_files_are_refused(name: str, text: str | None, message: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(InvalidInput, match=message):
        list(read_scored_file(tmp_path / name))
