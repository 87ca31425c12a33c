"""What is written to: refused before the work where it cannot be, not after it."""

from __future__ import annotations

import os
from pathlib import Path

from copydesk.errors import InvalidInput


def check_target(path: Path, option: str = "--out") -> None:
    """Refuse a file or folder that cannot be written.

    Raises
    ------
    InvalidInput
        The nearest folder above it that is there is none, or may not be written.
    """
    ancestor = next(parent for parent in path.absolute().parents if parent.exists())
    if not (ancestor.is_dir() and os.access(ancestor, os.W_OK)):
        raise InvalidInput(f"{option} {path} cannot be written: {ancestor} is no writable folder")
