"""How a store grows: ``python benchmarks/store_scale.py [SIZE...]`` up to a million articles.

Writes ``results/store_scale.json``. The articles are copies of the pools' real ones, a million of
them some 75 of each, whose vectors are jittered and a part of whose hashes is drawn anew (a third
of trigrams and content words, a tenth of names), with the first 3,000 characters of their texts.
Timed is the processor time of one process with one thread, on a machine that others use too; of
searches, the quickest of five rounds:

- add: writing articles, fingerprints and vectors to SQLite, each 256 a transaction flushed to the
  disk, and then the index of the vectors. Reading the text (tokens, sentences, names) comes before
  and is timed by itself.
- search: the article's vector looked up in the mapped index, the fingerprints of eight candidates
  fetched from SQLite and ranked, and the same once more for articles that may have a second source;
  with the store open for reading and warm. Of 100 articles 7 are woven from two, and so looked up
  twice: of public rewrites as many are. Recall is that of the others.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from data import RESULTS
from numpy.typing import NDArray
from source_texts import read_pools, take

from copydesk.features import load_encoder
from copydesk.seeds.search import vectors
from copydesk.seeds.search.candidates import N_NEIGHBOURS
from copydesk.seeds.search.fingerprint import Fingerprint, Hashes, quantize, read_fingerprint
from copydesk.seeds.store import Store
from copydesk.types import Article

SIZES = (10_000, 100_000, 1_000_000)
SEED = 0
N_SEARCHES = 1_000
N_WOVEN = 70
# How many vertices of the graph a look-up keeps in view.
EFFORTS = (48, 64, 96)
_N_EXACT = 200
_JITTER = 25.0
_DRAWN_ANEW = {"trigrams": 3, "stems": 3, "names": 10}
_N_READ = 1_000
_N_REPEATS = 5


def jitter(one: Fingerprint, key: str, rng: np.random.Generator) -> Fingerprint:
    """Make another text of a text: its topic, two thirds of its words."""
    noise = rng.normal(0, _JITTER, len(one.vector))
    vector = np.clip(np.rint(one.vector + noise), -127, 127).astype(np.int8)

    def anew(hashes: Hashes, one_in: int) -> Hashes:
        drawn = rng.integers(0, 1 << 16, len(hashes) // one_in, dtype=np.uint16)
        return np.unique(np.concatenate([hashes[len(drawn) :], drawn]))

    hashes = {name: anew(getattr(one, name), one_in) for name, one_in in _DRAWN_ANEW.items()}
    return replace(one, id=key, published=None, vector=vector, **hashes)


def weave(one: Fingerprint, other: Fingerprint, key: str, rng: np.random.Generator) -> Fingerprint:
    """Make a text of half of each of two."""

    def half(hashes: Hashes) -> Hashes:
        return hashes[rng.random(len(hashes)) < 0.5]

    hashes = {
        name: np.union1d(half(getattr(one, name)), half(getattr(other, name)))
        for name in _DRAWN_ANEW
    }
    vector = quantize(one.vector.astype(np.float32) + other.vector)
    return replace(one, id=key, published=None, vector=vector, **hashes)


def choose_wanted(real: list[tuple[Article, Fingerprint]]) -> list[Fingerprint]:
    """Make the articles to search for; of their texts the store has jittered copies."""
    rng = np.random.default_rng(SEED + 1)
    chosen = rng.choice(len(real), N_SEARCHES, replace=False)
    texts = [real[i][1] for i in chosen]
    wanted = [jitter(one, f"q{i}", rng) for i, one in zip(chosen, texts, strict=True)]
    for place in range(N_SEARCHES - N_WOVEN, N_SEARCHES):
        wanted[place] = weave(texts[place], texts[place - 1], wanted[place].id, rng)
    return wanted


def grown(
    real: list[tuple[Article, Fingerprint]], first: int, last: int
) -> Iterator[tuple[Article, Fingerprint]]:
    """Give articles ``first`` to ``last`` of the store, the same each time."""
    for i in range(first, last):
        article, one = real[i % len(real)]
        rng = np.random.default_rng([SEED, i])
        yield Article(str(i), f"{i} {article.text[:3000]}"), jitter(one, str(i), rng)


def processor_seconds(action: Callable[[], object]) -> float:
    """Time one call."""
    started = time.process_time()
    action()
    return time.process_time() - started


def least_seconds(action: Callable[[], object]) -> float:
    """Time the quickest of some calls: what else the machine does only adds."""
    return min(processor_seconds(action) for _ in range(_N_REPEATS))


def grow(folder: Path, real: list[tuple[Article, Fingerprint]], first: int, last: int) -> float:
    """Add articles and index them; gives the seconds that took, without making them up."""
    seconds = 0.0
    with Store.write(folder) as store:
        for begin in range(first, last, 4096):
            items = list(grown(real, begin, min(begin + 4096, last)))
            seconds += processor_seconds(lambda items=items: store.add_fingerprints(items))
        seconds += processor_seconds(store.update_index)
    return seconds


def search(folder: Path, wanted: list[Fingerprint], effort: int) -> dict[str, float]:
    """Search and look up vectors alone; gives articles a second of processor time, and recall."""
    with mock.patch.object(vectors, "search_effort", lambda _: effort), Store.read(folder) as store:
        sources = [store.find(one) for one in wanted]
        whole = least_seconds(lambda: [store.find(one) for one in wanted])
        index = store.index.current()
        queries = [one.vector for one in wanted]
        alone = least_seconds(lambda: [index.search(one, N_NEIGHBOURS) for one in queries])
        found = [index.search(one, N_NEIGHBOURS)[1] for one in queries[:_N_EXACT]]
        least = nearest(store, queries[:_N_EXACT])[:, -1] - 1e-3
    close = [(row >= bound).sum() for row, bound in zip(found, least, strict=True)]
    return {
        "effort": effort,
        "search_per_second": round(len(wanted) / whole),
        "vector_lookup_per_second": round(len(wanted) / alone),
        "second_source_of_woven": round(
            sum(len(found) > 1 for found in sources[-N_WOVEN:]) / N_WOVEN, 4
        ),
        "recall_of_8_nearest": round(float(np.mean(close)) / N_NEIGHBOURS, 4),
    }


def nearest(store: Store, wanted: list[NDArray[np.int8]]) -> NDArray[np.float32]:
    """Similarities of the nearest by exact search over all vectors, the nearest first."""
    queries = _unit(np.vstack(wanted))
    best = np.full((len(queries), N_NEIGHBOURS), -2.0, np.float32)
    for _, stored in store.vectors():
        similarity = np.hstack([best, queries @ _unit(stored).T])
        best = -np.sort(-similarity, axis=1)[:, :N_NEIGHBOURS]
    return best


def _unit(vectors: NDArray[np.int8]) -> NDArray[np.float32]:
    rows = vectors.astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def megabytes(paths: Iterator[Path]) -> float:
    """Give the size of files."""
    return round(sum(path.stat().st_size for path in paths) / 1e6, 1)


def main() -> None:
    """Measure at each size and write."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    articles = list(read_pools())
    texts = articles[:: len(articles) // _N_READ]
    read_fingerprint(texts[0], load_encoder())
    reading = processor_seconds(lambda: [take(article) for article in texts])
    real = [(article, one) for article in articles if (one := take(article)) is not None]
    wanted = choose_wanted(real)
    rows: list[dict[str, Any]] = []
    result = {
        "what": (__doc__ or "").split("\n\n", 1)[1],
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("copydesk", "numpy", "usearch")},
        "seed": SEED,
        "n_real": len(real),
        "texts_read_per_second": round(len(texts) / reading),
        "sizes": rows,
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / "store_scale.json"
    with tempfile.TemporaryDirectory() as place:
        folder, n_before = Path(place) / "store", 0
        for size in sizes:
            seconds = grow(folder, real, n_before, size)
            rows.append(
                {
                    "n_articles": size,
                    "added": size - n_before,
                    "add_per_second": round((size - n_before) / seconds),
                    "searches": [search(folder, wanted, effort) for effort in EFFORTS],
                    "sqlite_mb": megabytes(folder.glob("articles.sqlite*")),
                    "index_mb": megabytes(folder.glob("vectors-*")),
                    "peak_memory_mb": round(
                        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                    ),
                }
            )
            n_before = size
            print(json.dumps(rows[-1]), flush=True)
            path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
