"""Writers: what is written is read back, and a target is never half a result."""

import csv
import json
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from copydesk.errors import InvalidInput
from copydesk.predict import Scorer, tables
from copydesk.predict.writers import FIELDS, Output, verdict_record
from copydesk.types import Article, Evidence, Finding, Rejected, Span, Verdict

CONTRACT = (
    "id",
    "label",
    "p_original",
    "p_edited_wire",
    "p_spun",
    "label_set",
    "source_id",
    "source_similarity",
    "evidence",
    "warnings",
    "model_id",
    "story",
    "related_id",
    "p_derives",
    "p_reworded",
    "p_machine",
    "situation",
)
NUMBERS = ("source_similarity", "p_derives", "p_reworded", "p_machine")
EVIDENCE = {
    "coverage",
    "verbatim_share",
    "reworded_share",
    "altered_quotes",
    "corrupted_names",
    "changed_numbers",
    "oddities",
    "credits",
    "repeated_blocks",
    "second_source",
    "house_style",
}
REJECT = Rejected("é-7", "text is empty")


@pytest.fixture(scope="module")
def verdicts(scorer: Scorer, bridge: dict[str, Article]) -> list[Verdict]:
    items = list(scorer.label(bridge.values()))
    return [item for item in items if isinstance(item, Verdict)]


def write(path: Path, items: list[Verdict | Rejected]) -> Output:
    with Output(str(path)) as output:
        for item in items:
            output.write(item)
    return output


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    # Not splitlines: a line ends at a line feed, whatever else a text holds.
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def read_csv(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        {
            **row,
            **{name: float(row[name]) for name in CONTRACT[2:5]},
            "label_set": row["label_set"].split("|"),
            "warnings": row["warnings"].split("|") if row["warnings"] else [],
            "source_id": row["source_id"] or None,
            "story": row["story"] or None,
            **{name: row[name] or None for name in ("related_id", "situation")},
            **{name: float(row[name]) if row[name] else None for name in NUMBERS},
            "evidence": json.loads(row["evidence"]),
        }
        for row in rows
    ]


def read_parquet(path: Path) -> list[dict[str, Any]]:
    rows = pq.read_table(path).to_pylist()
    return [{**row, "evidence": json.loads(row["evidence"])} for row in rows]


READERS = {"csv": read_csv, "jsonl": read_jsonl, "parquet": read_parquet}


def plain(record: dict[str, Any]) -> dict[str, Any]:
    """The record as JSON has it: tuples are lists."""
    return dict(json.loads(json.dumps(record)))


def test_record_has_the_fields_of_the_contract(verdicts: list[Verdict]) -> None:
    assert FIELDS == CONTRACT
    for verdict in verdicts:
        record = plain(verdict_record(verdict))
        assert tuple(record) == CONTRACT
        assert set(record["evidence"]) == EVIDENCE
        shares = [record[name] for name in CONTRACT[2:5]]
        assert sum(shares) == pytest.approx(1.0)
        assert shares == list(verdict.probabilities.values())
        assert record["label"] in record["label_set"]
        assert (record["source_id"] is None) == (record["source_similarity"] is None)
        assert (record["source_id"] is None) == (record["evidence"]["coverage"] is None)


def test_evidence_fields_are_those_of_the_type() -> None:
    assert {field.name for field in fields(Evidence)} == EVIDENCE


def test_findings_keep_their_offsets(verdicts: list[Verdict]) -> None:
    (spun,) = (verdict for verdict in verdicts if verdict.id == "bridge-spun")
    (quote,) = plain(verdict_record(spun))["evidence"]["altered_quotes"]
    assert {**quote, "detail": None} == asdict(spun.evidence.altered_quotes[0])
    assert set(quote["article"]) == set(quote["source"]) == {"text", "start", "end"}


def test_only_a_finding_with_a_detail_has_that_field(verdicts: list[Verdict]) -> None:
    span = Span("(AFP)", 0, 5)
    credits = (Finding("agency", span, detail="Agence France-Presse"), Finding("byline", span))
    evidence = replace(verdicts[0].evidence, credits=credits)
    one, other = verdict_record(replace(verdicts[0], evidence=evidence))["evidence"]["credits"]
    assert one["detail"] == "Agence France-Presse"
    assert "detail" not in other


