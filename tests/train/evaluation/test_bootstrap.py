"""Intervals: of whole stories, the same for the same seed, none where stories are too few."""

import numpy as np
import pytest

from copydesk.train.evaluation.bootstrap import differences_of, draw_stories, intervals_of
from copydesk.train.evaluation.sums import Said


def said(right: list[bool], n_texts: int = 1, stories: int | None = None) -> Said:
    """Stories of as many texts each, all right or all wrong."""
    marks = np.repeat(right, n_texts)
    y = np.arange(len(marks)) % 3
    called = np.where(marks, y, (y + 1) % 3)
    p = np.full((len(marks), 3), 0.1)
    p[np.arange(len(marks)), called] = 0.8
    names = np.arange(len(marks)) // n_texts % (stories or len(marks))
    return Said(p, y, names.astype(str))


def test_draws_are_of_as_many_stories_and_differ() -> None:
    drawn = draw_stories(30, 200, 1)
    assert drawn.shape == (200, 30)
    assert set(drawn.sum(axis=1).tolist()) == {30}
    assert len({row.tobytes() for row in drawn}) == 200
    assert drawn.mean(axis=0) == pytest.approx(np.ones(30), abs=0.3)


def test_the_interval_is_the_bootstrap_s() -> None:
    # Of 40 stories 30 are right: the share of a draw is binomial, with deviation 0.0685.
    low, high = intervals_of(said([i % 4 > 0 for i in range(40)]))["accuracy"]
    assert low == pytest.approx(0.75 - 1.96 * 0.0685, abs=0.03)
    assert high == pytest.approx(0.75 + 1.96 * 0.0685, abs=0.03)


def test_texts_of_one_story_are_drawn_together() -> None:
    right = [i % 4 > 0 for i in range(40)]
    one, nine = (intervals_of(said(right, n)) for n in (1, 9))
    assert nine["accuracy"] == pytest.approx(one["accuracy"], abs=1e-6)


def test_a_seed_gives_the_same_interval_and_another_one_another() -> None:
    whole = said([i % 3 > 0 for i in range(40)])
    assert intervals_of(whole, 5) == intervals_of(whole, 5)
    assert intervals_of(whole, 5) != intervals_of(whole, 6)


def test_of_fewer_than_ten_stories_there_is_none() -> None:
    assert intervals_of(said([True] * 27, stories=9)) == {}
    assert intervals_of(said([True] * 30, stories=10))["accuracy"] == (1.0, 1.0)


def test_all_texts_of_a_story_count() -> None:
    # Half of each story is right, so is half of every draw.
    halves = said([i % 2 == 0 for i in range(60)])
    halves = Said(halves.probabilities, halves.y, (np.arange(60) // 4).astype(str))
    assert intervals_of(halves)["accuracy"] == (0.5, 0.5)


def test_a_label_without_texts_has_no_interval_and_one_of_a_single_story_has() -> None:
    whole = said([True] * 30)
    whole.y[:] = 0
    whole.y[0] = 2
    bounds = intervals_of(whole)
    assert {"macro_f1", "recall spun"} <= bounds.keys()
    assert "recall edited_wire" not in bounds


def test_a_model_is_no_better_than_itself() -> None:
    whole = said([i % 3 > 0 for i in range(40)])
    found = differences_of(whole, whole)
    assert set(found.values()) == {(0.0, (0.0, 0.0))}


def test_what_both_get_wrong_widens_no_difference() -> None:
    # One model is right twice more often; that differs in two stories of forty only.
    other = [i % 2 == 0 for i in range(40)]
    better = [mark or i in (1, 3) for i, mark in enumerate(other)]
    value, bounds = differences_of(said(better), said(other))["accuracy"]
    assert value == pytest.approx(0.05)
    assert bounds is not None
    assert bounds == pytest.approx((0.0, 0.125), abs=0.026)
    low, high = intervals_of(said(better))["accuracy"]
    assert high - low > 2 * (bounds[1] - bounds[0])


def test_a_difference_of_few_stories_has_no_interval() -> None:
    one, other = said([True] * 6), said([False] * 6)
    assert differences_of(one, other)["accuracy"] == (1.0, None)
