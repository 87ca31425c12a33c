"""How well sources are found: ``python benchmarks/find_sources.py [PART...]`` on public data.

Parts are ``batch_without_dates``, ``derivatives``, ``labels`` and ``independent``; what is measured
goes to ``results/find_sources.json``. The store holds the pools and the true sources of all pairs.
A text is the true source where it is the pair's or shares four fifths of its trigrams with it, for
the data sets share texts. For independent originals every text of their data set is removed
first, and every near copy of one.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
import platform
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
from batch_directions import find_directions
from data import RESULTS, fit_styles, pair_files, starter_folder
from found_labels import compare_labels
from source_texts import SEED, STARTER, is_copy, read_pools, source_of, take, withheld

from copydesk.features import load_encoder, read_document
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.seeds.derive.judge import refuse_derivative
from copydesk.seeds.derive.partners import find_partners
from copydesk.seeds.derive.registry import ENGINES
from copydesk.seeds.search.closeness import MIN_CLOSENESS
from copydesk.seeds.store import Store
from copydesk.train.job import read_corpora
from copydesk.types import Article, Label

INDEPENDENT = ("abp", "ecb")
DIRECTIONS = "batch_without_dates"
N_WIRES = 20
STRENGTHS = (0.1, 0.5)


class Outcome(NamedTuple):
    """What a search gave: any source, a true one first, a second one, the two true ones."""

    claimed: bool
    true_source_first: bool
    two_sources: bool
    both_true_sources: bool


def fill(store: Store, articles: Iterable[Article]) -> int:
    """Add different texts; gives how many the store then holds."""
    unique = {" ".join(article.text.split()): article for article in articles}
    taken = ((article, take(article)) for article in unique.values())
    store.add_fingerprints((article, found) for article, found in taken if found is not None)
    return len(store)


def search(store: Store, article: Article, *true: Article | None) -> Outcome:
    """Search for the true sources, one or two, of an article."""
    wanted = take(withheld(article))
    found = [store.get(one.id) for one in store.find(wanted)] if wanted else []
    expected = [take(text) for text in true if text]
    right = [[is_copy(take(text), one) if text else False for one in expected] for text in found]
    both = len(found) == len(expected) == 2 and all(
        any(column) for column in zip(*right, strict=True)
    )
    return Outcome(bool(found), any(right[0]) if found else False, len(found) > 1, both)


def summarise(outcomes: dict[str, list[Outcome]]) -> dict[str, Any]:
    """Give shares by kind of text."""
    return {
        name: {
            "n": len(rows),
            **{
                field: round(float(np.mean([getattr(row, field) for row in rows])), 4)
                for field in Outcome._fields
            },
        }
        for name, rows in sorted(outcomes.items())
    }


def sample_wires() -> list[Article]:
    """Choose wire stories to derive from, the same each time."""
    wires = [a for a in read_pools() if a.id.startswith("abp_wires/")]
    fitting = [a for a in wires if 150 <= len(a.text.split()) <= 900]
    chosen = np.random.default_rng(SEED).choice(len(fitting), N_WIRES, replace=False)
    return [fitting[i] for i in sorted(map(int, chosen))]


def derive(wires: list[Article]) -> Iterator[tuple[str, Article, Article, Article | None]]:
    """Derive from wires with every engine: kind, text, source, second source."""
    encoder = load_encoder()
    vectors = np.vstack([read_document(wire.text, encoder).vector for wire in wires])
    partners = [wires[i or 0] for i in find_partners(vectors)]
    texts, others = [a.text for a in wires], [a.text for a in partners]
    for entry in ENGINES.values():
        if entry.label is Label.ORIGINAL:
            continue
        for strength in STRENGTHS:
            if entry.make is not None:
                made = entry.make(strength, SEED).derive_many(texts)
            else:
                assert entry.make_pair is not None
                made = entry.make_pair(strength, SEED).derive_many(texts, others)
            kind = entry.label.value if entry.make else entry.name
            for wire, partner, one in zip(wires, partners, made, strict=True):
                if refuse_derivative(wire.text, one, entry.label) is None:
                    derived = Article(f"{entry.name}/{strength}/{wire.id}", one.text)
                    yield f"engines, {kind}", derived, wire, None if entry.make else partner


def find_derivatives(store: Store, records: list[CorpusRecord]) -> dict[str, Any]:
    """Search for sources that are there."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for record in records:
        if record.label is not Label.ORIGINAL and record.dataset != STARTER:
            name = f"{record.dataset}, {record.label}"
            outcomes[name].append(search(store, record.article, source_of(record)))
    for kind, article, wire, partner in derive(sample_wires()):
        outcomes[kind].append(search(store, article, wire, partner))
    return summarise(outcomes)


def find_for_independents(store: Store, records: list[CorpusRecord]) -> dict[str, Any]:
    """Search for sources of texts that have none; what they are paired with is removed."""
    store.remove(r.article.id for r in records if r.dataset == STARTER)
    originals = [r for r in records if r.label is Label.ORIGINAL]
    paired = [r for r in records if r.dataset in INDEPENDENT]
    own = [r.article for r in paired] + [s for s in map(source_of, paired) if s]
    store.remove(s.id for s in map(source_of, paired) if s)
    for article in own:
        wanted = take(withheld(article))
        while wanted and (found := store.find(wanted)):
            first = store.get(found[0].id)
            if first is None or not is_copy(wanted, take(first)):
                break
            store.remove([first.id])
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for record in originals:
        outcomes[record.dataset].append(search(store, record.article, None))
    return {"n_articles": len(store), "claims": summarise(outcomes)}


PARTS = {
    "derivatives": find_derivatives,
    "labels": compare_labels,
    "independent": find_for_independents,
}


def main() -> None:
    """Measure the parts named, or all, and write after each."""
    names = sys.argv[1:] or [*PARTS, DIRECTIONS]
    if unknown := set(names) - {*PARTS, DIRECTIONS}:
        raise SystemExit(f"{sorted(unknown)}: expected some of {[*PARTS, DIRECTIONS]}")
    records = list(read_corpora([starter_folder(), *pair_files()]))
    path = RESULTS / "find_sources.json"
    result: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    result |= {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("copydesk", "numpy", "usearch")},
        "seed": SEED,
        "min_closeness": MIN_CLOSENESS,
    }

    def write(name: str, measured: dict[str, Any]) -> None:
        result[name] = measured
        path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        print(json.dumps({name: measured}, indent=1), flush=True)

    if DIRECTIONS in names:
        write(DIRECTIONS, find_directions(records, fit_styles()))
    if not set(names) & set(PARTS):
        return
    with tempfile.TemporaryDirectory() as folder, Store.write(folder) as store:
        sources = [s for s in map(source_of, records) if s]
        result["n_articles"] = fill(store, [*read_pools(), *sources])
        store.update_index()
        for name, measure in PARTS.items():  # the last one takes texts away
            if name in names:
                write(name, measure(store, records))


if __name__ == "__main__":
    main()
