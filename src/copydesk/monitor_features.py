"""Features of articles that were scored, read again from their texts for ``copydesk monitor``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.terminal import say
from copydesk.texts_at_hand import GetText

if TYPE_CHECKING:
    from copydesk.train.monitor.features import FeatureRows
    from copydesk.train.monitor.records import Record


def read_feature_rows(
    folder: Path, records: Sequence[Record], get_article: GetText, get_source: GetText
) -> FeatureRows | None:
    """Read the features of articles again, as they were read when these were judged.

    Parameters
    ----------
    folder : Path
        Of the model whose encoder and style score read them.
    records : sequence of mapping
        Output records.
    get_article, get_source : callable
        Look texts up by their ids; what is not at hand is left out, and said on standard error.

    Returns
    -------
    FeatureRows or None
        None where no text is at hand.
    """
    import numpy as np

    from copydesk.features import FEATURE_NAMES, extract_features
    from copydesk.predict.scorer import Scorer
    from copydesk.train.monitor.features import FeatureRows
    from copydesk.types import LABELS

    scorer = Scorer.load(folder)
    others = {str(r["model_id"]) for r in records} - {scorer.model.manifest.model_id}
    if others:
        say(
            f"copydesk: labelled by {', '.join(sorted(others))}, compared with what "
            f"{scorer.model.manifest.model_id} learned: --model names another"
        )
    pairs = list(_pairs(records, get_article, get_source))
    if len(pairs) < len(records):
        say(
            f"copydesk: {len(records) - len(pairs)} of {len(records)} articles without their "
            "texts: their features are not compared"
        )
    X = np.empty((len(pairs), len(FEATURE_NAMES)))
    for row, (_, text, source_text) in zip(X, pairs, strict=True):
        row[:] = extract_features(scorer.compare_texts(text, source_text))
    labels = np.array([LABELS.index(record["label"]) for record, _, _ in pairs], np.int64)
    is_beside = np.array([source is not None for _, _, source in pairs], bool)
    return FeatureRows(X, labels, is_beside) if pairs else None


def _pairs(
    records: Sequence[Record], get_article: GetText, get_source: GetText
) -> Iterator[tuple[Record, str, str | None]]:
    """Give the texts that were compared, where they are at hand and can be judged."""
    from copydesk.predict.report.item import find_candidate
    from copydesk.predict.report.scored import read_verdict
    from copydesk.train.monitor.records import has_candidate

    for record in records:
        article = get_article(str(record["id"]))
        if article is None:
            continue
        verdict = read_verdict(record)
        candidate = find_candidate(verdict, article, lambda i: get_source(i) or get_article(i))
        if has_candidate(record) and candidate is None:
            continue
        yield record, article.text, None if candidate is None else candidate.text