@pytest.mark.parametrize("suffix", READERS)
def test_what_is_written_is_read_back(suffix: str, verdicts: list[Verdict], tmp_path: Path) -> None:
    odd = replace(verdicts[0], id='a "b", | é\u2028\n', warnings=())
    items = [*verdicts, odd]
    path = tmp_path / f"out.{suffix}"
    output = write(path, [*items[:2], REJECT, *items[2:]])
    found = READERS[suffix](path)
    assert [tuple(record) for record in found] == [CONTRACT] * len(items)
    assert found == [plain(verdict_record(verdict)) for verdict in items]
    assert (output.n_labelled, output.n_rejected) == (len(items), 1)
    assert read_jsonl(Path(output.rejects_name)) == [{"id": "é-7", "reason": "text is empty"}]
    assert output.rejected_path == tmp_path / f"out.{suffix}.rejected.jsonl"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f"out.{suffix}",
        f"out.{suffix}.rejected.jsonl",
    ]


@pytest.mark.parametrize("suffix", READERS)
def test_no_verdicts_give_a_table_without_rows(suffix: str, tmp_path: Path) -> None:
    write(tmp_path / f"out.{suffix}", [])
    assert READERS[suffix](tmp_path / f"out.{suffix}") == []


def test_parquet_is_written_in_batches(
    verdicts: list[Verdict], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_BATCH", 2)
    write(tmp_path / "out.parquet", list(verdicts))
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 3
    assert [r["id"] for r in read_parquet(tmp_path / "out.parquet")] == [v.id for v in verdicts]


@pytest.mark.parametrize("suffix", READERS)
def test_target_is_replaced_only_when_all_is_written(
    suffix: str, verdicts: list[Verdict], tmp_path: Path
) -> None:
    path = tmp_path / f"out.{suffix}"
    path.write_text("earlier result")
    with pytest.raises(RuntimeError, match="broke off"), Output(str(path)) as output:
        output.write(verdicts[0])
        assert path.read_text() == "earlier result"
        raise RuntimeError("broke off")
    assert path.read_text() == "earlier result"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    write(path, list(verdicts))
    assert len(READERS[suffix](path)) == len(verdicts)


def test_earlier_rejects_go_with_the_earlier_result(
    verdicts: list[Verdict], tmp_path: Path
) -> None:
    path = tmp_path / "out.jsonl"
    write(path, [verdicts[0], REJECT])
    rejected = tmp_path / "out.jsonl.rejected.jsonl"
    with pytest.raises(RuntimeError, match="broke off"), Output(str(path)) as output:
        output.write(Rejected("other", "other"))
        raise RuntimeError("broke off")
    assert read_jsonl(rejected) == [{"id": "é-7", "reason": "text is empty"}]
    write(path, [verdicts[0]])
    assert not rejected.exists()


def test_missing_folders_are_made(verdicts: list[Verdict], tmp_path: Path) -> None:
    path = tmp_path / "some" / "where" / "out.jsonl"
    write(path, [verdicts[0]])
    assert len(read_jsonl(path)) == 1


@pytest.mark.parametrize("name", ["out.xlsx", "out", "out.jsonl.gz", "out.JSONL"])
def test_other_kinds_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"is of no kind that is written; expected \.jsonl"):
        Output(str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


def _below_a_file(folder: Path) -> Path:
    (folder / "file").write_text("text")
    return folder / "file" / "out.jsonl"


def _a_folder(folder: Path) -> Path:
    (folder / "out.jsonl").mkdir()
    return folder / "out.jsonl"


@pytest.mark.parametrize("make", [_below_a_file, _a_folder])
def test_target_that_cannot_be_written_is_refused(
    make: Callable[[Path], Path], verdicts: list[Verdict], tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(InvalidInput, match=r"--out .*out\.jsonl cannot be written: "):
        write(path, [verdicts[0]])


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_streams_get_json_lines_and_rejects_go_to_standard_error(
    name: str, verdicts: list[Verdict], capsys: pytest.CaptureFixture[str]
) -> None:
    with Output(name) as output:
        for item in (verdicts[0], REJECT, verdicts[1]):
            output.write(item)
    captured = capsys.readouterr()
    records = [json.loads(line) for line in captured.out.splitlines()]
    assert records == [plain(verdict_record(verdict)) for verdict in verdicts[:2]]
    assert [json.loads(line) for line in captured.err.splitlines()] == [asdict(REJECT)]
    assert (output.n_labelled, output.n_rejected) == (2, 1)
    assert output.rejects_name == "standard error"


def test_standard_error_may_be_the_target(
    verdicts: list[Verdict], capsys: pytest.CaptureFixture[str]
) -> None:
    with Output("/dev/stderr") as output:
        output.write(verdicts[0])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert json.loads(captured.err)["id"] == verdicts[0].id
