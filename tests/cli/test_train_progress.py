"""Progress of training: a line now and then, with the step and the time that is left."""

import pytest

from copydesk import train_progress
from copydesk.train.steps import Step, Steps
from copydesk.train_progress import TrainProgress, step_line


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time: its last item."""
    times = [100.0]
    monkeypatch.setattr(train_progress.time, "monotonic", lambda: times[-1])
    return times


def begun(progress: TrainProgress, clock: list[float]) -> Steps:
    steps = Steps(progress.show, dict.fromkeys(map(str, Step), 10.0), lambda: clock[-1])
    steps.plan(Step.FIT, 20)
    steps.begin(Step.FEATURES, 10)
    return steps


def test_a_line_says_which_step_and_how_long_the_rest_takes(clock: list[float]) -> None:
    with TrainProgress() as progress:
        steps = begun(progress, clock)
        assert step_line(steps) == "step 1 of 2, features: 0%; about 5 min left"
        clock.append(150.0)
        steps.advance(5)
        assert step_line(steps) == "step 1 of 2, features: 50%; about 4 min left"


def test_off_a_terminal_there_is_a_line_each_half_minute(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with TrainProgress() as progress:
        steps = begun(progress, clock)
        clock.append(129.0)
        steps.advance()
        assert capsys.readouterr().err == ""
        clock.append(150.0)
        steps.advance(4)
        assert capsys.readouterr().err == (
            "17% done: step 1 of 2, features: 50%; about 4 min left\n"
        )
        steps.advance()
        assert capsys.readouterr().err == ""


def test_quiet_shows_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with TrainProgress(quiet=True) as progress:
        steps = begun(progress, clock)
        clock.append(900.0)
        steps.advance()
    assert capsys.readouterr().err == ""
