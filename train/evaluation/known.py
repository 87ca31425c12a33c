"""What a model has seen of a corpus: texts that it learned, and the rest of their stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from copydesk.errors import InvalidInput
from copydesk.models import DEFAULT_MODEL, read_manifest
from copydesk.models.manifest import Manifest
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.base import Base, read_base
from copydesk.train.pairs import hash_beginning, story_groups, texts_of
from copydesk.train.recipe import STARTER

MIN_LEFT = 20
"""Where texts were left out, fewer than so many say nothing."""
_STYLE = "style.npz"
_HASH_CHARS = 16


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


def read_known_texts(model: Path) -> frozenset[str]:
    """Give the digests of the texts that a model has seen, by the rows beside it.

    A model that took over the released one's style score has seen the texts that this was learned
    from.

    Parameters
    ----------
    model : Path
        Folder of the artifact.

    Returns
    -------
    frozenset of str
        Each the first 16 digits of the SHA-256 of a text's beginning
        (``copydesk.train.pairs.hash_beginning``).

    Raises
    ------
    InvalidModel
        The folder is no model, or has no rows beside it: what it learned cannot be known.

    Examples
    --------
    >>> from copydesk.seeds.corpus.labelled import read_starter
    >>> wire = read_starter()[0].article.text
    >>> hash_beginning(wire)[:16] in read_known_texts(DEFAULT_MODEL)
    True
    """
    manifest = read_manifest(model)
    known = frozenset(read_base(model, manifest.encoder).story_of_text)
    released = read_manifest(DEFAULT_MODEL)
    if _has_style_of(manifest, released) and manifest.model_id != released.model_id:
        known |= _texts_of_style(read_base(DEFAULT_MODEL, released.encoder))
    return known


def _has_style_of(one: Manifest, other: Manifest) -> bool:
    return one.files[_STYLE] == other.files[_STYLE]


def _texts_of_style(released: Base) -> frozenset[str]:
    # The style score learned nothing of the starter corpus: one hand wrote all of its labels.
    stories = set(released.rows.groups[released.rows.datasets != STARTER].tolist())
    return frozenset(text for text, story in released.story_of_text.items() if story in stories)


def leave_out_known(records: Sequence[CorpusRecord], known: frozenset[str]) -> Unseen:
    """Leave out stories that have a text which was learned, as article or as source.

    Parameters
    ----------
    records : sequence of CorpusRecord
        With unique ids.
    known : frozenset of str
        As ``read_known_texts`` gives it, of one model or of several.
    """
    by_id = {record.article.id: record.article.text for record in records}
    groups = story_groups(records)

    def is_known(text: str) -> bool:
        return hash_beginning(text)[:_HASH_CHARS] in known

    seen = {
        groups[record.article.id]
        for record in records
        if any(map(is_known, texts_of(record, by_id)))
    }
    left_out = [record for record in records if groups[record.article.id] in seen]
    n_known = sum(is_known(record.article.text) for record in left_out)
    return Unseen(
        tuple(record for record in records if groups[record.article.id] not in seen),
        groups,
        n_known,
        len(left_out) - n_known,
    )


def check_unseen(unseen: Unseen, model_id: str) -> None:
    """Check that enough is left to measure.

    Raises
    ------
    InvalidInput
        Texts were left out, and hardly any remain; or all are of one story.
    """
    n_left = len(unseen.records)
    n_stories = len({unseen.groups[record.article.id] for record in unseen.records})
    if unseen.n_left_out and (n_left < MIN_LEFT or n_stories < 2):
        raise InvalidInput(
            f"{model_id} learned {unseen.n_known} of {n_left + unseen.n_left_out} texts, and "
            f"{unseen.n_of_known_stories} more are of their stories: {n_left} texts are left, "
            f"expected at least {MIN_LEFT} of two stories; what was learned measures nothing: "
            "evaluate on texts that the model never saw"
        )
    if n_stories < 2:
        raise InvalidInput(
            "all texts are of one story: a corpus needs at least two stories, so that texts meet "
            "strangers"
        )
