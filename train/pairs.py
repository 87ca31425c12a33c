"""Training pairs: what an article may be compared with, right and wrong."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.groups import join_groups
from copydesk.seeds.corpus.labelled import CorpusRecord, Provenance
from copydesk.types import Label

_BEGINNING_CHARS = 400


class PairKind(StrEnum):
    """What the candidate source of a pair is to the article."""

    SOURCE = "source"  # the text it derives from
    RELATED = "related"  # another text on the same event
    UNRELATED = "unrelated"  # a text on another event
    ALONE = "alone"  # nothing: the source is withheld, or there is none
    REVERSED = "reversed"  # a text derived from the article
    HARD_NEGATIVE = "hard_negative"  # another text on the same event, both cut to what both tell
    IN_PART = "in_part"  # its source, many of whose sentences stand in it again


@dataclass(frozen=True, slots=True)
class Pair:
    """An article and a candidate source; ``group`` never straddles a split.

    The label is the article's, whatever the candidate: a label says how a text came to be.
    """

    text: str
    source_text: str | None
    kind: PairKind
    label: Label
    group: str
    engine: str
    dataset: str
    provenance: Provenance = Provenance.HUMAN


def build_pairs(records: Sequence[CorpusRecord], random_state: int = 0) -> tuple[Pair, ...]:
    """Build the pairs that teach a model what derivation is and what only looks like it.

    Each text is paired with its source, with another text of its story, with a text of another
    story, and with nothing; a source is paired with one text spun from it, which does not make
    it spun. Originals that a corpus names a source for are paired with it as ``RELATED``.

    Parameters
    ----------
    records : sequence of CorpusRecord
        With unique ids.
    random_state : int
        Seed of the choice of wrong candidates.

    Returns
    -------
    tuple of Pair
        In a fixed order for a fixed seed.
    """
    rng = np.random.default_rng(random_state)
    texts = {record.article.id: record.article.text for record in records}
    groups = story_groups(records)
    stories: dict[str, list[CorpusRecord]] = defaultdict(list)
    for record in records:
        stories[record.story].append(record)
    strangers = sorted(
        {(groups[r.article.id], t) for r in records for t in own_and_source(r, texts)}
    )
    labels = {record.article.text: record.label for record in records}
    judged_alone: set[str] = set()
    reversed_sources: set[str] = set()
    pairs: list[Pair] = []
    for record in records:
        source_text = _source_text(record, texts)
        group = groups[record.article.id]
        candidates: list[tuple[PairKind, str | None]] = [
            (PairKind.ALONE, None),
            (PairKind.UNRELATED, _stranger(strangers, group, rng)),
        ]
        if source_text is not None:
            derived = record.label is not Label.ORIGINAL
            candidates.append((PairKind.SOURCE if derived else PairKind.RELATED, source_text))
        candidates += [
            (PairKind.RELATED, text) for text in _related(record, stories[record.story], texts, rng)
        ]
        engine = record.engine or str(record.label)
        own = (record.label, group, engine, record.dataset, record.provenance)
        pairs += [Pair(record.article.text, text, kind, *own) for kind, text in candidates]
        if source_text is None:
            continue
        as_source = (Label.ORIGINAL, group, "source", record.dataset, Provenance.HUMAN)
        if source_text not in labels and source_text not in judged_alone:
            judged_alone.add(source_text)
            pairs.append(Pair(source_text, None, PairKind.ALONE, *as_source))
        original = labels.get(source_text, Label.ORIGINAL) is Label.ORIGINAL
        if record.label is Label.SPUN and original and source_text not in reversed_sources:
            reversed_sources.add(source_text)
            pairs.append(Pair(source_text, record.article.text, PairKind.REVERSED, *as_source))
    return tuple(pairs)


def _source_text(record: CorpusRecord, texts: Mapping[str, str]) -> str | None:
    article = record.article
    if article.source_text is not None:
        return article.source_text
    return texts[article.source_id] if article.source_id else None


def own_and_source(record: CorpusRecord, texts: Mapping[str, str]) -> list[str]:
    """Give a record's text and, where it has one, its source's."""
    source = _source_text(record, texts)
    return [record.article.text] if source is None else [record.article.text, source]


def _related(
    record: CorpusRecord,
    story: Sequence[CorpusRecord],
    texts: dict[str, str],
    rng: np.random.Generator,
) -> list[str]:
    """Other texts of the story that the record does not derive from.

    An original meets every text of its story that others derive from, unless its corpus says
    what to compare it with; a derivative meets one text that is neither its source nor made from
    it.
    """
    others = [r for r in story if r.article.id != record.article.id]
    if record.label is Label.ORIGINAL:
        sources = {r.article.source_id for r in story if r.article.source_id in texts}
        if record.article.id in sources or _source_text(record, texts) is not None:
            return []
        return [texts[source] for source in sorted(filter(None, sources))]
    wrong = [
        r.article.text
        for r in others
        if r.article.source_text is None
        and r.article.id != record.article.source_id
        and r.article.source_id != record.article.id
    ]
    return [wrong[int(rng.integers(len(wrong)))]] if wrong else []


def _stranger(strangers: Sequence[tuple[str, str]], group: str, rng: np.random.Generator) -> str:
    for _ in range(50):
        other, text = strangers[int(rng.integers(len(strangers)))]
        if other != group:
            return text
    raise InvalidInput(
        f"hardly any text outside the story {group!r}: a corpus needs at least two stories"
    )


def story_groups(records: Sequence[CorpusRecord]) -> dict[str, str]:
    """Join stories that share a source text, across data sets; gives a group for each id."""
    texts = {record.article.id: record.article.text for record in records}
    groups = join_groups(
        (f"story {record.story}", f"text {hash_beginning(text)}")
        for record in records
        for text in own_and_source(record, texts)
    )
    return {record.article.id: groups[f"story {record.story}"] for record in records}


def hash_beginning(text: str) -> str:
    """Give the SHA-256 of a text's first 400 characters, however they are spaced.

    Texts that begin alike are taken for one text, cut or not.
    """
    return hashlib.sha256(" ".join(text.split())[:_BEGINNING_CHARS].encode()).hexdigest()
