"""The vector index: exact on few vectors."""

import numpy as np
import pytest

from copydesk.seeds.search.vectors import VectorIndex


def test_nothing_is_near_in_an_empty_index() -> None:
    keys, similarities = VectorIndex(2).search(np.array([127, 0], np.int8), 3)
    assert (len(keys), len(similarities)) == (0, 0)


def test_the_nearest_by_hand() -> None:
    index = VectorIndex(2)
    index.add(np.array([3, 9]), np.array([[127, 0], [95, 127]], np.int8))
    keys, similarities = index.search(np.array([127, 0], np.int8), 5)
    assert keys.tolist() == [3, 9]
    assert similarities.tolist() == pytest.approx([1.0, 95 / np.hypot(95, 127)], abs=1e-4)
