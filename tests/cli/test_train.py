"""``copydesk train`` and ``copydesk evaluate``."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.models import load_model
from copydesk.train.job import evaluate_model

Run = Callable[..., Any]


def test_train_writes_a_model_and_its_measures(
    run_command: Run, small_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    finished = run_command("train", "--corpus", small_corpus, "--out", "new/model", "--jobs", 1)
    assert finished.code == 0
    assert "warning: the corpus has one hand (all records are of the data set 'corpus')" in (
        finished.err
    )
    assert "learned from 8 stories\n" in finished.out
    manifest = load_model(tmp_path / "new" / "model").manifest
    assert manifest.model_id in finished.out
    for part in ("with source", "source withheld", "macro-F1"):
        assert part in finished.out
    # Same corpus, same seed: the same model as the one trained without the command.
    same = load_model(small_model).manifest
    assert manifest.files["weights.npz"] == same.files["weights.npz"]
    assert (manifest.metrics, manifest.data) == (same.metrics, same.data)
    assert manifest.thresholds == same.thresholds


RECIPE = """
name = "own"
corpora = ["corpus"]
"""


def test_train_by_a_recipe_from_the_rows_of_another_model(
    run_command: Run, small_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "recipe.toml").write_text(RECIPE, encoding="utf-8")
    wanted = ("train", "--recipe", "recipe.toml", "--data", small_corpus.parent, "--jobs", 1)
    first = run_command(*wanted, "--out", "model", "--cache", "cache")
    assert first.code == 0
    assert load_model(tmp_path / "model").manifest.model_id.startswith("own-")
    again = run_command(*wanted, "--out", "again", "--cache", "cache")
    assert again.out.replace("again", "model") == first.out
    # All of its stories are in the base too: nothing of that is left to be learned twice.
    based = run_command(*wanted, "--out", "based", "--cache", "cache", "--base", small_model)
    assert based.out.replace("based", "model") == first.out
    assert "has one hand" in based.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "needs --corpus or --recipe, one of them"),
        (("--corpus", "a", "--recipe", "b"), "needs --corpus or --recipe, one of them"),
        (("--recipe", "b", "--seed", 1), "--encoder and --seed go with --corpus"),
        (("--recipe", "b"), "the recipe b cannot be read"),
        (("--corpus", "a", "--base", "c"), "c is no model"),
    ],
)
def test_wrong_options_of_train_are_one_line(
    options: tuple[object, ...], message: str, run_command: Run
) -> None:
    finished = run_command("train", *options, "--out", "model", "--jobs", 1)
    assert finished.code == 2
    assert finished.err.startswith("copydesk: ")
    assert finished.err.count("\n") == 1
    assert message in finished.err


def test_evaluate_prints_and_writes_the_measures(
    run_command: Run, small_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    finished = run_command(
        *("evaluate", "--model", small_model, "--corpus", small_corpus),
        *("--out", "figures.json", "--jobs", 1),
    )
    assert (finished.code, finished.err) == (0, "")
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures == evaluate_model(small_model, [small_corpus])
    for name, measured in figures.items():
        (line,) = (line for line in finished.out.splitlines() if line.startswith(name))
        assert f"{measured['macro_f1']:.3f}" in line.split()


def test_evaluate_warns_of_features_that_the_model_was_not_made_for(
    run_command: Run, small_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    model = shutil.copytree(small_model, tmp_path / "model")
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    was = manifest["probes"]["spun"]["features"][0]
    manifest["probes"]["spun"]["features"][0] = 0.75
    (model / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    finished = run_command("evaluate", "--model", model, "--corpus", small_corpus, "--jobs", 1)
    assert finished.code == 0
    assert "with source" in finished.out
    assert finished.err.count("\n") == 1
    assert finished.err.startswith("copydesk: 1 features or probabilities of fixed texts")
    assert f"the first is spun: drift_mean: 0.75 → {was:.4g}: train it again" in finished.err


@pytest.mark.parametrize(
    ("corpus", "message"),
    [
        (None, "corpus does not exist"),
        ("", "holds no .jsonl or .jsonl.gz file"),
        ('{"id": "a", "text": "x", "label": "copied", "story": "s"}', "a.jsonl:1: field label"),
        ('{"id": "a", "text": "x", "label": "spun"}', "a.jsonl:1: field story"),
        ("not JSON", "a.jsonl:1: "),
        ('{"id": "a", "text": "x", "label": "spun", "story": "s"}', "at least two stories"),
    ],
)
@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_wrong_corpus_is_one_line(
    corpus: str | None,
    message: str,
    command: str,
    run_command: Run,
    small_model: Path,
    tmp_path: Path,
) -> None:
    if corpus is not None:
        (tmp_path / "corpus").mkdir()
        if corpus:
            (tmp_path / "corpus" / "a.jsonl").write_text(corpus)
    target = ("--out", "model") if command == "train" else ("--model", small_model)
    finished = run_command(command, "--corpus", "corpus", *target, "--jobs", 1)
    assert finished.code == 2
    assert finished.err.startswith("copydesk: ")
    assert finished.err.count("\n") == 1
    assert message in finished.err
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_target_below_a_file_is_one_line(
    command: str, run_command: Run, small_corpus: Path, small_model: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("text")
    model = () if command == "train" else ("--model", small_model)
    finished = run_command(
        command, *model, "--corpus", small_corpus, "--out", "file/target", "--jobs", 1
    )
    assert finished.code == 2
    assert finished.err.startswith("copydesk: ")
    assert finished.err.count("\n") == 1
    assert "file/target" in finished.err


def test_jobs_of_zero_are_one_line(run_command: Run, small_corpus: Path, tmp_path: Path) -> None:
    finished = run_command("train", "--corpus", small_corpus, "--out", "model", "--jobs", 0)
    assert finished.code == 2
    assert finished.err.startswith("copydesk: ")
    assert "--jobs is 0" in finished.err
    assert not (tmp_path / "model").exists()
