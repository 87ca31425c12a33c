"""Which texts a model learned: by the hashes of their beginnings, which it keeps beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from copydesk.models import read_manifest
from copydesk.models.parts import ROWS
from copydesk.models.reference import load_reference
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.base import damaged, groups_with, read_base
from copydesk.train.pairs import SOURCE_ENGINE, short_hash, story_groups
from copydesk.types import LABELS, Label


def learned_texts(model: Path) -> frozenset[str] | None:
    """Give the hashes of the beginnings of all texts that a model learned, its style score's too.

    Parameters
    ----------
    model : Path
        Its folder.

    Returns
    -------
    frozenset of str
        As ``copydesk.train.pairs.short_hash`` gives them; None where the model does not say.

    Raises
    ------
    InvalidModel
        The folder is no model, or what it says is damaged.

    Examples
    --------
    >>> from copydesk.models import DEFAULT_MODEL
    >>> from copydesk.seeds.corpus.labelled import read_starter
    >>> short_hash(read_starter()[0].article.text) in learned_texts(DEFAULT_MODEL)
    True
    """
    reference = load_reference(model)
    if reference is not None:
        return frozenset(f"{text:016x}" for text in reference.texts.tolist())
    manifest = read_manifest(model)
    if not (model / ROWS).exists():
        return None
    base = read_base(model, manifest.encoder)
    return frozenset(base.story_of_text) | frozenset(base.rows.texts.tolist())


@dataclass(frozen=True, slots=True)
class KnownText:
    """What a model learned of a text.

    Parameters
    ----------
    labels : frozenset of Label
        That it was learned with.
    is_source_only : bool
        Whether it was learned only as what others derive from.
    """

    labels: frozenset[Label]
    is_source_only: bool


def learned_labels(folder: Path) -> dict[str, KnownText]:
    """Read which texts a model learned with which labels.

    Returns
    -------
    dict of str to KnownText
        By the digest of a text's beginning, as ``short_hash`` gives it; empty where the model
        has no rows.

    Raises
    ------
    InvalidModel
        The rows are damaged.

    Examples
    --------
    >>> from copydesk.models import DEFAULT_MODEL
    >>> from copydesk.seeds.corpus.labelled import read_starter
    >>> wire = next(record for record in read_starter() if record.engine == "wire")
    >>> sorted(learned_labels(DEFAULT_MODEL)[short_hash(wire.article.text)].labels)
    [<Label.ORIGINAL: 'original'>]
    """
    path = folder / ROWS
    if not path.exists():
        return {}
    try:
        with np.load(path) as arrays:
            texts = arrays["texts_values"][arrays["texts"]].tolist()
            is_source = (arrays["engines_values"] == SOURCE_ENGINE)[arrays["engines"]].tolist()
            y = arrays["y"].tolist()
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise damaged(path, error) from error
    labels: dict[str, set[Label]] = {}
    as_article: set[str] = set()
    for text, label, only_source in zip(texts, y, is_source, strict=True):
        labels.setdefault(text, set()).add(LABELS[label])
        if not only_source:
            as_article.add(text)
    return {
        text: KnownText(frozenset(found), text not in as_article) for text, found in labels.items()
    }


@dataclass(frozen=True, slots=True)
class Unseen:
    """What models have not seen of a corpus.

    Parameters
    ----------
    records : tuple of CorpusRecord
        No text of their stories was learned.
    groups : mapping of str to str
        Of each record, by its id: what never straddles a split.
    n_known : int
        How many records were left out because their text was learned.
    n_of_known_stories : int
        How many more, because another text of their story was.
    """

    records: tuple[CorpusRecord, ...]
    groups: Mapping[str, str]
    n_known: int
    n_of_known_stories: int

    @property
    def n_left_out(self) -> int:
        """How many records were left out."""
        return self.n_known + self.n_of_known_stories


def leave_out_learned(records: Sequence[CorpusRecord], learned: Collection[str]) -> Unseen:
    """Leave out stories that have a text which was learned, as article or as source.

    Parameters
    ----------
    records : sequence of CorpusRecord
        With unique ids.
    learned : collection of str
        As ``learned_texts`` gives them, of one model or of several.
    """
    groups = story_groups(records)
    seen = groups_with(learned, records, groups)
    left_out = [record for record in records if groups[record.article.id] in seen]
    n_known = sum(short_hash(record.article.text) in learned for record in left_out)
    kept = tuple(record for record in records if groups[record.article.id] not in seen)
    return Unseen(kept, groups, n_known, len(left_out) - n_known)
