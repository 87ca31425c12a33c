"""Which texts a model learned: by the hashes of their beginnings, which it keeps beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from copydesk.models import read_manifest
from copydesk.models.parts import ROWS
from copydesk.models.reference import load_reference
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.base import read_base, short_hash
from copydesk.train.pairs import story_groups, texts_of


def learned_texts(model: Path) -> frozenset[str] | None:
    """Give the hashes of the beginnings of all texts that a model learned.

    Parameters
    ----------
    model : Path
        Its folder.

    Returns
    -------
    frozenset of str or None
        As ``short_hash`` gives them; None where the model does not say.

    Raises
    ------
    InvalidModel
        What it says is damaged.
    """
    reference = load_reference(model)
    if reference is not None:
        return frozenset(f"{text:016x}" for text in reference.texts.tolist())
    manifest = read_manifest(model)
    if not (model / ROWS).exists():
        return None
    base = read_base(model, manifest.encoder)
    return frozenset(base.story_of_text) | frozenset(base.rows.texts.tolist())


def leave_out_learned(
    records: Sequence[CorpusRecord], learned: Iterable[str]
) -> tuple[CorpusRecord, ...]:
    """Give the records of stories that nothing was learned of.

    Parameters
    ----------
    records : sequence of CorpusRecord
        With unique ids.
    learned : iterable of str
        Hashes of texts. Where one is a record's text, its source or its related report, the whole
        story is left out, as in every split.
    """
    known = frozenset(learned)
    groups = story_groups(records)
    texts = {record.article.id: record.article.text for record in records}
    seen = {
        groups[record.article.id]
        for record in records
        if any(short_hash(text) in known for text in texts_of(record, texts))
    }
    return tuple(record for record in records if groups[record.article.id] not in seen)
