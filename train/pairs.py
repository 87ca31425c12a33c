"""Training pairs: what an article may be compared with, right and wrong."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.groups import join_groups
from copydesk.seeds.corpus.labelled import CorpusRecord, Provenance
from copydesk.types import Label

_BEGINNING_CHARS = 400
_SHORT_DIGITS = 16
# Texts on other events are easily told: a few teach as much as many.
_SHARE_UNRELATED = 0.25
_MIN_GROUPS = 2
# What is said to have made a text that is known only as what others derive from.
SOURCE_ENGINE = "source"


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


def build_pairs(
    records: Sequence[CorpusRecord],
    random_state: int = 0,
    groups: Mapping[str, str] | None = None,
) -> tuple[Pair, ...]:
    """Build the pairs that teach a model what derivation is and what only looks like it.

    Each text is paired with its source, with another text of its story, and with nothing; one in
    four (of engines' work only where there are no other derivatives) with a text of another story;
    a source is paired with one edit and one spin of it, from which it does not derive. Originals
    that a corpus names a source for are paired with it as ``RELATED``.

    Parameters
    ----------
    records : sequence of CorpusRecord
        With unique ids.
    random_state : int
        Seed of the choice of wrong candidates.
    groups : mapping of str to str, optional
        The group of each record by its id; by default as ``story_groups`` gives it.

    Returns
    -------
    tuple of Pair
        In a fixed order for a fixed seed.

    Raises
    ------
    InvalidInput
        All texts are of one story.
    """
    rng = np.random.default_rng(random_state)
    texts = {record.article.id: record.article.text for record in records}
    groups = groups or story_groups(records)
    if len(set(groups.values())) < _MIN_GROUPS:
        raise InvalidInput(
            "all texts are of one story: a corpus needs at least two stories, so that texts meet "
            "strangers"
        )
    stories: dict[str, list[CorpusRecord]] = defaultdict(list)
    for record in records:
        stories[record.story].append(record)
    strangers = sorted({(groups[r.article.id], t) for r in records for t in texts_of(r, texts)})
    labels = {record.article.text: record.label for record in records}
    # Beside found texts, engines' work says nothing more of strangers.
    engines_alone = all(
        record.provenance is Provenance.ENGINE
        for record in records
        if record.label is not Label.ORIGINAL
    )
    judged_alone: set[str] = set()
    reversed_sources: set[tuple[str, Label]] = set()
    pairs: list[Pair] = []
    for record in records:
        text, source_text = record.article.text, source_text_of(record, texts)
        group = groups[record.article.id]
        candidates: list[tuple[PairKind, str | None]] = []
        if text not in judged_alone:
            judged_alone.add(text)
            candidates.append((PairKind.ALONE, None))
            meets_strangers = engines_alone or record.provenance is not Provenance.ENGINE
            if meets_strangers and rng.random() < _SHARE_UNRELATED:
                candidates.append((PairKind.UNRELATED, _stranger(strangers, group, rng)))
        if source_text is not None:
            derived = record.label is not Label.ORIGINAL
            candidates.append((PairKind.SOURCE if derived else PairKind.RELATED, source_text))
        if record.related_text is not None:
            candidates.append((PairKind.RELATED, record.related_text))
        candidates += [
            (PairKind.RELATED, text) for text in _related(record, stories[record.story], texts, rng)
        ]
        engine = record.engine or str(record.label)
        own = (record.label, group, engine, record.dataset, record.provenance)
        pairs += [Pair(text, candidate, kind, *own) for kind, candidate in candidates]
        if source_text is None:
            continue
        as_source = (Label.ORIGINAL, group, SOURCE_ENGINE, record.dataset, Provenance.HUMAN)
        if source_text not in labels and source_text not in judged_alone:
            judged_alone.add(source_text)
            pairs.append(Pair(source_text, None, PairKind.ALONE, *as_source))
        is_canonical = labels.get(source_text, Label.ORIGINAL) is Label.ORIGINAL
        derived = record.label is not Label.ORIGINAL
        if derived and is_canonical and (source_text, record.label) not in reversed_sources:
            reversed_sources.add((source_text, record.label))
            pairs.append(Pair(source_text, text, PairKind.REVERSED, *as_source))
    return tuple(pairs)


def source_text_of(record: CorpusRecord, texts: Mapping[str, str]) -> str | None:
    """Give the text of a record's source; of an original, another report that stands there."""
    article = record.article
    if article.source_text is not None:
        return article.source_text
    return texts[article.source_id] if article.source_id else None


def texts_of(record: CorpusRecord, texts: Mapping[str, str]) -> list[str]:
    """Give a record's text and, where it has them, its source's and a related report's."""
    others = (source_text_of(record, texts), record.related_text)
    return [record.article.text, *(other for other in others if other is not None)]


def each_text(records: Sequence[CorpusRecord]) -> Iterator[tuple[CorpusRecord, str]]:
    """Give each record with each of its texts, as ``texts_of`` gives them, one after the other."""
    by_id = {record.article.id: record.article.text for record in records}
    return ((record, text) for record in records for text in texts_of(record, by_id))


def _related(
    record: CorpusRecord,
    story: Sequence[CorpusRecord],
    texts: dict[str, str],
    rng: np.random.Generator,
) -> list[str]:
    """Other texts of the story that the record does not derive from.

    An original meets every text of its story that others derive from, unless its corpus says
    what to compare it with; a derivative meets one original that is not its source.
    """
    others = [r for r in story if r.article.id != record.article.id]
    if record.label is Label.ORIGINAL:
        sources = {r.article.source_id for r in story if r.article.source_id in texts}
        if record.article.id in sources or source_text_of(record, texts) is not None:
            return []
        return [texts[source] for source in sorted(filter(None, sources))]
    wrong = [
        r.article.text
        for r in others
        if r.label is Label.ORIGINAL and r.article.id != record.article.source_id
    ]
    return [wrong[int(rng.integers(len(wrong)))]] if wrong else []


def _stranger(strangers: Sequence[tuple[str, str]], group: str, rng: np.random.Generator) -> str:
    while True:
        other, text = strangers[int(rng.integers(len(strangers)))]
        if other != group:
            return text


def story_groups(
    records: Sequence[CorpusRecord], larger: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Join stories that share a text, across data sets; gives a group for each id.

    Parameters
    ----------
    records : sequence of CorpusRecord
        Of all corpora.
    larger : mapping of str to str
        By data set, a regular expression: stories whose names begin with the same match of it are
        one group, such as the parts that long texts were cut into.
    """
    patterns = {name: re.compile(pattern) for name, pattern in larger.items()}

    def key(record: CorpusRecord) -> str:
        pattern = patterns.get(record.dataset)
        found = pattern.match(record.story) if pattern else None
        return f"story {found[0] if found else record.story}"

    groups = join_groups(
        (key(record), f"text {hash_beginning(text)}") for record, text in each_text(records)
    )
    return {record.article.id: groups[key(record)] for record in records}


def hash_beginning(text: str) -> str:
    """Give the SHA-256 of a text's first 400 characters, however they are spaced.

    Texts that begin alike are taken for one text, cut or not.
    """
    return hashlib.sha256(" ".join(text.split())[:_BEGINNING_CHARS].encode()).hexdigest()


def short_hash(text: str) -> str:
    """Give what a model knows a text by: 64 bits of ``hash_beginning``, in hexadecimal."""
    return hash_beginning(text)[:_SHORT_DIGITS]
