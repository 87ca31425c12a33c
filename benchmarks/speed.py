"""How fast copydesk and others are: ``make bench`` writes ``results/speed.json``.

All in one run on one core, in processor time; each figure is a mean over texts of the least of
three tries. Times are those of the machine named in the file; ratios within the run carry over.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from data import RESULTS
from peers import PAIRS, SEARCHES

from copydesk.models import Model, load_model
from copydesk.predict import Scorer
from copydesk.seeds.corpus.labelled import read_corpus
from copydesk.seeds.corpus.readers import read_articles
from copydesk.seeds.store import Store
from copydesk.types import Article, Label, Rejected, Verdict

_PAIRS = ("gn25", "prov18", "isot_gpt4omini", "abp_original", "wmt_roundtrip", "farm")
_POOLS = ("abp_wires", "reuters21578", "abp_outlets", "bbc")
_TRIES = 3
_LENGTHS = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 5_000_000)


def cpu_ms(action: Callable[[], object]) -> float:
    """Time one call on the processor."""
    started = time.process_time()
    action()
    return 1000 * (time.process_time() - started)


def mean_of_least(actions: Sequence[Callable[[], object]], tries: int = _TRIES) -> float:
    """Give the mean over calls of the least of some tries, after one that warms up."""
    least = [float("inf")] * len(actions)
    for attempt in range(tries + 1):
        for i, action in enumerate(actions):
            spent = cpu_ms(action)
            if attempt:
                least[i] = min(least[i], spent)
    return sum(least) / len(least)


def read_pairs(data: Path, n_each: int) -> list[tuple[Article, Article]]:
    """Draw derivatives with their sources."""
    pairs = []
    for name in _PAIRS:
        records = [
            record
            for record in read_corpus([data / "pairs" / f"{name}.jsonl.gz"])
            if record.label is not Label.ORIGINAL and record.article.source_text
        ]
        for record in random.Random(0).sample(records, min(n_each, len(records))):
            article = record.article
            source = Article(f"{name}-{article.source_id}", article.source_text or "")
            pairs.append((Article(article.id, article.text), source))
    return pairs


def read_pool(data: Path, n: int) -> list[Article]:
    """Read articles of all pools, one of each in turn."""
    streams = [read_articles([str(data / "pools" / f"{name}.jsonl.gz")]) for name in _POOLS]
    articles: list[Article] = []
    while streams and len(articles) < n:
        for stream in tuple(streams):
            item = next(stream, None)
            if item is None:
                streams.remove(stream)
            elif isinstance(item, Article):
                articles.append(Article(f"pool-{len(articles)}", item.text))
    return articles[:n]


def measure_pairs(model: Model, pairs: Sequence[tuple[Article, Article]]) -> dict[str, float]:
    """Time an article beside its source."""

    found = {}
    for name, is_known in (("copydesk, source read before", True), ("copydesk", False)):
        least = [float("inf")] * len(pairs)
        for _ in range(_TRIES + 1):
            for i, (article, source) in enumerate(pairs):
                scorer = Scorer(model)
                if is_known:
                    scorer.fingerprint(source)
                spent = cpu_ms(lambda s=scorer, a=article, b=source: s.label_pair(a, b))
                least[i] = min(least[i], spent)
        found[name] = sum(least) / len(least)
    for name, compare in PAIRS.items():
        chosen = pairs[::8] if "MiniLM" in name else pairs
        actions = [lambda a=a, s=s, c=compare: c(a.text, s.text) for a, s in chosen]
        found[name] = mean_of_least(actions, 1 if "MiniLM" in name else _TRIES)
    return found


def measure_searches(
    model: Model, pairs: Sequence[tuple[Article, Article]], pool: Sequence[Article], folder: Path
) -> dict[str, dict[str, float]]:
    """Time an article against all sources, and count the sources found."""
    by_id = {source.id: source for _, source in pairs}
    sources = [*by_id.values(), *pool[: len(pool) - len(by_id)]]
    place_of = {source.id: place for place, source in enumerate(sources)}
    found: dict[str, dict[str, float]] = {}
    with Store.write(folder / "sources.store") as store:
        building = cpu_ms(lambda: store.add(sources))
        verdicts: list[Verdict | Rejected] = []

        def label_all() -> None:
            verdicts[:] = Scorer(model).label([article for article, _ in pairs], store)

        spent = min(cpu_ms(label_all) for _ in range(_TRIES))
        right = 0
        for verdict, (_, source) in zip(verdicts, pairs, strict=True):
            if isinstance(verdict, Verdict):
                near = verdict.source or verdict.related
                right += near is not None and near.id == source.id
        found["copydesk"] = {
            "ms": spent / len(pairs),
            "source_found": right / len(pairs),
            "index_ms_per_source": building / len(sources),
        }
    for name, make in SEARCHES.items():
        made = []
        building = cpu_ms(lambda make=make, made=made: made.append(make([s.text for s in sources])))
        find = made[0]
        places = [find(article.text) for article, _ in pairs]
        actions = [lambda a=a, f=find: f(a.text) for a, _ in pairs]
        right = sum(place == place_of[s.id] for place, (_, s) in zip(places, pairs, strict=True))
        found[name] = {
            "ms": mean_of_least(actions),
            "source_found": right / len(pairs),
            "index_ms_per_source": building / len(sources),
        }
        del find, made, actions
        gc.collect()
    return found


def measure_batches(
    model: Model, pool: Sequence[Article], sizes: Sequence[int]
) -> dict[str, float]:
    """Time an article in batches of growing size, each judged alone."""
    found = {}
    for size in sizes:
        stream = (
            Article(f"{i}", article.text) for i, article in enumerate(islice(cycle(pool), size))
        )
        verdicts = Scorer(model).label(stream, [])
        spent = cpu_ms(lambda verdicts=verdicts: sum(1 for _ in verdicts))
        found[str(size)] = spent / size
    return found


def measure_lengths(model: Model, pool: Sequence[Article]) -> dict[str, float]:
    """Time texts of growing length, in characters, beside a source of the same length."""
    texts = [article.text for article in pool if len(article.text) > 1_500]
    found = {}
    for length in _LENGTHS:
        n_tries = 3 if length > 10_000 else 20
        spent = []
        for attempt in range(n_tries):
            drawn = random.Random(attempt).choices(texts, k=length // 1000 + 20)
            whole = "\n\n".join(drawn)
            article, source = whole[:length], whole[length // 10 : length]
            scorer, pair = Scorer(model), (Article("a", article), Article("b", source))
            spent.append(cpu_ms(lambda scorer=scorer, pair=pair: scorer.label_pair(*pair)))
        found[str(length)] = sum(spent) / n_tries
    return found


_PREDICT = "import sys; from copydesk import predict; predict(open(sys.argv[1]).read())"
# Runs what it is given and says how much memory that took at most: a process's own high-water mark.
_PEAK = """
import sys
try:
    {code}
