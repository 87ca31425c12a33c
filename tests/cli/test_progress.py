"""Progress: a line now and then, with a rate and the time that is left."""

from collections import Counter

import pytest

from copydesk import progress as progress_module
from copydesk.predict.jobs.tally import Tally
from copydesk.progress import Progress, in_words
from copydesk.run_summary import speed_line, summary_lines


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time: its last item."""
    times = [100.0]
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: times[-1])
    return times


def test_off_a_terminal_there_is_a_line_each_half_minute(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with Progress(total=4000, n_before=1000) as shown:
        assert list(shown.reading("ab")) == ["a", "b"]
        clock.append(129.0)
        shown.advance(100)
        assert capsys.readouterr().err == ""
        clock.append(130.0)
        shown.advance(500)
        assert capsys.readouterr().err == "1,600 of 4,000 done (40%), 20.0 a second, 2 min left\n"
        clock.append(150.0)
        shown.advance(1)
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("total", "n_before", "n_done", "line"),
    [
        (None, 0, 0, "2 read, 0 done"),
        (10, 5, 0, "2 read, 5 done"),
        (None, 0, 50, "50 done, 5.0 a second"),
        (100, 50, 25, "75 of 100 done (75%), 2.5 a second, 10 s left"),
    ],
)
def test_a_line_says_what_is_known(
    total: int | None, n_before: int, n_done: int, line: str
) -> None:
    with Progress(total, n_before) as shown:
        list(shown.reading("ab"))
        shown.advance(n_done)
        assert shown.line(10.0) == line


def test_how_many_there_are_may_be_known_later() -> None:
    with Progress(None) as shown:
        shown.set_total(100)
        shown.advance(25)
        assert shown.line(5.0) == "25 of 100 done (25%), 5.0 a second, 15 s left"


def test_quiet_shows_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(10, quiet=True) as shown:
        clock.append(1000.0)
        shown.advance(5)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (119, "119 s"), (150, "2 min"), (7260, "2 h 1 min"), (90_000, "1 d 1 h")],
)
def test_times_are_said_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_a_summary_says_what_came_of_a_run() -> None:
    tally = Tally(
        Counter(spun=3, original=1),
        2,
        1,
        Counter({f"reason {i}": i for i in range(1, 8)}),
        {"judging": 3.0, "reading": 1.0},
    )
    assert list(summary_lines(tally, "out.rejected.jsonl")) == [
        "4 labelled, 28 rejected, reasons in out.rejected.jsonl",
        "1 original, 0 edited_wire, 3 spun; 2 unsure, 1 without source",
        *(f"{i} rejected: reason {i}" for i in (7, 6, 5, 4, 3)),
        "3 rejected for other reasons",
    ]
    assert speed_line(tally, 8.0) == "4.0 articles a second; slowest part: judging (75%)"


def test_nothing_labelled_is_summed_up_too() -> None:
    assert list(summary_lines(Tally(), "")) == ["0 labelled, 0 rejected"]
    assert speed_line(Tally(), 1.0) == "0.0 articles a second"
