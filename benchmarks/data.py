"""Where the benchmarks find their texts."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

from copydesk.types import Article

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
# Of wires to derive from.
MIN_WORDS, MAX_WORDS = 150, 900


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


def read_wires() -> list[Article]:
    """Read the real wire copy that engines are measured on."""
    path = data_folder() / "pools" / "abp_wires.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    fitting = [r for r in rows if MIN_WORDS <= len(r["text"].split()) <= MAX_WORDS]
    return [Article(row["id"], row["text"]) for row in fitting]
