"""A job's folder: what it was asked, and what is done of it, each piece whole or not there."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from copydesk.errors import InvalidInput
from copydesk.predict.atomic import partial, writing
from copydesk.predict.jobs.chunk import Written
from copydesk.predict.jobs.identity import Identity, differences
from copydesk.predict.jobs.tally import Tally
from copydesk.predict.writers import Output

FORMAT = 1
_JOB = "job.json"
_RUN = "run.json"
_COMPLETE = "complete.json"
_CHUNKS = "chunks"
_PRINTS = "fingerprints"
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Run:
    """The last run that worked on a job.

    Parameters
    ----------
    started : float
        When, in seconds since 1970.
    n_before : int
        How many records were done by then.
    is_running : bool
        Whether it still works.
    """

    started: float
    n_before: int
    is_running: bool


class JobFolder:
    """A folder in which a job goes on where it stopped.

    ``job.json`` says what was asked. ``chunks/`` has a file for each chunk that is done: a line
    of counts, then a line for each verdict, reject and text. ``fingerprints/`` and
    ``sources.pool`` keep what finding sources needed. Each of these files is written aside, synced
    and renamed. ``documents/`` is there while a run lasts.

    Parameters
    ----------
    path : Path
        The folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def open(self, identity: Identity, count: Callable[[], int | None]) -> Iterator[None]:
        """Make the folder, or check that it is this job's; nobody else works on it meanwhile.

        Parameters
        ----------
        identity : mapping
            What is asked.
        count : callable
            Gives the number of records, where it can be known; called for a new job.

        Raises
        ------
        InvalidInput
            Another job is there, or another process works on this one.
        """
        ours = {_CHUNKS, _PRINTS, _LOCK, partial(Path(_JOB)).name}
        # A run that was killed while it made the folder has left some of it.
        found = {path.name for path in self.path.iterdir()} if self.path.is_dir() else set()
        if found - ours and _JOB not in found:
            raise InvalidInput(f"{self.path} is no job and not empty: name another folder")
        self._make_folders()
        with (self.path / _LOCK).open("w") as lock:
            if not _take(lock):
                raise InvalidInput(
                    f"{self.path} is being worked on by another process: wait for it, or stop it"
                )
            if not self._has(_JOB):
                self._write(_JOB, {"format": FORMAT, "n_records": count(), "identity": identity})
            self._check(identity)
            self._write(_RUN, {"started": time.time(), "n_before": self.n_done()})
            yield

    def _make_folders(self) -> None:
        try:
            for name in (_CHUNKS, _PRINTS):
                (self.path / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidInput(
                f"--job-dir {self.path} cannot be written: {error.strerror}"
            ) from error

    def _has(self, name: str) -> bool:
        return (self.path / name).exists()

    def _check(self, identity: Identity) -> None:
        job = self._read(_JOB)
        if job.get("format") != FORMAT:
            raise InvalidInput(f"{self.path} has format {job.get('format')}, expected {FORMAT}")
        found = list(differences(job["identity"], identity))
        if found:
            raise InvalidInput(
                f"{self.path} holds another job: {'; '.join(found)}. Name another --job-dir, or "
                "give again what this job was begun with"
            )

    def _read(self, name: str) -> dict[str, Any]:
        path = self.path / name
        try:
            content = json.loads(path.read_bytes())
        except FileNotFoundError:
            raise InvalidInput(f"{self.path} is no job: it has no {name}") from None
        except ValueError as error:
            raise InvalidInput(f"{path} is damaged ({error}): name another --job-dir") from error
        if not isinstance(content, dict):
            raise InvalidInput(f"{path} is damaged: name another --job-dir")
        return content

    def _write(self, name: str, content: Mapping[str, object]) -> None:
        with writing(self.path / name) as stream:
            stream.write(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")

    @property
    def n_records(self) -> int | None:
        """How many records the input has; None where that is not known."""
        n_records = self._read(_JOB)["n_records"]
        return None if n_records is None else int(n_records)

    def last_run(self) -> Run:
        """Give the last run."""
        run = self._read(_RUN)
        with (self.path / _LOCK).open("a") as lock:
            is_running = not _take(lock)
        return Run(float(run["started"]), int(run["n_before"]), is_running)

    def is_done(self, number: int) -> bool:
        """Say whether a chunk is done."""
        return self._chunk(number).exists()

    def done(self) -> Iterator[Tally]:
        """Give what came of each chunk that is done."""
        for path in sorted((self.path / _CHUNKS).glob("*.jsonl")):
            yield Tally.from_dict(_header(path))

    def n_done(self) -> int:
        """How many records are done."""
        return sum(tally.n_labelled + tally.n_rejected for tally in self.done())

    def save(self, written: Written) -> None:
        """Keep what came of a chunk."""
        header = {
            "n_labelled": len(written.labelled),
            "n_rejected": len(written.rejected),
            "n_texts": len(written.texts),
            **written.tally.to_dict(),
        }
        with writing(self._chunk(written.number)) as stream:
            lines = (json.dumps(header), *written.labelled, *written.rejected, *written.texts)
            stream.writelines(line.encode() + b"\n" for line in lines)

    def _chunk(self, number: int) -> Path:
        return self.path / _CHUNKS / f"{number:08}.jsonl"

    def prints_path(self, number: int) -> Path:
        """Where the fingerprints of a chunk's articles are."""
        return self.path / _PRINTS / f"{number:08}.msgpack"

    @property
    def n_chunks(self) -> int | None:
        """How many chunks there are, once all are done; None before."""
        return int(self._read(_COMPLETE)["n_chunks"]) if self._has(_COMPLETE) else None

    def finish(self, n_chunks: int) -> None:
        """Keep that all chunks are done."""
        self._write(_COMPLETE, {"n_chunks": n_chunks})

    def merge(self, output: Output) -> None:
        """Put what came of all chunks together, in the order of the input.

        Raises
        ------
        InvalidInput
            A chunk's file is damaged.
        """
        for number in range(self.n_chunks or 0):
            path = self._chunk(number)
            header = _header(path)
            with path.open(encoding="utf-8", newline="\n") as lines:
                next(lines)
                writers = (
                    ("n_labelled", output.write_line),
                    ("n_rejected", output.reject_line),
                    ("n_texts", output.text_line),
                )
                for name, write in writers:
                    for _ in range(int(header[name])):
                        line = next(lines, "")
                        if not line.endswith("\n"):
                            raise InvalidInput(_damaged(path))
                        write(line[:-1])


def _header(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as lines:
            header = json.loads(next(lines, b""))
    except (OSError, ValueError) as error:
        raise InvalidInput(_damaged(path)) from error
    if not isinstance(header, dict):
        raise InvalidInput(_damaged(path))
    return header


def _damaged(path: Path) -> str:
    return f"{path} is damaged: delete it and complete.json, and the same command makes it again"


def _take(lock: TextIO) -> bool:
    """Take a lock, if nobody has it; the system gives it back when the process ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
