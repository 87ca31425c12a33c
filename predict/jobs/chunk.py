"""Chunks: the pieces that an input is cut into, and what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice

from copydesk.defaults import CHUNK_SIZE
from copydesk.predict.fields import verdict_record
from copydesk.predict.jobs.tally import Tally, tally
from copydesk.predict.matching import Match
from copydesk.seeds.corpus.input_record import InputRecord
from copydesk.terminal import json_line
from copydesk.types import Article, Rejected, Verdict

Item = InputRecord | Rejected
"""A record, or why there is none."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some consecutive records of an input.

    Parameters
    ----------
    number : int
        Its place, from 0.
    items : tuple of InputRecord or Rejected
        As they were read.
    matches : tuple of Match, optional
        What each article is to be compared with, where that is known in advance.
    """

    number: int
    items: tuple[Item, ...]
    matches: tuple[Match, ...] | None = None

    @property
    def articles(self) -> list[Article]:
        """The articles, in order."""
        return [item.article for item in self.items if isinstance(item, InputRecord)]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What came of a chunk: one item for each of its records, in their order."""

    number: int
    items: tuple[Verdict | Rejected, ...]
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a chunk, as lines of JSON.

    Parameters
    ----------
    number : int
        The chunk's.
    labelled, rejected, texts : sequence of str
        A line for each verdict, each reject, and, where they are asked for, the text of each
        verdict that its offsets refer to.
    tally : Tally
        What came of it in numbers.
    """

    number: int
    labelled: Sequence[str]
    rejected: Sequence[str]
    texts: Sequence[str]
    tally: Tally


def cut(items: Iterable[Item], size: int = CHUNK_SIZE) -> Iterator[Chunk]:
    """Cut an input into chunks; only one is in memory at a time.

    Examples
    --------
    >>> [len(chunk.items) for chunk in cut([Rejected("a", "empty")] * 5, size=2)]
    [2, 2, 1]
    """
    waiting, number = iter(items), 0
    while piece := tuple(islice(waiting, size)):
        yield Chunk(number, piece)
        number += 1


def write_chunk(chunk: Chunk, labelled: Labelled, *, with_texts: bool) -> Written:
    """Write what came of a chunk as lines of JSON, without line feeds."""
    lines: list[str] = []
    rejected: list[str] = []
    texts: list[str] = []
    for item, outcome in zip(chunk.items, labelled.items, strict=True):
        if isinstance(item, InputRecord) and isinstance(outcome, Verdict):
            lines.append(json_line({**verdict_record(outcome), **item.kept}))
            if with_texts:
                texts.append(json_line({"id": outcome.id, "text": item.article.text}))
        elif isinstance(outcome, Rejected):
            rejected.append(json_line(asdict(outcome)))
    return Written(chunk.number, lines, rejected, texts, tally(labelled.items, labelled.seconds))
