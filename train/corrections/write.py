"""Corrections as a corpus that ``copydesk train --corpus`` reads."""

from __future__ import annotations

from typing import Any

from copydesk.train.corrections.match import Taken


def corpus_line(taken: Taken) -> dict[str, Any]:
    """Give the corpus record of a correction, with what the model had said beside it.

    Parameters
    ----------
    taken : Taken
        A correction with its texts.

    Returns
    -------
    dict
        The fields of a corpus record that are there, and ``was`` (the model's label),
        ``model_id`` and ``note``, which training passes over.
    """
    record, article = taken.record, taken.record.article
    published = article.published
    fields = {
        "id": article.id,
        "label": str(record.label),
        "story": record.story,
        "headline": article.headline,
        "url": article.url,
        "outlet": article.outlet,
        "published": None if published is None else published.isoformat(),
        "text": article.text,
        "source_id": article.source_id,
        "source_text": article.source_text,
        "related_text": record.related_text,
        "was": str(taken.verdict.label),
        "model_id": taken.verdict.model_id,
        "note": taken.correction.note,
    }
    return {name: value for name, value in fields.items() if value is not None}
