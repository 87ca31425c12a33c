"""Puts what ``benchmarks/scale.py`` measured into ``docs/scale.md``; ``--check`` only compares."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("scale.md")
RESULTS = Path(__file__).parents[1] / "benchmarks" / "results" / "scale.json"
_ARTICLES = 10_000_000
_SOURCES = 50_000_000
_CORES = 32
# What of a core's time is left to the work: the system, other processes, chunks that run late.
_USED_SHARE = 0.8
_ENOUGH = 2000


def lines(measured: dict[str, Any]) -> Iterator[str]:
    """Give the lines of the table."""
    cpu = measured["cpu_ms_per_article"]
    core_hours = _ARTICLES * cpu["beside a store"] / 3.6e6
    machines = core_hours / 24 / _USED_SHARE / _CORES
    per_day = _SOURCES / 365
    store_gb, index_gb = (
        _SOURCES * measured[f"{part}_kb_per_source"] / 1e6 for part in ("store", "index")
    )
    memory_mb = max(
        *(cost["peak_mb_of_a_process"] for cost in measured["costs"].values()),
        *measured["larger"].get("peak_mb_of_a_process", {}).values(),
    )
    source_ms = measured["cpu_ms_per_source_added"]
    yield (
        f"Measured on {measured['n_articles']:,} articles of {measured['mean_chars']:,} characters "
        f"in the mean against {measured['n_sources']:,} sources; {measured['machine']}, load "
        f"{measured['load'][0]}."
    )
    yield ""
    yield "| | measured | for ten million articles and fifty million sources |"
    yield "|---|---|---|"
    rows = (
        (
            "an article beside a store",
            f"{cpu['beside a store']} ms of a core",
            f"{core_hours:,.0f} core hours: {machines:.1g} machines of {_CORES} cores, "
            f"{_USED_SHARE:.0%} used, for 24 hours",
        ),
        (
            "an article alone; beside each other",
            f"{cpu['alone']} ms; {cpu['beside each other']} ms",
            f"{_ARTICLES * cpu['alone'] / 3.6e6:,.0f} core hours alone",
        ),
        *_parent_row(cpu),
        (
            "a source added to a store",
            f"{source_ms} ms",
            f"{per_day:,.0f} a day: {per_day * source_ms / 60_000:,.0f} minutes of a core",
        ),
        (
            "a store on the disk",
            f"{measured['store_kb_per_source']} kB a source",
            f"{store_gb:,.0f} GB for a year, {store_gb / 12:,.0f} GB a month",
        ),
        (
            "its index, mapped",
            f"{measured['index_kb_per_source']} kB a source",
            f"{index_gb:,.0f} GB for a year, {index_gb / 12:,.1f} GB a month: what a machine "
            "should have free for files",
        ),
        (
            "memory of a process, at most",
            f"{memory_mb:,} MB",
            f"{_CORES * memory_mb / 1000:,.0f} GB on {_CORES} cores",
        ),
        (
            "output",
            f"{measured['output_kb_per_article']} kB an article",
            f"{_ARTICLES * measured['output_kb_per_article'] / 1e6:,.0f} GB a day",
        ),
    )
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
    if measured["n_articles"] < _ENOUGH:
        yield (
            f"So few articles say what one costs, roughly, and nothing of how two processes share "
            f"the work: run the benchmark with its {_ENOUGH:,} on a machine of your own."
        )
        return
    yield _speed_up(measured["two_processes"], "beside a store")
    yield _speed_up(measured["two_processes_each_other"], "beside each other")
    larger = measured["larger"]
    if larger:
        ms, peak = larger["cpu_ms_per_article"], larger["peak_mb_of_a_process"]
        yield ""
        yield (
            f"In a batch of {larger['n_articles']:,} ({larger['mean_chars']:,} characters in the "
            f"mean) an article takes {ms['beside a store']} ms beside the store and "
            f"{ms['beside each other']} ms where all are each other's candidates; a process "
            f"needs {peak['beside a store']:,} MB at most, and {peak['beside each other']:,}."
        )
        yield _speed_up(larger["two_processes"], "on these beside a store")


def _speed_up(two: dict[str, float], name: str) -> str:
    return (
        f"Two processes {name}: {two['wall_ratio']} times as fast as one by the clock, on a "
        f"machine that others used; by processor time {two['cpu_ratio']} times on two cores left "
        "alone."
    )


def _parent_row(cpu: dict[str, float]) -> Iterator[tuple[str, str, str]]:
    """Give the row of a job's parent, where it was measured."""
    if "of a job's parent" in cpu:
        parent_ms = max(cpu["of a job's parent"], 0.01)
        n_workers = cpu["beside a store"] / parent_ms
        yield (
            "parent of a job",
            f"{parent_ms} ms an article",
            f"feeds about {n_workers:,.0f} workers",
        )


def main() -> None:
    """Write the page, or check it."""
    measured = json.loads(RESULTS.read_text(encoding="utf-8"))
    table = "\n".join(lines(measured))
    text = PAGE.read_text(encoding="utf-8")
    mark = r"(<!-- figures: scale -->\n).*?(<!-- end of figures -->)"
    filled = re.sub(mark, lambda m: f"{m[1]}{table}\n{m[2]}", text, flags=re.DOTALL)
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(filled, encoding="utf-8")
    elif filled != text:
        sys.exit(f"{PAGE} is not current: run python docs/make_scale.py")


if __name__ == "__main__":
    main()
