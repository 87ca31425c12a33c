"""Typing errors, told from other words."""

import pytest

from copydesk.features.compare.typing_errors import is_typing_error


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("recieve", "receive", True),
        ("everone", "everyone", True),
        ("restart", "restarts", False),
        ("nobody", "somebody", False),
        ("lost", "loss", False),
        ("fact", "act", False),
    ],
)
def test_typing_errors(one: str, other: str, expected: bool) -> None:
    assert is_typing_error(one, other) is is_typing_error(other, one) is expected
