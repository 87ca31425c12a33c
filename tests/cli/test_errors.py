"""Bad input: one clear line and exit code 2, or a reject with a reason; never a traceback."""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.types import Article

Run = Callable[..., Any]
Prepare = Callable[[Path], object]


def one_line(finished: Any) -> str:
    """Check that a command ended with one line of error; give it."""
    assert finished.code == 2, finished
    assert finished.err.startswith("copydesk: ")
    assert finished.err.count("\n") == 1
    assert "Traceback" not in finished.err
    return str(finished.err)


def flip_byte(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def other_features(model: Path) -> None:
    fields = json.loads((model / "manifest.json").read_text())
    fields["features"] = ["length", "colour"]
    (model / "manifest.json").write_text(json.dumps(fields))


@pytest.mark.parametrize(
    ("name", "prepare", "message"),
    [
        ("gone.txt", lambda p: None, "gone.txt does not exist"),
        ("folder", lambda p: p.mkdir(), "folder holds nothing to read"),
        ("a.pdf", lambda p: p.write_bytes(b"%PDF"), "a.pdf is of no kind that is read"),
        (
            "a.csv",
            lambda p: p.write_text("url,body\nx,y\n"),
            "no column text; it has url, body:",
        ),
        ("a.parquet", lambda p: p.write_bytes(b"PAR1 damaged PAR1"), "a.parquet is no Parquet"),
        (
            "a.jsonl.gz",
            lambda p: p.write_bytes(gzip.compress(b'{"id": "a", "text": "x"}\n' * 99)[:-9]),
            "a.jsonl.gz cannot be read: Compressed file ended",
        ),
        ("a.jsonl.zst", lambda p: p.write_bytes(b"no zstd"), "a.jsonl.zst cannot be read"),
    ],
)
@pytest.mark.parametrize("out", [[], ["--out", "out.jsonl"]])
def test_input_that_cannot_be_read(
    name: str, prepare: Prepare, message: str, out: list[str], run_command: Run, tmp_path: Path
) -> None:
    prepare(tmp_path / name)
    assert message in one_line(run_command("label", name, *out))
    assert not (tmp_path / "out.jsonl").exists()
    assert not (tmp_path / "out.jsonl.partial").exists()


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"Too short, this.", "3 words"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\xff\xfe\xfd", "not UTF-8"),
        ("a.txt", b"\x00" * 1000, "binary"),
        ("a.jsonl", b'{"id": "a", "text": "The fer', "JSON"),
        ("a.jsonl", b'{"text": "no id"}', "2 words"),
        ("a.jsonl", b'{"id": "a"}', "field text is missing"),
        ("a.jsonl", b'{"id": "a", "text": ["x"]}', "field text is"),
        ("a.jsonl", b"[]", "not a JSON object"),
        ("a.csv", b"id,text\na\n", "field text is missing"),
        ("a.html", b"<html></html>", "no article found"),
    ],
)
def test_nothing_that_can_be_scored(
    name: str, raw: bytes, reason: str, run_command: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(raw)
    finished = run_command("label", name, "--out", "out.jsonl")
    assert finished.code == 2
    assert finished.err.startswith("0 labelled, 1 rejected")
    (line,) = (tmp_path / "out.jsonl.rejected.jsonl").read_text(encoding="utf-8").splitlines()
    assert reason in json.loads(line)["reason"]
    table = run_command("label", name)
    assert table.code == 2
    assert reason.rsplit(maxsplit=1)[-1] in table.out


@pytest.mark.parametrize("language", ["french", "german"])
def test_other_languages(
    language: str, foreign: dict[str, str], run_command: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(foreign[language], encoding="utf-8")
    assert run_command("label", "a.txt", "--out", "out.jsonl").code == 2
    assert "does not look like English" in (tmp_path / "out.jsonl.rejected.jsonl").read_text()


@pytest.mark.parametrize("stdin", [b"", b"\n \n"])
def test_no_record_at_all_is_said(stdin: bytes, run_command: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(stdin)
    for arguments in (("empty.jsonl",), ("-",)):
        finished = run_command("label", *arguments, "--out", "out.jsonl", stdin=stdin)
        assert finished.code == 2
        assert finished.err.strip()
        # A table of headings alone does not say what is wrong.
        finished = run_command("label", *arguments, stdin=stdin)
        assert finished.code == 2
        assert finished.err.strip()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--sources", "a.txt", "--no-sources"], "contradict each other"),
        (["--jobs", "0"], "--jobs is 0, expected a number of processes"),
        (["--out", "a.txt/out.jsonl"], "--out a.txt/out.jsonl cannot be written"),
        (["--out", "taken.jsonl"], "--out taken.jsonl cannot be written"),
        (["--out", "out.xlsx"], "--out out.xlsx is of no kind that is written"),
        (["--sources", "gone.jsonl"], "gone.jsonl does not exist"),
        (["--sources", "broken.jsonl"], "no source could be read"),
        (["--model", "gone"], "gone is no model: it has no manifest.json"),
        (["--model", "a.txt"], "manifest.json"),
    ],
)
def test_wrong_options(
    options: list[str],
    message: str,
    run_command: Run,
    bridge: dict[str, Article],
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text(bridge["wire"].text)
    (tmp_path / "broken.jsonl").write_text("")
    (tmp_path / "taken.jsonl").mkdir()
    assert message in one_line(run_command("label", "a.txt", *options))
    assert (tmp_path / "a.txt").read_text() == bridge["wire"].text


@pytest.mark.parametrize(
    "arguments",
    [
        ["label"],
        ["label", "a.txt", "--jobs", "many"],
        ["label", "a.txt", "--jobs", "-2"],
        ["label", "a.txt", "--nonsense"],
        ["nonsense"],
        ["train"],
        ["evaluate", "--model", "m"],
        ["explain"],
    ],
)
def test_wrong_usage(arguments: list[str], run_command: Run) -> None:
    finished = run_command(*arguments)
    assert finished.code == 2
    assert "Usage" in finished.err
    assert finished.out == ""


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda m: flip_byte(m / "weights.npz"), "weights.npz is damaged"),
        (lambda m: (m / "weights.npz").unlink(), "weights.npz cannot be read"),
        (lambda m: (m / "manifest.json").unlink(), "it has no manifest.json"),
        (lambda m: (m / "manifest.json").write_text("not JSON"), "manifest.json is damaged"),
        (other_features, "made for other features than this copydesk extracts (2, expected"),
    ],
)
@pytest.mark.parametrize("command", ["label", "explain", "evaluate"])
def test_damaged_model(
    damage: Prepare,
    message: str,
    command: str,
    run_command: Run,
    bridge: dict[str, Article],
    small_corpus: Path,
    small_model: Path,
    tmp_path: Path,
) -> None:
    damage(Path(shutil.copytree(small_model, tmp_path / "model")))
    (tmp_path / "a.txt").write_text(bridge["wire"].text)
    arguments = ["--corpus", small_corpus] if command == "evaluate" else ["a.txt"]
    assert message in one_line(run_command(command, *arguments, "--model", "model"))


