"""Folds, weights, the fit of each question and its calibration."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.errors import InvalidInput
from copydesk.features import FEATURE_NAMES, NEEDS_SOURCE
from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.train import fit
from copydesk.train.cache import Cache
from copydesk.train.dataset import Dataset, concatenate
from copydesk.train.fit import (
    N_FOLDS,
    answers_of,
    cost_of_fits,
    fit_estimators,
    fit_question,
    fit_temperatures,
    group_folds,
    judge_of,
    leave_out,
    predict_folds,
    sample_weights,
)
from copydesk.train.pairs import PairKind
from copydesk.train.questions import QUESTIONS, Question
from copydesk.train.steps import Step, Steps

ORIGINAL, EDITED, SPUN = range(3)
FloatArray = NDArray[np.float64]


@pytest.fixture(scope="module", autouse=True)
def few_rounds() -> Iterator[None]:
    """Boost a few rounds only; what is tested here does not depend on how many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            fit, "LinearAndTreesClassifier", partial(LinearAndTreesClassifier, max_iter=3)
        )
        yield


def by_hand(*rows: tuple[str, PairKind, int]) -> Dataset:
    """A dataset of data set, kind and label, a story for each row; features do not matter."""
    datasets, kinds, y = zip(*rows, strict=True)
    X = np.zeros((len(rows), len(FEATURE_NAMES)))
    names = np.array([f"story {i}" for i in range(len(rows))])
    kinds = np.array([*map(str, kinds)])
    human = np.full(len(rows), "human")
    return Dataset(X, X, np.array(y), names, kinds, names, np.array(datasets), human, names)


def drawn(n_stories: int, seed: int = 0) -> Dataset:
    """Stories of a data set: every kind of pair with the labels that it has."""
    rng = np.random.default_rng(seed)
    derived, anything = (EDITED, SPUN), (ORIGINAL, EDITED, SPUN)
    labels = {
        PairKind.SOURCE: derived,
        PairKind.RELATED: (ORIGINAL,),
        PairKind.UNRELATED: anything,
        PairKind.ALONE: anything,
        PairKind.REVERSED: (ORIGINAL,),
    }
    of_story = [(str(kind), y) for kind, of_kind in labels.items() for y in of_kind]
    kinds, y = (np.array([*column] * n_stories) for column in zip(*of_story, strict=True))
    groups = np.repeat([f"s{i}" for i in range(n_stories)], len(of_story))
    X = rng.normal(size=(len(y), len(FEATURE_NAMES)))
    X += np.arange(X.shape[1]) % 3 == y[:, None]
    X[:, NEEDS_SOURCE] += (kinds == "source")[:, None]
    X[np.ix_(kinds == "alone", NEEDS_SOURCE)] = np.nan
    own, human = np.full(len(y), "own"), np.full(len(y), "human")
    return Dataset(X, X - 1, y, groups, kinds, groups, own, human, groups)


def named(dataset: Dataset, name: str) -> Dataset:
    """The rows as those of another data set, with stories of its own."""
    groups = np.array([f"{name} {group}" for group in dataset.groups])
    return replace(dataset, groups=groups, datasets=np.full(len(dataset), name))


def test_weights_by_hand() -> None:
    dataset = by_hand(
        *[("spins", PairKind.SOURCE, SPUN)] * 9,
        *[("spins", PairKind.IN_PART, SPUN)] * 4,
        *[("edits", PairKind.SOURCE, EDITED)] * 4,
        ("both", PairKind.SOURCE, EDITED),
        ("both", PairKind.SOURCE, SPUN),
        ("both", PairKind.ALONE, SPUN),  # teaches something else
    )
    # Cells weigh 3, 2 and 3 times 1 of yes, 2 and 3 times 1 of no; either answer weighs 10 of 20.
    each = [*[3 / 9 / 8] * 9, *[2 / 4 / 8] * 4, *[2 / 4 / 5] * 4, 3 / 5, 3 / 8, 0]
    weights = sample_weights(dataset, QUESTIONS["reworded"])
    np.testing.assert_allclose(weights, 10 * np.array(each))


def test_what_engines_made_weighs_no_more_for_having_several_labels() -> None:
    rows = [(name, PairKind.SOURCE, y) for name in ("found", "made") for y in (EDITED, SPUN)]
    made_by = np.array(["human", "human", "engine", "engine"])
    weights = sample_weights(replace(by_hand(*rows), provenances=made_by), QUESTIONS["reworded"])
    np.testing.assert_allclose(weights, [1.5, 1.5, 0.5, 0.5])


