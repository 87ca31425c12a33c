"""Files: which of those that an input names are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from copydesk.errors import InvalidInput

STDIN = "-"
PAGE_SUFFIXES = (".txt", ".md", ".html", ".htm")
TABLE_SUFFIXES = (".csv", ".tsv", ".parquet")
JSON_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".json")
SUFFIXES = (*PAGE_SUFFIXES, *JSON_SUFFIXES, *TABLE_SUFFIXES)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read.

    Parameters
    ----------
    path : str
        Where it lies; ``-`` is standard input.
    name : str
        Its name, or its path below the folder that was given.
    """

    path: str
    name: str

    @property
    def suffix(self) -> str:
        """Its kind: one of ``SUFFIXES``, in lower case."""
        return next((s for s in SUFFIXES if self.name.lower().endswith(s)), JSON_SUFFIXES[0])


@dataclass(frozen=True, slots=True)
class InputFiles:
    """What an input names: the files to be read, and those of other kinds in its folders."""

    files: tuple[InputFile, ...]
    skipped: tuple[str, ...]


def list_files(paths: Iterable[str]) -> InputFiles:
    """List the files of an input, those of a folder by name.

    Parameters
    ----------
    paths : iterable of str
        Files, folders, or ``-`` for standard input.

    Raises
    ------
    InvalidInput
        A path is missing, of another kind, or a folder with nothing to read.
    """
    files: list[InputFile] = []
    skipped: list[str] = []
    for path in paths:
        given = Path(path)
        if path == STDIN:
            files.append(InputFile(STDIN, STDIN))
        elif given.is_dir():
            found = sorted(file for file in given.rglob("*") if file.is_file())
            read = [file for file in found if _is_read(file)]
            if not read:
                raise InvalidInput(f"{path} holds nothing to read; expected {', '.join(SUFFIXES)}")
            files += [InputFile(str(file), file.relative_to(given).as_posix()) for file in read]
            skipped += [str(file) for file in found if not _is_read(file)]
        elif not given.exists():
            raise InvalidInput(f"{path} does not exist")
        elif not _is_read(given):
            raise InvalidInput(f"{path} is of no kind that is read; expected {', '.join(SUFFIXES)}")
        else:
            files.append(InputFile(path, given.name))
    return InputFiles(tuple(files), tuple(skipped))


def _is_read(path: Path) -> bool:
    return path.name.lower().endswith(SUFFIXES)
