"""The file of a store's vector index: written whole, checked when opened."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import InvalidStore
from copydesk.seeds.search.vectors import Keys, VectorIndex, new_index, search_effort

_STATE = "index.json"
_LOCK = "index.lock"


@dataclass(frozen=True, slots=True)
class IndexState:
    """Which file holds the index and what is in it; written after the file itself.

    Parameters
    ----------
    file : str
        Name beside this record.
    through : int
        The index was made of all vectors with keys up to this.
    n_vectors : int
        How many those were.
    sha256 : str
        Of the file.
    """

    file: str
    through: int
    n_vectors: int
    sha256: str


class IndexFile:
    """The index of a folder: written whole, checked when opened.

    Parameters
    ----------
    folder : Path
        Where it lies, beside the articles.
    dimension : int
        Of the vectors.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Wait until nobody else writes the index, and keep others waiting."""
        with (self._folder / _LOCK).open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed, or the process ends
            yield

    def record(self) -> bytes:
        """Give the record beside the file as it stands; nothing where there is none."""
        try:
            return (self._folder / _STATE).read_bytes()
        except OSError:
            return b""

    def read_state(self) -> IndexState | None:
        """Say what the file holds; None where there is none.

        Raises
        ------
        InvalidStore
            The file is damaged or half there.
        """
        path = self._folder / _STATE
        try:
            state = IndexState(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as error:
            raise InvalidStore(f"{path} is damaged: {error}") from error
        try:
            with (self._folder / state.file).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise InvalidStore(
                f"{self._folder / state.file} cannot be read: {error.strerror}"
            ) from error
        if digest != state.sha256:
            raise InvalidStore(
                f"{self._folder / state.file} is damaged: its SHA-256 is {digest[:12]}…, "
                f"expected {state.sha256[:12]}…"
            )
        return state

    def open(self, state: IndexState | None) -> VectorIndex:
        """Map the file that ``state`` names into memory; without one, begin empty.

        Raises
        ------
        InvalidStore
            The file is of another version of usearch, or has other vectors.
        """
        if state is None:
            return VectorIndex(self._dimension)
        path = self._folder / state.file
        mapped = new_index(self._dimension)
        try:
            mapped.view(str(path))
        except RuntimeError as error:
            raise InvalidStore(f"{path} is no index of this usearch: {error}") from error
        if mapped.ndim != self._dimension or len(mapped) != state.n_vectors:
            raise InvalidStore(
                f"{path} has {len(mapped)} vectors of {mapped.ndim} components, expected "
                f"{state.n_vectors} of {self._dimension}"
            )
        mapped.expansion_search = search_effort(state.n_vectors)
        return VectorIndex(self._dimension, mapped)

    def extend(
        self,
        state: IndexState | None,
        batches: Iterable[tuple[Keys, NDArray[np.int8]]],
        through: int,
    ) -> IndexState:
        """Write a new file, inside of ``writing``: what ``state`` names, and more.

        Parameters
        ----------
        state : IndexState or None
            What to begin with.
        batches : iterable of (keys, vectors)
            What to add.
        through : int
            The highest key then in it.

        Raises
        ------
        OSError
            The folder cannot be written or the disk is full; the old file stays.
        """
        index = new_index(self._dimension)
        if state is not None:
            index.load(str(self._folder / state.file))
        for keys, vectors in batches:
            index.add(keys, vectors, threads=1)
        partial = self._folder / "index.partial"
        try:
            try:
                index.save(str(partial))
            except RuntimeError as error:  # what usearch raises where it cannot write
                raise OSError(str(error)) from error
            with partial.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            new = IndexState(f"vectors-{through}.usearch", through, len(index), digest)
            partial.replace(self._folder / new.file)
            partial.write_text(json.dumps(asdict(new)) + "\n", encoding="utf-8")
            partial.replace(self._folder / _STATE)
        finally:
            partial.unlink(missing_ok=True)
        # Readers that mapped an older file keep it until they are done.
        for old in self._folder.glob("vectors-*.usearch"):
            if old.name != new.file:
                old.unlink(missing_ok=True)
        return new
