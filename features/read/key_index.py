"""Finding keys among a hundred thousand sorted ones, many at a time."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_Key = TypeVar("_Key", bound=np.unsignedinteger[Any])


class KeyIndex(Generic[_Key]):
    """Sorted keys, found by their leading bits: few steps, and those of all keys side by side.

    Parameters
    ----------
    keys : ndarray of unsigned integers, shape (n_keys,)
        Sorted, each once, spread evenly as hashes are.

    Examples
    --------
    >>> index = KeyIndex(np.array([3, 1 << 31], np.uint32))
    >>> places, is_there = index.find(np.array([1 << 31, 4], np.uint32))
    >>> places.tolist(), is_there.tolist()
    ([1, 0], [True, False])
    """

    def __init__(self, keys: NDArray[_Key]) -> None:
        self._made_of = keys
        n_bits = 8 * keys.itemsize
        n_leading = max(len(keys).bit_length() - 1, 1)
        self._shift = keys.dtype.type(n_bits - n_leading)
        leading = (keys >> self._shift).astype(np.intp)
        n_each = np.bincount(leading, minlength=1 << n_leading)
        self._first = (np.cumsum(n_each) - n_each).astype(np.int32)
        self._n_steps = int(n_each.max())
        self._n_keys = len(keys)
        # No key looked for is above the one behind the last.
        self._keys = np.append(keys, np.iinfo(keys.dtype).max)

    def __reduce__(self) -> tuple[type[KeyIndex[_Key]], tuple[NDArray[_Key]]]:
        return type(self), (self._made_of,)  # whoever pickles it has the keys too, mostly

    def find(self, wanted: NDArray[_Key]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Give the place of each key wanted, 0 for one that is not there, and say which are there.

        Parameters
        ----------
        wanted : ndarray of unsigned integers, shape (n_wanted,)
            Of the type of the keys.
        """
        places = self._first.take(wanted >> self._shift).astype(np.intp)
        for _ in range(self._n_steps):
            places += self._keys.take(places) < wanted
        is_there = (self._keys.take(places) == wanted) & (places < self._n_keys)
        places[~is_there] = 0
        return places, is_there
