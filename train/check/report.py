"""What was found in a corpus, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from copydesk.train.check.result import CorpusCheck


def check_record(found: CorpusCheck) -> dict[str, Any]:
    """Give what was found as ``copydesk check --json`` prints it.

    Returns
    -------
    dict
        ``n_records, n_stories, n_known, counts, stories, problems, formatting, likely_errors``:
        strings, numbers, lists, dicts; see ``CorpusCheck``.
    """
    counts = {name: dict(of.most_common()) for name, of in found.counts.items()}
    formatting = [
        {"label": str(one.label), "auc": round(one.auc, 4), "traits": list(one.traits)}
        for one in found.formatting
    ]
    problems = [
        {
            "kind": one.kind,
            "weight": str(one.weight),
            "message": one.message,
            "examples": list(one.examples),
        }
        for one in found.problems
    ]
    return {
        "n_records": found.n_records,
        "n_stories": found.n_stories,
        "n_known": found.n_known,
        "counts": counts,
        "stories": dict(found.stories),
        "problems": problems,
        "formatting": formatting,
        "likely_errors": [asdict(error) for error in found.likely_errors],
    }
