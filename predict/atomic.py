"""Files that are whole or not there at all, whenever the power goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def partial(path: Path) -> Path:
    """Give where a file is written until it is whole."""
    return path.with_name(f"{path.name}.partial")


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Write a file aside; it is synced and takes its name when all of it is written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with writing(Path(folder) / "a.txt") as stream:
    ...         _ = stream.write(b"whole")
    ...     (Path(folder) / "a.txt").read_bytes()
    b'whole'
    """
    aside = partial(path)
    stream = aside.open("wb")
    try:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
        stream.close()
        aside.replace(path)
    except BaseException:
        with suppress(OSError):  # of what is to be thrown away
            stream.close()
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