finally:
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""
_COMMAND = "from copydesk.cli import main; main()"


def measure_cold(folder: Path, pages: Sequence[Article], store: Path) -> dict[str, float]:
    """Time commands from a cold start, by the clock, and measure the memory that they take."""
    page, batch, out = folder / "a.txt", folder / "in.jsonl", str(folder / "out.jsonl")
    page.write_text(pages[0].text, encoding="utf-8")
    with batch.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps({'id': a.id, 'text': a.text})}\n" for a in pages)
    beside = ["--sources", str(store), "--out", out, "--quiet"]
    runs = {
        "predict": (_PREDICT, [str(page)]),
        "label": (_COMMAND, ["label", str(page), "--no-sources", "--out", out, "--quiet"]),
        "label beside a store": (_COMMAND, ["label", str(page), *beside]),
    }
    found: dict[str, float] = {}
    for name, (code, arguments) in runs.items():
        command = [sys.executable, "-c", code, *arguments]
        seconds = []
        for _ in range(5):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds.append(time.perf_counter() - started)
        found[f"{name}, seconds"] = min(seconds)
    runs["a batch beside a store"] = _COMMAND, ["label", str(batch), *beside]
    for name, (code, arguments) in runs.items():
        finished = subprocess.run(
            [sys.executable, "-c", _PEAK.format(code=code), *arguments],
            stdout=subprocess.PIPE,
            check=False,
        )
        found[f"{name}, peak MB"] = int(finished.stdout.split()[-1]) / 1024
    return found


def rounded(value: Any) -> Any:
    """Round all figures to three digits that count."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return float(f"{value:.3g}") if isinstance(value, float) else value


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="folder of public data")
    parser.add_argument("--n-each", type=int, default=40, help="pairs of each data set")
    parser.add_argument("--n-sources", type=int, default=13_000)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    given = parser.parse_args()
    cores = os.sched_getaffinity(0)
    if len(cores) > 1:
        os.sched_setaffinity(0, {max(cores)})
        # Begun anew: numpy counts the cores when it is imported, and two threads on one core wait
        # for each other a third of the time.
        os.execv(sys.executable, [sys.executable, *sys.argv])
    model = load_model()
    pairs, pool = read_pairs(given.data, given.n_each), read_pool(given.data, given.n_sources)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        result = {
            "machine": f"{platform.machine()}, Python {platform.python_version()}",
            "versions": {
                one: version(one) for one in ("numpy", "rapidfuzz", "datasketch", "rensa")
            },
            "model_id": model.manifest.model_id,
            "n_pairs": len(pairs),
            "mean_words": sum(len(a.text.split()) for a, _ in pairs) / len(pairs),
            "mean_source_words": sum(len(s.text.split()) for _, s in pairs) / len(pairs),
            "n_sources": len(pool),
            "pair_ms": measure_pairs(model, pairs),
            "search": measure_searches(model, pairs, pool, folder),
            "cold": measure_cold(folder, [a for a, _ in pairs], folder / "sources.store"),
            "text_ms_by_chars": measure_lengths(model, pool),
            "batch_ms_by_articles": measure_batches(model, pool, given.sizes),
            "load": os.getloadavg()[1],
        }
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "speed.json").write_text(
        json.dumps(rounded(result), indent=1) + "\n", encoding="utf-8"
    )
    print(json.dumps(rounded(result), indent=1))


if __name__ == "__main__":
    main()
