"""How well sources are found: ``python benchmarks/find_sources.py`` on public data.

Writes ``results/find_sources.json``. The store holds the pools and the true sources of all pairs.
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
from copydesk.seeds.candidates import MIN_CLOSENESS
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
SEED = 0
N_WIRES = 20
STRENGTHS = (0.1, 0.5)
N_LABELLED = 150
_COPY_SHARE = 0.8

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
    return replace(_prints[article.text], id=article.id, source_id=article.source_id)


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


def compare_labels(store: Store, records: list[CorpusRecord]) -> dict[str, Any]:
    """Label with the source given and with the source found."""
    scorer = Scorer.load()
    by_id = {record.article.id: record for record in records}
    wires: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if record.dataset == STARTER and record.article.source_id in by_id:
            wires[record.story].append(record.article.source_id)
    named = {source for sources in wires.values() for source in sources}
    fill_starter = [by_id[source].article for source in sorted(named)]
    store.add(withheld(article) for article in fill_starter)
    rng = np.random.default_rng(SEED)
    chosen: dict[str, list[CorpusRecord]] = defaultdict(list)
    for record in rng.permutation(np.array(records, dtype=object)).tolist():
        own = STARTER if record.dataset == STARTER else "public"
        rows = chosen[f"{record.dataset}"]
        if record.article.id not in named and (own == STARTER or len(rows) < N_LABELLED):
            rows.append(record)
    measured = {}
    for name, part in (
        (STARTER, chosen[STARTER]),
        ("public", [r for d, rows in chosen.items() if d != STARTER for r in rows]),
    ):
        y: list[str] = []
        predicted: dict[str, list[str]] = defaultdict(list)
        for record in part:
            article = withheld(record.article)
            source = source_of(record)
            if record.dataset == STARTER:
                source_id = record.article.source_id or next(iter(wires[record.story]), None)
                source = by_id[source_id].article if source_id else None
            derived = record.label is not Label.ORIGINAL
            found = next(iter(scorer.label([article], store)))
            if not isinstance(found, Verdict):
                continue
            beside = scorer.label_match(Match(article, source))
            alone = scorer.label_match(Match(article, source if derived else None))
            y.append(str(record.label))
            for view, verdict in (
                ("found", found),
                ("given; originals alone", alone),
                ("given; originals beside a text on the event", beside),
            ):
                predicted[view].append(str(verdict.label) if isinstance(verdict, Verdict) else "-")
        measured[name] = {
            "n": len(y),
            "macro_f1": {
                view: round(float(f1_score(y, labels, average="macro", labels=sorted(set(y)))), 4)
                for view, labels in predicted.items()
            },
        }
    return measured


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


def main() -> None:
    """Measure, and write after each part."""
    records = list(read_corpora([starter_folder(), *pair_files()]))
    result: dict[str, Any] = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("copydesk", "numpy", "usearch")},
        "seed": SEED,
        "min_closeness": MIN_CLOSENESS,
    }

    def write(**measured: Any) -> None:
        result.update(measured)
        RESULTS.mkdir(parents=True, exist_ok=True)
        text = json.dumps(result, indent=1)
        (RESULTS / "find_sources.json").write_text(text + "\n", encoding="utf-8")
        print(json.dumps(measured, indent=1), flush=True)

    with tempfile.TemporaryDirectory() as folder, Store.write(folder) as store:
        sources = [s for s in map(source_of, records) if s]
        result["n_articles"] = fill(store, [*read_pools(), *sources])
        store.update_index()
        write(derivatives=find_derivatives(store, records))
        write(labels=compare_labels(store, records))
        store.remove(r.article.id for r in records if r.dataset == STARTER)
        write(independent=find_for_independents(store, records))
    write(batch_without_dates=find_directions(records))


if __name__ == "__main__":
    main()
