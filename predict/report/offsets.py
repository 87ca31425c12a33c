"""Offsets as a browser counts them: in UTF-16 code units, not in characters."""

from __future__ import annotations

from bisect import bisect_left


class Utf16Offsets:
    """Turns character offsets into a text into a browser's.

    Parameters
    ----------
    text : str
        The text that they are offsets into.

    Examples
    --------
    >>> Utf16Offsets("a😀b")(2)
    3
    """

    def __init__(self, text: str) -> None:
        # Each character beyond the first plane counts twice.
        self._wide = [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]

    def __call__(self, offset: int) -> int:
        """Give an offset in UTF-16 code units."""
        return offset + bisect_left(self._wide, offset)
