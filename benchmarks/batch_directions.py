"""Batches without dates: which texts are taken for sources."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from source_texts import source_of, withheld

from copydesk.errors import InvalidArticle
from copydesk.features import StyleModel, load_encoder
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.search.pool import ArticlePool
from copydesk.train.style import StyleModels
from copydesk.types import Article, Label


def find_directions(records: list[CorpusRecord], styles: StyleModels) -> dict[str, Any]:
    """Put sources and derivatives into one batch without dates: which is taken for the source.

    The style of each data set's texts is judged by a model that has not seen them.
    """
    measured = {}
    by_id = {record.article.id: record.article for record in records}
    for name in sorted({r.dataset for r in records if r.label is not Label.ORIGINAL}):
        derived = [r for r in records if r.dataset == name and r.label is not Label.ORIGINAL]
        batch: dict[str, Article] = {}
        true: dict[str, str] = {}
        for record in derived:
            source = source_of(record) or by_id.get(record.article.source_id or "")
            if source is None or source.id == record.article.id:
                continue
            batch[source.id] = replace(withheld(source), published=None)
            batch[record.article.id] = replace(withheld(record.article), published=None)
            true[record.article.id] = source.id
        style = styles.for_dataset(name)
        places = ArticlePool(list(batch.values()), partial(_take_with_style, style)).places()
        sources = set(true.values()) & set(places)
        derived_ids = set(true) & set(places)
        # Many texts tell one story: a source may well derive from a text that is not of its own.
        from_own = {
            key for key in sources if any(true.get(one.id) == key for one in places[key].sources)
        }
        from_another = {key for key in sources if places[key].sources} - from_own
        with_source = sum(
            any(one.id == true[key] for one in places[key].sources) for key in derived_ids
        )
        measured[name] = {
            "n_sources": len(sources),
            "n_derivatives": len(derived_ids),
            "sources_said_to_come_from_their_derivatives": round(len(from_own) / len(sources), 4),
            "sources_said_to_come_from_another_text": round(len(from_another) / len(sources), 4),
            "derivatives_with_their_source": round(with_source / len(derived_ids), 4),
        }
    return measured


def _take_with_style(style: StyleModel, article: Article) -> Fingerprint | None:
    try:
        return read_fingerprint(article, load_encoder(), style)
    except InvalidArticle:
        return None
