"""How long training takes: ``python benchmarks/training.py --data DIR``, into ``training.json``.

A user's corrections on top of the released model's rows, twice, and the released recipe, once;
all in processes of their own on all cores, by the clock. The corrections are reports that no model
has learned and derivatives of such wires, made by engines that need nothing installed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

from data import RESULTS, describe_run

from copydesk.seeds.corpus.labelled import read_corpus
from copydesk.seeds.derive.job import derive_corpus
from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.materials import read_pool
from copydesk.train.recipe import RELEASED, read_recipe
from copydesk.types import Label

_REPORTS, _WIRES = "pools/abp_outlets.jsonl.gz", "pools/bbc.jsonl.gz"
_N_WIRES = 150
_SEED = 0


def write_corrections(data: Path, folder: Path, n_records: int) -> Path:
    """Write half originals alone, and a quarter edits and a quarter spins beside their sources."""
    style = read_recipe().style
    assert style is not None
    reports, wires = (
        list(islice(read_pool(data / name), style.pools[name], None)) for name in (_REPORTS, _WIRES)
    )
    rng = random.Random(_SEED)
    engines = [name for name, engine in ENGINES.items() if not engine.packages]
    made = derive_corpus(
        wires[:_N_WIRES], folder / "derived", engines=engines, random_state=_SEED, n_jobs=-1
    )
    records = read_corpus([made.path])
    texts = {record.article.id: record.article.text for record in records}
    lines = [
        {"id": article.id, "text": article.text, "label": Label.ORIGINAL, "story": article.id}
        for article in rng.sample(reports, n_records // 2)
    ]
    for label in (Label.EDITED_WIRE, Label.SPUN):
        derived = [record for record in records if record.label is label]
        lines += [
            {
                "id": record.article.id,
                "text": record.article.text,
                "source_text": texts[record.article.source_id or ""],
                "label": label,
                "story": record.story,
            }
            for record in rng.sample(derived, n_records // 4)
        ]
    path = folder / "corrections.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def train(*arguments: str) -> float:
    """Run ``copydesk train`` and give the seconds that it took."""
    command = [sys.executable, "-m", "copydesk", "train", "--quiet", *arguments]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return round(time.perf_counter() - started, 1)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="folder of public data")
    parser.add_argument("--n-records", type=int, default=1_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corrections = write_corrections(given.data, folder, given.n_records)
        own = ("--corpus", str(corrections), "--base", "released", "--cache", f"{folder}/cache")
        outs = folder / "first", folder / "second"
        first, second = (train(*own, "--out", str(out)) for out in outs)
        one, other = (json.loads((out / "manifest.json").read_text("utf-8")) for out in outs)
        recipe = ("--recipe", str(RELEASED), "--data", str(given.data), "--no-cache")
        result: dict[str, Any] = {
            **describe_run(),
            "n_cores": os.cpu_count(),
            "random_state": _SEED,
            "n_corrections": given.n_records,
            "corrections, seconds": first,
            "corrections again, seconds": second,
            "again, of the first": round(second / first, 3),
            "same model again": one == other,
            "released recipe, seconds": train(*recipe, "--out", str(folder / "released")),
            "load": round(os.getloadavg()[0], 1),
        }
    text = json.dumps(result, indent=1)
    (RESULTS / "training.json").write_text(f"{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
