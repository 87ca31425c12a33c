"""Training and evaluation from corpus to figures."""

import json
import shutil
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.errors import CopydeskError, InvalidInput
from copydesk.features import FEATURE_NAMES, StyleModel
from copydesk.models import load_estimators, load_model
from copydesk.models.judgement import PRIORS, QuestionProbabilities, Situation, weigh_text
from copydesk.predict import Scorer
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train import fit, job
from copydesk.train.dataset import Dataset, build_dataset, evaluated_with_source
from copydesk.train.fit import answer_dataset, fit_temperatures
from copydesk.train.job import (
    COVERAGE,
    describe_data,
    fit_and_save,
    fit_thresholds,
    measure_views,
    read_corpora,
    train_model,
)
from copydesk.train.metrics import measure
from copydesk.train.pairs import PairKind, build_pairs
from copydesk.train.questions import QUESTIONS
from copydesk.train.recipe import recipe_of
from copydesk.train.style import StyleModels
from copydesk.types import LABELS, Article, Label, Verdict

VIEWS = {"with source", "source withheld"}


def by_kind(*rows: tuple[PairKind, Label]) -> Dataset:
    kinds, labels = zip(*rows, strict=True)
    names = np.array([str(i) for i in range(len(rows))])
    X = np.zeros((len(rows), 1))
    return Dataset(
        X,
        X,
        np.array([LABELS.index(label) for label in labels]),
        names,
        np.array([str(kind) for kind in kinds]),
        names,
        np.full(len(rows), "own"),
        np.full(len(rows), "human"),
        names,
    )


def answers_of(derives: float, reworded: Any, machine: Any, n: int) -> QuestionProbabilities:
    # As if a machine reworded as many as a desk: a quarter was taken for granted.
    odds = 3 * np.asarray(reworded) / np.maximum(1 - np.asarray(reworded), 1e-12)
    given = (derives, odds / (1 + odds), machine, 1.0)
    return QuestionProbabilities(*(np.broadcast_to(one, n).astype(float) for one in given))


def test_trained_model_says_what_it_saw(small_model: Path, small_corpus: Path) -> None:
    manifest = load_model(small_model).manifest
    assert manifest.model_id.startswith("small-")
    assert manifest.features == FEATURE_NAMES
    assert manifest.encoder == "static"
    assert manifest.coverage == 0.9
    n_records = sum(len(path.read_text().splitlines()) for path in small_corpus.iterdir())
    assert set(manifest.data) == {"corpus"}
    assert manifest.data == describe_data(read_corpora([small_corpus]))
    assert manifest.data["corpus"]["rows"] == n_records  # type: ignore[index]
    assert set(manifest.metrics) == VIEWS
    assert set(manifest.thresholds) == {str(situation) for situation in Situation}
    # A label that hardly any text of is called right needs none.
    assert all(0 <= one < 1 for of in manifest.thresholds.values() for one in of)
    assert min(manifest.thresholds["compared"]) > 0


def test_trained_model_learned_something(small_model: Path) -> None:
    metrics = load_model(small_model).manifest.metrics
    assert metrics["with source"]["macro_f1"] > 0.7  # type: ignore[index]


def test_trained_model_scores(small_model: Path, bridge: dict[str, Article]) -> None:
    scorer = Scorer.load(small_model)
    verdict = scorer.label_pair(bridge["edited"], bridge["wire"])
    assert isinstance(verdict, Verdict)
    assert verdict.label is Label.EDITED_WIRE
    assert verdict.model_id.startswith("small-")


@pytest.fixture(scope="module")
def dataset(small_model: Path, small_corpus: Path) -> Dataset:
    """The small corpus as the small model is evaluated on it."""
    styles = StyleModels(load_model(small_model).style)
    return build_dataset(build_pairs(read_corpora([small_corpus])), "static", styles)


def test_arrays_and_estimators_agree_on_the_corpus(small_model: Path, dataset: Dataset) -> None:
    judge = load_model(small_model).judge
    for name, estimator in load_estimators(small_model).items():
        model = getattr(judge, name)
        expected = estimator.decision_function(dataset.X[:, model.columns])
        np.testing.assert_allclose(model.log_odds(dataset.X), expected, atol=1e-9)
        np.testing.assert_array_equal(model.columns, QUESTIONS[name].columns)


def test_a_model_is_asked_as_in_scoring(small_model: Path, dataset: Dataset) -> None:
    judge = load_model(small_model).judge
    found = answer_dataset(judge, dataset)
    alone = dataset.kinds == "alone"
    for rows, has_candidate in ((alone, False), (~alone, True)):
        expected = judge.answer(dataset.X[rows], has_candidate)
        for field in fields(QuestionProbabilities):
            np.testing.assert_allclose(
                getattr(found, field.name)[rows], getattr(expected, field.name), atol=1e-12
            )


