"""A random sample of a stream, of a size given beforehand."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np

_Item = TypeVar("_Item")


class Sample(Generic[_Item]):
    """Keeps so many items of a stream, each as likely as any other (Vitter 1985, algorithm R).

    Parameters
    ----------
    size : int
        How many at most.
    random_state : int
        Seed of the choice.

    Examples
    --------
    >>> sample = Sample(2)
    >>> for item in "abc":
    ...     sample.add(item)
    >>> len(sample.items)
    2
    """

    def __init__(self, size: int, random_state: int = 0) -> None:
        self.items: list[_Item] = []
        self._size = size
        self._n_seen = 0
        self._rng = np.random.default_rng(random_state)

    def add(self, item: _Item) -> None:
        """Take the next item of the stream."""
        self._n_seen += 1
        if len(self.items) < self._size:
            self.items.append(item)
            return
        place = int(self._rng.integers(self._n_seen))
        if place < self._size:
            self.items[place] = item
