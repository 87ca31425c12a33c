"""Progress of a run on standard error: a bar in a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from copydesk.terminal import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

LINE_SECONDS = 30.0
_Item = TypeVar("_Item")


class Progress:
    """Shows how far a run is.

    Parameters
    ----------
    total : int or None
        How many records there are, where that is known.
    n_before : int
        How many of them earlier runs have done.
    quiet : bool
        Whether to show nothing.
    doing : str
        What is done, beside the bar.
    """

    def __init__(
        self,
        total: int | None,
        n_before: int = 0,
        *,
        quiet: bool = False,
        doing: str = "labelling",
    ) -> None:
        self._doing = doing
        self._total = total
        self._n_before = self._n_done = n_before
        self._n_read = 0
        self._started = self._last = time.monotonic()
        self._is_quiet = quiet
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        if console.is_terminal and not self._is_quiet:
            self._bar = Progress(
                TextColumn(self._doing),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=console,
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=self._total, completed=self._n_done, rate="")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def reading(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Count items as they are read."""
        for item in items:
            self._n_read += 1
            self._show()
            yield item

    def set_total(self, n_items: int) -> None:
        """Say how many there are, once that is known."""
        if n_items != self._total:
            self._total = n_items
            if self._bar is not None:
                self._bar.update(self._task, total=n_items)

    def advance(self, n_items: int) -> None:
        """Count items that are done."""
        self._n_done += n_items
        self._show()

    def _show(self) -> None:
        now = time.monotonic()
        if self._bar is not None:
            rate = _rate(self._n_done - self._n_before, now - self._started)
            self._bar.update(self._task, completed=self._n_done, rate=rate)
        elif now - self._last >= LINE_SECONDS and not self._is_quiet:
            self._last = now
            say(self.line(now - self._started))

    def line(self, seconds: float) -> str:
        """Say in a line how far the run is after so many seconds."""
        n_new = self._n_done - self._n_before
        if n_new == 0:
            return f"{self._n_read:,} read, {self._n_done:,} done"
        parts = [f"{self._n_done:,} done", _rate(n_new, seconds)]
        if self._total:
            parts[0] = (
                f"{self._n_done:,} of {self._total:,} done ({self._n_done / self._total:.0%})"
            )
            parts.append(f"{in_words(seconds / n_new * (self._total - self._n_done))} left")
        return ", ".join(parts)


def _rate(n_items: int, seconds: float) -> str:
    return f"{n_items / seconds:,.1f} a second" if seconds > 0 and n_items else ""


def in_words(seconds: float) -> str:
    """Say how long something takes.

    Examples
    --------
    >>> in_words(42), in_words(4_000), in_words(200_000)
    ('42 s', '1 h 6 min', '2 d 8 h')
    """
    minutes, hours, days = seconds / 60, seconds / 3600, seconds / 86_400
    if minutes < 2:
        return f"{seconds:.0f} s"
    if hours < 1:
        return f"{minutes:.0f} min"
    if days < 1:
        return f"{int(hours)} h {int(minutes % 60)} min"
    return f"{int(days)} d {round(hours % 24)} h"
