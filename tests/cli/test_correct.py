"""``copydesk correct``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.seeds.corpus.labelled import read_corpus, read_starter
from copydesk.types import Label

Run = Callable[..., Any]


@pytest.fixture
def scored(run_command: Run, story_file: Path, tmp_path: Path) -> Path:
    run_command("label", story_file, "--out", "scored.jsonl", "--quiet")
    return tmp_path / "scored.jsonl"


def write(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "fixes.csv"
    path.write_text("\n".join(["id,correct label,note", *rows]) + "\n", encoding="utf-8")
    return path


def test_corrections_become_a_corpus(
    run_command: Run, scored: Path, story_file: Path, tmp_path: Path
) -> None:
    fixes = write(tmp_path, "bridge-spun,edited wire,odd", "bridge-edited,edited_wire,", "frost,,")
    finished = run_command(
        "correct", scored, "--labels", fixes, "--articles", story_file, "--out", "new/c.jsonl"
    )
    assert finished.code == 0
    assert finished.err == "2 taken, 0 rejected\n"
    shown = finished.out.splitlines()
    assert shown[0].split() == "the model said is original is edited_wire is spun".split()
    assert [line.split() for line in shown[1:4]] == [
        ["original", "-", "-", "-"],
        ["edited_wire", "-", "(1)", "-"],
        ["spun", "-", "1", "-"],
    ]
    assert "1 of 2 change nothing" in finished.out
    assert "1 without a label passed over" in finished.out
    assert "copydesk train --corpus new/c.jsonl --base released" in finished.out
    spun, edited = read_corpus([tmp_path / "new" / "c.jsonl"])
    assert (spun.label, spun.story) == (Label.EDITED_WIRE, "bridge-wire")
    assert spun.article.source_text == edited.article.source_text is not None
    assert not (tmp_path / "new" / "c.jsonl.rejected.jsonl").exists()


def test_every_form_of_output_gives_the_same_corpus(
    run_command: Run, story_file: Path, tmp_path: Path
) -> None:
    fixes = write(tmp_path, "bridge-spun,edited wire,", "bridge-staff,original,")
    corpora = set()
    for name in ("s.jsonl", "s.csv", "s.parquet"):
        run_command("label", story_file, "--out", name, "--quiet")
        finished = run_command("correct", name, "--labels", fixes, "--sources", story_file)
        assert finished.code == 0
        corpora.add((tmp_path / "s.corpus.jsonl").read_bytes())
    assert len(corpora) == 1


def test_what_cannot_be_taken_is_told_and_kept_aside(
    run_command: Run, scored: Path, story_file: Path, tmp_path: Path
) -> None:
    rows = ("bridge-spun,spun,", "gone,spun,", "frost,copied,", "bridge-wire,spun,")
    fixes = write(tmp_path, *rows, "bridge-wire,original,")
    out = ("--articles", story_file, "--out", "c.jsonl")
    finished = run_command("correct", scored, "--labels", fixes, *out)
    assert finished.code == 1
    assert "1 taken, 4 rejected, reasons in c.jsonl.rejected.jsonl" in finished.err
    lines = (tmp_path / "c.jsonl.rejected.jsonl").read_text(encoding="utf-8").splitlines()
    reasons = {(r["id"], r["reason"].split(": ")[-1]) for r in map(json.loads, lines)}
    assert {article_id for article_id, _ in reasons} == {"gone", "frost", "bridge-wire"}
    assert len(lines) == 4
    for reject in map(json.loads, lines):
        assert reject["reason"] in finished.err
    # The next run leaves no rejects of this one behind.
    fixes = write(tmp_path, rows[0])
    assert run_command("correct", scored, "--labels", fixes, *out).code == 0
    assert not (tmp_path / "c.jsonl.rejected.jsonl").exists()


def test_nothing_taken_is_code_2_and_writes_no_corpus(
    run_command: Run, scored: Path, story_file: Path, tmp_path: Path
) -> None:
    fixes = write(tmp_path, "gone,spun,")
    finished = run_command("correct", scored, "--labels", fixes, "--articles", story_file)
    assert finished.code == 2
    assert "0 taken, 1 rejected" in finished.err
    assert not (tmp_path / "scored.corpus.jsonl").exists()


def test_labels_that_contradict_a_duplicate_are_shown_and_not_taken(
    run_command: Run, story_file: Path, tmp_path: Path
) -> None:
    lines = story_file.read_text(encoding="utf-8").splitlines()
    staff = next(json.loads(line) for line in lines if "bridge-staff" in line)
    copy = json.dumps({**staff, "id": "copy", "text": staff["text"] + "\n"})
    (tmp_path / "in.jsonl").write_text("\n".join([*lines, copy]), encoding="utf-8")
    run_command("label", "in.jsonl", "--no-sources", "--out", "s.jsonl", "--quiet")
    fixes = write(tmp_path, "bridge-staff,original,", "copy,spun,", "frost,original,")
    finished = run_command("correct", "s.jsonl", "--labels", fixes, "--articles", "in.jsonl")
    assert finished.code == 1
    assert "1 pairs of labels contradict each other, and are not taken:" in finished.err
    assert "bridge-staff is original and copy is spun: the same text" in finished.err
    taken = read_corpus([tmp_path / "s.corpus.jsonl"])
    assert [record.article.id for record in taken] == ["frost"]


def test_labels_that_contradict_what_the_model_learned_are_shown_and_taken(
    run_command: Run, tmp_path: Path
) -> None:
    wire = next(record.article for record in read_starter() if record.engine == "wire")
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "w", "text": wire.text}))
    run_command("label", "in.jsonl", "--out", "s.jsonl", "--quiet")
    fixes = write(tmp_path, "w,spun,")
    finished = run_command("correct", "s.jsonl", "--labels", fixes, "--articles", "in.jsonl")
    assert finished.code == 0
    assert "w is spun, the model learned it as original" in finished.err
    assert "every correction changes a label" in finished.out


def test_another_text_than_the_one_that_was_scored_is_rejected(
    run_command: Run, scored: Path, story_file: Path, tmp_path: Path
) -> None:
    text = story_file.read_text(encoding="utf-8").replace("Specialists shut", "Experts did shut")
    (tmp_path / "other.jsonl").write_text(text, encoding="utf-8")
    fixes = write(tmp_path, "bridge-spun,spun,")
    finished = run_command("correct", scored, "--labels", fixes, "--articles", "other.jsonl")
    assert finished.code == 2
    assert "is not the one that was scored" in finished.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "correct needs the texts, which scored files do not hold: give --articles"),
        (("--articles", "a.txt", "--out", "c.csv"), "c.csv is of no kind that is written"),
        (("--articles", "gone.jsonl"), "gone.jsonl does not exist"),
    ],
)
def test_wrong_options_are_one_line(
    options: tuple[str, ...], message: str, run_command: Run, scored: Path, tmp_path: Path
) -> None:
    finished = run_command("correct", scored, "--labels", write(tmp_path, "frost,spun,"), *options)
    assert finished.code == 2
    assert message in finished.err
    assert finished.err.count("\n") == 1


def test_a_file_without_corrections_is_one_line(
    run_command: Run, scored: Path, story_file: Path, tmp_path: Path
) -> None:
    fixes = write(tmp_path, "frost,,")
    finished = run_command("correct", scored, "--labels", fixes, "--articles", story_file)
    assert finished.code == 2
    assert "holds no correction: nothing to do" in finished.err
