"""``copydesk label``: what goes in comes out, labelled or rejected."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from copydesk.predict import Scorer
from copydesk.predict.writers import FIELDS, verdict_record
from copydesk.types import Article, Verdict

Run = Callable[..., Any]


def records_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def stable(record: dict[str, Any]) -> dict[str, Any]:
    """What does not depend on the model."""
    evidence = record["evidence"]
    pairs = ("altered_quotes", "corrupted_names", "changed_numbers")
    return {
        "id": record["id"],
        "source_id": record["source_id"],
        **{
            name: [[f["article"]["text"], f["source"]["text"]] for f in evidence[name]]
            for name in pairs
        },
        "credits": [finding["article"]["text"] for finding in evidence["credits"]],
    }


def test_golden_story(run_command: Run, story_file: Path, tmp_path: Path) -> None:
    finished = run_command("label", story_file, "--out", "out.jsonl")
    assert (finished.code, finished.out) == (0, "")
    counts, labels, speed = finished.err.splitlines()
    assert counts == "5 labelled, 0 rejected"
    assert labels.endswith(", 3 without source")
    assert re.fullmatch(r"[\d.]+ articles a second; slowest part: .+ \(\d+%\)", speed)
    found = records_of(tmp_path / "out.jsonl")
    expected = records_of(story_file.with_name("story.expected.jsonl"))
    assert [stable(record) for record in found] == expected
    for record in found:
        assert tuple(record) == (*FIELDS, "url", "headline", "outlet")
        shares = {name: record[f"p_{name}"] for name in ("original", "edited_wire", "spun")}
        assert sum(shares.values()) == pytest.approx(1.0, abs=1e-9)
        assert record["label"] == max(shares, key=lambda name: shares[name])
        assert record["label"] in record["label_set"]
    assert not (tmp_path / "out.jsonl.rejected.jsonl").exists()


def test_the_clear_cases_are_told_apart(run_command: Run, story_file: Path, tmp_path: Path) -> None:
    run_command("label", story_file, "--out", "out.jsonl")
    labels = {record["id"]: record["label"] for record in records_of(tmp_path / "out.jsonl")}
    assert (labels["bridge-edited"], labels["bridge-spun"]) == ("edited_wire", "spun")


def test_command_says_what_the_scorer_says(
    run_command: Run,
    story_file: Path,
    tmp_path: Path,
    scorer: Scorer,
    bridge: dict[str, Article],
) -> None:
    run_command("label", story_file, "--out", "out.jsonl")
    verdicts = scorer.label(bridge.values())
    expected = [verdict_record(v) for v in verdicts if isinstance(v, Verdict)]
    found = [
        {name: record[name] for name in FIELDS} for record in records_of(tmp_path / "out.jsonl")
    ]
    assert found == json.loads(json.dumps(expected))


def test_a_verdict_as_a_dict_is_the_line_that_is_written(
    run_command: Run, story_file: Path, tmp_path: Path, scorer: Scorer, bridge: dict[str, Article]
) -> None:
    run_command("label", story_file, "--out", "out.jsonl", "--keep", "")
    written = records_of(tmp_path / "out.jsonl")
    verdicts = [item for item in scorer.label(bridge.values()) if isinstance(item, Verdict)]
    dicts = [verdict.to_dict() for verdict in verdicts]
    assert dicts == written
    assert [json.dumps(one) for one in dicts] == [json.dumps(one) for one in written]
    assert kinds_of(dicts) == {dict, list, str, float, int, type(None)}


def kinds_of(value: object) -> set[type]:
    """Give the types of a value and of all that it holds."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {type(value)}.union(*map(kinds_of, parts))


