"""What each engine keeps of its source: ``python benchmarks/derive_table.py`` on real wire copy.

Writes ``results/derive.json`` and prints the table; for engines named as arguments, their rows
only. Shares are means over documents of what the derivative still has of its source: names,
numbers, quotations, sentences, trigrams. Documents per second of processor time, Apertium's own
processes counted, are those of one core of the machine named; ratios within the run carry over.
Engines that do not translate run three times: the best run counts, since other work on the
machine only ever takes time away; each reads every page anew, but looks up in a thesaurus only
what the first run did not, as in a job of many sources. The first run's figure stands beside it.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np
from data import MAX_WORDS, MIN_WORDS, RESULTS, read_wires

from copydesk.features import Document, load_encoder, read_document
from copydesk.features.read.grams import containment, ngrams
from copydesk.features.read.names import first_mentions
from copydesk.seeds.derive.changes import Derivative
from copydesk.seeds.derive.judge import refuse_derivative
from copydesk.seeds.derive.page import read_page
from copydesk.seeds.derive.partners import find_partners
from copydesk.seeds.derive.registry import ENGINES, EngineEntry, find_entries
from copydesk.seeds.derive.translation import APERTIUM_PACKAGE
from copydesk.types import Article

N_TEXTS = 150
STRENGTHS = (0.2, 1.0)
SEED = 0
# Of engines that do not translate; each does what it does N_RUNS times.
WANTED_PER_SECOND = 50
N_RUNS = 3
_N_WARM = 5
SHARES = ("names", "numbers", "quotes", "sentences", "trigrams")


def read_sample() -> list[Article]:
    """Read the sample, the same each time."""
    wires = read_wires()
    chosen = np.random.default_rng(SEED).choice(len(wires), N_TEXTS, replace=False)
    return [wires[i] for i in sorted(map(int, chosen))]


def shares_kept(source: Document, derived: Document) -> dict[str, float]:
    """Measure what a derivative has of its source; NaN where the source has none."""

    def share(kept: int, of: int) -> float:
        return kept / of if of else float("nan")

    names, numbers = set(first_mentions(source.names)), {f.value for f in source.numbers}
    quotes = [quote.text.lower() for quote in source.quote_scan.quotes]
    sentences = [source.sentence_words(i) for i in range(len(source.sentences))]
    kept_sentences = {derived.sentence_words(i) for i in range(len(derived.sentences))}
    text = derived.text.lower()
    return {
        "names": share(len(names & set(derived.words)), len(names)),
        "numbers": share(len(numbers & {f.value for f in derived.figures}), len(numbers)),
        "quotes": share(sum(quote in text for quote in quotes), len(quotes)),
        "sentences": share(sum(s in kept_sentences for s in sentences), len(sentences)),
        "trigrams": containment(ngrams(source.words, 3), ngrams(derived.words, 3)),
    }


def processor_seconds() -> float:
    """Give the time one core has worked for this process and those that it started."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def derive_all(
    entry: EngineEntry, strength: float, texts: Sequence[str], others: Sequence[str]
) -> list[Derivative]:
    """Run one engine."""
    if entry.make is not None:
        return entry.make(strength, SEED).derive_many(texts)
    assert entry.make_pair is not None
    return entry.make_pair(strength, SEED).derive_many(texts, others)


def measure_engine(
    entry: EngineEntry, strength: float, sources: Sequence[Document], partners: Sequence[Document]
) -> dict[str, Any]:
    """Derive from all texts and measure."""
    own, other = [s.normalized.raw for s in sources], [p.normalized.raw for p in partners]
    texts, others = (other, own) if entry.on_other else (own, other)
    derive_all(entry, strength, texts[:_N_WARM], others[:_N_WARM])
    all_seconds = []
    for _ in range(1 if APERTIUM_PACKAGE in entry.packages else N_RUNS):
        read_page.cache_clear()
        started = processor_seconds()
        derived = derive_all(entry, strength, texts, others)
        all_seconds.append(processor_seconds() - started)
    encoder = load_encoder()
    kept = [
        shares_kept(source, read_document(one.text, encoder))
        for source, text, one in zip(sources, texts, derived, strict=True)
        if refuse_derivative(text, one, entry.label) is None
    ]
    shares = {name: [k[name] for k in kept if not np.isnan(k[name])] for name in SHARES}
    return {
        "engine": entry.name,
        "label": entry.label.value,
        "strength": strength,
        "n_documents": len(kept),
        "documents_per_second": round(len(texts) / min(all_seconds), 1),
        "documents_per_second_first_run": round(len(texts) / all_seconds[0], 1),
        "meets_wanted": len(texts) / min(all_seconds) >= WANTED_PER_SECOND,
        **{name: round(float(np.mean(v)), 2) if v else None for name, v in shares.items()},
    }


def print_row(row: dict[str, Any]) -> None:
    """Print one line of the table."""
    shares = "  ".join("   -" if row[n] is None else f"{row[n]:4.2f}" for n in SHARES)
    print(
        f"{row['engine']:<20} {row['label']:<12} {row['strength']:>4}  {row['n_documents']:>4}  "
        f"{shares}  {row['documents_per_second']:>7.1f}",
        flush=True,
    )


def slow_engines(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Name the engines that do not translate and are slower than wanted."""
    return sorted(
        {
            row["engine"]
            for row in rows
            if APERTIUM_PACKAGE not in ENGINES[row["engine"]].packages and not row["meets_wanted"]
        }
    )


def read_rows() -> dict[tuple[str, float], dict[str, Any]]:
    """Read the table that is there."""
    rows = json.loads((RESULTS / "derive.json").read_text(encoding="utf-8"))["engines"]
    return {(row["engine"], row["strength"]): row for row in rows}


def main() -> None:
    """Measure the engines named, or every one, and write the table."""
    encoder = load_encoder()
    sources = [read_document(source.text, encoder) for source in read_sample()]
    found = find_partners(np.vstack([source.vector for source in sources]))
    partners = [sources[0 if i is None else i] for i in found]
    print(
        f"{'engine':<20} {'label':<12} {'str.':>4}  {'docs':>4}  "
        + "  ".join(f"{name[:4]:>4}" for name in SHARES)
        + f"  {'docs/s':>7}"
    )
    measured = read_rows() if sys.argv[1:] else {}
    for entry in find_entries(sys.argv[1:]):
        for strength in STRENGTHS:
            row = measure_engine(entry, strength, sources, partners)
            measured[entry.name, strength] = row
            print_row(row)
    rows = list(measured.values())
    result = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("copydesk", "numpy", "wordfreq")},
        "seed": SEED,
        "n_texts": N_TEXTS,
        "words": [MIN_WORDS, MAX_WORDS],
        "n_runs": N_RUNS,
        "wanted_per_second": WANTED_PER_SECOND,
        "too_slow": slow_engines(rows),
        "engines": rows,
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "derive.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
