"""Contradictions: texts that are the same, or nearly, and have different labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.duplicates import SameTexts
from copydesk.train.learned import KnownText
from copydesk.train.pairs import short_hash
from copydesk.types import Label

# Of trigrams: about one word in fifty is another. The lightest thesaurus or round trip of those
# that engines make changes one in twenty.
_MIN_OVERLAP_OF_SPIN = 0.9


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two records whose texts are the same, or nearly, and whose labels are not.

    Parameters
    ----------
    one, other : CorpusRecord
        Neither is the other's source.
    same : SameTexts
        How much of their texts is the same.
    is_sure : bool
        Whether both labels cannot be right: the text is the same, or one is spun and hardly a word
        of it is another. A desk's copy of a wire story and a light spin of it are nearly the same
        as that, and as each other, and rightly have different labels.
    """

    one: CorpusRecord
    other: CorpusRecord
    same: SameTexts
    is_sure: bool

    def __str__(self) -> str:
        return (
            f"{self.one.article.id} is {self.one.label} and {self.other.article.id} is "
            f"{self.other.label}: {self.same.share}"
        )


def find_contradictions(
    records: Sequence[CorpusRecord], same: Sequence[SameTexts]
) -> list[Contradiction]:
    """Find pairs of the same text with different labels.

    Parameters
    ----------
    records : sequence of CorpusRecord
        All of them.
    same : sequence of SameTexts
        Pairs of places, as ``find_same_texts`` gives them.
    """
    found = []
    for pair in same:
        one, other = records[pair.one], records[pair.other]
        is_sure = _is_sure(one, other, pair.overlap)
        if _contradict(one, other) and (is_sure or not _have_one_source(one, other)):
            found.append(Contradiction(one, other, pair, is_sure))
    return found


def _contradict(one: CorpusRecord, other: CorpusRecord) -> bool:
    return one.label is not other.label and not (_derives(one, other) or _derives(other, one))


def _derives(one: CorpusRecord, other: CorpusRecord) -> bool:
    article = one.article
    is_named = article.source_id is not None and article.source_id == other.article.id
    is_given = article.source_text is not None and _spaced(article.source_text) == _spaced(
        other.article.text
    )
    return is_named or is_given


def _have_one_source(one: CorpusRecord, other: CorpusRecord) -> bool:
    """Say whether both derive from one text, as a copy of it and a light spin of it do."""
    ids = {one.article.source_id, other.article.source_id}
    texts = {_spaced(record.article.source_text or "") for record in (one, other)}
    return (len(ids) == 1 and None not in ids) or (len(texts) == 1 and "" not in texts)


def _is_sure(one: CorpusRecord, other: CorpusRecord, overlap: float) -> bool:
    is_one_spun = Label.SPUN in {one.label, other.label}
    return overlap == 1 or (is_one_spun and overlap >= _MIN_OVERLAP_OF_SPIN)


def _spaced(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class KnownContradiction:
    """A text that a model learned with another label."""

    record: CorpusRecord
    known: KnownText

    def __str__(self) -> str:
        labels = " and ".join(sorted(self.known.labels))
        return f"{self.record.article.id} is {self.record.label}, the model learned it as {labels}"


def find_known_contradictions(
    records: Sequence[CorpusRecord], known: Mapping[str, KnownText]
) -> Iterator[KnownContradiction]:
    """Find texts that a model learned with another label.

    A text that others were seen to derive from was taken for original; a copy of it that a desk
    published is rightly ``edited_wire``.

    Parameters
    ----------
    records : sequence of CorpusRecord
        Any.
    known : mapping of str to KnownText
        As ``copydesk.train.learned.learned_labels`` gives it.
    """
    for record in records:
        of_model = known.get(short_hash(record.article.text))
        if of_model is None or record.label in of_model.labels:
            continue
        if of_model.is_source_only and record.label is Label.EDITED_WIRE:
            continue
        yield KnownContradiction(record, of_model)
