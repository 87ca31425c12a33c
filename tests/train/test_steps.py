"""Steps of training and the time that is left, by a clock of the test's own."""

from pathlib import Path

import pytest

from copydesk.train.steps import Step, Steps, read_costs, write_costs

COSTS = {
    str(Step.READ): 1.0,
    str(Step.FEATURES): 2.0,
    str(Step.FIT): 3.0,
    **{str(step): 1.0 for step in (Step.PAIRS, Step.LEFT_OUT, Step.COMPARE, Step.SAVE)},
}


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def planned(clock: Clock) -> Steps:
    steps = Steps(costs=COSTS, clock=clock)
    steps.plan(Step.FEATURES, 10)
    steps.plan(Step.FIT, 4)
    steps.begin(Step.READ, 2)
    return steps


def test_what_is_left_is_reckoned_by_cost(clock: Clock) -> None:
    steps = planned(clock)
    assert steps.seconds_left == 2 * 1 + 10 * 2 + 4 * 3
    assert steps.place == (1, 3)
    assert (steps.share, steps.share_of_step) == (0, 0)


def test_a_step_is_told_by_its_own_pace_once_it_has_one(clock: Clock) -> None:
    steps = planned(clock)
    clock.now += 2
    steps.begin(Step.FEATURES, 10)
    clock.now += 8
    steps.advance(2)
    assert steps.seconds_left == 8 * 4 + 4 * 3
    assert steps.share_of_step == 0.2
    assert steps.share == pytest.approx(10 / (10 + 44))
    assert steps.place == (2, 3)


def test_what_takes_longer_than_expected_is_expected_to_go_on_so(clock: Clock) -> None:
    steps = planned(clock)
    clock.now += 6  # thrice as long as it should
    steps.begin(Step.FEATURES, 10)
    assert steps.seconds_left == 3 * (10 * 2 + 4 * 3)


def test_a_step_ends_where_the_next_begins(clock: Clock) -> None:
    steps = planned(clock)
    clock.now += 2
    steps.begin(Step.FEATURES, 0)  # all of it was kept
    steps.begin(Step.FIT, 4)
    assert steps.seconds_left == 12
    steps.advance(4)
    assert steps.seconds_left == 0
    steps.finish()
    assert (steps.current, steps.share, steps.share_of_step) == (None, 1.0, 1.0)


def test_whoever_watches_is_told(clock: Clock) -> None:
    seen: list[tuple[Step | None, float]] = []
    steps = Steps(lambda of: seen.append((of.current, of.share_of_step)), clock=clock)
    steps.begin(Step.READ, 2)
    steps.advance()
    assert seen == [(Step.READ, 0.0), (Step.READ, 0.5)]


def test_costs_are_measured_and_kept(clock: Clock, tmp_path: Path) -> None:
    steps = planned(clock)
    clock.now += 3
    steps.begin(Step.FEATURES, 0)
    steps.finish()
    folder = tmp_path / "new"
    write_costs(folder, steps)
    kept = read_costs(folder)
    assert kept[str(Step.READ)] == 1.5
    assert kept[str(Step.FIT)] == 3.0  # not done: as it was known
    again = Steps(costs=kept, clock=clock)
    again.plan(Step.READ, 2)
    assert again.seconds_left == 3


@pytest.mark.parametrize("text", [None, "no JSON", "[1]", '{"reading": "x"}'])
def test_costs_that_are_not_there_are_the_usual_ones(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "costs.json").write_text(text)
    assert read_costs(tmp_path) == {}
    assert read_costs(None) == {}
