"""A models folder: models that were promoted, which of them is current, and what it is held to."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from copydesk.errors import InvalidInput, InvalidModel
from copydesk.models.artifact import DEFAULT_MODEL, load_model
from copydesk.models.history import (
    Action,
    Entry,
    places,
    read_history,
    sync,
    write_history,
)
from copydesk.models.manifest_file import read_manifest
from copydesk.models.parts import MANIFEST, sha256_of

MODEL_VARIABLE = "COPYDESK_MODEL"
MODELS_VARIABLE = "COPYDESK_MODELS"
FLOORS = "floors.json"
GATE = "gate"
_KEPT = "kept"
_LOCK = "lock"
_DIGEST_CHARS = 8


class ModelsFolder:
    """A folder of models with a history.

    ``kept/`` has a copy of each model that was promoted, never changed again. ``history.json`` says
    what was done, and so which one is current; before the first promotion that is the released
    model. ``floors.json`` and ``gate/`` are yours: what a candidate is held to, and labelled
    corpora that it is measured on.

    Parameters
    ----------
    path : Path
        The folder; made by the first promotion.
    released : Path
        What is current before any promotion.
    """

    def __init__(self, path: Path, released: Path = DEFAULT_MODEL) -> None:
        self.path = path
        self._released = released

    def history(self) -> tuple[Entry, ...]:
        """Read what was done, in the order of time.

        Raises
        ------
        InvalidModel
            The record is damaged.
        """
        return read_history(self.path)

    def place(self) -> str | None:
        """Say which model is current: its place, or None for the released one."""
        return places(self.history())[-1]

    def current(self) -> Path:
        """Give the folder of the current model, which never changes: another will be another."""
        return self.folder_of(self.place())

    def folder_of(self, place: str | None) -> Path:
        """Give the folder of a model by its place."""
        return self._released if place is None else self.path / _KEPT / place

    def floors(self) -> Path:
        """Give where the least values of figures stand."""
        return self.path / FLOORS

    def gates(self) -> list[Path]:
        """Give the corpora that each candidate is measured on."""
        folder = self.path / GATE
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def keep(self, candidate: Path) -> str:
        """Copy a model into the folder; one that is there already stays as it is.

        Parameters
        ----------
        candidate : Path
            Folder of a model that can be loaded.

        Returns
        -------
        str
            Its place: its id and the beginning of its manifest's SHA-256.

        Raises
        ------
        InvalidModel
            It cannot be loaded, or the copy cannot.
        InvalidInput
            The folder cannot be written.
        """
        candidate = candidate.resolve()
        manifest = load_model(candidate).manifest
        place = place_of(candidate)
        target = self.path / _KEPT / place
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                aside = Path(tempfile.mkdtemp(prefix=".incoming-", dir=target.parent))
                try:
                    for name in (*manifest.files, MANIFEST):
                        shutil.copyfile(candidate / name, aside / name)
                        sync(aside / name)
                    aside.chmod(0o755)
                    sync(aside)
                    _rename(aside, target)
                finally:
                    shutil.rmtree(aside, ignore_errors=True)
                sync(target.parent)
        except OSError as error:
            raise InvalidInput(
                f"the models folder {self.path} cannot be written: {error.strerror}"
            ) from error
        load_model(target)
        return place

    def record(self, entry: Entry, expected: str | None) -> None:
        """Add to the record, which makes another model current or not, as the entry says.

        Parameters
        ----------
        entry : Entry
            What is done.
        expected : str or None
            Place of the model that was current when it was decided.

        Raises
        ------
        InvalidInput
            Another model has become current since.
        """
        with self._lock():
            entries = self.history()
            now = places(entries)[-1]
            if entry.action is not Action.REFUSED and now != expected:
                raise InvalidInput(
                    f"{now or 'the released model'} became current in {self.path} meanwhile: "
                    "nothing was changed; give the command again"
                )
            write_history(self.path, (*entries, entry))

    def roll_back(self, reason: str | None = None) -> Entry:
        """Make the model current again that was so before the current one.

        Parameters
        ----------
        reason : str, optional
            For the record.

        Returns
        -------
        Entry
            What was added to the record.

        Raises
        ------
        InvalidInput
            The released model is current.
        InvalidModel
            The model to go back to is damaged: nothing was changed.
        """
        found = places(self.history())
        if len(found) == 1:
            raise InvalidInput(
                f"there is nothing to go back to in {self.path}: the released model is current"
            )
        before, now = found[-2], found[-1]
        target = load_model(self.folder_of(before)).manifest.model_id
        # Whatever became of the current model: this is how to leave it.
        gone = next(e.model_id for e in reversed(self.history()) if e.place == now)
        entry = Entry(
            when=time_of_now(),
            action=Action.ROLLED_BACK,
            model_id=target,
            place=before,
            before=gone,
            said=f"{target} is current again, {gone} no longer",
            reason=reason,
        )
        self.record(entry, expected=now)
        return entry

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Wait until nobody else writes the record, and keep others waiting."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with (self.path / _LOCK).open("ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed, or the process ends
                yield
        except OSError as error:
            raise InvalidInput(
                f"the models folder {self.path} cannot be written: {error.strerror}"
            ) from error


def _rename(aside: Path, target: Path) -> None:
    """Let a copy take its name, unless another process's copy of the same model has it."""
    try:
        aside.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def place_of(model: Path) -> str:
    """Name a model for a models folder: by its id and all that its manifest has sums of."""
    model_id = re.sub(r"[^\w.-]", "_", read_manifest(model).model_id)
    return f"{model_id}-{sha256_of(model / MANIFEST)[:_DIGEST_CHARS]}"


def time_of_now() -> str:
    """Give the time as the record has it, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def find_model() -> Path:
    """Find the model to score with where none is named.

    Returns
    -------
    Path
        What ``COPYDESK_MODEL`` names; else the current model of the models folder that
        ``COPYDESK_MODELS`` names; else the released model.

    Raises
    ------
    InvalidModel
        There is no models folder where ``COPYDESK_MODELS`` says, or its record is damaged.
    """
    if chosen := os.environ.get(MODEL_VARIABLE):
        return Path(chosen)
    if not (folder := os.environ.get(MODELS_VARIABLE)):
        return DEFAULT_MODEL
    if not Path(folder).is_dir():
        raise InvalidModel(
            f"{MODELS_VARIABLE} is {folder}, which is no folder: make it, or unset the variable to "
            "score with the released model"
        )
    return ModelsFolder(Path(folder)).current()
