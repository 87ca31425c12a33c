"""Progress of training: a bar in a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from copydesk import progress
from copydesk.progress import in_words
from copydesk.terminal import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from copydesk.train.steps import Steps


class TrainProgress:
    """Shows which step training is at, how much of it is done, and about how long the rest takes.

    Parameters
    ----------
    quiet : bool
        Whether to show nothing.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._is_quiet = quiet
        self._last = time.monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        console = Console(stderr=True)
        if console.is_terminal and not self._is_quiet:
            self._bar = Progress(
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.description}"),
                console=console,
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=1.0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, steps: Steps) -> None:
        """Show how far training is."""
        now = time.monotonic()
        if self._bar is not None:
            self._bar.update(self._task, completed=steps.share, description=step_line(steps))
        elif now - self._last >= progress.LINE_SECONDS and not self._is_quiet:
            self._last = now
            say(f"{steps.share:.0%} done: {step_line(steps)}")


def step_line(steps: Steps) -> str:
    """Say which step it is, how much of it is done, and about how long the rest takes."""
    number, n_steps = steps.place
    left = in_words(steps.seconds_left)
    return (
        f"step {number} of {n_steps}, {steps.current}: {steps.share_of_step:.0%}; about {left} left"
    )
