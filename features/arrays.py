"""Arrays of a frozen dataclass, in and out of an ``.npz`` file."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

_Record = TypeVar("_Record")


def arrays_of(record: Any) -> dict[str, Any]:
    """Give a dataclass's arrays by the names of its fields."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def load_arrays(kind: type[_Record], path: Path) -> _Record:
    """Make a dataclass of the arrays in a file; nothing in it is ever executed.

    Raises
    ------
    ValueError, KeyError, OSError
        The file is damaged.
    """
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return kind(**{field.name: arrays[field.name] for field in fields(kind)})  # type: ignore[arg-type]
