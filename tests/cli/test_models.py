"""``copydesk promote``, ``rollback`` and ``models``, and which model then labels."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.models import DEFAULT_MODEL, load_model

Run = Callable[..., Any]


def ids(run_command: Run, story_file: Path) -> set[str]:
    finished = run_command("label", story_file, "--no-sources", "--out", "-", "--quiet")
    assert finished.code == 0
    return {json.loads(line)["model_id"] for line in finished.out.splitlines()}


def test_the_life_of_a_model(
    run_command: Run,
    monkeypatch: pytest.MonkeyPatch,
    small_model: Path,
    other_model: Path,
    bad_model: Path,
    gate_corpus: Path,
    story_file: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("COPYDESK_MODELS", str(tmp_path / "models"))
    released = load_model(DEFAULT_MODEL).manifest.model_id
    small = load_model(small_model).manifest.model_id
    first = run_command("promote", small_model, "--force", "the first of our own", "--jobs", 1)
    assert (first.code, first.err) == (0, "")
    said, forced = first.out.splitlines()
    assert said == f"{small} replaces {released}: nothing was measured"
    assert forced == "forced: the first of our own"
    assert ids(run_command, story_file) == {small}

    worse = run_command("promote", bad_model, "--gate", gate_corpus, "--jobs", 1)
    assert (worse.code, worse.err) == (1, "")
    assert worse.out.splitlines()[1].startswith("macro-F1 on mine: with source")
    assert worse.out.splitlines()[-1].startswith(f"bad-1 does not replace {small}: worse beyond")
    assert ids(run_command, story_file) == {small}

    good = run_command("promote", other_model, "--gate", gate_corpus, "--jobs", 1)
    assert (good.code, good.err) == (0, "")
    assert ids(run_command, story_file) == {"other-1"}

    back = run_command("rollback", "--reason", "the desk complained")
    assert (back.code, back.out) == (0, f"{small} is current again, other-1 no longer\n")
    assert ids(run_command, story_file) == {small}

    shown = run_command("models")
    assert (shown.code, shown.err) == (0, "")
    actions = [line.split("  ")[1] for line in shown.out.splitlines() if line.startswith("20")]
    assert actions == ["promoted", "refused", "promoted", "rolled back"]
    assert "  reason: the desk complained\n" in shown.out
    assert shown.out.splitlines()[-1].startswith(f"current: {tmp_path / 'models' / 'kept' / small}")
    listed = json.loads(run_command("models", "--json").out)
    assert listed["current"] == shown.out.splitlines()[-1].removeprefix("current: ")
    assert [entry["model_id"] for entry in listed["history"]] == [small, "bad-1", "other-1", small]
    figures = listed["history"][1]["figures"]["macro-F1 on mine: with source"]
    assert figures["high"] < 0

    monkeypatch.setenv("COPYDESK_MODEL", str(bad_model))
    assert ids(run_command, story_file) == {"bad-1"}


def test_a_job_is_refused_where_another_model_became_current(
    run_command: Run,
    monkeypatch: pytest.MonkeyPatch,
    small_model: Path,
    other_model: Path,
    bad_model: Path,
    story_file: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("COPYDESK_MODELS", str(tmp_path / "models"))
    job = ("label", story_file, "--no-sources", "--out", "o.jsonl", "--job-dir", "job", "--quiet")
    assert run_command("promote", small_model, "--force", "first").code == 0
    assert run_command(*job).code == 0
    # What says the same under another id labels the same, but another one decides otherwise.
    assert run_command("promote", bad_model, "--force", "a trial").code == 0
    refused = run_command(*job)
    assert refused.code == 2
    assert "job holds another job: model was small-" in refused.err
    kept = json.loads(run_command("models", "--json").out)["history"][0]["place"]
    assert run_command(*job, "--model", tmp_path / "models" / "kept" / kept).code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("promote", "{model}"), "no models folder is named: give --models DIR"),
        (("rollback",), "no models folder is named"),
        (("models",), "no models folder is named"),
        (("promote", "{model}", "--models", "m"), "nothing to measure on: name labelled corpora"),
        (("promote", "nowhere", "--models", "m"), "nowhere is no model: it has no manifest.json"),
        (("promote", "{model}", "--models", "m", "--jobs", 0), "--jobs is 0"),
        (("promote", "{model}", "--models", "m", "--force", ""), "--force is empty"),
        (("promote", "{model}", "--models", "m", "--gate", "x"), "x does not exist"),
        (("rollback", "--models", "m"), "nothing to go back to in m: the released model is"),
        (("models", "--models", "file"), "the models folder file is no folder"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    words: tuple[object, ...], message: str, run_command: Run, small_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("text")
    finished = run_command(*(str(word).format(model=small_model) for word in words))
    assert finished.code == 2
    assert finished.err.startswith("copydesk: ")
    assert finished.err.count("\n") == 1
    assert message in finished.err


def test_a_models_folder_without_a_promotion_says_what_is_current(run_command: Run) -> None:
    finished = run_command("models", "--models", "m")
    assert (finished.code, finished.out) == (0, f"current: {DEFAULT_MODEL}\n")


def test_a_models_folder_that_is_missing_is_told_to_who_labels(
    run_command: Run, monkeypatch: pytest.MonkeyPatch, story_file: Path
) -> None:
    monkeypatch.setenv("COPYDESK_MODELS", "nowhere")
    finished = run_command("label", story_file)
    assert finished.code == 2
    assert "COPYDESK_MODELS is nowhere, which is no folder: make it" in finished.err


def test_a_history_cannot_steer_a_terminal(
    run_command: Run, small_model: Path, tmp_path: Path
) -> None:
    promoted = run_command(
        "promote", small_model, "--models", "m", "--force", "a \x1b[2J reason\nof two lines"
    )
    shown = run_command("models", "--models", "m")
    for finished in (promoted, shown):
        assert finished.code == 0
        assert "\x1b" not in finished.out
        assert r"a \x1b[2J reason\nof two lines" in finished.out
