"""``copydesk evaluate``: on texts that a model never saw, in the situations that users meet."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.seeds.corpus.labelled import read_corpus
from copydesk.train.evaluation.asked import View

Run = Callable[..., Any]


@pytest.fixture
def mixed_corpus(small_corpus: Path, unseen_corpus: Path, tmp_path: Path) -> Path:
    """Three stories that are new, one that was learned, and a text too short to be judged."""
    folder = Path(shutil.copytree(unseen_corpus, tmp_path / "mixed"))
    shutil.copy(min(small_corpus.iterdir()), folder)
    short = {"id": "short", "text": "The pier shut.", "label": "original", "story": "pier"}
    (folder / "short.jsonl").write_text(json.dumps(short), encoding="utf-8")
    return folder


def test_a_model_is_measured_and_compared_on_what_it_never_saw(
    run_command: Run, mixed_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    finished = run_command(
        *("evaluate", "--model", small_model, "--against", small_model, "--corpus", mixed_corpus),
        *("--out", "new/figures.json", "--worst", "worst.jsonl", "--card", "card", "--jobs", 1),
    )
    assert (finished.code, finished.err) == (0, "")
    figures = json.loads((tmp_path / "new" / "figures.json").read_text(encoding="utf-8"))
    assert set(figures) == {
        *map(str, View),
        *("slices", "model_id", "seed", "left_out", "rejected", "against"),
    }
    # What others read from this file before there was more in it.
    for name in ("with source", "source withheld"):
        assert figures[name].keys() >= {
            *("n", "accuracy", "macro_f1", "recall", "log_loss", "calibration_error"),
        }
    assert figures["left_out"] == {"known": 7, "of_known_stories": 0}
    # As a wrong candidate, it may have kept another text from being compared.
    reasons = figures["rejected"]
    assert [n for reason, n in reasons.items() if reason.startswith("text has 3 words")] == [1]
    # Three wires are what others derive from, and are beside no other text.
    assert (figures["source found"]["n"], figures["with source"]["n"]) == (21, 18)
    assert figures["with source"]["accuracy"] > figures["source withheld"]["accuracy"]
    differences = figures["against"]["differences"]["source found"]
    assert differences["accuracy"] == {"difference": 0.0, "interval": None}
    records = {r.article.id: r for r in read_corpus([mixed_corpus])}
    worst = [json.loads(line) for line in (tmp_path / "worst.jsonl").read_text().splitlines()]
    assert len(worst) == 21
    losses = [one["loss"] for one in worst]
    assert losses == sorted(losses, reverse=True)
    for one in worst:
        assert one["situation"] == "source found"
        assert one["true"] == records[one["id"]].label
        assert one["beginning"] == " ".join(records[one["id"]].article.text.split()[:40])
        assert one["beginning"] not in finished.out
    first, second, *_ = finished.out.splitlines()
    assert f"{figures['model_id']} labels " in first
    assert "too few for intervals" in first
    assert "stories are too few to say whether that is chance." in second
    assert "Left out: 7 texts that were learned, 0 more of their stories." in finished.out
    assert f"{sum(reasons.values())} texts could not be judged in some situation, " in finished.out
    assert "text has 3 words" in finished.out
    lines = finished.out.splitlines()
    for name in map(str, View):
        # A line of figures, a line of differences.
        figure, difference = (line for line in lines if line.startswith(f"{name}  "))
        assert figure.split()[2:4] == [str(figures[name]["n"]), f"{figures[name]['macro_f1']:.3f}"]
        assert difference.split()[3] == "+0.000"
    assert (tmp_path / "card" / "CARD.md").is_file()


def test_what_was_learned_is_refused(
    run_command: Run, small_corpus: Path, small_model: Path
) -> None:
    finished = run_command(
        "evaluate", "--model", small_model, "--corpus", small_corpus, "--jobs", 1
    )
    assert (finished.code, finished.out) == (2, "")
    assert finished.err.startswith("copydesk: small-")
    assert "learned 56 of 56 texts, and 0 more are of their stories: 0 texts are left" in (
        finished.err
    )
    assert finished.err.count("\n") == 1


def test_what_the_other_model_learned_is_left_out_too(
    run_command: Run, unseen_corpus: Path, small_model: Path
) -> None:
    released = Path(__file__).parents[2] / "models" / "default"
    finished = run_command(
        *("evaluate", "--model", small_model, "--against", released),
        *("--corpus", unseen_corpus, "--jobs", 1),
    )
    assert finished.code == 2
    assert " or copydesk-" in finished.err
    assert "learned 21 of 21 texts" in finished.err


def test_texts_that_cannot_be_judged_are_one_line(
    run_command: Run, small_model: Path, tmp_path: Path
) -> None:
    lines = [
        json.dumps({"id": name, "text": f"The {name} shut.", "label": "original", "story": name})
        for name in ("pier", "mill")
    ]
    (tmp_path / "short.jsonl").write_text("\n".join(lines), encoding="utf-8")
    finished = run_command(
        "evaluate", "--model", small_model, "--corpus", "short.jsonl", "--jobs", 1
    )
    assert finished.code == 2
    assert finished.err.startswith("copydesk: none of 2 texts can be judged: text has 3 words")
    assert finished.err.count("\n") == 1


def test_names_of_a_corpus_do_not_steer_the_terminal(
    run_command: Run, unseen_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    lines = [
        json.dumps(json.loads(line) | {"dataset": "new\x1b[2J\nset"})
        for path in unseen_corpus.iterdir()
        for line in path.read_text(encoding="utf-8").splitlines()[:2]
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    finished = run_command("evaluate", "--model", small_model, "--corpus", "a.jsonl", "--jobs", 1)
    assert finished.code == 0
    assert "\x1b" not in finished.out
    assert "data set new\\x1b[2J set" in finished.out


def test_ids_that_stand_in_two_corpora_are_refused(
    run_command: Run, unseen_corpus: Path, small_model: Path
) -> None:
    twice = ("--corpus", unseen_corpus, "--corpus", unseen_corpus)
    finished = run_command("evaluate", "--model", small_model, *twice, "--jobs", 1)
    assert finished.code == 2
    assert "stands twice; ids must be unique" in finished.err


def test_it_warns_of_features_that_the_model_was_not_made_for(
    run_command: Run, unseen_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    model = shutil.copytree(small_model, tmp_path / "model")
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    was = manifest["probes"]["spun"]["features"][0]
    manifest["probes"]["spun"]["features"][0] = 0.75
    (model / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    finished = run_command("evaluate", "--model", model, "--corpus", unseen_corpus, "--jobs", 1)
    assert finished.code == 0
    assert "with source" in finished.out
    assert finished.err.count("\n") == 1
    assert finished.err.startswith("copydesk: 1 features or probabilities of fixed texts")
    assert f"the first is spun: drift_mean: 0.75 → {was:.4g}: train it again" in finished.err


@pytest.mark.parametrize("option", ["--worst", "--card"])
def test_a_target_that_cannot_be_written_is_one_line(
    option: str, run_command: Run, unseen_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    finished = run_command(
        *("evaluate", "--model", small_model, "--corpus", unseen_corpus),
        *(option, "file/target", "--jobs", 1),
    )
    assert finished.code == 2
    assert finished.err.startswith(f"copydesk: {option} file/target cannot be written")


def test_a_model_that_does_not_say_what_it_learned_is_refused(
    run_command: Run,
    unseen_corpus: Path,
    small_model: Path,
    without_parts: Callable[..., Path],
) -> None:
    model = without_parts(small_model, "reference.npz", "rows.npz")
    finished = run_command("evaluate", "--model", model, "--corpus", unseen_corpus)
    assert finished.code == 2
    assert "older keeps neither its reference nor its rows, so that what it" in finished.err
