"""Files: which of those that an input names are read."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.opening import STDIN, find_filesystem, is_remote

PAGE_SUFFIXES = (".txt", ".md", ".html", ".htm")
_COMPRESSED = (".gz", ".zst")
JSON_LINES = ".jsonl"
PARQUET = ".parquet"
SUFFIXES = (
    *PAGE_SUFFIXES,
    *(
        kind + packed
        for kind in (JSON_LINES, ".json", ".csv", ".tsv")
        for packed in ("", *_COMPRESSED)
    ),
    PARQUET,
)
_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read.

    Parameters
    ----------
    path : str
        Where it lies, also as a URL; ``-`` is standard input.
    name : str
        Its name, or its path below the folder that was given.
    """

    path: str
    name: str

    @property
    def suffix(self) -> str:
        """One of ``SUFFIXES``, in lower case."""
        return next((s for s in SUFFIXES if self.name.lower().endswith(s)), JSON_LINES)

    @property
    def kind(self) -> str:
        """Its suffix without that of its compression."""
        suffix = self.suffix
        for packed in _COMPRESSED:
            suffix = suffix.removesuffix(packed)
        return suffix


@dataclass(frozen=True, slots=True)
class InputFiles:
    """What an input names: the files to be read, and those of other kinds in its folders."""

    files: tuple[InputFile, ...]
    skipped: tuple[str, ...]


def list_files(paths: Iterable[str]) -> InputFiles:
    """List the files of an input, those of a folder or a pattern by name.

    Parameters
    ----------
    paths : iterable of str
        Files, folders, patterns with ``*``, ``?``, ``[...]`` or ``**``, URLs of files and folders
        that fsspec reads, or ``-`` for standard input.

    Raises
    ------
    InvalidInput
        A path is missing, of another kind, or a folder or pattern with nothing to read.
    MissingPackage
        A URL is given, and fsspec is not installed.
    """
    files: list[InputFile] = []
    skipped: list[str] = []
    for path in paths:
        if path == STDIN:
            files.append(InputFile(STDIN, STDIN))
            continue
        found, base = _find_remote(path) if is_remote(path) else _find_local(path)
        read = [file for file in found if _is_read(file)]
        if base is None and not read:
            raise InvalidInput(f"{path} is of no kind that is read; expected {', '.join(SUFFIXES)}")
        if not read:
            raise InvalidInput(f"{path} holds nothing to read; expected {', '.join(SUFFIXES)}")
        files += [InputFile(file, _name(file, base)) for file in read]
        skipped += [file for file in found if not _is_read(file)]
    return InputFiles(tuple(files), tuple(skipped))


def _find_local(path: str) -> tuple[list[str], str | None]:
    """Give the files that a path stands for, and the folder that their names are below."""
    given = Path(path)
    if given.is_dir():
        return sorted(map(str, filter(Path.is_file, given.rglob("*")))), str(given)
    if given.exists():
        return [path], None
    if _MAGIC.search(path):
        matches = glob.glob(path, recursive=True)  # noqa: PTH207 (patterns may be absolute)
        if matches:
            return sorted(match for match in matches if Path(match).is_file()), _fixed_part(path)
    raise InvalidInput(f"{path} does not exist")


def _find_remote(path: str) -> tuple[list[str], str | None]:
    filesystem, inner = find_filesystem(path)
    try:
        if _MAGIC.search(inner):
            found = [one for one in filesystem.glob(inner) if filesystem.isfile(one)]
            base = _fixed_part(inner)
        elif filesystem.isdir(inner):
            found, base = filesystem.find(inner), inner
        elif filesystem.exists(inner):
            return [path], None
        else:
            raise InvalidInput(f"{path} does not exist")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error
    address = filesystem.unstrip_protocol
    return sorted(map(address, found)), address(base)


def _fixed_part(pattern: str) -> str:
    """Give the folder above the first part of a pattern that is none."""
    parts = PurePosixPath(pattern).parts
    fixed = next(place for place, part in enumerate(parts) if _MAGIC.search(part))
    return str(PurePosixPath(*parts[:fixed]))


def _name(file: str, base: str | None) -> str:
    if base is None:
        return PurePosixPath(file).name
    return PurePosixPath(file).relative_to(PurePosixPath(base)).as_posix()


def _is_read(path: str) -> bool:
    return path.lower().endswith(SUFFIXES)
