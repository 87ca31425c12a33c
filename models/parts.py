"""The files of an artifact: what each is called, and that each is what the manifest says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from copydesk.errors import InvalidModel

MANIFEST = "manifest.json"
WEIGHTS = "weights.npz"
ESTIMATORS = "estimators.skops"
STYLE = "style.npz"
ROWS = "rows.npz"
REFERENCE = "reference.npz"
DECIDING = (WEIGHTS, ESTIMATORS, STYLE)
"""What a model is: parts that decide what it says. An artifact lacks none of them."""
BESIDE = (ROWS, REFERENCE)
"""What it learned from, as numbers: parts that decide nothing and may be missing altogether."""

CARD = "CARD.md"
METRICS = "metrics.json"
RELIABILITY = "reliability.svg"
CONFUSION = "confusion.svg"
CARD_FILES = (CARD, METRICS, RELIABILITY, CONFUSION)
"""What people read of it: no parts, nothing is loaded from them."""


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file, as hexadecimal digits.

    Raises
    ------
    InvalidModel
        It cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InvalidModel(f"{path} cannot be read: {error.strerror}") from error


def check_parts(folder: Path, files: Mapping[str, str]) -> None:
    """Check that a folder holds the parts of an artifact, each as it was saved, and no others.

    A card may lie beside them.

    Parameters
    ----------
    folder : Path
        The artifact's.
    files : mapping of str to str
        SHA-256 of each part, as the manifest has them.

    Raises
    ------
    InvalidModel
        A part is missing, changed, or there and not named by the manifest; says which.
    """
    unknown = sorted(files.keys() - {*DECIDING, *BESIDE})
    if unknown:
        raise InvalidModel(
            f"{folder / MANIFEST} names a part {unknown[0]!r} that this copydesk does not know: "
            "train the model again, or use the copydesk that made it"
        )
    for name in (*DECIDING, *BESIDE):
        if name in files or name in DECIDING:
            check_part(folder, name, files)
    # Rows were written beside a model before its manifest named them.
    added = {path.name for path in folder.iterdir()} - files.keys()
    added -= {MANIFEST, ROWS, *CARD_FILES}
    if added:
        raise InvalidModel(
            f"{folder} holds {min(added)!r}, which its manifest does not name: nothing but the "
            "parts of a model may lie there; move it elsewhere if you know it, and train the model "
            "again if you do not"
        )


def check_part(folder: Path, name: str, files: Mapping[str, str]) -> None:
    """Check that a part is as it was saved.

    Raises
    ------
    InvalidModel
        It is missing or changed, or the manifest has no sum of it.
    """
    digest, expected = sha256_of(folder / name), files.get(name)
    if digest != expected:
        raise InvalidModel(
            f"{folder / name} is damaged: its SHA-256 is {digest[:12]}…, expected "
            f"{f'{expected[:12]}…' if expected else 'one in the manifest, which has none'}; "
            "restore the file or train the model again"
        )
