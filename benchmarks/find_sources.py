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

import gzip
import json
import platform
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, NamedTuple

import numpy as np
from data import RESULTS, data_folder, pair_files, starter_folder
from sklearn.metrics import f1_score

from copydesk.errors import InvalidArticle
from copydesk.features import load_encoder
from copydesk.predict import Scorer
from copydesk.predict.matching import Match
from copydesk.seeds.comparison import MIN_CLOSENESS
from copydesk.seeds.corpus import CorpusRecord
from copydesk.seeds.derive.judge import refuse_derivative
from copydesk.seeds.derive.partners import find_partners
from copydesk.seeds.derive.registry import ENGINES
from copydesk.seeds.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.pool import ArticlePool
from copydesk.seeds.store import Store
from copydesk.train.job import read_corpora
from copydesk.types import Article, Label, Verdict

POOLS = ("abp_wires", "reuters21578", "abp_outlets", "bbc")
INDEPENDENT = ("abp", "ecb")
STARTER = "starter"
DIRECTIONS = "batch_without_dates"
SEED = 0
N_WIRES = 20
STRENGTHS = (0.1, 0.5)
N_LABELLED = 150
_COPY_SHARE = 0.8

Labelled = tuple[CorpusRecord, Article | None, Article | None, dict[str, str]]
"""An article, the source found, the source given, and its label by view."""

_prints: dict[str, Fingerprint] = {}


class Outcome(NamedTuple):
    """What a search gave: any source, a true one first, a second one, the two true ones."""

    claimed: bool
    true_source_first: bool
    two_sources: bool
    both_true_sources: bool


