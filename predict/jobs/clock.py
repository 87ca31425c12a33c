"""How long the parts of a run take that are not a worker's."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")


class Clock:
    """Measures how long it takes to get items.

    Examples
    --------
    >>> clock = Clock()
    >>> list(clock.time("abc")), clock.seconds < 1
    (['a', 'b', 'c'], True)
    """

    def __init__(self) -> None:
        self.seconds = 0.0

    def time(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Give items; what is done between them is not counted."""
        waiting = iter(items)
        while True:
            started = time.perf_counter()
            try:
                item = next(waiting)
            except StopIteration:
                return
            finally:
                self.seconds += time.perf_counter() - started
            yield item
