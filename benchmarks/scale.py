"""What a batch costs: ``python benchmarks/scale.py --data DIR`` writes ``results/scale.json``.

Articles of public data sets are labelled alone, beside a store, and beside each other, in one
process and in two, with and without a job's folder. Processor time carries over from machine to
machine better than time by the clock, which others on the same machine stretch; ``load`` says how
busy it was. docs/scale.md reckons with these figures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from data import RESULTS

from copydesk.seeds.corpus.readers import read_articles
from copydesk.types import Article

_POOLS = ("pools/abp_wires", "pools/reuters21578", "pools/abp_outlets", "pools/bbc")
_PAIRS = (
    "pairs/gn25",
    "pairs/prov18",
    "pairs/isot_gpt4omini",
    "pairs/abp_original",
    "pairs/wmt_roundtrip",
)
# So many articles are only there with these.
_MORE = ("pairs/farm", "pairs/imbd_spun", "pairs/l2r_spun", "pairs/fnc1_edited", *_POOLS)


# Runs the command in this very process and says what it and its children used.
_PROBE = """
import json, resource, sys
from copydesk.cli import main
try:
    main()
except SystemExit as ended:
    code = ended.code or 0
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
seconds = [one.ru_utime + one.ru_stime for one in used]
# A process begins with the high-water mark of the one that started it, but for this one's own.
own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
print(json.dumps([code, *seconds, max(int(own), used[1].ru_maxrss if seconds[1] else 0) / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: the processor time of its first process and of those it started."""

    wall_seconds: float
    parent_seconds: float
    worker_seconds: float
    peak_mb_of_a_process: float

    @property
    def cpu_seconds(self) -> float:
        """Processor time of all processes together."""
        return self.parent_seconds + self.worker_seconds


def measure(*arguments: str) -> Cost:
    """Run ``copydesk`` and measure it."""
    started = time.perf_counter()
    finished = subprocess.run(
        [sys.executable, "-c", _PROBE, *arguments], stdout=subprocess.PIPE, check=True
    )
    seconds = time.perf_counter() - started
    code, parent, workers, peak_mb = json.loads(finished.stdout.splitlines()[-1])
    if code not in {0, 1}:
        raise SystemExit(f"copydesk {' '.join(arguments)} ended with {code}")
    return Cost(seconds, parent, workers, peak_mb)


def texts(folder: Path, names: tuple[str, ...]) -> Iterator[Article]:
    """Give the articles of some data sets, one of each in turn."""
    streams = [read_articles([str(folder / f"{name}.jsonl.gz")]) for name in names]
    while streams:
        for stream in tuple(streams):
            item = next(stream, None)
            if item is None:
                streams.remove(stream)
            elif isinstance(item, Article):
                yield item


def write(path: Path, articles: Iterator[Article]) -> tuple[int, int]:
    """Write articles without what they say of their sources; gives their number and characters."""
    n_articles = n_chars = 0
    with path.open("w", encoding="utf-8") as lines:
        for article in articles:
            n_articles += 1
            n_chars += len(article.text)
            record = {"id": f"{n_articles}-{article.id}", "text": article.text}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return n_articles, n_chars


def size_mb(path: Path) -> float:
    """Give the size of a file or folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def speed_up(one: Cost, two: Cost, start_seconds: float) -> dict[str, float]:
    """Say how much faster two processes are than one: by the clock, and on two cores left alone.

    There two workers do half of the work each, and the parent waits for them or works beside them.
    """
    work = two.worker_seconds - 2 * start_seconds
    parent = max(two.parent_seconds - start_seconds, 0.0)
    alone = max(work / 2, (work + parent) / 2)
    return {
        "wall_ratio": round(one.wall_seconds / two.wall_seconds, 2),
        "cpu_ratio": round((one.cpu_seconds - start_seconds) / alone, 2),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--n-articles", type=int, default=2000)
    parser.add_argument("--n-larger", type=int, default=20_000, help="articles of a larger batch")
    parser.add_argument("--n-sources", type=int, default=13_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article_file, source_file = folder / "in.jsonl", folder / "wire.jsonl"
        n_articles, n_chars = write(
            article_file, islice(texts(given.data, _PAIRS), given.n_articles)
        )
        n_sources, _ = write(source_file, islice(texts(given.data, _POOLS), given.n_sources))
        store = folder / "wire.store"
        costs = {"make store": measure("seeds", "add", str(store), str(source_file))}
        empty = folder / "one.jsonl"
        empty.write_text(article_file.read_text(encoding="utf-8").partition("\n")[0])
        out = str(folder / "out.jsonl")
        base = ("label", str(article_file), "--out", out, "--quiet")
        beside = ("--sources", str(store))
        jobs = ("--jobs", "2")
        costs["start"] = measure("label", str(empty), *base[2:], *beside)
        costs["alone, 1 process"] = measure(*base, "--no-sources")
        costs["store, 1 process"] = measure(*base, *beside)
        costs["store, 2 processes"] = measure(*base, *beside, *jobs)
        job = ("--job-dir", str(folder / "job"))
        costs["store, 2 processes, job"] = measure(*base, *beside, *jobs, *job)
        costs["each other, 1 process"] = measure(*base)
        costs["each other, 2 processes"] = measure(*base, *jobs)
        start = costs["start"].cpu_seconds

        def each(label: str) -> float:
            return round(1000 * (costs[label].cpu_seconds - start) / n_articles, 2)

        larger = {}
        if given.n_larger:
            many = write(article_file, islice(texts(given.data, _PAIRS + _MORE), given.n_larger))
            one_process = measure(*base, *beside)
            found = {
                "beside a store": measure(*base, *beside, *jobs),
                "beside each other": measure(*base, *jobs),
            }
            larger = {
                "n_articles": many[0],
                "mean_chars": round(many[1] / many[0]),
                "cpu_ms_per_article": {
                    label: round(1000 * (cost.cpu_seconds - 3 * start) / many[0], 2)
                    for label, cost in found.items()
                },
                "two_processes": speed_up(one_process, found["beside a store"], start),
                "peak_mb_of_a_process": {
                    label: round(cost.peak_mb_of_a_process) for label, cost in found.items()
                },
            }
        one, two = costs["store, 1 process"], costs["store, 2 processes, job"]
        result = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}",
            "load": [round(value, 1) for value in os.getloadavg()],
            "n_articles": n_articles,
            "n_sources": n_sources,
            "mean_chars": round(n_chars / n_articles),
            "cpu_ms_per_article": {
                "alone": each("alone, 1 process"),
                "beside a store": each("store, 1 process"),
                "beside each other": each("each other, 1 process"),
                "of a job's parent": round(
                    1000 * (two.parent_seconds - costs["start"].parent_seconds) / n_articles, 2
                ),
            },
            "cpu_ms_per_source_added": round(
                1000 * (costs["make store"].cpu_seconds - start) / n_sources, 2
            ),
            "store_kb_per_source": round(1000 * size_mb(store) / n_sources, 2),
            "index_kb_per_source": round(
                1000 * sum(size_mb(path) for path in store.glob("*.usearch")) / n_sources, 2
            ),
            "output_kb_per_article": round(1000 * size_mb(Path(out)) / n_articles, 2),
            "two_processes": speed_up(one, costs["store, 2 processes"], start),
            "two_processes_each_other": speed_up(
                costs["each other, 1 process"], costs["each other, 2 processes"], start
            ),
            "larger": larger,
            "costs": {
                label: {
                    "wall_seconds": round(cost.wall_seconds, 1),
                    "parent_cpu_seconds": round(cost.parent_seconds, 1),
                    "worker_cpu_seconds": round(cost.worker_seconds, 1),
                    "peak_mb_of_a_process": round(cost.peak_mb_of_a_process),
                }
                for label, cost in costs.items()
            },
        }
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "scale.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