def test_strangers_of_all_data_sets_weigh_as_of_one() -> None:
    strangers = [(name, PairKind.UNRELATED, y) for name in "abcd" for y in (ORIGINAL, SPUN)]
    dataset = by_hand(*strangers, ("e", PairKind.RELATED, ORIGINAL), ("f", PairKind.SOURCE, SPUN))
    weights = sample_weights(dataset, QUESTIONS["derives"])
    # Eight of them weigh the square root of eight, another report weighs one.
    assert weights[:8].sum() / weights[8] == pytest.approx(np.sqrt(8))


@pytest.mark.parametrize("name", QUESTIONS)
def test_both_answers_weigh_the_same(name: str) -> None:
    question = QUESTIONS[name]
    rng = np.random.default_rng(4)
    rows = [
        (str(rng.choice(["a", "b", "c"], p=[0.7, 0.2, 0.1])), kind, int(label))
        for kind in PairKind
        for label in rng.choice(3, 40, p=[0.6, 0.3, 0.1])
    ]
    dataset = by_hand(*rows)
    weights = sample_weights(dataset, question)
    yes, taught = question.is_yes(dataset), question.rows(dataset)
    assert weights.mean() == pytest.approx(1.0)
    assert weights[yes].sum() == pytest.approx(weights[~yes].sum())
    np.testing.assert_array_equal(weights > 0, taught)
    # Of one answer, four times as many rows weigh twice as much.
    for answer in (yes, ~yes):
        cells = {
            cell: (dataset.datasets == cell[0]) & (dataset.kinds == str(cell[1])) & (y == cell[2])
            for y in (dataset.y,)
            for cell in set(rows)
        }
        ratios = [
            weights[rows].sum() / np.sqrt(rows.sum())
            for cell, rows in cells.items()
            if (rows & answer & taught).any() and cell[1] is not PairKind.UNRELATED
        ]
        np.testing.assert_allclose(ratios, ratios[0])


def test_no_rows_weigh_nothing() -> None:
    dataset = by_hand(*[("a", PairKind.ALONE, SPUN)] * 9)
    assert sample_weights(dataset, QUESTIONS["derives"]).tolist() == [0.0] * 9
    assert sample_weights(dataset, QUESTIONS["machine"]).tolist() == [1.0] * 9


def test_folds_keep_stories_together() -> None:
    dataset = drawn(12)
    folds = group_folds(dataset, random_state=1)
    assert len(folds) == N_FOLDS
    tested = np.concatenate([test for _, test in folds])
    assert sorted(tested.tolist()) == list(range(len(dataset)))
    for training, test in folds:
        assert set(dataset.groups[training]).isdisjoint(dataset.groups[test])
        assert len(training) + len(test) == len(dataset)
        assert set(dataset.y[test].tolist()) == {0, 1, 2}


def test_what_is_left_out_takes_its_stories_along() -> None:
    dataset = by_hand(*[("a", PairKind.ALONE, SPUN)] * 4)
    dataset.groups[:] = ["one", "one", "two", "three"]
    training, test = leave_out(dataset, np.array([True, False, True, False]))
    assert (training.tolist(), test.tolist()) == ([3], [0, 2])


def test_data_sets_that_lack_a_label_are_left_out_whole_beside_a_complete_one() -> None:
    copies, spins, reports = (
        named(drawn(4).rows(drawn(4).y == label), name)
        for label, name in ((EDITED, "copies"), (SPUN, "spins"), (ORIGINAL, "reports"))
    )
    # A spin is of a story that the complete data set has too.
    spins.groups[0] = "s3"
    dataset = concatenate([drawn(12), copies, spins, reports])
    folds = group_folds(dataset)
    for training, test in folds:
        assert set(dataset.datasets[training]) & set(dataset.datasets[test]) == {"own"}
        assert set(dataset.groups[training]).isdisjoint(dataset.groups[test])
    tested = np.concatenate([test for _, test in folds])
    assert sorted(tested.tolist()) == list(range(len(dataset)))


def test_data_sets_left_out_whole_are_spread_over_the_folds() -> None:
    own = drawn(4).rows(drawn(4).y == SPUN)
    dataset = concatenate([drawn(12), *(named(own, f"spins {i}") for i in range(N_FOLDS + 1))])
    tested = [set(dataset.datasets[test]) - {"own"} for _, test in group_folds(dataset)]
    assert tested == [{"spins 0", "spins 5"}, *({f"spins {i}"} for i in range(1, N_FOLDS))]


