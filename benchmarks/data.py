"""Where the benchmarks find their texts."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def starter_folder() -> Path:
    """Give the starter corpus."""
    return ROOT / "seeds" / "starter"


def data_folder() -> Path:
    """Give the folder of public data, which is not part of the project.

    Raises
    ------
    SystemExit
        It is not there.
    """
    folder = Path(os.environ.get("COPYDESK_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        raise SystemExit(f"{folder} does not exist: set COPYDESK_DATA to the folder of public data")
    return folder


def pair_files() -> list[Path]:
    """Give the files of public labelled pairs."""
    return sorted((data_folder() / "pairs").glob("*.jsonl.gz"))
