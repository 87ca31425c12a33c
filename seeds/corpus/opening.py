"""Opening: local files, standard input and remote files as streams of bytes."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from copydesk.errors import InvalidInput, MissingPackage

STDIN = "-"


def is_remote(path: str) -> bool:
    """Say whether a path is one that fsspec opens, such as ``s3://bucket/a.jsonl``."""
    return "://" in path


@contextmanager
def open_bytes(path: str) -> Iterator[BinaryIO]:
    """Open a file as it lies there; ``-`` is standard input.

    Raises
    ------
    MissingPackage
        The path is remote and fsspec, or what it needs for such paths, is not installed.
    InvalidInput
        fsspec knows no such paths.
    """
    if path == STDIN:
        yield sys.stdin.buffer
    elif is_remote(path):
        filesystem, inner = find_filesystem(path)
        with filesystem.open(inner, "rb") as stream:
            yield stream
    else:
        with Path(path).open("rb") as stream:
            yield stream


@contextmanager
def open_content(path: str) -> Iterator[BinaryIO]:
    """Open a file for its content: what is compressed (``.gz``, ``.zst``) is undone."""
    with open_bytes(path) as stream:
        if path.lower().endswith(".gz"):
            with gzip.open(stream, "rb") as content:
                yield cast("BinaryIO", content)
        elif path.lower().endswith(".zst"):
            import pyarrow as pa  # deferred: only .zst needs it

            with pa.input_stream(cast("io.IOBase", stream), compression="zstd") as content:
                yield cast("BinaryIO", io.BufferedReader(content))
        else:
            yield stream


def find_filesystem(url: str) -> tuple[Any, str]:
    """Give fsspec's file system of a URL and the path in it."""
    try:
        from fsspec.core import url_to_fs  # deferred: an extra
    except ImportError as error:
        raise MissingPackage(
            f"reading {url} needs fsspec: pip install 'copydesk[remote]'"
        ) from error
    try:
        filesystem, inner = url_to_fs(url)
    except ImportError as error:
        raise MissingPackage(f"reading {url} needs another package: {error}") from error
    except ValueError as error:
        raise InvalidInput(f"{url} cannot be read: {error}") from error
    return filesystem, str(inner)