def test_a_data_set_of_too_few_stories_to_split_is_left_out_whole() -> None:
    dataset = concatenate([drawn(12), named(drawn(N_FOLDS - 1), "few")])
    found = [set(dataset.datasets[test]) for _, test in group_folds(dataset)]
    assert found == [{"own", "few"}, *[{"own"}] * (N_FOLDS - 1)]
    only_few = concatenate([named(drawn(4), "few"), named(drawn(9).rows(drawn(9).y < 2), "other")])
    assert len(group_folds(concatenate([only_few, named(drawn(4), "more")]))) == N_FOLDS


def test_data_sets_that_are_complete_only_together_are_split_by_story() -> None:
    dataset = concatenate(
        [named(drawn(12).rows(drawn(12).y == label), f"part {label}") for label in range(3)]
    )
    for training, test in group_folds(dataset):
        assert len(np.unique(dataset.datasets[test])) == 3
        assert len(np.unique(dataset.datasets[training])) == 3


def test_folds_depend_on_the_seed_alone() -> None:
    dataset = drawn(12)

    def tests(seed: int) -> list[list[int]]:
        return [test.tolist() for _, test in group_folds(dataset, seed)]

    assert tests(1) == tests(1)
    assert tests(1) != tests(2)


def test_too_few_stories_are_refused() -> None:
    dataset = drawn(6)
    few = dataset.rows((dataset.y != SPUN) | np.isin(dataset.groups, ["s0", "s1", "s2", "s3"]))
    with pytest.raises(InvalidInput, match="label spun occurs in 4 stories, expected at least 5"):
        group_folds(few)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_learns_from_its_rows_and_columns_alone(name: str) -> None:
    dataset, question = drawn(8), QUESTIONS[name]
    taught = question.rows(dataset)
    others = np.setdiff1d(np.arange(len(FEATURE_NAMES)), question.columns)
    X = dataset.X.copy()
    X[~taught] = 1e6
    X[:, others] = 1e6
    asked = dataset.X[:, question.columns]
    first = fit_question(dataset, question).decision_function(asked)
    changed = fit_question(replace(dataset, X=X), question).decision_function(asked)
    np.testing.assert_array_equal(changed, first)
    assert ((first > 0) == question.is_yes(dataset))[taught].mean() > 0.9


def test_a_question_is_fitted_by_its_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    monkeypatch.setattr(
        LinearAndTreesClassifier,
        "fit",
        lambda self, X, y, sample_weight: seen.update(X=X, y=y, weights=sample_weight),
    )
    dataset, question = drawn(6), QUESTIONS["reworded"]
    fit_question(dataset, question)
    taught = question.rows(dataset)
    np.testing.assert_array_equal(seen["X"], dataset.X[taught])
    np.testing.assert_array_equal(seen["y"], dataset.y[taught] == SPUN)
    weights = sample_weights(dataset, question)[taught]
    np.testing.assert_allclose(seen["weights"], weights / weights.mean())


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("reworded", [("a", PairKind.SOURCE, SPUN)] * 3),
        ("derives", [("a", PairKind.RELATED, ORIGINAL)] * 3),
        ("first", [("a", PairKind.ALONE, SPUN)] * 3),
    ],
)
def test_one_answer_is_refused(name: str, rows: list[tuple[str, PairKind, int]]) -> None:
    dataset = by_hand(*rows)
    n = QUESTIONS[name].rows(dataset).sum()
    with pytest.raises(InvalidInput, match=f"all {n} pairs of one kind have the same answer"):
        fit_question(dataset, QUESTIONS[name])


@pytest.fixture(scope="module")
def with_new() -> Dataset:
    """A complete data set, and one that is left out whole."""
    spins = drawn(6, seed=7)
    return concatenate([drawn(12), named(spins.rows(spins.y == SPUN), "spins")])


@pytest.fixture(scope="module")
def left_out(with_new: Dataset) -> Mapping[str, FloatArray]:
    return predict_folds(with_new, group_folds(with_new))


def test_every_row_is_asked_everything(
    with_new: Dataset, left_out: Mapping[str, FloatArray]
) -> None:
    assert list(left_out) == list(QUESTIONS)
    for log_odds in left_out.values():
        assert log_odds.shape == (len(with_new),)
        assert np.isfinite(log_odds).all()


