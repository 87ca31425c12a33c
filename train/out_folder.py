"""The folder of a new model: never over another, and there only when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.errors import InvalidInput


def check_out(out: Path) -> None:
    """Refuse a folder that has something in it.

    Raises
    ------
    InvalidInput
        It is there and not empty, or no folder.
    """
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists() or out.is_symlink():
        raise InvalidInput(
            f"{out} is there already: a model is never written over; name a new folder"
        )


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """Give a folder to write to, which takes its name when everything is written.

    Parameters
    ----------
    out : Path
        As ``check_out`` lets it pass.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with new_folder(Path(folder) / "model") as aside:
    ...         _ = (aside / "a").write_text("whole")
    ...     (Path(folder) / "model" / "a").read_text()
    'whole'
    """
    aside = out.with_name(f".{out.name}.{os.getpid()}.partial")
    aside.mkdir(parents=True)
    try:
        yield aside
        check_out(out)
        aside.replace(out)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
