"""Figures from counts, and intervals that hold what they promise."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from copydesk.train.promotion.bootstrap import (
    confusion_by_story,
    honest_called_spun,
    macro_f1,
    paired_bootstrap,
)


def test_counts_by_story() -> None:
    y, predicted = np.array([0, 0, 2, 1]), np.array([0, 2, 2, 1])
    found = confusion_by_story(y, predicted, np.array(["b", "a", "a", "b"]))
    first, second = np.zeros((2, 3, 3))
    first[0, 2] = first[2, 2] = 1
    second[0, 0] = second[1, 1] = 1
    np.testing.assert_array_equal(found, [first, second])


def test_figures_by_hand() -> None:
    confusion = np.array([[6.0, 1, 1], [0, 3, 1], [2, 0, 6]])
    # F1: 12 / (8 + 8), 6 / (4 + 4), 12 / (8 + 8)
    assert macro_f1(confusion) == pytest.approx((0.75 + 0.75 + 0.75) / 3)
    assert honest_called_spun(confusion) == pytest.approx(2 / 12)
    without_edits = np.array([[6.0, 1, 1], [0, 0, 0], [2, 0, 6]])
    assert macro_f1(without_edits) == pytest.approx((12 / 16 + 12 / 15) / 2)


@pytest.mark.parametrize("labels", [(0, 1, 2), (0, 2), (2,)])
def test_macro_f1_is_that_of_scikit_learn(labels: tuple[int, ...]) -> None:
    rng = np.random.default_rng(3)
    y, predicted = rng.choice(labels, 200), rng.integers(0, 3, 200)
    counts = confusion_by_story(y, predicted, np.full(200, "s"))
    expected = f1_score(y, predicted, labels=np.unique(y), average="macro")
    assert macro_f1(counts[0]) == pytest.approx(expected)


def draw(
    rng: np.random.Generator, n_stories: int, right: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw texts whose stories are easy or hard for whoever judges them."""
    groups = np.repeat([f"s{i}" for i in range(n_stories)], 6)
    y = np.tile([0, 0, 1, 1, 2, 2], n_stories)
    ease = np.repeat(rng.normal(scale=0.1, size=n_stories), 6)
    hits = rng.random(len(y)) < right + ease
    predicted = np.where(hits, y, (y + rng.integers(1, 3, len(y))) % 3)
    return y, predicted, groups


def test_models_as_good_as_each_other_seldom_differ() -> None:
    n_fired, n_seeds, alpha = 0, 300, 0.1
    for seed in range(n_seeds):
        rng = np.random.default_rng(seed)
        y, one, groups = draw(rng, 40, 0.8)
        _, other, _ = draw(rng, 40, 0.8)
        counts = [confusion_by_story(y, predicted, groups) for predicted in (one, other)]
        between = paired_bootstrap(counts[0], counts[1], alpha, n_draws=400)["macro_f1"]
        n_fired += not between.low <= 0 <= between.high
    # Expected 30 of 300, with a standard deviation of 5.
    assert n_fired <= 50


def test_a_difference_is_found_and_its_interval_holds_it() -> None:
    n_found, n_held, n_seeds = 0, 0, 100
    for seed in range(n_seeds):
        rng = np.random.default_rng(seed)
        y, good, groups = draw(rng, 60, 0.85)
        _, bad, _ = draw(rng, 60, 0.65)
        counts = [confusion_by_story(y, predicted, groups) for predicted in (good, bad)]
        between = paired_bootstrap(counts[0], counts[1], 0.05, n_draws=400)["macro_f1"]
        n_found += between.high < 0
        n_held += between.low <= -0.2 <= between.high
        assert between.low <= between.difference <= between.high
    assert n_found == n_seeds
    assert n_held >= 85


def test_stories_are_drawn_and_not_texts() -> None:
    """One story in which all is wrong may well be in no draw; a text in every fifth may not."""
    n_stories = 20
    groups = np.repeat([f"s{i}" for i in range(n_stories)], 5)
    y = np.zeros(100, int)
    in_one = np.where(groups == "s3", 2, 0)
    spread = np.tile([2, 0, 0, 0, 0], n_stories)
    good = confusion_by_story(y, y, groups)
    one = paired_bootstrap(good, confusion_by_story(y, in_one, groups), 0.05)
    all_over = paired_bootstrap(good, confusion_by_story(y, spread, groups), 0.05)
    assert one["honest_called_spun"].low == 0
    assert one["honest_called_spun"].candidate == 0.05
    assert all_over["honest_called_spun"].low == pytest.approx(0.2)
    assert all_over["honest_called_spun"].high == pytest.approx(0.2)


def test_draws_are_the_same_for_a_seed() -> None:
    rng = np.random.default_rng(0)
    y, one, groups = draw(rng, 20, 0.8)
    _, other, _ = draw(rng, 20, 0.7)
    counts = [confusion_by_story(y, predicted, groups) for predicted in (one, other)]
    found = [paired_bootstrap(counts[0], counts[1], 0.05, random_state=s) for s in (0, 0, 1)]
    assert found[0] == found[1] != found[2]
