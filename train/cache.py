"""A cache of what takes long to make, keyed by what it is made of and by the code that makes it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from copydesk.features import StyleModel
from copydesk.models.arrays import load_arrays, save_arrays
from copydesk.models.estimator import LinearAndTreesClassifier
from copydesk.models.estimator_file import dump_estimators, load_estimator_file
from copydesk.train.dataset import Dataset
from copydesk.train.row_cache import RowCache
from copydesk.train.style import StyleModels

CACHE_VARIABLE = "COPYDESK_CACHE"
# What is kept beside feature rows, which have a limit of their own.
LIMIT_BYTES = 2_000_000_000
_ROWS = "pairs.sqlite"
_ESTIMATOR, _FITTED = "estimator.skops", "fitted"
_RELEASED, _FOLD, _WITHOUT, _FOLDS = "released", "fold-", "without-", "folds.json"


def _named(styles: StyleModels) -> Iterator[tuple[str, StyleModel]]:
    yield _RELEASED, styles.released
    for i, model in enumerate(styles.folds):
        yield f"{_FOLD}{i}", model
    for dataset, model in (styles.without or {}).items():
        yield f"{_WITHOUT}{dataset}", model


def default_cache() -> Path:
    """Give the folder that ``copydesk train`` caches in, where none is named.

    ``COPYDESK_CACHE``, or ``copydesk`` below ``XDG_CACHE_HOME``, or below ``~/.cache``.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "copydesk"


def _load(path: Path) -> dict[str, NDArray[Any]] | None:
    """Load arrays that are kept; None where there are none, or they are damaged."""
    try:
        with np.load(path) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        os.utime(path)
    except (OSError, ValueError, BadZipFile):
        return None
    return found


def _save(path: Path, arrays: Mapping[str, Any]) -> None:
    """Keep arrays; whoever reads them at this moment finds all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial.npz")
    np.savez_compressed(partial, **dict(arrays))
    partial.replace(path)


class Cache:
    """A folder of results by key; without a folder everything is made anew.

    Parameters
    ----------
    folder : Path, optional
        Made where it is missing. Results of other inputs and of older code stay beside the new,
        until ``prune`` finds them too many.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def dataset(self, key: str, make: Callable[[], Dataset]) -> Dataset:
        """Give the feature rows under a key; make and keep them where they are missing."""
        if self._folder is None:
            return make()
        path = self._folder / f"rows-{key}.npz"
        names = [field.name for field in fields(Dataset)]
        kept = _load(path)
        if kept is not None:
            return Dataset(**{name: kept[name] for name in names})
        dataset = make()
        _save(path, {name: getattr(dataset, name) for name in names})
        return dataset

    def log_odds(self, key: str) -> NDArray[np.float64] | None:
        """Give log-odds kept under a key; None where there are none."""
        path = self.place("fold", key)
        kept = None if path is None else _load(path.with_suffix(".npz"))
        return None if kept is None else kept["log_odds"]

    def keep_log_odds(self, key: str, log_odds: NDArray[np.float64]) -> None:
        """Keep log-odds under a key."""
        path = self.place("fold", key)
        if path is not None:
            _save(path.with_suffix(".npz"), {"log_odds": log_odds})

    def estimator(self, key: str) -> LinearAndTreesClassifier | None:
        """Give the estimator kept under a key; None where there is none."""
        path = self.place("fitted", key)
        if path is None or not (path / _ESTIMATOR).exists():
            return None
        os.utime(path)
        return load_estimator_file(path / _ESTIMATOR)[_FITTED]

    def keep_estimator(self, key: str, estimator: LinearAndTreesClassifier) -> None:
        """Keep a fitted estimator under a key."""
        path = self.place("fitted", key)
        if path is not None:
            path.mkdir(parents=True, exist_ok=True)
            partial = path / f"{os.getpid()}.partial"
            dump_estimators({_FITTED: estimator}, partial)
            partial.replace(path / _ESTIMATOR)

    @property
    def rows(self) -> RowCache | None:
        """Where feature rows of single pairs are kept; None without a cache."""
        return None if self._folder is None else RowCache(self._folder / _ROWS)

    def prune(self, limit_bytes: int) -> None:
        """Let go of what was not used for the longest, until the rest is within a limit."""
        if self._folder is None or not self._folder.is_dir():
            return
        entries = [path for path in self._folder.iterdir() if path.name != _ROWS]
        entries.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        total = 0
        for path in entries:
            total += sum(file.stat().st_size for file in (path, *path.rglob("*")))
            if total > limit_bytes:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

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
