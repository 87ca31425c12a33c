"""``copydesk train``, and what it and ``copydesk evaluate`` refuse."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from copydesk.models import load_model
from copydesk.train import dataset, fit

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


def test_a_model_is_compared_with_the_one_it_starts_from(
    run_command: Run, small_corpus: Path, tmp_path: Path
) -> None:
    stories = sorted(small_corpus.iterdir())
    for name, part in (("theirs", stories), ("mine", stories[:3])):
        (tmp_path / name).mkdir()
        for path in part:
            text = path.read_text(encoding="utf-8")
            if name == "mine":  # none of these begins as any that the base has learned
                text = text.replace('"text": "', '"text": "For the record. ')
                text = text.replace('"id": "', '"id": "my-').replace('_id": "', '_id": "my-')
            (tmp_path / name / path.name).write_text(text, encoding="utf-8")
    run_command("train", "--corpus", "theirs", "--out", "base", "--jobs", 1)
    finished = run_command("train", "--corpus", "mine", "--base", "base", "--out", "m", "--jobs", 1)
    assert finished.code == 0, finished.err
    base = load_model(tmp_path / "base").manifest
    manifest = load_model(tmp_path / "m").manifest
    found = manifest.metrics["comparison"]
    assert isinstance(found, dict)
    assert (found["base_id"], found["n_known"]) == (base.model_id, 0)
    assert found["difference"]["n_stories"] == 3
    lines = finished.out.splitlines()
    assert lines[-2].startswith("too few stories to tell: macro-F1 ")
    assert any(line.startswith(f"its own: {base.model_id}") for line in lines)
    assert lines[-1] == f"m: model {manifest.model_id}"


def test_no_model_is_written_over(run_command: Run, small_corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "manifest.json").write_text("another")
    finished = run_command("train", "--corpus", small_corpus, "--out", "model", "--jobs", 1)
    assert finished.code == 2
    assert finished.err == (
        "copydesk: model is there already: a model is never written over; name a new folder\n"
    )
    assert (tmp_path / "model" / "manifest.json").read_text() == "another"


def digests(model: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in model.iterdir()}


def test_the_same_corpora_and_seed_give_the_same_bytes(
    run_python: Run, small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = sorted(small_corpus.iterdir())
    for name, part in (("a.jsonl", stories[:4]), ("b.jsonl", stories[4:])):
        (tmp_path / name).write_text("".join(path.read_text() for path in part))
    made = []
    for seed, corpora in (("1", ("a.jsonl", "b.jsonl")), ("2", ("b.jsonl", "a.jsonl"))):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        options = [word for corpus in corpora for word in ("--corpus", corpus)]
        finished = run_python(
            *("-m", "copydesk", "train", *options, "--out", f"m{seed}"),
            *("--no-cache", "--quiet", "--jobs", seed),
        )
        assert finished.code == 0, finished.err
        made.append(digests(tmp_path / f"m{seed}"))
    first, again = made
    assert set(first) >= {"manifest.json", "weights.npz", "estimators.skops", "rows.npz"}
    assert first == again


def test_a_second_run_makes_nothing_anew(
    run_command: Run, small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("train", "--corpus", small_corpus, "--jobs", 1)
    first = run_command(*options, "--out", "m1")
    assert {path.name.split("-")[0] for path in (tmp_path / "kept").iterdir()} == {
        *("pairs.sqlite", "costs.json", "rows", "fold", "fitted"),
    }

    def never(*_: object) -> None:
        raise AssertionError("made anew")

    monkeypatch.setattr(dataset, "_feature_rows", never)
    monkeypatch.setattr(fit, "fit_question", never)
    again = run_command(*options, "--out", "m2")
    assert again.out == first.out.replace("m1", "m2")
    assert digests(tmp_path / "m1") == digests(tmp_path / "m2")
    with pytest.raises(AssertionError, match="made anew"):
        run_command(*options, "--out", "m3", "--no-cache")
    assert not (tmp_path / "m3").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "needs --corpus or --recipe, one of them"),
        (("--corpus", "a", "--recipe", "b"), "needs --corpus or --recipe, one of them"),
        (("--recipe", "b", "--seed", 1), "--encoder and --seed go with --corpus"),
        (("--recipe", "b"), "the recipe b cannot be read"),
        (("--corpus", "a", "--base", "c"), "c is no model"),
        (("--corpus", "a", "--cache", "c", "--no-cache"), "--cache and --no-cache contradict"),
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
