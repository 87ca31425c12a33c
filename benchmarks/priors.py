"""What is original, copied or spun among the pages of folders, before they are read.

``python benchmarks/priors.py`` measures what ``models/judgement.py`` commits: folders that hold
half of what was published on each of 29 events, drawn again and again, and in them the labels of
the pages that derive from none at hand, with and without another report of the event. It writes
``results/priors.json``.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from data import RESULTS

from copydesk.features import load_encoder
from copydesk.seeds.corpus.groups import join_groups
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.seeds.search.closeness import MIN_RELATED, measure_closeness
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.train.job import read_corpora
from copydesk.train.materials import DATA_VARIABLE
from copydesk.train.pairs import hash_beginning
from copydesk.types import LABELS, Article, Label

_FILES = ("pairs/gn25.jsonl.gz", "related/gn25_spun.jsonl.gz")
_N_DRAWS = 200
_SEED = 0
# Two copies as close as this are of one agency story, whatever they are said to derive from.
_SAME_STORY = 1.2


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an event; ``label`` is None for what only others are said to derive from."""

    event: str
    fingerprint: Fingerprint
    label: Label | None
    source: str | None


def read_pages(records: tuple[CorpusRecord, ...]) -> dict[str, Page]:
    """Read every page once, by the hash of its beginning."""
    encoder = load_encoder()

    def page(text: str, event: str, label: Label | None, source: str | None) -> Page:
        return Page(event, read_fingerprint(Article("", text), encoder), label, source)

    pages = {}
    for record in records:
        source = record.article.source_text
        derived = source is not None and record.label is not Label.ORIGINAL
        key = hash_beginning(source) if source is not None and derived else None
        text = record.article.text
        pages[hash_beginning(text)] = page(text, record.story, record.label, key)
    for record in records:
        source = record.article.source_text
        if source is not None and hash_beginning(source) not in pages:
            pages[hash_beginning(source)] = page(source, record.story, None, None)
    return pages


def main() -> None:
    """Draw folders, count, write."""
    folder = Path(os.environ[DATA_VARIABLE])
    pages = read_pages(read_corpora([folder / file for file in _FILES]))
    of_event: dict[str, list[str]] = defaultdict(list)
    for key, page in pages.items():
        of_event[page.event].append(key)
    closeness = {
        (one, other): measure_closeness(pages[one].fingerprint, pages[other].fingerprint)
        for keys in of_event.values()
        for one in keys
        for other in keys
        if one != other
    }
    links = [(key, page.source) for key, page in pages.items() if page.source is not None]
    links += [
        pair
        for pair, found in closeness.items()
        if found >= _SAME_STORY and all(pages[key].label is not Label.ORIGINAL for key in pair)
    ]
    families = join_groups(links)
    counts: dict[str, Counter[Label]] = defaultdict(Counter)
    rng = np.random.default_rng(_SEED)
    for _ in range(_N_DRAWS):
        kept = {key for key in pages if rng.random() < 0.5}
        for key in kept:
            label = pages[key].label
            if label is None:
                continue
            others = [k for k in of_event[pages[key].event] if k in kept and k != key]
            counts["unsearched"][label] += 1
            own = families.get(key, key)
            if label is not Label.ORIGINAL and any(families.get(k, k) == own for k in others):
                continue
            near = any(closeness[key, other] >= MIN_RELATED for other in others)
            counts["related" if near else "nothing_related"][label] += 1
    result = {
        situation: {
            "pages_a_draw": round(found.total() / _N_DRAWS, 1),
            "shares": {str(label): round(found[label] / found.total(), 3) for label in LABELS},
        }
        for situation, found in sorted(counts.items())
    }
    print(json.dumps(result, indent=1))
    (RESULTS / "priors.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
