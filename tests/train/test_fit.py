"""Folds, weights and the fit."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.errors import InvalidInput
from copydesk.features import FEATURE_NAMES, NEEDS_SOURCE
from copydesk.models import load_estimator, load_model
from copydesk.train import fit, job
from copydesk.train.dataset import Dataset, concatenate
from copydesk.train.fit import N_FOLDS, fit_model, group_folds, make_ensemble, sample_weights
from copydesk.train.pairs import PairKind
from copydesk.train.recipe import Weights, read_recipe

ORIGINAL, EDITED, SPUN = range(3)
WEIGHTS = read_recipe().weights


def by_hand(*rows: tuple[str, PairKind, int]) -> Dataset:
    """A dataset of data set, kind and label; the features do not matter."""
    datasets, kinds, y = zip(*rows, strict=True)
    n = len(rows)
    names = np.array([f"story {i}" for i in range(n)])
    X = np.zeros((n, len(FEATURE_NAMES)))
    kinds = np.array([*map(str, kinds)])
    human = np.full(n, "human", "<U7")
    return Dataset(X, np.array(y), names, kinds, names, np.array(datasets), human)


def drawn(n_stories: int, seed: int = 0) -> Dataset:
    """Stories with nine rows each: three labels, beside a source, alone and beside a stranger."""
    rng = np.random.default_rng(seed)
    kinds = [PairKind.SOURCE, PairKind.ALONE, PairKind.UNRELATED]
    y = np.tile(np.arange(3), 3 * n_stories)
    kind = np.tile(np.repeat([str(k) for k in kinds], 3), n_stories)
    groups = np.repeat([f"s{i}" for i in range(n_stories)], 9)
    names = np.array(FEATURE_NAMES)
    told_by = (np.arange(len(names)) % 3 == y[:, None]) & (names != "republication")
    X = rng.normal(size=(len(y), len(names))) + told_by
    X[np.ix_(kind == "alone", NEEDS_SOURCE)] = np.nan
    of_own, human = np.full(len(y), "own"), np.full(len(y), "human")
    return Dataset(X, y, groups, kind, groups, of_own, human)


def test_weights_by_hand() -> None:
    weights_by_kind = {
        PairKind.SOURCE: (1.0, 1.0, 1.0),
        PairKind.RELATED: (1.0, 0.3, 0.1),
        PairKind.UNRELATED: (0.5, 0.0, 0.0),
        PairKind.ALONE: (0.5, 0.5, 0.6),
        PairKind.REVERSED: (0.2, 0.0, 0.0),
    }
    by = Weights(weights_by_kind, complete=0.5, engine_made=0.2)
    dataset = by_hand(
        ("full", PairKind.ALONE, ORIGINAL),
        ("full", PairKind.ALONE, ORIGINAL),
        ("full", PairKind.ALONE, EDITED),
        ("full", PairKind.ALONE, SPUN),
        ("full", PairKind.SOURCE, EDITED),
        ("full", PairKind.SOURCE, SPUN),
        ("full", PairKind.SOURCE, SPUN),
        ("full", PairKind.RELATED, ORIGINAL),
        ("full", PairKind.RELATED, SPUN),
        ("full", PairKind.UNRELATED, ORIGINAL),
        ("full", PairKind.UNRELATED, SPUN),
        ("full", PairKind.REVERSED, ORIGINAL),
        # Neither has every label: together they are one more part. 4 rows weigh twice as much
        # as 1: the square root.
        *[("big", PairKind.ALONE, SPUN)] * 4,
        ("small", PairKind.ALONE, SPUN),
        ("small", PairKind.SOURCE, EDITED),
    )
    share = np.array(
        [
            *(0.25, 0.25, 0.5, 0.6),
            # Beside a candidate, half of what a data set that lacks labels weighs.
            *(0.5, 0.25, 0.25),
            *(0.5, 0.05),
            *(0.25, 0.0),
            0.1,
            *[0.6 * 2 / 3 / 4] * 4,
            0.6 / 3,
            1.0,
        ]
    )
    weights = sample_weights(dataset, by)
    np.testing.assert_allclose(weights, share * len(share) / share.sum())
    assert weights.mean() == pytest.approx(1.0)


def test_originals_that_say_they_are_republished_teach_nothing_alone() -> None:
    dataset = by_hand(
        ("own", PairKind.ALONE, ORIGINAL),
        ("own", PairKind.ALONE, ORIGINAL),
        ("own", PairKind.ALONE, EDITED),
        ("own", PairKind.RELATED, ORIGINAL),
        ("own", PairKind.ALONE, SPUN),
    )
    dataset.X[[1, 2, 3], FEATURE_NAMES.index("republication")] = np.log(2)
    assert (sample_weights(dataset, WEIGHTS) > 0).tolist() == [True, False, True, True, True]


def test_real_copies_that_say_so_alone_weigh_like_those_of_complete_data_sets() -> None:
    full = [("own", PairKind.ALONE, label) for label in (ORIGINAL, EDITED, EDITED, SPUN)]
    copies = [("copies", PairKind.ALONE, EDITED)] * 2
    made = [("made", PairKind.ALONE, label) for label in (EDITED, SPUN)]
    dataset = by_hand(*full, *copies, *made)
    dataset.provenances[6:] = "engine"
    dataset.X[[1, 4, 6], FEATURE_NAMES.index("republication")] = np.log(2)
    weights = sample_weights(dataset, WEIGHTS)
    np.testing.assert_allclose(weights[4:7] / weights[1], [1.0, 0.0, 0.0])


def test_data_sets_that_engines_made_weigh_a_fifth() -> None:
    rows = [("own", PairKind.SOURCE, EDITED), ("own", PairKind.SOURCE, SPUN)]
    rows += [("own", PairKind.RELATED, ORIGINAL)]
    dataset = by_hand(*rows, *[("made", kind, label) for _, kind, label in rows])
    dataset.provenances[4:] = "engine"
    weights = sample_weights(dataset, WEIGHTS)
    ratio = WEIGHTS.engine_made / WEIGHTS.complete
    np.testing.assert_allclose(weights[3:], ratio * weights[:3])


def test_copies_that_engines_made_teach_nothing_alone() -> None:
    rows = [(PairKind.ALONE, label) for label in (ORIGINAL, EDITED, SPUN)]
    dataset = by_hand(*[(name, *row) for name in ("own", "made") for row in rows])
    dataset.provenances[4:] = "engine"
    weights = sample_weights(dataset, WEIGHTS)
    np.testing.assert_allclose(weights[3:] / weights[0], [0.2, 0.0, 0.2])


def test_every_label_weighs_what_it_should_within_a_part_and_kind() -> None:
    rng = np.random.default_rng(4)
    rows = [
        (str(rng.choice(["a", "b", "c"], p=[0.6, 0.3, 0.1])), kind, int(label))
        for kind in PairKind
        for label in rng.integers(0, 3, 120)
    ]
    # c has no originals; d has spun texts only.
    rows = [row for row in rows if row[0] != "c" or row[2] != ORIGINAL]
    rows += [("d", PairKind.SOURCE, SPUN)] * 9
    dataset = by_hand(*rows)
    weights = sample_weights(dataset, WEIGHTS)
    for part in (["a"], ["b"], ["c", "d"]):
        inside = np.isin(dataset.datasets, part)
        for kind in (PairKind.SOURCE, PairKind.ALONE):
            totals = [
                weights[inside & (dataset.kinds == str(kind)) & (dataset.y == label)].sum()
                for label in ((EDITED, SPUN) if part == ["c", "d"] else range(3))
            ]
            if part == ["c", "d"] and kind is PairKind.ALONE:
                assert totals[0] == 0.0 < totals[1]
            else:
                wanted = np.array(WEIGHTS.kinds[kind][-len(totals) :])
                np.testing.assert_allclose(totals / wanted, totals[-1] / wanted[-1])
    teaches_nothing = (
        (np.isin(dataset.kinds, ["unrelated", "hard_negative"]) & (dataset.y != ORIGINAL))
        | ((dataset.kinds == "in_part") & (dataset.y == ORIGINAL))
        | (dataset.kinds == "reversed")
        | (
            (dataset.kinds == "alone")
            & (dataset.y == EDITED)
            & np.isin(dataset.datasets, ["c", "d"])
        )
    )
    assert weights[teaches_nothing].max() == 0.0
    assert weights[~teaches_nothing].min() > 0.0


def test_one_text_that_names_an_engine_makes_no_data_set_engine_made() -> None:
    labels = (ORIGINAL, EDITED, SPUN)
    dataset = by_hand(*[(name, PairKind.ALONE, k) for name in ("a", "b") for k in labels])
    before = sample_weights(dataset, WEIGHTS)
    dataset.engines[0] = "desk"
    np.testing.assert_array_equal(sample_weights(dataset, WEIGHTS), before)
    dataset.provenances[1] = "engine"
    np.testing.assert_array_equal(sample_weights(dataset, WEIGHTS), before)


def test_the_released_model_is_of_this_recipe() -> None:
    released = load_estimator().estimator

    def of_each(ensemble: Any) -> dict[str, Any]:
        return {name: one.get_params() for name, one in ensemble.estimators}

    assert of_each(make_ensemble()) == of_each(released)
    assert make_ensemble().voting == released.voting
    assert load_model().manifest.coverage == job.COVERAGE


def test_folds_keep_stories_together() -> None:
    dataset = drawn(12)
    folds = group_folds(dataset, random_state=1)
    assert len(folds) == N_FOLDS
    tested = np.concatenate([test for _, test in folds])
    assert sorted(tested.tolist()) == list(range(len(dataset)))
    for training, test in folds:
        assert set(dataset.groups[training]).isdisjoint(dataset.groups[test])
        assert set(dataset.y[test].tolist()) == {0, 1, 2}


def named(dataset: Dataset, name: str) -> Dataset:
    """The rows as those of another data set, with stories of its own."""
    groups = np.array([f"{name} {group}" for group in dataset.groups])
    return replace(dataset, groups=groups, datasets=np.full(len(dataset), name))


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


def test_fit_is_calibrated_and_repeatable() -> None:
    dataset = drawn(12, seed=2)
    estimator = fit_model(dataset, WEIGHTS, random_state=3)
    again = fit_model(dataset, WEIGHTS, random_state=3)
    found = estimator.predict_proba(dataset.X)
    np.testing.assert_array_equal(found, again.predict_proba(dataset.X))
    np.testing.assert_allclose(found.sum(axis=1), 1.0)
    assert estimator.classes_.tolist() == [0, 1, 2]
    assert (found.argmax(axis=1) == dataset.y)[dataset.kinds != "unrelated"].mean() > 0.9
    assert estimator.cv is None


def test_rows_without_weight_teach_nothing() -> None:
    dataset = drawn(8)
    weightless = sample_weights(dataset, WEIGHTS) == 0
    says_so = dataset.X[:, FEATURE_NAMES.index("republication")] > 0
    republished = (dataset.kinds == "alone") & (dataset.y == ORIGINAL) & says_so
    assert weightless.sum() == 16 + republished.sum()  # derivatives beside strangers
    X = dataset.X.copy()
    X[weightless] = 1e6
    changed = replace(dataset, X=X)
    expected = fit_model(dataset, WEIGHTS).predict_proba(dataset.X)
    np.testing.assert_array_equal(fit_model(changed, WEIGHTS).predict_proba(dataset.X), expected)


def test_stories_without_weight_do_not_count() -> None:
    # Spun texts of the other stories stand beside strangers only.
    dataset = drawn(8)
    teaching = (dataset.kinds != "unrelated") & ~np.isin(dataset.groups, ["s0", "s1", "s2", "s3"])
    few = dataset.rows((dataset.y != SPUN) | (dataset.kinds == "unrelated") | teaching)
    with pytest.raises(InvalidInput, match="label spun occurs in 4 stories"):
        fit_model(few, WEIGHTS)


class Watched:
    """Stands in for a fit; keeps the stories that it learned from."""

    def __init__(self, dataset: Dataset) -> None:
        self.learned = set(dataset.groups.tolist())

    def predict_proba(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        # The first feature is the story's number.
        asked = {f"s{int(number)}" for number in X[:, 0]}
        assert asked.isdisjoint(self.learned)
        return np.tile([0.2, 0.3, 0.5], (len(X), 1))


@pytest.fixture
def numbered(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    def watched(dataset: Dataset, *_: Any) -> Watched:
        return Watched(dataset)

    monkeypatch.setattr(fit, "fit_model", watched)
    monkeypatch.setattr(job, "fit_model", watched)
    dataset = drawn(12)
    X = dataset.X.copy()
    X[:, 0] = [int(group[1:]) for group in dataset.groups]
    return replace(dataset, X=X)


def test_cross_validation_asks_about_stories_not_seen(numbered: Dataset) -> None:
    found = job.cross_validate(numbered, WEIGHTS)
    np.testing.assert_array_equal(found, np.tile([0.2, 0.3, 0.5], (len(numbered), 1)))


def test_weights_of_ones_own_are_heard() -> None:
    dataset = drawn(8)
    kinds = {kind: (a, b, 9 * c) for kind, (a, b, c) in WEIGHTS.kinds.items()}
    heavy = replace(WEIGHTS, kinds=kinds)
    plain, heavier = (fit_model(dataset, by).predict_proba(dataset.X) for by in (WEIGHTS, heavy))
    assert heavier[:, SPUN].mean() > plain[:, SPUN].mean()


def test_temperatures_are_fitted_on_rows_that_are_evaluated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, NDArray[np.float64]] = {}

    def keep(self: Any, X: Any, y: Any, **weights: NDArray[np.float64]) -> None:
        seen.update(weights)

    monkeypatch.setattr(fit.SourceAwareCalibratedClassifier, "fit", keep)
    kinds = (PairKind.SOURCE, PairKind.ALONE, PairKind.UNRELATED, PairKind.IN_PART)
    rows = [("own", kind, label) for label in range(3) for kind in kinds] * 5
    dataset = by_hand(*rows, *[("own", PairKind.RELATED, label) for label in range(3)])
    every = Weights(dict.fromkeys(PairKind, (1.0, 1.0, 1.0)), complete=1.0, engine_made=1.0)
    fit_model(dataset, every)
    # Of related texts, originals: derivatives beside one of them are there to teach.
    counted = [*[1, 1, 0, 0] * 15, 1, 0, 0]
    weights = sample_weights(dataset, every)
    assert weights.min() > 0
    np.testing.assert_array_equal(seen["sample_weight"], weights)
    np.testing.assert_array_equal(seen["calibration_weight"], weights * counted)
