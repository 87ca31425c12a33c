"""Training and evaluation from corpus to figures."""

import json
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from copydesk.errors import CopydeskError, InvalidInput, InvalidModel
from copydesk.features import FEATURE_NAMES, StyleModel
from copydesk.models import load_estimator, load_model
from copydesk.models.arrays import save_arrays
from copydesk.predict import Scorer
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train import job
from copydesk.train.dataset import Dataset, build_dataset, evaluated_with_source
from copydesk.train.job import (
    describe_data,
    evaluate_model,
    fit_and_save,
    measure_views,
    read_corpora,
    train_model,
)
from copydesk.train.metrics import measure
from copydesk.train.pairs import PairKind, build_pairs
from copydesk.train.recipe import recipe_of
from copydesk.train.style import StyleModels
from copydesk.types import LABELS, Article, Label, Verdict

RELEASED = StyleModels(load_model().style, {})

VIEWS = {"with source", "source withheld"}


def by_kind(*rows: tuple[PairKind, Label]) -> Dataset:
    kinds, labels = zip(*rows, strict=True)
    names = np.array([str(i) for i in range(len(rows))])
    return Dataset(
        np.zeros((len(rows), 1)),
        np.array([LABELS.index(label) for label in labels]),
        names,
        np.array([str(kind) for kind in kinds]),
        names,
        names,
        np.full(len(rows), "human"),
    )


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
    for threshold in (manifest.threshold_with_source, manifest.threshold_alone):
        assert 0.0 < threshold < 1.0


def test_trained_model_learned_something(small_model: Path) -> None:
    metrics = load_model(small_model).manifest.metrics
    assert metrics["with source"]["macro_f1"] > 0.7  # type: ignore[index]


def test_trained_model_scores(small_model: Path, bridge: dict[str, Article]) -> None:
    scorer = Scorer.load(small_model)
    verdict = scorer.label_pair(bridge["edited"], bridge["wire"])
    assert isinstance(verdict, Verdict)
    assert verdict.label is Label.EDITED_WIRE
    assert verdict.model_id.startswith("small-")


def test_arrays_and_estimator_agree_on_the_corpus(small_model: Path, small_corpus: Path) -> None:
    dataset = build_dataset(build_pairs(read_corpora([small_corpus]))[:60], "static", RELEASED)
    np.testing.assert_allclose(
        load_model(small_model).classifier.predict_proba(dataset.X),
        load_estimator(small_model).predict_proba(dataset.X),
        atol=1e-12,
    )


def test_evaluation_is_the_measure_of_the_model(small_model: Path, small_corpus: Path) -> None:
    found = evaluate_model(small_model, [small_corpus])
    dataset = build_dataset(build_pairs(read_corpora([small_corpus])), "static", RELEASED)
    p = load_model(small_model).classifier.predict_proba(dataset.X)
    alone = dataset.kinds == "alone"
    assert found == measure_views(dataset, p)
    assert found["source withheld"] == measure(p[alone], dataset.y[alone])
    # It was trained on these stories: it does better than on those left out.
    left_out = load_model(small_model).manifest.metrics["with source"]
    assert found["with source"]["log_loss"] < left_out["log_loss"]  # type: ignore[index]
    assert found["with source"]["n"] == left_out["n"]  # type: ignore[index]


def test_evaluation_scores_style_as_the_model_does(
    small_model: Path, small_corpus: Path, style: StyleModel, tmp_path: Path
) -> None:
    corpus = sorted(small_corpus.iterdir())[:2]
    model = Path(shutil.copytree(small_model, tmp_path / "model"))
    save_arrays(style, model / "style.npz")
    manifest = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["style.npz"] = sha256((model / "style.npz").read_bytes()).hexdigest()
    (model / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    pairs = build_pairs([record for path in corpus for record in read_corpora([path])])
    dataset = build_dataset(pairs, "static", StyleModels(style, {}))
    found = evaluate_model(model, corpus)
    assert found == measure_views(dataset, load_model(model).classifier.predict_proba(dataset.X))
    assert found != evaluate_model(small_model, corpus)


def test_evaluation_needs_a_model(tmp_path: Path, small_corpus: Path) -> None:
    with pytest.raises(InvalidModel, match=r"it has no manifest\.json"):
        evaluate_model(tmp_path, [small_corpus])


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


def test_each_threshold_comes_from_its_own_rows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kinds = (PairKind.SOURCE, PairKind.ALONE, PairKind.UNRELATED, PairKind.HARD_NEGATIVE)
    dataset = by_kind(*((kind, label) for kind in kinds for label in LABELS for _ in range(12)))
    dataset = replace(
        dataset,
        X=np.zeros((len(dataset), len(FEATURE_NAMES))),
        datasets=np.full(len(dataset), "own"),
    )
    # What rows give their true label, of each kind twelve of each label, and what they weigh. By
    # weight nine tenths of 48 and one more are reached with the ninth of the last twelve, by count
    # of 36 with the tenth.
    last = 0.25 - np.arange(12) / 100
    of_kind = {PairKind.SOURCE: 0.5, PairKind.ALONE: 0.25, PairKind.UNRELATED: 0.125}
    p = np.concatenate(
        [of_kind.get(kind, 0.0) + np.concatenate([np.full(24, 0.4), last]) for kind in kinds]
    )
    left_out = np.repeat((1 - p[:, None]) / 2, 3, axis=1)
    left_out[np.arange(len(p)), dataset.y] = p
    weights = np.where(dataset.y == LABELS.index(Label.EDITED_WIRE), 2.0, 1.0)
    monkeypatch.setattr(job, "sample_weights", lambda *_: weights)
    saved: dict[str, object] = {}
    monkeypatch.setattr(job, "cross_validate", lambda *_: left_out)
    monkeypatch.setattr(job, "fit_model", lambda *_: "estimator")
    monkeypatch.setattr(job, "save_model", lambda *args, **named: saved.update(named, args=args))
    fit_and_save(
        dataset,
        recipe_of([], name="x"),
        tmp_path,
        styles=RELEASED,
        data={"own": "digest"},
        n_measured=len(dataset),
    )
    assert saved.pop("thresholds") == (pytest.approx(0.67), pytest.approx(0.42))
    assert saved == {
        "args": (tmp_path, "estimator"),
        "style": RELEASED.released,
        "name": "x",
        "encoder": "static",
        "coverage": 0.9,
        "data": {"own": "digest"},
        "metrics": measure_views(dataset, left_out),
    }


def test_views_without_rows_are_left_out() -> None:
    dataset = by_kind((PairKind.ALONE, Label.ORIGINAL), (PairKind.ALONE, Label.SPUN))
    views = measure_views(dataset, np.array([[0.8, 0.1, 0.1], [0.1, 0.1, 0.8]]))
    assert set(views) == {"source withheld"}
    assert views["source withheld"]["macro_f1"] == 1.0


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