def test_golden_rejects(run_command: Run, mixed_file: Path, tmp_path: Path) -> None:
    finished = run_command("label", mixed_file, "--out", "out.jsonl")
    assert finished.code == 1
    assert "3 labelled, 7 rejected" in finished.err
    assert "out.jsonl.rejected.jsonl" in finished.err
    labelled = [record["id"] for record in records_of(tmp_path / "out.jsonl")]
    assert labelled == ["bridge-wire", "bridge-spun", "frost"]
    rejected = records_of(tmp_path / "out.jsonl.rejected.jsonl")
    assert all(tuple(record) == ("id", "reason") for record in rejected)
    reasons = sorted((record["id"].rpartition("/")[2], record["reason"]) for record in rejected)
    expected = [
        ("bridge-wire", "twice"),
        ("empty", "empty"),
        ("french", "English"),
        ("mixed.jsonl:10", "JSON"),
        ("number", "field text is 7"),
        ("sha256-ef67afecb23556eca3575449", "8 words"),
        ("too-short", "3 words"),
    ]
    assert [name for name, _ in reasons] == [name for name, _ in expected]
    for (name, reason), (_, part) in zip(reasons, expected, strict=True):
        assert part in reason, name


def test_table_shows_every_item(run_command: Run, mixed_file: Path) -> None:
    finished = run_command("label", mixed_file)
    assert finished.code == 1
    for part in ("bridge-wire", "bridge-spun", "frost", "too-short", "french", "number", "empty"):
        assert part in finished.out
    assert finished.out.count("rejected") >= 7
    assert "Lyabkov for Ryabkov" in finished.out


def test_no_sources_judges_each_alone(run_command: Run, story_file: Path, tmp_path: Path) -> None:
    assert run_command("label", story_file, "--no-sources", "--out", "out.jsonl").code == 0
    found = records_of(tmp_path / "out.jsonl")
    assert {record["source_id"] for record in found} == {None}
    assert {record["source_similarity"] for record in found} == {None}
    assert {record["evidence"]["coverage"] for record in found} == {None}


def test_sources_may_come_from_several_files(
    run_command: Run, story_file: Path, tmp_path: Path
) -> None:
    wire, _, spun, *_, frost = story_file.read_text(encoding="utf-8").splitlines()
    (tmp_path / "wire.jsonl").write_text(wire)
    (tmp_path / "frost.txt").write_text(json.loads(frost)["text"])
    (tmp_path / "in.jsonl").write_text(spun)
    options = ("--sources", "frost.txt", "--sources", "wire.jsonl", "--out", "out.jsonl")
    assert run_command("label", "in.jsonl", *options).code == 0
    (record,) = records_of(tmp_path / "out.jsonl")
    assert record["source_id"] == "bridge-wire"


def test_sources_that_cannot_be_read_are_named(
    run_command: Run, story_file: Path, tmp_path: Path
) -> None:
    wire, _, spun, *_ = story_file.read_text(encoding="utf-8").splitlines()
    (tmp_path / "sources.jsonl").write_text(f"{{broken\n{wire}\n")
    (tmp_path / "in.jsonl").write_text(spun)
    finished = run_command("label", "in.jsonl", "--sources", "sources.jsonl", "--out", "out.jsonl")
    assert finished.code == 0
    assert "source sources.jsonl:1 left out: not a line of JSON" in finished.err
    assert records_of(tmp_path / "out.jsonl")[0]["source_id"] == "bridge-wire"


def test_source_id_and_source_text_of_records(
    run_command: Run, story_file: Path, tmp_path: Path
) -> None:
    lines = story_file.read_text(encoding="utf-8").splitlines()
    wire, _, spun, *_ = map(json.loads, lines)
    brought = {**spun, "id": "brought", "source_text": wire["text"], "source_id": "elsewhere"}
    named = {**spun, "id": "named", "source_id": "frost"}
    lost = {**spun, "id": "lost", "source_id": "nowhere"}
    given = [lines[0], lines[-1], *map(json.dumps, (brought, named, lost))]
    run_command("label", "-", "--out", "out.jsonl", stdin="\n".join(given).encode())
    found = {record["id"]: record for record in records_of(tmp_path / "out.jsonl")}
    sources = {name: found[name]["source_id"] for name in ("brought", "named", "lost")}
    assert (sources["brought"], sources["named"]) == ("elsewhere", "frost")
    assert sources["lost"] != "nowhere"
    assert "source_id 'nowhere' is not among the sources" in found["lost"]["warnings"]
    assert found["brought"]["warnings"] == found["named"]["warnings"] == []