class Spy:
    """Stands in for a fit; says how many of the rows' stories and data sets it has learned."""

    def __init__(self, dataset: Dataset) -> None:
        self.learned = set(dataset.groups.tolist())

    def decision_function(self, X: FloatArray) -> FloatArray:
        stories = [f"s{number:.0f}" for number in X[:, 0]]
        return np.array([float(story in self.learned) for story in stories])


def test_no_story_is_asked_about_that_was_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "fit_question", lambda dataset, *_: Spy(dataset))
    dataset = drawn(12)
    of_story = np.array([float(group[1:]) for group in dataset.groups])
    numbered = replace(dataset, X=np.repeat(of_story[:, None], len(FEATURE_NAMES), axis=1))
    for log_odds in predict_folds(numbered, group_folds(numbered)).values():
        np.testing.assert_array_equal(log_odds, 0.0)


def test_what_is_new_as_a_whole_is_scored_by_a_style_that_has_seen_nothing_of_it(
    with_new: Dataset, left_out: Mapping[str, FloatArray]
) -> None:
    is_new = with_new.datasets == "spins"
    folds = group_folds(with_new)
    for changed, X in (("X_without", with_new.X_without + 5), ("X", with_new.X + 5)):
        is_used = is_new if changed == "X_without" else ~is_new
        # Only what is predicted is changed, not what is learned.
        found = {name: np.empty(len(with_new)) for name in QUESTIONS}
        for training, test in folds:
            only_test = getattr(with_new, changed).copy()
            only_test[test] = X[test]
            moved = replace(with_new, **{changed: only_test})
            for name, log_odds in predict_folds(moved, [(training, test)]).items():
                found[name][test] = log_odds[test]
        for name, log_odds in found.items():
            moved_rows = log_odds != left_out[name]
            assert not moved_rows[~is_used].any()
            asked = is_used & QUESTIONS[name].rows(with_new)
            assert moved_rows[asked].all()


def test_rows_of_ones_own_are_split_by_story(with_new: Dataset) -> None:
    is_new = with_new.datasets == "spins"
    for training, test in group_folds(with_new, by_story=is_new):
        assert 0 < is_new[test].sum() < is_new.sum()
        assert is_new[training].any()
        assert not set(with_new.groups[training]) & set(with_new.groups[test])
    # Those of the same data set that are not one's own stay whole.
    half = is_new & np.isin(with_new.groups, np.unique(with_new.groups[is_new])[:5])
    tested = [set(test) for _, test in group_folds(with_new, by_story=half)]
    rest = set(np.flatnonzero(is_new & ~half))
    assert sum(bool(rows & rest) for rows in tested) == 1
    assert sum(bool(rows & set(np.flatnonzero(half))) for rows in tested) == 5


