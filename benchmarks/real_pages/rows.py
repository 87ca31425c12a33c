"""Feature rows of real pages from a folder of their texts: ``rows.py FOLDER``.

The folder holds ``<id>.txt`` for pages of ``manifest.jsonl``. What is written is numbers only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from copydesk.features import FEATURE_NAMES
from copydesk.models import load_model
from copydesk.train.dataset import build_dataset
from copydesk.train.metrics import measure
from copydesk.train.pairs import Pair, PairKind
from copydesk.train.report import format_metrics
from copydesk.train.style import StyleModels
from copydesk.types import Label

HERE = Path(__file__).resolve().parent
MANIFEST = HERE / "manifest.jsonl"
ROWS = HERE / "rows.jsonl"


def read_manifest() -> list[dict[str, Any]]:
    """Read the labelled pages."""
    lines = MANIFEST.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read_texts(folder: Path, pages: list[dict[str, Any]]) -> dict[str, str]:
    """Read the texts that are there, by id.

    Raises
    ------
    SystemExit
        None is there.
    """
    files = {page["id"]: folder / f"{page['id']}.txt" for page in pages}
    texts = {i: f.read_text(encoding="utf-8") for i, f in files.items() if f.is_file()}
    if not texts:
        raise SystemExit(f"{folder} holds no <id>.txt of a page in {MANIFEST.name}")
    return texts


def pair_pages(
    pages: list[dict[str, Any]], texts: dict[str, str]
) -> Iterator[tuple[dict[str, Any], Pair]]:
    """Pair each page with its source or best candidate, and with nothing."""
    for page in pages:
        text, source = texts.get(page["id"]), texts.get(page["source_id"] or "")
        if text is None:
            continue
        label = Label(page["label"])
        at_hand = page["source_at_hand"] and label is not Label.ORIGINAL
        kind = PairKind.SOURCE if at_hand else PairKind.RELATED
        own = (label, page["event"], page["role"], page["half"])
        if source is not None:
            yield page, Pair(text, source, kind, *own)
        yield page, Pair(text, None, PairKind.ALONE, *own)


def main() -> int:
    """Write the rows and print what the released model makes of them."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    pages = read_manifest()
    paired = list(pair_pages(pages, read_texts(Path(sys.argv[1]), pages)))
    model = load_model()
    dataset = build_dataset(
        [pair for _, pair in paired],
        model.manifest.encoder,
        StyleModels(model.style, {}),
        n_jobs=-1,
    )
    with ROWS.open("w", encoding="utf-8") as file:
        for (page, pair), row in zip(paired, dataset.X.tolist(), strict=True):
            values = [None if np.isnan(value) else round(value, 5) for value in row]
            record = {"id": page["id"], "half": page["half"], "event": page["event"]}
            record |= {"label": page["label"], "kind": str(pair.kind)}
            record["features"] = dict(zip(FEATURE_NAMES, values, strict=True))
            file.write(json.dumps(record) + "\n")
    probabilities = model.classifier.predict_proba(dataset.X)
    views = {
        f"{half}, {kind}": (dataset.datasets == half) & (dataset.kinds == kind)
        for half in np.unique(dataset.datasets)
        for kind in np.unique(dataset.kinds)
    }
    measured = {n: measure(probabilities[m], dataset.y[m]) for n, m in views.items() if m.any()}
    print(format_metrics(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
