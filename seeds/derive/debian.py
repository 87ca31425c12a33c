"""Debian packages that some engines need: which there are, where they put their files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from copydesk.errors import MissingPackage

# The folder that the packages' files lie in; tests put packages of their own there.
ROOT = Path("/")
_MODES = "usr/share/apertium/modes"
# Package to a file that it brings: a package is there where this is.
PACKAGES = {
    "apertium": "usr/bin/apertium",
    "apertium-en-gl": f"{_MODES}/en-gl.mode",
    "apertium-eng-cat": f"{_MODES}/eng-cat.mode",
    "apertium-eng-spa": f"{_MODES}/eng-spa.mode",
    "apertium-eo-en": f"{_MODES}/eo-en.mode",
    "apertium-es-gl": f"{_MODES}/es-gl.mode",
    "apertium-spa-cat": f"{_MODES}/spa-cat.mode",
    "mythes-en-us": "usr/share/mythes/th_en_US_v2.dat",
    "wordnet-base": "usr/share/wordnet/data.noun",
}


def find_missing(packages: Iterable[str]) -> tuple[str, ...]:
    """Give those of the packages that are not installed, each once and sorted."""
    return tuple(sorted({name for name in packages if not locate(PACKAGES[name]).exists()}))


def require_packages(packages: Iterable[str], needed_by: str) -> None:
    """Refuse to go on where a package is missing.

    Raises
    ------
    MissingPackage
        Names the packages that are missing and how to install them.
    """
    missing = find_missing(packages)
    if missing:
        raise MissingPackage(
            f"{needed_by} cannot be used, Debian packages are missing: "
            f"{install_command(missing)} (or leave out with --engines what needs them)"
        )


def install_command(packages: Iterable[str]) -> str:
    """Give the command that installs packages.

    Examples
    --------
    >>> install_command(["mythes-en-us", "wordnet-base"])
    'apt-get install mythes-en-us wordnet-base'
    """
    return " ".join(("apt-get install", *packages))


def locate(name: str) -> Path:
    """Give where a package's file or folder would be, ``usr/bin/apertium`` for one."""
    return ROOT / name