def test_what_was_fitted_before_is_not_fitted_again(
    with_new: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folds = group_folds(with_new)
    temperatures = dict.fromkeys(QUESTIONS, 2.0)
    cache = Cache(tmp_path)
    found = predict_folds(with_new, folds, cache=cache)
    estimators = fit_estimators(with_new, temperatures, cache=cache)
    fitted: list[str] = []
    fit_anew = fit_question

    def count(dataset: Dataset, question: Question, seed: int) -> LinearAndTreesClassifier:
        fitted.append("again")
        return fit_anew(dataset, question, seed)

    monkeypatch.setattr(fit, "fit_question", count)
    again = predict_folds(with_new, folds, cache=cache)
    for name in QUESTIONS:
        np.testing.assert_array_equal(again[name], found[name])
    kept = fit_estimators(with_new, temperatures, cache=cache)
    assert fitted == []
    for name, estimator in kept.items():
        X = with_new.X[:, QUESTIONS[name].columns]
        np.testing.assert_array_equal(
            estimator.decision_function(X), estimators[name].decision_function(X)
        )
    # Another seed, other rows or another split are other fits.
    fit_estimators(with_new, temperatures, 1, cache=cache)
    predict_folds(with_new, folds[:1], 1, cache=cache)
    moved = replace(with_new, X=with_new.X + 1)
    predict_folds(moved, folds[:1], cache=cache)
    assert len(fitted) == 3 * len(QUESTIONS)


def test_steps_are_told_what_is_done(with_new: Dataset) -> None:
    steps = Steps()
    predict_folds(with_new, group_folds(with_new)[:2], steps=steps)
    assert (steps.current, steps.share_of_step) == (Step.LEFT_OUT, pytest.approx(1.0))
    fit_estimators(with_new, dict.fromkeys(QUESTIONS, 1.0), steps=steps)
    assert (steps.current, steps.share_of_step) == (Step.FIT, pytest.approx(1.0))
    n_taught = sum(int(question.rows(with_new).sum()) for question in QUESTIONS.values())
    assert cost_of_fits(with_new) == pytest.approx(n_taught / 1000)


def test_rows_in_no_fold_are_not_answered() -> None:
    dataset = drawn(12)
    first, *_ = group_folds(dataset)
    found = predict_folds(dataset, [first])["machine"]
    assert np.flatnonzero(~np.isnan(found)).tolist() == first[1].tolist()


def test_temperatures_are_fitted_on_rows_that_will_be_asked_about() -> None:
    asked = [*[("a", PairKind.SOURCE, SPUN)] * 4, *[("a", PairKind.SOURCE, EDITED)] * 4]
    made = [*[("a", PairKind.IN_PART, SPUN)] * 4, *[("a", PairKind.IN_PART, EDITED)] * 4]
    dataset = by_hand(*asked, *made, *[("a", PairKind.RELATED, ORIGINAL)] * 8)
    # Of those asked 3 of 4 are called rightly, with odds of 9; of those made none.
    called = np.log(9) * np.array([1, 1, 1, -1, -1, -1, -1, 1, *[-1] * 4, *[1] * 4, *[0] * 8])
    left_out = dict.fromkeys(QUESTIONS, np.zeros(len(dataset))) | {"reworded": called}
    found = fit_temperatures(dataset, left_out)
    assert found["reworded"] == pytest.approx(0.5, abs=1e-3)
    without = {name: log_odds.copy() for name, log_odds in left_out.items()}
    without["reworded"][8:] = np.nan  # nor those that no fold predicts
    assert fit_temperatures(dataset, without) == pytest.approx(found)


def test_each_question_has_a_temperature_of_its_own() -> None:
    kinds = (PairKind.SOURCE, PairKind.RELATED, PairKind.ALONE, PairKind.REVERSED)
    dataset = by_hand(*[("a", kind, y) for kind in kinds for y in (EDITED, SPUN)] * 4)
    wrong = np.arange(len(dataset)) % 32 < 8  # a quarter of every kind and label
    scales = {"derives": 0.5, "reworded": 1.0, "machine": 2.0, "first": 4.0}
    left_out = {
        name: scales[name] * np.log(3) * np.where(question.is_yes(dataset) ^ wrong, 1.0, -1.0)
        for name, question in QUESTIONS.items()
    }
    found = fit_temperatures(dataset, left_out)
    assert found == pytest.approx({name: 1 / scale for name, scale in scales.items()}, abs=2e-3)


def test_classifiers_learn_from_all_rows_and_are_calibrated() -> None:
    dataset = drawn(8)
    temperatures = {name: 0.5 + i for i, name in enumerate(QUESTIONS)}
    estimators = fit_estimators(dataset, temperatures, random_state=3)
    judge = judge_of(estimators)
    for name, question in QUESTIONS.items():
        plain = fit_question(dataset, question, 3)
        asked = dataset.X[:, question.columns]
        expected = temperatures[name] * plain.decision_function(asked)
        np.testing.assert_allclose(estimators[name].decision_function(asked), expected)
        np.testing.assert_allclose(getattr(judge, name).log_odds(dataset.X), expected, atol=1e-9)


def test_answers_by_hand() -> None:
    dataset = by_hand(("a", PairKind.SOURCE, SPUN), ("a", PairKind.ALONE, SPUN))
    left_out = {name: np.log([3.0, 3.0]) for name in QUESTIONS}
    temperatures = {"derives": 1.0, "reworded": 2.0, "machine": 0.0, "first": 1.0}
    found = answers_of(dataset, left_out, temperatures)
    np.testing.assert_allclose(found.derives, [0.75, 0.0])
    np.testing.assert_allclose(found.reworded, [0.9, 0.0])
    np.testing.assert_allclose(found.machine, [0.5, 0.5])
    np.testing.assert_allclose(found.first, [0.75, 0.0])


def test_answers_of_any_log_odds_are_probabilities() -> None:
    dataset = by_hand(("a", PairKind.SOURCE, SPUN), ("a", PairKind.SOURCE, SPUN))
    found = answers_of(
        dataset,
        dict.fromkeys(QUESTIONS, np.array([-1e5, 1e5])),
        dict.fromkeys(QUESTIONS, 1.0),
    )
    assert found.derives.tolist() == [0.0, 1.0]
