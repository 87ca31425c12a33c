"""The design matrix by hand."""

import numpy as np

from copydesk.models.design import CLIP, design_matrix, lacks_source

NAN = np.nan
NEEDS_SOURCE = np.array([True, False, True])
MEAN = np.array([1.0, 2.0, 0.0])
SCALE = np.array([2.0, 0.5, 1.0])


def test_by_hand() -> None:
    X = np.array([[3.0, 2.5, NAN], [NAN, 1.0, NAN], [NAN, NAN, 2.0]])
    expected = [
        # three features, no source, the article feature where there is no source
        [1.0, 1.0, 0.0, 0.0, 0.0],
        [0.0, -2.0, 0.0, 1.0, -2.0],
        [0.0, 0.0, 2.0, 0.0, 0.0],
    ]
    np.testing.assert_array_equal(design_matrix(X, MEAN, SCALE, NEEDS_SOURCE), expected)


def test_far_values_are_clipped() -> None:
    X = np.array([[1e9, -1e9, 4.5], [NAN, 1e9, NAN]])
    expected = [[CLIP, -CLIP, CLIP, 0.0, 0.0], [0.0, CLIP, 0.0, 1.0, CLIP]]
    np.testing.assert_array_equal(design_matrix(X, MEAN, SCALE, NEEDS_SOURCE), expected)


def test_one_source_feature_is_a_source() -> None:
    X = np.array([[NAN, NAN, 0.0], [NAN, 5.0, NAN], [1.0, NAN, 1.0]])
    assert lacks_source(X, NEEDS_SOURCE).tolist() == [False, True, False]


def test_rows_are_not_changed() -> None:
    X = np.array([[NAN, 1.0, 2.0]])
    design_matrix(X, MEAN, SCALE, NEEDS_SOURCE)
    np.testing.assert_array_equal(X, [[NAN, 1.0, 2.0]])
