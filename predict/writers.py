"""Writers: verdicts to JSON Lines, CSV or Parquet, rejects beside them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol, Self, TextIO

from copydesk.errors import InvalidInput
from copydesk.predict.atomic import partial, sync_folder
from copydesk.predict.fields import FIELDS, verdict_record
from copydesk.predict.tables import CsvWriter, ParquetWriter
from copydesk.terminal import json_line
from copydesk.types import Rejected, Verdict

__all__ = ["FIELDS", "Output", "Writer", "verdict_record"]

_SUFFIXES = (".jsonl", ".csv", ".parquet")
_STREAMS = {"-", "/dev/stdout", "/dev/stderr"}
_NOTHING: Mapping[str, Any] = {}


class Writer(Protocol):
    """What verdicts are written to."""

    def write(self, line: str) -> None:
        """Write one output record, given as a line of JSON."""
        ...

    def close(self) -> None:
        """Write what is pending."""
        ...


class _JsonLines:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> None:
        self._stream.write(line + "\n")

    def close(self) -> None:
        self._stream.flush()


class Output:
    """Where the verdicts and rejects of a run go; counts them.

    Verdicts go to the target, rejects to ``<out>.rejected.jsonl``, texts to a file of their own.
    All are written to files beside them that take their names when everything is written and
    synced, the target last, so that a target is never half a result and never lies beside the
    rejects of another run. Where verdicts go to a stream, rejects go to standard error.

    Parameters
    ----------
    out : str
        A file ending in ``.jsonl``, ``.csv`` or ``.parquet``; ``-`` is standard output.
    kept : sequence of str
        Fields of the input that follow those of the verdict.
    texts : str, optional
        A file for the texts that offsets refer to, as JSON Lines of ``id`` and ``text``.
    """

    def __init__(self, out: str, kept: Sequence[str] = (), texts: str | None = None) -> None:
        self.n_labelled = 0
        self.n_rejected = 0
        self._kept = tuple(kept)
        self._files: dict[Path, TextIO] = {}
        self._path = None if out in _STREAMS else Path(out)
        self._texts = None if texts is None else Path(texts)
        if self._texts is not None and self._texts.suffix != ".jsonl":
            raise InvalidInput(f"--texts {texts} is of no kind that is written; expected .jsonl")
        if self._path is not None and self._path.suffix not in _SUFFIXES:
            expected = ", ".join(_SUFFIXES)
            raise InvalidInput(f"--out {out} is of no kind that is written; expected {expected}")
        if self._texts is not None:
            self._prepare("--texts", self._texts)
            self._open(self._texts)
        if self._path is None:
            self._writer: Writer = _JsonLines(sys.stderr if out == "/dev/stderr" else sys.stdout)
            return
        self._prepare("--out", self._path)
        self._writer = self._open_target(self._path)

    @staticmethod
    def _prepare(option: str, path: Path) -> None:
        """Make a target's folder; refuse what cannot be written before any work is done."""
        if path.is_dir():
            raise InvalidInput(f"{option} {path} cannot be written: it is a folder")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial(path).open("w").close()
        except OSError as error:
            raise InvalidInput(f"{option} {path} cannot be written: {error.strerror}") from error

    def _open_target(self, path: Path) -> Writer:
        if path.suffix == ".parquet":
            return ParquetWriter(partial(path), self._kept)
        if path.suffix == ".csv":
            return CsvWriter(self._open(path, newline=""), self._kept)
        return _JsonLines(self._open(path))

    def _open(self, path: Path, newline: str | None = None) -> TextIO:
        stream = partial(path).open("w", encoding="utf-8", newline=newline)
        self._files[path] = stream
        return stream

    @property
    def is_stream(self) -> bool:
        """Whether verdicts go to a stream."""
        return self._path is None

    @property
    def rejects_name(self) -> str:
        """Where a reader finds the rejects."""
        return "standard error" if self.is_stream else str(self.rejected_path)

    @property
    def rejected_path(self) -> Path:
        """Where rejects go, with a file as target."""
        return Path(f"{self._path}.rejected.jsonl")

    def write(self, item: Verdict | Rejected, kept: Mapping[str, Any] = _NOTHING) -> None:
        """Write a verdict, with what is kept of its record, or a reject."""
        if isinstance(item, Verdict):
            self.write_line(json_line({**verdict_record(item), **kept}))
        else:
            self.reject_line(json_line(asdict(item)))

    def write_line(self, line: str) -> None:
        """Write an output record that is a line of JSON already."""
        self._writer.write(line)
        self.n_labelled += 1

    def reject_line(self, line: str) -> None:
        """Write a reject that is a line of JSON already."""
        if self._path is None:
            stream: TextIO = sys.stderr
        else:
            stream = self._files.get(self.rejected_path) or self._open(self.rejected_path)
        stream.write(line + "\n")
        self.n_rejected += 1

    def text_line(self, line: str) -> None:
        """Write an article's text, a line of JSON, where texts are asked for."""
        if self._texts is not None:
            self._files[self._texts].write(line + "\n")

    def flush(self) -> None:
        """Let a stream's reader have what is written so far."""
        if self._path is None:
            self._writer.close()

    def close(self, complete: bool) -> None:
        """Finish: files take their names only where the run was complete."""
        if not complete:
            self._throw_away()
            return
        try:
            self._writer.close()
            for stream in self._files.values():
                stream.close()
            self._name_files()
        except BaseException:
            self._throw_away()
            raise

    def _targets(self) -> list[Path]:
        others = [] if self._texts is None else [self._texts]
        return others if self._path is None else [*others, self.rejected_path, self._path]

    def _name_files(self) -> None:
        written = [path for path in self._targets() if partial(path).exists()]
        for path in written:
            with partial(path).open("rb") as stream:
                os.fsync(stream.fileno())
        for path in self._targets():
            if path in written:
                partial(path).replace(path)
            else:
                path.unlink(missing_ok=True)
        for folder in {path.parent for path in self._targets()}:
            sync_folder(folder)

    def _throw_away(self) -> None:
        with suppress(OSError, ValueError):  # a disk that is full is so for what is pending, too
            self._writer.close()
        for stream in self._files.values():
            with suppress(OSError):
                stream.close()
        for path in self._targets():
            partial(path).unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(complete=kind is None)
