"""Feature rows of a model, kept beside it: numbers for others to start from, no text."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from copydesk.errors import InvalidModel
from copydesk.models import read_manifest, record_part
from copydesk.models.parts import ROWS, check_part
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.dataset import Dataset, concatenate
from copydesk.train.pairs import each_text, short_hash

_COLUMNS = ("groups", "kinds", "engines", "datasets", "provenances", "texts")


@dataclass(frozen=True, slots=True)
class Base:
    """Feature rows to start from.

    Parameters
    ----------
    rows : Dataset
        Their stories are numbered.
    story_of_text : mapping of str to str
        By the hash of a text's beginning, the story among ``rows.groups`` that has it.
    """

    rows: Dataset
    story_of_text: Mapping[str, str]


def write_base(
    folder: Path,
    dataset: Dataset,
    records: Sequence[CorpusRecord],
    groups: Mapping[str, str],
    base: Base | None = None,
) -> None:
    """Write feature rows beside a model.

    Values are rounded to 16 bits; of ``X_without`` only the features are kept that differ from
    ``X``. Columns of names become places in lists; stories bear numbers, not names.

    Parameters
    ----------
    folder : Path
        The model's.
    dataset : Dataset
        The rows.
    records : sequence of CorpusRecord
        What they were made of.
    groups : mapping of str to str
        The group of each record, by its id.
    base : Base, optional
        What was learned beside them: its texts are kept as known, its rows are not.
    """
    columns: dict[str, Any] = {}
    for name in _COLUMNS:
        values, places = np.unique(getattr(dataset, name), return_inverse=True)
        columns[name] = places.astype(np.int32)
        if name != "groups":
            columns[f"{name}_values"] = values
    story_of_text: dict[str, str] = {}
    for record, text in each_text(records):
        story_of_text.setdefault(short_hash(text), groups[record.article.id])
    X, X_without = dataset.X.astype(np.float16), dataset.X_without.astype(np.float16)
    is_same = (X_without == X) | (np.isnan(X) & np.isnan(X_without))
    rescored = np.flatnonzero(~is_same.all(axis=0))
    number_of = {str(story): i for i, story in enumerate(np.unique(dataset.groups))}
    known = sorted(key for key, story in story_of_text.items() if story in number_of)
    of_base = {} if base is None else base.story_of_text
    taken_over = sorted(of_base.keys() - set(known))
    # Numbers that no row has: of these stories nothing is kept but that they were learned.
    beyond = {story: len(number_of) + i for i, story in enumerate(sorted(set(of_base.values())))}
    np.savez_compressed(
        folder / ROWS,
        X=X,
        X_without=X_without[:, rescored],
        rescored=rescored,
        y=dataset.y.astype(np.int8),
        known_texts=np.array([*known, *taken_over]),
        story_of_text=np.array(
            [
                *(number_of[story_of_text[key]] for key in known),
                *(beyond[of_base[key]] for key in taken_over),
            ],
            np.int32,
        ),
        **columns,
    )
    record_part(folder, ROWS)


def damaged(path: Path, error: Exception) -> InvalidModel:
    """Make the error of rows that cannot be read."""
    return InvalidModel(f"{path} is damaged: {error}; train the model again")


def read_base(folder: Path, encoder: str) -> Base:
    """Read the feature rows beside a model.

    Raises
    ------
    InvalidModel
        There are none, they are damaged, or made with other features or another encoder.
    """
    manifest = read_manifest(folder)
    if manifest.encoder != encoder:
        raise InvalidModel(
            f"the rows of {folder} were made with the encoder {manifest.encoder}, expected "
            f"{encoder}"
        )
    path = folder / ROWS
    if not path.exists():
        raise InvalidModel(f"{folder} has no {ROWS} to start from: train it again")
    if ROWS in manifest.files:  # those of older models name only what decides
        check_part(folder, ROWS, manifest.files)
    try:
        with np.load(path) as arrays:
            columns = {name: arrays[f"{name}_values"][arrays[name]] for name in _COLUMNS[1:]}
            groups = np.array([_story(i) for i in arrays["groups"].tolist()])
            places = zip(
                arrays["known_texts"].tolist(), arrays["story_of_text"].tolist(), strict=True
            )
            story_of_text = {str(key): _story(i) for key, i in places}
            X, y = arrays["X"].astype(np.float64), arrays["y"].astype(np.int64)
            X_without = X.copy()
            X_without[:, arrays["rescored"]] = arrays["X_without"]
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise damaged(path, error) from error
    return Base(Dataset(X, X_without, y, groups, **columns), story_of_text)


def _story(number: int) -> str:
    return f"base {number}"


def hashes_of(records: Sequence[CorpusRecord]) -> set[str]:
    """Give what all texts of records are known by: their own, their sources', related reports'."""
    return {short_hash(text) for _, text in each_text(records)}


def ids_with(hashes: Container[str], records: Sequence[CorpusRecord]) -> frozenset[str]:
    """Give the ids of records that have one of some texts, as article, source or related report.

    Parameters
    ----------
    hashes : container of str
        Of the texts, as ``copydesk.train.pairs.short_hash`` gives them.
    records : sequence of CorpusRecord
        With unique ids.
    """
    return frozenset(
        record.article.id for record, text in each_text(records) if short_hash(text) in hashes
    )


def groups_with(
    hashes: Container[str], records: Sequence[CorpusRecord], groups: Mapping[str, str]
) -> frozenset[str]:
    """Give the groups of the records that ``ids_with`` finds; ``groups`` by the records' ids."""
    return frozenset(groups[key] for key in ids_with(hashes, records))


def add_base(own: Dataset, records: Sequence[CorpusRecord], base: Base) -> Dataset:
    """Put the rows of a base behind one's own.

    Stories that have a text of one's own are left out: they would be learned from and measured on.
    """
    twice = filter(None, map(base.story_of_text.get, hashes_of(records)))
    rest = base.rows.rows(~np.isin(base.rows.groups, [*twice]))
    return concatenate([own, rest])
