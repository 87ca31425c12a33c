"""How much wording the starter corpus shares with its sources, beside what real pages share.

``python benchmarks/overlap.py`` prints the table; the gate fails where a class has left it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

import numpy as np

from copydesk.features.compare.edits import run_lengths
from copydesk.features.read.grams import Codes, containment, ngrams, word_codes
from copydesk.features.read.sentences import TOKEN
from copydesk.features.read.text import normalize_text
from copydesk.seeds.corpus.labelled import CorpusRecord, read_starter
from copydesk.types import Label

_OPENING_CHARS = 2000
_FACTOR = 1.5


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shared 5-grams (median, least, most) and words in the longest verbatim run (median)."""

    shared: float
    least: float
    most: float
    longest_run: float


# Read off some 170 real pages of 14 events of 2025, openings of about 2,000 characters.
REAL_PAGES = {
    "edited_wire": Overlap(0.51, 0.16, 0.96, 55),
    "original": Overlap(0.01, 0.0, 0.17, 6),
    "spun, its source at hand": Overlap(0.075, 0.0, 0.43, 12),
    "spun, its source not at hand": Overlap(0.004, 0.0, 0.18, 5),
}


def measure_overlap(records: Sequence[CorpusRecord]) -> dict[str, Overlap]:
    """Measure each class against its source, or against the story's wire where it has none."""
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in REAL_PAGES}
    words = {r.article.id: _codes(r.article.text) for r in records}
    for _, story in groupby(sorted(records, key=lambda r: r.story), key=lambda r: r.story):
        texts = list(story)
        wire = next(r for r in texts if r.engine == "wire")
        for record in texts:
            if record is wire:
                continue
            source = words[record.article.source_id or wire.article.id]
            found[_class_of(record)].append(_overlap(words[record.article.id], source))
    return {name: _summary(values) for name, values in found.items()}


def departures(measured: dict[str, Overlap]) -> list[str]:
    """Name what lies outside a factor of 1.5 of a real median, or does not cover a real range.

    A range counts as covered where it reaches to within a tenth of both its ends.
    """
    lines = []
    for name, real in REAL_PAGES.items():
        ours = measured[name]
        for what, value, target in (
            ("median of shared 5-grams", ours.shared, real.shared),
            ("median longest run", ours.longest_run, real.longest_run),
        ):
            if not target / _FACTOR <= value <= target * _FACTOR:
                lines.append(f"{name}: {what} is {value:.4g}, real pages {target:.4g}")
        if ours.least > real.least + 0.1 or ours.most < real.most - 0.1:
            lines.append(
                f"{name}: shared 5-grams range from {ours.least:.2f} to {ours.most:.2f}, "
                f"on real pages from {real.least:.2f} to {real.most:.2f}"
            )
    return lines


def format_overlap(measured: dict[str, Overlap]) -> str:
    """Lay out ours beside the real pages'."""
    rows = [("", "5-grams", "range", "run", "| real", "range", "run")]
    for name, real in REAL_PAGES.items():
        rows.append((name, *_cells(measured[name]), *_cells(real)))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) for r in rows)


def _cells(overlap: Overlap) -> tuple[str, str, str]:
    spread = f"{overlap.least:.2f}-{overlap.most:.2f}"
    return f"{overlap.shared:.4f}", spread, f"{overlap.longest_run:g}"


def _class_of(record: CorpusRecord) -> str:
    if record.label is not Label.SPUN:
        return str(record.label)
    return f"spun, its source {'' if record.article.source_id else 'not '}at hand"


def _codes(text: str) -> Codes:
    opening = normalize_text(text).text[:_OPENING_CHARS]
    return word_codes([match[0].lower() for match in TOKEN.finditer(opening)])


def _overlap(words: Codes, source: Codes) -> tuple[float, int]:
    shared = containment(ngrams(words, 5), ngrams(source, 5))
    return shared, int(run_lengths(words, source).max(initial=0))


def _summary(values: Iterable[tuple[float, int]]) -> Overlap:
    shared, runs = (np.array(column) for column in zip(*values, strict=True))
    return Overlap(
        float(median(shared)), float(shared.min()), float(shared.max()), float(median(runs))
    )


def main() -> int:
    """Print the table and what departs from it."""
    measured = measure_overlap(read_starter())
    print(format_overlap(measured))
    lines = departures(measured)
    print("\n".join(lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
