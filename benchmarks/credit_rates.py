"""How often texts of each label bear each kind of credit, and what weighing credits does to labels.

``credit_rates.py`` measures what ``predict/credits_rule.py`` commits. Sets whose texts were cleaned
of their ends bear fewer credits than pages do, those of every label alike.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from data import RESULTS

from copydesk.features.read.blocks import split_blocks
from copydesk.features.read.credits import find_credits
from copydesk.features.read.text import normalize_text
from copydesk.models.judgement import UNCREDITED
from copydesk.predict import Scorer
from copydesk.predict import credits_rule as rule
from copydesk.train.materials import DATA_VARIABLE
from copydesk.types import LABELS, Article, Label

# Real texts and machines' work, by label. ECB+ is left out: what it calls originals are agency copy
# too, only cut elsewhere. Beside `original`, AllSides, the pages of 2022 and whole stories.
_SETS = {
    Label.ORIGINAL: ("gn25", "prov18", "abp_original", "pac22"),
    Label.EDITED_WIRE: ("gn25", "prov18", "fnc1_edited"),
    Label.SPUN: ("gn25", "farm", "isot_gpt4omini", "wmt_roundtrip", "llmfake"),
}
_ALSO_SCORED = ("ecbplus_odd", "farm")
_OWN = "own site"


def read_alone(name: str) -> list[tuple[Article, Label]]:
    """Read the texts of a set, each once, with what is known of their outlets."""
    folder = Path(os.environ[DATA_VARIABLE])
    files = [folder / "pairs" / f"{name}.jsonl.gz", folder / "related" / f"{name}_spun.jsonl.gz"]
    found: dict[str, tuple[Article, Label]] = {}
    for row in _rows(files):
        # "A vs B": the other report's outlet and this one's.
        outlet = (row["note"] or "").split(" vs ")[-1] if name == "abp_original" else None
        article = Article(row["id"], row["text"], url=row.get("url"), outlet=outlet)
        found.setdefault(row["text"], (article, Label(row["label"])))
    return list(found.values())


def _rows(files: list[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        if file.exists():
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                yield from map(json.loads, lines)


def kind_of(article: Article) -> str:
    """Name the kind of a text's strongest certain credit."""
    text = normalize_text(article.text).text
    credits = find_credits(text, split_blocks(text))
    kind = rule.find_strongest_kind(article, credits)
    if kind is not None:
        return str(kind)
    return _OWN if rule.find_credit_rates(article, credits) == rule.OWN_SITE_RATES else "none"


def measure_rates(
    counts: dict[tuple[str, Label], Counter[str]], left_out: str = ""
) -> dict[str, tuple[float, ...]]:
    """Average the shares of the sets of each label; half a text is added to what was counted."""
    kinds = [*map(str, rule.RATES), _OWN]
    rates: dict[str, list[float]] = defaultdict(list)
    for label in LABELS:
        sets = [counts[name, label] for name in _SETS[label] if name != left_out]
        n_texts = sum(each.total() for each in sets)
        for kind in kinds:
            mean = float(np.mean([each[kind] / each.total() for each in sets]))
            rates[kind].append(round((mean * n_texts + 0.5) / (n_texts + 1), 5))
    return {kind: tuple(values) for kind, values in rates.items()}


def score(
    texts: dict[str, list[tuple[Article, Label]]],
    counts: dict[tuple[str, Label], Counter[str]],
) -> dict[str, Any]:
    """Label credited texts alone: unweighed, weighed as committed, and by other sets' rates."""
    scorer = Scorer.load()
    committed = rule.RATES
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    calibration: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for name, rows in texts.items():
        others = measure_rates(counts, left_out=name)
        ways = {
            "unweighed": dict.fromkeys(committed, UNCREDITED),
            "weighed": committed,
            "weighed by other sets": {kind: others[str(kind)] for kind in committed},
        }
        for article, label in rows:
            kind = kind_of(article)
            cell = labels[f"{name} {label}"]
            cell["n"] += 1
            if kind == "none":
                continue
            cell["credited"] += 1
            for way, rates in ways.items():
                rule.RATES = rates
                verdict = scorer.label_pair(article, None)
                cell[f"{way}: {verdict.label}"] += 1
            rule.RATES = committed
            p_wire = verdict.probabilities[Label.EDITED_WIRE]
            calibration[kind].append((p_wire, label is Label.EDITED_WIRE))
    return {
        "labels": {name: dict(sorted(cell.items())) for name, cell in sorted(labels.items())},
        "mean_p_edited_wire_and_share_of_it": {
            kind: [len(pairs), *np.mean(pairs, axis=0).round(3).tolist()]
            for kind, pairs in sorted(calibration.items())
        },
    }


def main() -> None:
    """Measure, print and keep."""
    names = dict.fromkeys([*(name for sets in _SETS.values() for name in sets), *_ALSO_SCORED])
    texts = {name: read_alone(name) for name in names}
    counts: dict[tuple[str, Label], Counter[str]] = defaultdict(Counter)
    for name, rows in texts.items():
        for article, label in rows:
            counts[name, label][kind_of(article)] += 1
    result = {
        "counts": {f"{name} {label}": dict(c) for (name, label), c in sorted(counts.items())},
        "rates": measure_rates(counts),
    }
    print(json.dumps(result, indent=1))
    result |= score(texts, counts)
    (RESULTS / "credit_rates.json").write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result["labels"], indent=1))


if __name__ == "__main__":
    main()
