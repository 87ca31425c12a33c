"""Reading a corpus as training does: each text once, beside its source where it has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from copydesk.errors import InvalidArticle
from copydesk.features import (
    Document,
    StyleModel,
    compare,
    extract_features,
    load_encoder,
    read_document,
)
from copydesk.features.read.document import check_document
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.seeds.search.fingerprint import Fingerprint, fingerprint
from copydesk.train.pairs import source_text_of
from copydesk.types import Label

_CHUNK = 32
_KEPT_SOURCES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What was seen of a record.

    Parameters
    ----------
    fingerprint : Fingerprint or None
        Of its text; None where that cannot be judged.
    row : ndarray of float64, shape (n_features,), or None
        Its features beside what it is compared with, or alone.
    is_compared : bool
        Whether it was compared with a source, or an original with another report.
    problem, source_problem : str or None
        Why its text, or its source, cannot be judged.
    """

    fingerprint: Fingerprint | None = None
    row: NDArray[np.float64] | None = None
    is_compared: bool = False
    problem: str | None = None
    source_problem: str | None = None


def candidate_of(record: CorpusRecord, texts: Mapping[str, str]) -> str | None:
    """Give the text to compare a record with: its source; of an original, another report.

    Parameters
    ----------
    record : CorpusRecord
        A spin beside another report is judged alone: its source is not at hand.
    texts : mapping of str to str
        Of the corpus, by id.
    """
    source = source_text_of(record, texts)
    if source is None and record.label is Label.ORIGINAL:
        return record.related_text
    return source


def look_at(
    records: Sequence[CorpusRecord],
    encoder: str,
    style: StyleModel,
    n_jobs: int = 1,
    on_read: Callable[[int], None] = lambda n_records: None,
) -> list[Looked]:
    """Read all records, in their order.

    Parameters
    ----------
    records : sequence of CorpusRecord
        Any number.
    encoder : str
        Name of the encoder, as ``load_encoder`` takes it.
    style : StyleModel
        Scores the style.
    n_jobs : int
        Processes, as joblib counts them.
    on_read : callable
        Told how many more records are read.
    """
    texts = {record.article.id: record.article.text for record in records}
    pairs = [(record, candidate_of(record, texts)) for record in records]
    chunks = [pairs[i : i + _CHUNK] for i in range(0, len(pairs), _CHUNK)]
    done = Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_look_at_chunk)(chunk, encoder, style) for chunk in chunks
    )
    looked: list[Looked] = []
    for part in done:
        looked += part
        on_read(len(part))
    return looked


def _look_at_chunk(
    pairs: Sequence[tuple[CorpusRecord, str | None]], encoder_name: str, style: StyleModel
) -> list[Looked]:
    encoder = load_encoder(encoder_name)

    @lru_cache(maxsize=_KEPT_SOURCES)
    def read(text: str) -> Document | str:
        document = read_document(text, encoder)
        try:
            check_document(document)
        except InvalidArticle as error:
            return str(error)
        return document

    def look(record: CorpusRecord, candidate_text: str | None) -> Looked:
        document = read(record.article.text)
        if isinstance(document, str):
            return Looked(problem=document)
        candidate = None if candidate_text is None else read(candidate_text)
        source_problem = candidate if isinstance(candidate, str) else None
        other = candidate if isinstance(candidate, Document) else None
        row = extract_features(compare(document, other, encoder, style))
        return Looked(
            fingerprint(record.article, document),
            np.asarray(row, np.float64),
            other is not None,
            source_problem=source_problem,
        )

    return [look(record, candidate) for record, candidate in pairs]


def rows_of(
    looked: Sequence[Looked], *, compared: bool
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Give the places and feature rows of what was compared, or of what was judged alone."""
    for place, one in enumerate(looked):
        if one.row is not None and one.is_compared is compared:
            yield place, one.row
