"""Debian packages that some engines need, looked for when an engine is used."""

from __future__ import annotations

from pathlib import Path

from copydesk.errors import MissingPackage


def require_file(path: Path, package: str, needed_by: str) -> Path:
    """Give a file that a Debian package brings.

    Raises
    ------
    MissingPackage
        It is not there; names the package and how to install it.
    """
    if not path.exists():
        raise missing_package(package, needed_by)
    return path


def missing_package(package: str, needed_by: str) -> MissingPackage:
    """Give the error that names a Debian package and how to install it."""
    return MissingPackage(
        f"{needed_by} needs the Debian package {package}, which is not installed: "
        f"apt-get install {package} (or leave the engine out with --engines)"
    )
