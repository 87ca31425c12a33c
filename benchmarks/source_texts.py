"""The texts that finding sources is measured on, and their fingerprints."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from data import data_folder

from copydesk.errors import InvalidArticle
from copydesk.features import load_encoder
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.types import Article

STARTER = "starter"
SEED = 0
_POOLS = ("abp_wires", "reuters21578", "abp_outlets", "bbc")
_COPY_SHARE = 0.8

_prints: dict[str, Fingerprint] = {}


def read_pools() -> Iterator[Article]:
    """Read the texts without a label."""
    for name in _POOLS:
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
