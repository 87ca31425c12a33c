"""Where the benchmarks find their texts."""

from __future__ import annotations

import gzip
import json
import os
from itertools import chain, islice
from pathlib import Path

from copydesk.predict.readers import read_articles
from copydesk.train.job import read_corpora
from copydesk.train.style import StyleModels, collect_style_texts, fit_style_models
from copydesk.types import Article

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
# Human news for the style score, with at most so many articles of each.
_POOLS = {"abp_wires": 1300, "abp_outlets": 2000, "bbc": 2300, "reuters21578": 1500}
# Of wires to derive from.
MIN_WORDS, MAX_WORDS = 150, 900


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
    articles = chain.from_iterable(
        islice(read_articles([str(data_folder() / "pools" / f"{name}.jsonl.gz")]), n)
        for name, n in _POOLS.items()
    )
    pool = [article for article in articles if isinstance(article, Article)]
    return fit_style_models(collect_style_texts(records, pool), n_jobs=-1)


def pair_files() -> list[Path]:
    """Give the files of public labelled pairs."""
    return sorted((data_folder() / "pairs").glob("*.jsonl.gz"))


def read_wires() -> list[Article]:
    """Read the real wire copy that engines are measured on."""
    path = data_folder() / "pools" / "abp_wires.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    fitting = [r for r in rows if MIN_WORDS <= len(r["text"].split()) <= MAX_WORDS]
    return [Article(row["id"], row["text"]) for row in fitting]
