"""Where the benchmarks find their texts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.seeds.corpus.readers import read_articles
from copydesk.seeds.derive.job import derive_corpus
from copydesk.seeds.derive.registry import ENGINES
from copydesk.train import job
from copydesk.train.dataset import Dataset
from copydesk.train.job import read_corpora
from copydesk.train.pairs import Pair, hash_beginning
from copydesk.train.style import StyleModels, collect_style_texts, fit_style_models
from copydesk.types import Article, Label

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
# Human news for the style score, with at most so many articles of each.
_POOLS = {"abp_wires": 1300, "abp_outlets": 5000, "bbc": 2300, "reuters21578": 3000}
# Of wires to derive from.
MIN_WORDS, MAX_WORDS = 150, 900
# What engines make of so many wires is learned, at so many strengths.
_N_WIRES = 75
_STRENGTHS = (0.15, 0.5)
# These leave a text as it was but for its names or quotations; learned, they cost real edits.
_NOT_LEARNED = ("names_", "quote_paraphrase")
_PREFIXES = {
    "fault_": "faults",
    "round_trip": "translation",
    "names_": "transliteration",
    "quote_": "reworded quotes",
    "grafted": "grafted quotes",
}


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


def fit_styles() -> StyleModels:
    """Fit the style score on the public pairs and pools, without the starter corpus.

    That has one hand in all its classes and would teach style nonsense.
    """
    records = read_corpora(pair_files())
    pool = chain.from_iterable(islice(_read_pool(name), n) for name, n in _POOLS.items())
    return fit_style_models(collect_style_texts(records, pool), n_jobs=-1)


def training_pairs(records: Sequence[CorpusRecord]) -> tuple[Pair, ...]:
    """Give the pairs that a model learns from."""
    return job.training_pairs(records, "static", n_jobs=-1)


def draw_wires(records: Sequence[CorpusRecord], n: int, random_state: int = 0) -> list[Article]:
    """Draw wires whose beginning is in no record, neither as text nor as source."""
    texts = (t for r in records for t in (r.article.text, r.article.source_text or ""))
    known = {hash_beginning(text) for text in texts}
    unknown = [wire for wire in read_wires() if hash_beginning(wire.text) not in known]
    chosen = np.random.default_rng(random_state).choice(len(unknown), n, replace=False)
    return [unknown[i] for i in sorted(map(int, chosen))]


def derived_corpus(*, learned: bool = True) -> Path:
    """Derive what the released model learns of engines, or what it does not; or find it in ``out``.

    Both are made of the same wires.
    """
    folder = ROOT / "out" / ("derived" if learned else "derived_not_learned")
    if not (folder / "corpus.jsonl").exists():
        wires = draw_wires(read_corpora(pair_files()), _N_WIRES)
        engines = [name for name in ENGINES if name.startswith(_NOT_LEARNED) != learned]
        derive_corpus(wires, folder, engines=engines, strengths=_STRENGTHS, n_jobs=-1)
    return folder


def families_of(dataset: Dataset) -> NDArray[np.str_]:
    """Give the family of each row's engine; empty where no engine made the text."""
    return np.array([_family_of(name) if name in ENGINES else "" for name in dataset.engines])


def _family_of(engine: str) -> str:
    """Give the family of an engine, by its name and label."""
    for prefix, family in _PREFIXES.items():
        if engine.startswith(prefix):
            return family
    return "newsroom" if ENGINES[engine].label is Label.EDITED_WIRE else "thesaurus"


def pair_files() -> list[Path]:
    """Give the files of public labelled pairs."""
    return sorted((data_folder() / "pairs").glob("*.jsonl.gz"))


def read_wires() -> list[Article]:
    """Read the real wire copy that engines are measured on."""
    return [
        Article(article.id, article.text)
        for article in _read_pool("abp_wires")
        if MIN_WORDS <= len(article.text.split()) <= MAX_WORDS
    ]


def _read_pool(name: str) -> Iterator[Article]:
    rows = read_articles([str(data_folder() / "pools" / f"{name}.jsonl.gz")])
    return (row for row in rows if isinstance(row, Article))
