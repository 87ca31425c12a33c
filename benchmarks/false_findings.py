"""How much is found, and how much of it is true: findings per 100 articles, by kind and data set.

``python benchmarks/false_findings.py`` writes ``results/false_findings.json``. What a person read
is entered there by hand, under ``as_read``, and stays: per kind, of copies that desks edited and
of spun ones, how many findings were ``read`` and how many of them are ``true``. ``--list KIND``
prints the findings of one kind, both sides, for reading.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from data import RESULTS

from copydesk.features import collect_evidence, compare, load_encoder, read_document
from copydesk.models import load_model
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.job import read_corpora
from copydesk.train.materials import DATA_VARIABLE
from copydesk.types import Evidence, Finding, Label

# Rows drawn at most; copies that desks edited, spins, and reports that do not derive.
_SETS = (
    ("fnc1_edited", Label.EDITED_WIRE, 400),
    ("prov18", Label.EDITED_WIRE, 400),
    ("gn25", Label.EDITED_WIRE, 400),
    ("ecbplus_odd", Label.EDITED_WIRE, 400),
    ("farm", Label.EDITED_WIRE, 400),
    ("gn25", Label.SPUN, 400),
    ("farm", Label.SPUN, 400),
    ("wmt_roundtrip", Label.SPUN, 200),
    ("gn25", Label.ORIGINAL, 400),
    ("prov18", Label.ORIGINAL, 400),
)
_GROUPS = ("altered_quotes", "corrupted_names", "changed_numbers")
_PATH = RESULTS / "false_findings.json"


def _draw(name: str, label: Label, n: int) -> list[CorpusRecord]:
    path = Path(os.environ[DATA_VARIABLE]) / "pairs" / f"{name}.jsonl.gz"
    records = [record for record in read_corpora([path]) if record.label is label]
    order = np.random.default_rng(0).permutation(len(records))[:n]
    return [records[i] for i in sorted(order)]


def _find(records: Sequence[CorpusRecord]) -> Iterator[tuple[CorpusRecord, Evidence]]:
    encoder, style = load_encoder(), load_model().style
    for record in records:
        source = record.article.source_text
        if source:
            pair = read_document(record.article.text, encoder), read_document(source, encoder)
            yield record, collect_evidence(compare(*pair, encoder, style))


def _findings(evidence: Evidence) -> Iterator[Finding]:
    for field in fields(evidence):
        if field.name in _GROUPS:
            yield from getattr(evidence, field.name)


def main() -> None:
    """Count and write, or list."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", metavar="KIND", help="print the findings of this kind instead")
    kind = parser.parse_args().list
    sets = {}
    for name, label, n in _SETS:
        counts: Counter[str] = Counter()
        n_articles = 0
        for record, evidence in _find(_draw(name, label, n)):
            n_articles += 1
            found = list(_findings(evidence))
            counts.update(finding.kind for finding in found)
            for finding in found:
                if finding.kind == kind:
                    sides = (finding.article.text, finding.source.text if finding.source else "")
                    line = "\t".join((record.article.id, *(" ".join(s.split()) for s in sides)))
                    sys.stdout.write(f"{line}\n")
        per_100 = {k: round(100 * count / n_articles, 1) for k, count in sorted(counts.items())}
        sets[f"{name}/{label}"] = {"articles": n_articles, "per_100": per_100}
    if kind is None:
        known = json.loads(_PATH.read_text()) if _PATH.exists() else {}
        _PATH.write_text(json.dumps({**known, "sets": sets}, indent=2) + "\n")


if __name__ == "__main__":
    main()
