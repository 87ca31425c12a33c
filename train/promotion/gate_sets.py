"""Gate sets: labelled corpora that neither model learned, which both are measured on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus
from copydesk.train.learned import leave_out_learned


@dataclass(frozen=True, slots=True)
class GateSet:
    """A labelled corpus, without what either model learned.

    Parameters
    ----------
    name : str
        Of its file or folder.
    records : tuple of CorpusRecord
        What is measured.
    n_left_out : int
        How many records were left out, with all of their stories.
    """

    name: str
    records: tuple[CorpusRecord, ...]
    n_left_out: int


def read_gate_sets(paths: Sequence[Path], learned: Collection[str]) -> tuple[GateSet, ...]:
    """Read corpora and leave out the stories that were learned of.

    Parameters
    ----------
    paths : sequence of Path
        Labelled JSON Lines, or folders of them.
    learned : collection of str
        Hashes of texts, as ``copydesk.train.learned.learned_texts`` gives them.

    Raises
    ------
    InvalidInput
        A path is missing or empty, or two have the same name.
    InvalidRecord
        A record is wrong; says where.
    """
    found: list[GateSet] = []
    for path in paths:
        records = read_corpus([path])
        unseen = leave_out_learned(records, learned)
        name = path.name.removesuffix(".gz").removesuffix(".jsonl")
        if name in {gate.name for gate in found}:
            raise InvalidInput(f"two gate sets are called {name}: rename one of them")
        found.append(GateSet(name, unseen.records, unseen.n_left_out))
    return tuple(found)