def test_earlier_result_outlives_a_run_that_fails(
    run_command: Run, story_file: Path, tmp_path: Path
) -> None:
    run_command("label", story_file, "--out", "out.jsonl")
    earlier = (tmp_path / "out.jsonl").read_bytes()
    raw = gzip.compress(story_file.read_bytes(), compresslevel=0)
    (tmp_path / "cut.jsonl.gz").write_bytes(raw[:-200])
    for mode in ([], ["--no-sources"], ["--no-sources", "--jobs", "2"]):
        one_line(run_command("label", "cut.jsonl.gz", *mode, "--out", "out.jsonl"))
        assert (tmp_path / "out.jsonl").read_bytes() == earlier
        assert not (tmp_path / "out.jsonl.partial").exists()


def test_missing_trafilatura_is_one_line(
    run_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text("<html></html>")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert "pip install 'copydesk[html]'" in one_line(run_command("label", "a.html"))


def test_half_a_character_does_not_end_the_batch(
    run_command: Run, story_file: Path, tmp_path: Path
) -> None:
    wire = json.loads(story_file.read_text(encoding="utf-8").splitlines()[0])
    odd = {**wire, "id": "odd", "text": f"{wire['text']} \ud800 x"}
    lines = [json.dumps(odd), json.dumps({**wire, "id": "odd-\ud800"}), json.dumps(wire)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    finished = run_command("label", "in.jsonl", "--no-sources", "--out", "out.jsonl")
    assert finished.code in {0, 1}
    labelled = (tmp_path / "out.jsonl").read_bytes().splitlines()
    rejected_path = tmp_path / "out.jsonl.rejected.jsonl"
    rejected = rejected_path.read_bytes().splitlines() if rejected_path.exists() else []
    assert len(labelled) + len(rejected) == 3
    assert "bridge-wire" in {json.loads(line)["id"] for line in labelled}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.txt"], "gone.txt does not exist"),
        (["two.jsonl"], "two.jsonl holds 2 articles, expected one"),
        (["empty.jsonl"], "empty.jsonl holds 0 articles, expected one"),
        (["short.txt"], "text has 2 words"),
        (["binary.txt"], "not UTF-8 text"),
        (["wire.txt", "--source", "gone.txt"], "gone.txt does not exist"),
        (["wire.txt", "--source", "short.txt"], "the source cannot be compared with"),
        (["two.jsonl", "--id", "c"], "two.jsonl has no article 'c' among its 2"),
    ],
)
def test_explain_refuses(
    arguments: list[str],
    message: str,
    run_command: Run,
    bridge: dict[str, Article],
    tmp_path: Path,
) -> None:
    (tmp_path / "wire.txt").write_text(bridge["wire"].text)
    (tmp_path / "short.txt").write_text("Too short.")
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "empty.jsonl").write_text("")
    two = [json.dumps({"id": name, "text": bridge["wire"].text}) for name in "ab"]
    (tmp_path / "two.jsonl").write_text("\n".join(two))
    assert message in one_line(run_command("explain", *arguments))


def test_no_traceback_in_a_process_of_its_own(run_python: Run) -> None:
    finished = run_python("-m", "copydesk", "label", "gone.txt")
    assert "gone.txt does not exist" in one_line(finished)


def test_reader_that_goes_away_is_no_traceback(story_file: Path, tmp_path: Path) -> None:
    # 200 articles are more than a pipe holds.
    wire = json.loads(story_file.read_text(encoding="utf-8").splitlines()[2])
    lines = [json.dumps({**wire, "id": str(i)}) for i in range(200)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    command = [sys.executable, "-m", "copydesk", "label", "in.jsonl", "--no-sources", "--out", "-"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        code = process.wait(timeout=60)
    assert b"Traceback" not in said
    assert code == 2  # 1 would say that some articles were rejected
