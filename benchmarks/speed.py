"""How fast one article is judged: ``python benchmarks/speed.py`` writes ``results/speed.json``.

Absolute times are those of the machine named in the file and of its mood; ratios within the run
carry over.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from data import RESULTS

from copydesk.features import compare, extract_features, load_encoder, read_document
from copydesk.models import load_model
from copydesk.predict import Scorer, predict
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.types import Label

_REPEATS = 5


def milliseconds(action: Callable[[], object]) -> float:
    """Time one call."""
    started = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    """Measure and write."""
    records = {record.article.id: record.article for record in read_starter()}
    pairs = [
        (record.article.text, records[record.article.source_id].text)
        for record in read_starter()
        if record.article.source_id and record.label is not Label.ORIGINAL
    ][::4]
    predict(*pairs[0])  # loads model, vectors, word lists
    warm = median(milliseconds(lambda pair=pair: predict(*pair)) for pair in pairs)
    steps: dict[str, list[float]] = {"read": [], "compare": [], "features": [], "minilm_encode": []}
    style = load_model().style
    static, minilm = load_encoder("static"), load_encoder("minilm")
    for text, source in pairs:
        article, other = read_document(text, static), read_document(source, static)
        steps["read"].append(milliseconds(lambda text=text: read_document(text, static)))
        comparison = compare(article, other, static, style)
        steps["compare"].append(
            milliseconds(
                lambda article=article, other=other: compare(article, other, static, style)
            )
        )
        steps["features"].append(milliseconds(lambda c=comparison: extract_features(c)))
        sentences = [article.text[s.start : s.end] for s in article.sentences]
        steps["minilm_encode"].append(milliseconds(lambda s=sentences: minilm.encode(s)))
    scorer = Scorer.load()
    articles = list(records.values())[:240]
    batch = milliseconds(lambda: list(scorer.label(articles))) / len(articles)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "a.txt"
        page.write_text(pairs[0][0], encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "copydesk",
            "label",
            str(page),
            "--out",
            f"{folder}/o.jsonl",
        ]
        cold = median(
            milliseconds(lambda: subprocess.run(command, check=True, capture_output=True))
            for _ in range(_REPEATS)
        )
    result = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "n_pairs": len(pairs),
        "predict_with_source_warm_ms": round(warm, 1),
        "label_one_article_cold_s": round(cold / 1000, 2),
        "batch_ms_per_article": round(batch, 1),
        "steps_ms": {name: round(median(values), 2) for name, values in steps.items()},
        "minilm_encode_over_whole_prediction": round(median(steps["minilm_encode"]) / warm, 2),
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "speed.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