def read_pools() -> Iterator[Article]:
    """Read the texts without a label."""
    for name in POOLS:
        with gzip.open(data_folder() / "pools" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as f:
            for row in map(json.loads, f):
                try:
                    day = datetime.fromisoformat(row["published"] or "").replace(tzinfo=UTC)
                except ValueError:
                    day = None
                yield Article(f"{name}/{row['id']}", row["text"], published=day)


def source_of(record: CorpusRecord) -> Article | None:
    """Give the text that a pair names."""
    article = record.article
    if article.source_text is None:
        return None
    return Article(f"{record.dataset}/{article.source_id}", article.source_text)


def withheld(article: Article) -> Article:
    """Give an article without what its record knows of its source."""
    return replace(article, source_id=None, source_text=None)


def take(article: Article) -> Fingerprint | None:
    """Give the fingerprint of an article, read once."""
    if article.text not in _prints:
        try:
            _prints[article.text] = read_fingerprint(article, load_encoder())
        except InvalidArticle:
            return None
    published = None if article.published is None else article.published.timestamp()
    return replace(
        _prints[article.text],
        id=article.id,
        source_id=article.source_id,
        published=published,
    )


def is_copy(one: Fingerprint | None, other: Fingerprint | None) -> bool:
    """Say whether two texts are one, give or take a cut."""
    if one is None or other is None:
        return False
    shared = len(np.intersect1d(one.trigrams, other.trigrams, assume_unique=True))
    return shared >= _COPY_SHARE * max(min(len(one.trigrams), len(other.trigrams)), 1)


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
    partners = [wires[i or 0] for i in find_partners(wires)]
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


def choose_articles(records: list[CorpusRecord]) -> list[CorpusRecord]:
    """Choose articles to label: of the starter corpus all that are nobody's source."""
    named = {r.article.source_id for r in records if r.dataset == STARTER}
    chosen: dict[str, list[CorpusRecord]] = defaultdict(list)
    shuffled = np.random.default_rng(SEED).permutation(np.array(records, dtype=object)).tolist()
    for record in shuffled:
        rows = chosen[record.dataset]
        is_free = record.dataset != STARTER or record.article.id not in named
        if is_free and (record.dataset == STARTER or len(rows) < N_LABELLED):
            rows.append(record)
    return [record for rows in chosen.values() for record in rows]


def compare_labels(store: Store, records: list[CorpusRecord]) -> dict[str, Any]:
    """Label with the source found and with the source given, originals alike in both.

    Originals stand alone in both, or beside the text on their event in both. What the search
    pairs originals with is told apart: as searched.
    """
    scorer = Scorer.load()
    starter = [record for record in records if record.dataset == STARTER]
    by_id = {record.article.id: record.article for record in starter}
    event = {r.story: r.article.source_id for r in starter if r.article.source_id in by_id}
    named = {r.article.source_id for r in starter} & set(by_id)
    store.add(withheld(by_id[source]) for source in sorted(filter(None, named)))
    rows = []
    for record in choose_articles(records):
        article = withheld(record.article)
        if record.dataset == STARTER:
            given = by_id.get(record.article.source_id or event.get(record.story) or "")
        else:
            given = source_of(record)
        (match,) = scorer.find_sources([article], store)
        verdicts = {
            "found": scorer.label_match(match),
            "given": scorer.label_match(Match(article, given)),
        }
        if record.label is Label.ORIGINAL:
            verdicts["alone"] = scorer.label_match(Match(article))
        if all(isinstance(verdict, Verdict) for verdict in verdicts.values()):
            labels = {name: str(verdict.label) for name, verdict in verdicts.items()}
            rows.append((record, match.source, given, labels))
    return {
        name: summarise_labels([row for row in rows if (row[0].dataset == STARTER) == is_starter])
        for name, is_starter in ((STARTER, True), ("public", False))
    }


def summarise_labels(rows: list[Labelled]) -> dict[str, Any]:
    """Give macro-F1 with the source found and given, and how derivatives fare."""
    y = [str(record.label) for record, *_ in rows]

    def macro_f1(for_originals: str, for_derivatives: str) -> float:
        labels = [
            one[for_originals if record.label is Label.ORIGINAL else for_derivatives]
            for record, _, _, one in rows
        ]
        score = f1_score(y, labels, average="macro", labels=sorted(set(y)), zero_division=0)
        return round(float(score), 4)

    derived = [row for row in rows if row[0].label is not Label.ORIGINAL]
    right = [found is not None and is_true(found, given) for _, found, given, _ in derived]
    flips = [one["found"] != one["given"] for *_, one in derived]
    policies = {
        "originals alone": (macro_f1("alone", "found"), macro_f1("alone", "given")),
        "originals beside a text on the event": (
            macro_f1("given", "found"),
            macro_f1("given", "given"),
        ),
    }
    return {
        "n": len(rows),
        "macro_f1": {
            name: {"found": found, "given": given, "difference": round(found - given, 4)}
            for name, (found, given) in policies.items()
        },
        "macro_f1_as_searched": macro_f1("found", "found"),
        "n_derivatives": len(derived),
        "with_another_source_or_none": len(right) - sum(right),
        "labels_that_differ": sum(flips),
        "labels_that_differ_beside_the_true_source": sum(
            flip for flip, one in zip(flips, right, strict=True) if one
        ),
    }


def is_true(found: Article, given: Article | None) -> bool:
    """Say whether the source found is the one given, give or take a cut."""
    return given is not None and (found.text == given.text or is_copy(take(found), take(given)))


def find_directions(records: list[CorpusRecord]) -> dict[str, Any]:
    """Put sources and derivatives into one batch without dates: which is taken for the source."""
    measured = {}
    by_id = {record.article.id: record.article for record in records}
    for name in sorted({r.dataset for r in records if r.label is not Label.ORIGINAL}):
        derived = [r for r in records if r.dataset == name and r.label is not Label.ORIGINAL]
        batch: dict[str, Article] = {}
        true: dict[str, str] = {}
        for record in derived:
            source = source_of(record) or by_id.get(record.article.source_id or "")
            if source is None or source.id == record.article.id:
                continue
            batch[source.id] = replace(withheld(source), published=None)
            batch[record.article.id] = replace(withheld(record.article), published=None)
            true[record.article.id] = source.id
        places = ArticlePool(list(batch.values()), take).places()
        sources = set(true.values()) & set(places)
        derived_ids = set(true) & set(places)
        measured[name] = {
            "n_sources": len(sources),
            "n_derivatives": len(derived_ids),
            "sources_taken_for_derivatives": round(
                sum(bool(places[key].sources) for key in sources) / len(sources), 4
            ),
            "derivatives_with_their_source": round(
                sum(any(one.id == true[key] for one in places[key].sources) for key in derived_ids)
                / len(derived_ids),
                4,
            ),
        }
    return measured


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
        write(DIRECTIONS, find_directions(records))
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