def test_evaluated_with_source_by_hand() -> None:
    dataset = by_kind(
        (PairKind.SOURCE, Label.SPUN),
        (PairKind.SOURCE, Label.EDITED_WIRE),
        (PairKind.RELATED, Label.ORIGINAL),
        (PairKind.RELATED, Label.SPUN),
        (PairKind.ALONE, Label.ORIGINAL),
        (PairKind.UNRELATED, Label.ORIGINAL),
        (PairKind.REVERSED, Label.ORIGINAL),
    )
    assert evaluated_with_source(dataset).tolist() == [True, True, True, *[False] * 4]


def test_thresholds_by_hand() -> None:
    # Of nineteen texts of a label the eighteenth reaches nine tenths of them and one more.
    kinds = [PairKind.SOURCE, PairKind.ALONE, PairKind.UNRELATED, PairKind.HARD_NEGATIVE]
    dataset = by_kind(*((kind, label) for kind in kinds for label in LABELS for _ in range(19)))
    falling = np.linspace(0.9, 0.18, 19)
    # Beside a source all derive, so originals never are called so; alone it is up to the text.
    sure = {Label.ORIGINAL: 0 * falling, Label.EDITED_WIRE: 1 - falling, Label.SPUN: falling}
    of_kind = np.concatenate([sure[label] for label in LABELS])
    unseen = 1.0 - (dataset.y[: len(of_kind)] == 2)  # all wrong
    called = np.concatenate([of_kind, of_kind, unseen, unseen])
    answers = answers_of(1.0, called, called, len(dataset))
    answers.derives[dataset.kinds == "alone"] = 0.0
    found = fit_thresholds(dataset, answers)
    assert set(found) == {str(situation) for situation in Situation}
    for situation in (Situation.COMPARED, Situation.RELATED):
        assert found[situation] == pytest.approx((0.0, falling[17], falling[17]))
    for situation in (Situation.UNSEARCHED, Situation.NOTHING_RELATED):
        machine = np.array([0.0, 1 - falling[17], falling[17]])
        expected = np.diag(weigh_text(machine, PRIORS[situation]))
        assert found[situation] == pytest.approx(expected)


def test_a_data_set_counts_for_thresholds_by_the_root_of_its_size() -> None:
    dataset = by_kind(*[(PairKind.ALONE, Label.SPUN)] * 125)
    dataset.datasets[100:] = "few"  # 25 texts, half the weight of 100
    machine = np.where(dataset.datasets == "few", 0.8, 0.4)
    (low, high) = (
        weigh_text(np.array([p]), PRIORS[Situation.UNSEARCHED])[0, 2] for p in (0.4, 0.8)
    )
    of_few = 5 / (15 + 15 / 125)  # more than 0.9 is reached by the others only
    assert of_few < COVERAGE
    found = fit_thresholds(dataset, answers_of(0.0, 0.0, machine, 125))
    assert found["unsearched"][2] == pytest.approx(low)
    of_many = replace(dataset, datasets=np.full(125, "own"))
    many = np.where(np.arange(125) < 115, 0.8, 0.4)
    assert fit_thresholds(of_many, answers_of(0.0, 0.0, many, 125))["unsearched"][2] == (
        pytest.approx(high)
    )
    # By their number 115 of 125 would do; by weight the last ten are too much.
    few_low = replace(dataset, datasets=np.where(np.arange(125) < 115, "own", "few"))
    assert fit_thresholds(few_low, answers_of(0.0, 0.0, many, 125))["unsearched"][2] == (
        pytest.approx(low)
    )


def test_what_is_saved_was_measured_on_what_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, style: StyleModel
) -> None:
    kinds = (PairKind.SOURCE, PairKind.RELATED, PairKind.ALONE, PairKind.REVERSED)
    dataset = by_kind(*((kind, label) for kind in kinds for label in LABELS for _ in range(9)))
    rng = np.random.default_rng(1)
    left_out = {name: rng.normal(size=len(dataset)) for name in QUESTIONS}
    monkeypatch.setattr(job, "predict_folds", lambda *_: left_out)
    monkeypatch.setattr(job, "fit_estimators", lambda *args: ("estimators", args[1:4]))
    monkeypatch.setattr(job, "judge_of", lambda estimators: ("judge of", estimators))
    saved: dict[str, Any] = {}
    monkeypatch.setattr(
        job, "save_model", lambda *args, **named: saved.update(named, args=args) or "manifest"
    )
    cards: list[Any] = []
    monkeypatch.setattr(job, "write_training_card", lambda *args: cards.append(args))
    manifest, comparison = fit_and_save(
        dataset,
        recipe_of([], name="x", random_state=5),
        tmp_path,
        styles=StyleModels(style),
        data={"own": "digest"},
        n_measured=60,
    )
    temperatures = fit_temperatures(dataset, left_out)
    answers = fit.answers_of(dataset, left_out, temperatures)
    ((folder, of, rows, told, n_measured),) = cards
    assert (folder, of, rows, n_measured) == (tmp_path, "manifest", dataset, 60)
    np.testing.assert_array_equal(told.machine, answers.machine)
    assert comparison is None
    assert manifest == "manifest"
    estimators = ("estimators", (temperatures, 5, 1))
    assert saved == {
        "args": (tmp_path, estimators, ("judge of", estimators)),
        "style": style,
        "name": "x",
        "encoder": "static",
        "coverage": 0.9,
        "data": {"own": "digest"},
        "metrics": measure_views(dataset, answers, np.arange(len(dataset)) < 60),
        "thresholds": fit_thresholds(dataset, answers),
    }