def test_one_by_one_gives_what_a_batch_gives(
    run_command: Run, story_file: Path, tmp_path: Path
) -> None:
    run_command("label", story_file, "--no-sources", "--out", "batch.jsonl")
    single = []
    for line in story_file.read_bytes().splitlines():
        run_command("label", "-", "--no-sources", "--out", "one.jsonl", stdin=line)
        single += records_of(tmp_path / "one.jsonl")
    assert single == records_of(tmp_path / "batch.jsonl")


@pytest.mark.parametrize("mode", [[], ["--no-sources"]])
def test_two_jobs_write_what_one_writes(
    mode: list[str], run_command: Run, mixed_file: Path, tmp_path: Path
) -> None:
    one = run_command("label", mixed_file, *mode, "--out", "one.jsonl")
    two = run_command("label", mixed_file, *mode, "--out", "two.jsonl", "--jobs", 2)
    assert one.code == two.code == 1
    for name in ("one.jsonl", "one.jsonl.rejected.jsonl"):
        other = tmp_path / name.replace("one", "two", 1)
        assert (tmp_path / name).read_bytes() == other.read_bytes()


@pytest.mark.parametrize("out", ["-", "/dev/stdout"])
def test_standard_streams(out: str, run_command: Run, mixed_file: Path) -> None:
    finished = run_command("label", "-", "--out", out, stdin=mixed_file.read_bytes())
    assert finished.code == 1
    records = [json.loads(line) for line in finished.out.splitlines()]
    assert [record["id"] for record in records] == ["bridge-wire", "bridge-spun", "frost"]
    rejects = [json.loads(line) for line in finished.err.splitlines() if line.startswith("{")]
    assert len(rejects) == 7
    assert "3 labelled, 7 rejected" in finished.err


def test_csv_and_parquet_hold_the_same(run_command: Run, story_file: Path, tmp_path: Path) -> None:
    for suffix in ("jsonl", "csv", "parquet"):
        assert run_command("label", story_file, "--out", f"out.{suffix}").code == 0
    expected = records_of(tmp_path / "out.jsonl")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == [record["id"] for record in expected]
    assert [float(row["p_spun"]) for row in rows] == [record["p_spun"] for record in expected]
    table = pq.read_table(tmp_path / "out.parquet").to_pylist()
    evidence = [json.loads(row["evidence"]) for row in table]
    assert evidence == [record["evidence"] for record in expected]


def test_folder_with_files_of_every_kind(
    run_command: Run, bridge: dict[str, Article], story_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "spun.txt").write_text(bridge["spun"].text)
    (folder / "short.txt").write_text("Too short.")
    (folder / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "nul.txt").write_bytes(b"\x00" * 300)
    (folder / "story.jsonl").write_bytes(story_file.read_bytes())
    assert run_command("label", "in", "--out", "out.jsonl").code == 1
    found = [record["id"] for record in records_of(tmp_path / "out.jsonl")]
    assert sorted(found) == sorted(["spun.txt", *(article.id for article in bridge.values())])
    rejected = [record["id"] for record in records_of(tmp_path / "out.jsonl.rejected.jsonl")]
    assert sorted(rejected) == ["binary.txt", "nul.txt", "short.txt"]


def test_another_model_may_decide(
    run_command: Run, story_file: Path, small_model: Path, tmp_path: Path
) -> None:
    assert run_command("label", story_file, "--model", small_model, "--out", "o.jsonl").code == 0
    assert {r["model_id"].split("-")[0] for r in records_of(tmp_path / "o.jsonl")} == {"small"}


def test_running_again_gives_the_same_bytes(
    run_command: Run, mixed_file: Path, tmp_path: Path
) -> None:
    run_command("label", mixed_file, "--out", "out.jsonl")
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    run_command("label", mixed_file, "--out", "out.jsonl")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert set(first) == {"out.jsonl", "out.jsonl.rejected.jsonl"}
