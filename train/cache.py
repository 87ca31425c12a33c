"""A cache of what takes long to make, keyed by what it is made of and by the code that makes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path

import numpy as np

from copydesk.features import StyleModel
from copydesk.models.arrays import load_arrays, save_arrays
from copydesk.train.dataset import Dataset
from copydesk.train.style import StyleModels

_RELEASED, _FOLD, _WITHOUT, _FOLDS = "released", "fold-", "without-", "folds.json"


def _named(styles: StyleModels) -> Iterator[tuple[str, StyleModel]]:
    yield _RELEASED, styles.released
    for i, model in enumerate(styles.folds):
        yield f"{_FOLD}{i}", model
    for dataset, model in (styles.without or {}).items():
        yield f"{_WITHOUT}{dataset}", model


class Cache:
    """A folder of results by key; without a folder everything is made anew.

    Parameters
    ----------
    folder : Path, optional
        Made where it is missing. Results of other inputs and of older code stay beside the new.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def dataset(self, key: str, make: Callable[[], Dataset]) -> Dataset:
        """Give the feature rows under a key; make and keep them where they are missing."""
        if self._folder is None:
            return make()
        path = self._folder / f"rows-{key}.npz"
        names = [field.name for field in fields(Dataset)]
        if path.exists():
            with np.load(path) as arrays:
                return Dataset(**{name: arrays[name] for name in names})
        dataset = make()
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial.npz")
        np.savez_compressed(partial, **{name: getattr(dataset, name) for name in names})
        partial.replace(path)
        return dataset

    def styles(self, key: str, make: Callable[[], StyleModels]) -> StyleModels:
        """Give the style models under a key; make and keep them where they are missing."""
        folder = self.place("style", key)
        if folder is None:
            return make()
        if not folder.exists():
            styles = make()
            partial = folder.with_name(f"{folder.name}.partial")
            partial.mkdir(parents=True, exist_ok=True)
            for name, model in _named(styles):
                save_arrays(model, partial / f"{name}.npz")
            (partial / _FOLDS).write_text(json.dumps(dict(styles.fold_of or {})))
            partial.replace(folder)
        models = {path.stem: load_arrays(StyleModel, path) for path in folder.glob("*.npz")}
        return StyleModels(
            models[_RELEASED],
            tuple(models[name] for name in sorted(models) if name.startswith(_FOLD)),
            json.loads((folder / _FOLDS).read_text()),
            {n.removeprefix(_WITHOUT): m for n, m in models.items() if n.startswith(_WITHOUT)},
        )

    def place(self, name: str, key: str) -> Path | None:
        """Give the folder of a result under a key, there or not; None without a cache."""
        return None if self._folder is None else self._folder / f"{name}-{key}"


def digest(*parts: object) -> str:
    """Give the beginning of a SHA-256 over parts, each by its ``repr`` or its bytes.

    Examples
    --------
    >>> digest("a", 1) == digest("a", 1) != digest("a1")
    True
    """
    sha256 = hashlib.sha256()
    for part in parts:
        encoded = part if isinstance(part, bytes) else repr(part).encode()
        sha256.update(len(encoded).to_bytes(8) + encoded)
    return sha256.hexdigest()[:20]


@cache
def code_digest(*modules: str) -> str:
    """Give a digest of the files of modules and packages of copydesk, all below these included.

    Examples
    --------
    >>> code_digest("features", "train.pairs") != code_digest("features")
    True
    """
    parts: list[object] = []
    for module in modules:
        file = import_module(f"copydesk.{module}").__file__
        assert file is not None
        for path in _files(Path(file)):
            parts += [module, path.relative_to(Path(file).parent).as_posix(), path.read_bytes()]
    return digest(*parts)


def _files(module: Path) -> Iterable[Path]:
    if module.name != "__init__.py":
        return [module]
    return sorted(
        path
        for path in module.parent.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    )
