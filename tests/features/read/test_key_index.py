"""Finding keys: as a dictionary of them would, wherever they lie."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.key_index import KeyIndex

MOST = 2**32 - 1
KEYS = st.lists(st.integers(0, MOST) | st.integers(0, 9) | st.integers(MOST - 9, MOST), max_size=50)


@given(KEYS, KEYS)
def test_each_key_is_found_where_it_stands_and_no_other(known: list[int], asked: list[int]) -> None:
    keys = sorted(set(known))
    wanted = [*known, *asked]
    places, is_there = KeyIndex(np.array(keys, np.uint32)).find(np.array(wanted, np.uint32))
    assert is_there.tolist() == [key in keys for key in wanted]
    assert places.tolist() == [keys.index(key) if key in keys else 0 for key in wanted]


@pytest.mark.parametrize("dtype", [np.uint32, np.uint64])
def test_keys_of_either_width(dtype: type[np.uint32] | type[np.uint64]) -> None:
    rng = np.random.default_rng(0)
    keys = np.unique(rng.integers(0, np.iinfo(dtype).max, 5_000, dtype, endpoint=True))
    places, is_there = KeyIndex(keys).find(keys[::-1])
    assert is_there.all()
    assert places.tolist() == list(range(len(keys)))[::-1]


def test_pickled_beside_its_keys_it_takes_no_room_of_its_own() -> None:
    keys = np.arange(0, MOST, 1_000_003, dtype=np.uint32)
    alone = len(pickle.dumps(keys, pickle.HIGHEST_PROTOCOL))
    together = pickle.dumps((keys, KeyIndex(keys)), pickle.HIGHEST_PROTOCOL)
    assert len(together) < alone + 200
    _, index = pickle.loads(together)
    assert index.find(keys[5:7])[0].tolist() == [5, 6]
