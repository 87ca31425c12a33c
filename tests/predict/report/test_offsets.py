"""Offsets as a browser counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.predict.report.offsets import Utf16Offsets


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [("abc", 2, 2), ("a😀b", 1, 1), ("a😀b", 2, 3), ("😀😀", 2, 4), ("é\u200fא", 3, 3)],
)
def test_characters_beyond_the_first_plane_count_twice(
    text: str, offset: int, expected: int
) -> None:
    assert Utf16Offsets(text)(offset) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_it_is_what_utf16_says(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert Utf16Offsets(text)(offset) == len(text[:offset].encode("utf-16-le")) // 2
