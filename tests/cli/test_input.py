"""What an input may hold: bad files, files of other kinds, controls, disguises."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.types import Article

Run = Callable[..., Any]
ESCAPE = "\x1b[31m\x1b]0;owned\x07\x9b2J"
SHOWN = r"\x1b[31m\x1b]0;owned\x07\x9b2J"


def write_lines(path: Path, *records: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def verdicts_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_bad_file_of_a_folder_costs_no_other(
    run_command: Run, bridge: dict[str, Article], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.TXT").write_text(bridge["wire"].text, encoding="utf-8")
    (folder / "b.parquet").write_bytes(b"PAR1 damaged PAR1")
    (folder / "c.pdf").write_bytes(b"%PDF")
    (folder / "d.json").write_text(json.dumps([{"id": "d", "text": bridge["staff"].text}]))
    (folder / "e.tsv").write_text("url\tbody\n")
    finished = run_command("label", "in", "--no-sources", "--out", "out.jsonl")
    assert finished.code == 1
    assert [verdict["id"] for verdict in verdicts_of(tmp_path / "out.jsonl")] == ["a.TXT", "d"]
    rejected = verdicts_of(tmp_path / "out.jsonl.rejected.jsonl")
    assert {item["id"]: item["reason"].rsplit("/", 1)[-1][:20] for item in rejected} == {
        "b.parquet": "b.parquet is no Parq",
        "e.tsv": "e.tsv has no column ",
    }
    skipped = "copydesk: 1 file of another kind passed over: in/c.pdf\n"
    assert finished.err.startswith(f"{skipped}2 labelled, 2 rejected")
    assert finished.err.count("c.pdf") == 1


def test_files_of_other_kinds_are_named_for_sources_and_stores_too(
    run_command: Run, bridge: dict[str, Article], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "wire.txt").write_text(bridge["wire"].text, encoding="utf-8")
    (tmp_path / "in" / "c.docx").write_bytes(b"PK")
    (tmp_path / "a.txt").write_text(bridge["spun"].text, encoding="utf-8")
    said = "copydesk: 1 file of another kind passed over: in/c.docx"
    assert said in run_command("label", "a.txt", "--sources", "in", "--out", "o.jsonl").err
    assert said in run_command("seeds", "add", "store", "in").err
    assert said in run_command("derive", "--sources", "in", "--out", "d", "--engines", "swap").err


def test_controls_never_reach_the_terminal(
    run_command: Run, bridge: dict[str, Article], tmp_path: Path
) -> None:
    spun = f"{bridge['spun'].text} Ryabkov{ESCAPE} left for Tisk{ESCAPE} and opined on it."
    one = {"id": f"a{ESCAPE}", "text": spun, "source_text": bridge["wire"].text, "headline": 7}
    one["source_id"] = f"w{ESCAPE}"
    two = {"id": f"b{ESCAPE}", "text": "Too short."}
    write_lines(tmp_path / "in.jsonl", one, two)
    write_lines(tmp_path / "one.jsonl", one)
    outputs = [
        run_command("label", "in.jsonl"),
        run_command("label", "in.jsonl", "--out", "-"),
        run_command("label", "in.jsonl", "--sources", "in.jsonl", "--out", "out.jsonl"),
        run_command("explain", "one.jsonl"),
        run_command("seeds", "add", "store", "in.jsonl"),
        run_command("seeds", "list", "store"),
        run_command("seeds", "search", "store", "in.jsonl"),
        run_command("label", f"gone{ESCAPE}.txt"),
    ]
    for finished in outputs:
        steering = set(finished.out + finished.err) & set("\x1b\x07\x9b\r\x7f")
        assert not steering, finished
    assert f"a{SHOWN}" in outputs[0].out
    assert f"b{SHOWN}" in outputs[0].out
    assert f"w{SHOWN}" in outputs[3].out
    assert f"gone{SHOWN}.txt does not exist" in outputs[-1].err
    # JSON says the same, escaped.
    (line,) = outputs[1].out.splitlines()
    assert json.loads(line)["id"] == f"a{ESCAPE}"


def test_fields_that_cannot_be_used_are_warnings(
    run_command: Run, bridge: dict[str, Article], tmp_path: Path
) -> None:
    wire = {"id": "w", "text": bridge["wire"].text}
    nan = json.dumps({**wire, "id": "n"})[:-1] + ', "headline": NaN, "published": NaN}'
    write_lines(tmp_path / "in.jsonl", {**wire, "published": "yesterday", "outlet": ["Echo"]})
    with (tmp_path / "in.jsonl").open("a") as lines:
        lines.write(nan)
    assert run_command("label", "in.jsonl", "--no-sources", "--out", "out.jsonl").code == 0
    noted, plain = (verdict["warnings"] for verdict in verdicts_of(tmp_path / "out.jsonl"))
    assert [warning.split(",")[0] for warning in noted[:2]] == [
        "field outlet is ['Echo']",
        "field published is 'yesterday'",
    ]
    assert noted[2:] == plain


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text.replace("e", "\u0435"),
        lambda text: text.replace("on", "o\u2062n"),
        lambda text: text.replace("th", "t\ufe00h"),
        lambda text: text.translate({ord("o"): "\u03bf", ord("a"): "\u0430"}),
    ],
)
def test_a_disguised_copy_is_judged_as_the_copy_and_told(
    disguise: Callable[[str], str], run_command: Run, bridge: dict[str, Article], tmp_path: Path
) -> None:
    plain = {"id": "plain", "text": bridge["edited"].text}
    write_lines(tmp_path / "in.jsonl", plain, {"id": "x", "text": disguise(plain["text"])})
    write_lines(tmp_path / "wire.jsonl", {"id": "wire", "text": bridge["wire"].text})
    run_command("label", "in.jsonl", "--sources", "wire.jsonl", "--out", "out.jsonl")
    clean, disguised = verdicts_of(tmp_path / "out.jsonl")
    for name in ("label", "source_id", "p_original", "p_edited_wire", "p_spun"):
        assert disguised[name] == clean[name]
    (warning,) = set(disguised["warnings"]) - set(clean["warnings"])
    assert warning.startswith("characters were disguised: ")