def test_views_by_hand() -> None:
    dataset = by_kind(
        (PairKind.SOURCE, Label.SPUN),
        (PairKind.RELATED, Label.ORIGINAL),
        (PairKind.RELATED, Label.SPUN),
        (PairKind.ALONE, Label.SPUN),
    )
    answers = QuestionProbabilities(
        np.array([0.75, 0.5, 0.0, 0.0]),
        np.array([12 / 13, 0.75, 0.0, 0.0]),  # as if half were spun: 4 and 1 to 1 of a quarter
        np.full(4, 0.5),
        np.ones(4),
    )
    of_text = weigh_text(np.array([0.5]), PRIORS[Situation.UNSEARCHED])[0]
    derived = np.array([[0.0, 0.2, 0.8], [0.0, 0.5, 0.5]])
    beside = [0.75 * derived[0] + 0.25 * of_text, 0.5 * derived[1] + 0.5 * of_text]
    expected = {
        "with source": measure(np.array(beside), np.array([2, 0])),
        "source withheld": measure(of_text[None, :], np.array([2])),
    }
    assert measure_views(dataset, answers) == expected
    first = np.array([True, False, True, False])
    assert measure_views(dataset, answers, first) == {
        "with source": measure(np.array(beside[:1]), np.array([2]))
    }


def test_digest_changes_with_every_part_of_a_record() -> None:
    record = CorpusRecord(Article("a", "The ferry sank.", source_text="It sank."), Label.SPUN, "s")
    article = record.article

    def digest(*records: CorpusRecord) -> str:
        return str(describe_data(records)["corpus"]["sha256"])

    changed = [
        replace(record, article=replace(article, text="The ferry sang.")),
        replace(record, article=replace(article, id="b")),
        replace(record, article=replace(article, source_text="It sang.")),
        replace(record, article=replace(article, text="The ferry sank. It", source_text="sank.")),
        replace(record, label=Label.ORIGINAL),
    ]
    digests = {digest(record), *map(digest, changed), digest(record, record), digest(*changed)}
    assert len(digests) == 8
    assert digest(record) == digest(replace(record, article=replace(article, url="https://x")))


def test_data_sets_are_described_apart() -> None:
    one = CorpusRecord(Article("a", "x"), Label.SPUN, "s", dataset="one")
    other = CorpusRecord(Article("b", "y"), Label.SPUN, "s", dataset="other")
    described = describe_data([one, other, replace(one, article=Article("c", "z"))])
    assert {name: entry["rows"] for name, entry in described.items()} == {"one": 2, "other": 1}
    assert described["other"] == describe_data([other])["other"]


def test_corpora_are_checked_each_by_itself(small_corpus: Path, tmp_path: Path) -> None:
    first = sorted(small_corpus.iterdir())[0]
    copy = Path(shutil.copy(first, tmp_path / "copy.jsonl"))
    n_records = len(read_corpora([first]))
    assert len(read_corpora([first, copy])) == 2 * n_records


@pytest.mark.parametrize(
    ("n_stories", "message"),
    [
        (1, "a corpus needs at least two stories"),
        (4, "occurs in 4 stories, expected at least"),
        # Six are enough for five folds; what is left of them must not be taken for the corpus.
        (6, "occurs in 6 stories, expected at least"),
    ],
)
def test_too_few_stories_are_refused(
    n_stories: int, message: str, small_corpus: Path, tmp_path: Path
) -> None:
    few = [shutil.copy(path, tmp_path) for path in sorted(small_corpus.iterdir())[:n_stories]]
    assert len(few) == n_stories
    out = tmp_path / "model"
    with pytest.raises(InvalidInput, match=message):
        train_model(recipe_of([tmp_path]), out)
    assert not out.exists()


def test_a_label_that_is_missing_is_named(small_corpus: Path, tmp_path: Path) -> None:
    for path in small_corpus.iterdir():
        kept = [line for line in path.read_text().splitlines() if '"spun"' not in line]
        (tmp_path / path.name).write_text("\n".join(kept))
    with pytest.raises(InvalidInput, match="label spun occurs in 0 stories"):
        train_model(recipe_of([tmp_path]), tmp_path / "model")


def test_encoder_that_is_not_there_is_refused(small_corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CopydeskError, match="no-such-encoder"):
        train_model(
            recipe_of([small_corpus], encoder=str(tmp_path / "no-such-encoder")), tmp_path / "model"
        )


def test_manifest_is_plain_json(small_model: Path) -> None:
    fields = json.loads((small_model / "manifest.json").read_text(encoding="utf-8"))
    assert fields["labels"] == [str(label) for label in LABELS]
