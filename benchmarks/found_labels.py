"""What finding sources costs: labels with the source found, and with the source given."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from sklearn.metrics import f1_score
from source_texts import SEED, STARTER, is_copy, source_of, take, withheld

from copydesk.predict import Scorer
from copydesk.predict.matching import Match
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.seeds.store import Store
from copydesk.types import Article, Label, Verdict

N_LABELLED = 150

Labelled = tuple[CorpusRecord, Article | None, Article | None, dict[str, str]]
"""An article, the source found, the source given, and its label by view."""


def choose_articles(records: list[CorpusRecord]) -> list[CorpusRecord]:
    """Choose articles to label: of the starter corpus all that are nobody's source."""
    named = {r.article.source_id for r in records if r.dataset == STARTER}
    chosen: dict[str, list[CorpusRecord]] = defaultdict(list)
    shuffled = np.random.default_rng(SEED).permutation(np.array(records, dtype=object)).tolist()
    for record in shuffled:
        rows = chosen[record.dataset]
        is_free = record.dataset != STARTER or record.article.id not in named
        if is_free and (record.dataset == STARTER or len(rows) < N_LABELLED):
            rows.append(record)
    return [record for rows in chosen.values() for record in rows]


def compare_labels(store: Store, records: list[CorpusRecord]) -> dict[str, Any]:
    """Label with the source found and with the source given, originals alike in both.

    Originals stand alone in both, or beside the text on their event in both. What the search
    pairs originals with is told apart: as searched.
    """
    scorer = Scorer.load()
    starter = [record for record in records if record.dataset == STARTER]
    by_id = {record.article.id: record.article for record in starter}
    event = {r.story: r.article.source_id for r in starter if r.article.source_id in by_id}
    named = {r.article.source_id for r in starter} & set(by_id)
    store.add(withheld(by_id[source]) for source in sorted(filter(None, named)))
    rows = []
    for record in choose_articles(records):
        article = withheld(record.article)
        source_id = record.article.source_id
        if record.label is Label.ORIGINAL:
            source_id = source_id or event.get(record.story)
        given = by_id.get(source_id or "") if record.dataset == STARTER else source_of(record)
        (match,) = scorer.find_sources([article], store)
        verdicts = {
            "found": scorer.label_match(match),
            "given": scorer.label_match(Match(article, given)),
        }
        if record.label is Label.ORIGINAL:
            verdicts["alone"] = scorer.label_match(Match(article))
        if all(isinstance(verdict, Verdict) for verdict in verdicts.values()):
            labels = {name: str(verdict.label) for name, verdict in verdicts.items()}
            rows.append((record, match.source, given, labels))
    return {
        name: summarise_labels([row for row in rows if (row[0].dataset == STARTER) == is_starter])
        for name, is_starter in ((STARTER, True), ("public", False))
    }


def macro_f1(rows: list[Labelled], for_originals: str, for_derivatives: str) -> float:
    """Give macro-F1 of a view of originals and one of derivatives."""
    views = [for_originals if r[0].label is Label.ORIGINAL else for_derivatives for r in rows]
    y = [str(record.label) for record, *_ in rows]
    labels = [row[3][view] for row, view in zip(rows, views, strict=True)]
    known = sorted(set(y))
    return round(float(f1_score(y, labels, average="macro", labels=known, zero_division=0)), 4)


def summarise_labels(rows: list[Labelled]) -> dict[str, Any]:
    """Give macro-F1 with the source found and given, and how derivatives fare."""
    policies = {}
    for name, view in (("alone", "alone"), ("beside a text on the event", "given")):
        found, given = (macro_f1(rows, view, source) for source in ("found", "given"))
        policies[f"originals {name}"] = {
            "found": found,
            "given": given,
            "difference": round(found - given, 4),
        }
    derived = [row for row in rows if row[0].label is not Label.ORIGINAL]
    flips = [one["found"] != one["given"] for *_, one in derived]
    same = [is_same(found, given) for _, found, given, _ in derived]
    # Some originals are in the store under another id, as a text on somebody else's event.
    strangers = [
        row for row in rows if row[0].label is not Label.ORIGINAL or not is_self(row[0], row[1])
    ]
    return {
        "n": len(rows),
        "macro_f1": policies,
        "as_searched": {
            "n": len(strangers),
            "macro_f1": macro_f1(strangers, "found", "found"),
        },
        "n_derivatives": len(derived),
        "with_another_source": same.count(False),
        "labels_that_differ": sum(flips),
        "labels_that_differ_beside_the_same_source": sum(
            flip for flip, one in zip(flips, same, strict=True) if one
        ),
    }


def is_self(record: CorpusRecord, found: Article | None) -> bool:
    """Say whether the source found for an article is the article, under another id."""
    return found is not None and is_copy(take(record.article), take(found))


def is_same(found: Article | None, given: Article | None) -> bool:
    """Say whether the source found is the one given, give or take a cut; or there is neither."""
    if found is None or given is None:
        return found is given
    return found.text == given.text or is_copy(take(found), take(given))
