"""What the model that training starts from says of texts that it has not learned."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from copydesk.models import load_model
from copydesk.models.judgement import Situation, probabilities_in
from copydesk.train import start as module
from copydesk.train.base import groups_with, read_base
from copydesk.train.comparison import as_given
from copydesk.train.dataset import Dataset, concatenate
from copydesk.train.fit import answer_dataset
from copydesk.train.job import read_corpora
from copydesk.train.pairs import story_groups
from copydesk.train.start import Start, compare_with_start


@pytest.fixture(scope="module")
def rows(small_model: Path) -> tuple[Dataset, Dataset]:
    """Rows of two stories as one's own, and of the others as the base's."""
    dataset = read_base(small_model, "static").rows
    is_own = np.isin(dataset.groups, ["base 0", "base 1"])
    return dataset.rows(is_own), dataset.rows(~is_own)


def test_a_model_is_asked_of_what_it_has_not_learned(
    rows: tuple[Dataset, Dataset], small_model: Path
) -> None:
    own, rest = rows
    both = concatenate([own, rest])
    model = load_model(small_model)
    answers = answer_dataset(model.judge, both)
    nothing = np.zeros(len(own), bool)
    found = compare_with_start(both, answers, Start(small_model, nothing))
    assert found is not None
    assert found.base_id == model.manifest.model_id
    assert found.n_known == 0
    # The new model is the old one: there is no difference at all.
    assert found.own["new"] == found.own["base"]
    assert found.difference.new == found.difference.base
    asked = as_given(own)
    assert found.own["new"]["n"] == asked.sum() == found.difference.n_texts
    assert found.difference.verdict == "too few stories to tell"  # of two
    assert found.kept["base"] == model.manifest.metrics["with source"]
    assert 0 < found.kept["new"]["n"] < len(rest)


def test_what_stands_alone_is_asked_alone(rows: tuple[Dataset, Dataset], small_model: Path) -> None:
    own, rest = rows
    alone = own.rows(own.kinds == "alone")
    answers = answer_dataset(load_model(small_model).judge, concatenate([alone, rest]))
    found = compare_with_start(
        concatenate([alone, rest]), answers, Start(small_model, np.zeros(len(alone), bool))
    )
    assert found is not None
    asked = as_given(alone)
    own_answers = answer_dataset(load_model(small_model).judge, alone)
    p = probabilities_in(Situation.UNSEARCHED, own_answers)[asked]
    right = (p.argmax(axis=1) == alone.y[asked]).mean()
    assert found.own["base"]["accuracy"] == pytest.approx(right, abs=1e-4)


def test_stories_that_it_has_learned_are_asked_of_another(
    rows: tuple[Dataset, Dataset], small_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, rest = rows
    both = concatenate([own, rest])
    known = own.groups == "base 0"
    learned: list[set[str]] = []
    fit_anew = module.fit_estimators

    def spy(dataset: Dataset, temperatures: object, *others: object) -> object:
        learned.append(set(dataset.groups.tolist()))
        return fit_anew(dataset, temperatures, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "fit_estimators", spy)
    answers = answer_dataset(load_model(small_model).judge, both)
    found = compare_with_start(both, answers, Start(small_model, known))
    assert found is not None
    assert learned == [set(rest.groups.tolist())]
    assert found.n_known == (known & as_given(own)).sum() > 0
    # The new model is the old one, which has learned these: it is surer of them.
    assert found.own["base"]["log_loss"] > found.own["new"]["log_loss"]


def test_without_other_rows_only_what_is_new_to_it_is_asked(
    rows: tuple[Dataset, Dataset], small_model: Path
) -> None:
    own, rest = rows
    few = rest.rows(rest.kinds == "alone")  # nothing to learn from what derives
    both = concatenate([own, few])
    answers = answer_dataset(load_model(small_model).judge, both)
    known = own.groups == "base 0"
    found = compare_with_start(both, answers, Start(small_model, known))
    assert found is not None
    assert found.n_known == 0
    assert found.difference.n_texts == (as_given(own) & ~known).sum()
    assert compare_with_start(both, answers, Start(small_model, known | True)) is None


def test_stories_with_a_known_text_are_known(small_model: Path, small_corpus: Path) -> None:
    known = read_base(small_model, "static").story_of_text
    records = read_corpora([small_corpus])[:3]
    new = replace(
        records[0],
        article=replace(records[0].article, id="new", text="Another text.", source_id=None),
        story="new",
    )
    groups = story_groups([*records, new])
    assert groups_with(known, [*records, new], groups) == {groups[records[0].article.id]}
    assert groups_with(known, [new], groups) == frozenset()
