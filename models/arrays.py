"""Arrays of a frozen dataclass, in and out of an ``.npz`` file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import numpy as np

_Record = TypeVar("_Record")


def arrays_of(record: Any) -> dict[str, Any]:
    """Give a dataclass's arrays by the names of its fields, ``outer.inner`` where nested."""
    arrays: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if is_dataclass(value):
            arrays |= {f"{field.name}.{name}": array for name, array in arrays_of(value).items()}
        else:
            arrays[field.name] = value
    return arrays


def save_arrays(record: Any, path: Path) -> None:
    """Write a dataclass's arrays to an ``.npz`` file."""
    np.savez_compressed(path, **arrays_of(record))


def load_arrays(kind: type[_Record], path: Path) -> _Record:
    """Make a dataclass of the arrays in a file; nothing in it is ever executed.

    Raises
    ------
    ValueError, KeyError, OSError
        The file is damaged.
    """
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        record: _Record = _build(kind, arrays, "")
    return record


def _build(kind: Any, arrays: Mapping[str, Any], prefix: str) -> Any:
    return kind(
        **{
            name: _build(of_kind, arrays, f"{prefix}{name}.")
            if is_dataclass(of_kind)
            else arrays[prefix + name]
            for name, of_kind in get_type_hints(kind).items()
        }
    )
