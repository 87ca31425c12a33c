"""What looking over a corpus found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from copydesk.train.check.formatting import FormattingProbe


class Weight(StrEnum):
    """What a problem means for training."""

    WARNING = "warning"  # it would be learned
    UNUSABLE = "unusable"  # training would refuse it, or learn nothing of it


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a corpus.

    Parameters
    ----------
    kind : str
        A name for it.
    weight : Weight
        What it means.
    message : str
        A sentence: what there is, what it does, what to do.
    examples : tuple of str
        All of those concerned, the worst first.
    """

    kind: str
    weight: Weight
    message: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LikelyError:
    """A label that is likely wrong, in words.

    Parameters
    ----------
    id : str
        The record's.
    given, likely : str
        Labels; ``not spun`` where the text alone was asked, which tells no copy from its source.
    p_given, p_likely : float
        Their probabilities, in [0, 1], by what has not learned the text.
    """

    id: str
    given: str
    likely: str
    p_given: float
    p_likely: float


@dataclass(frozen=True, slots=True)
class CorpusCheck:
    """What was found in a corpus.

    Parameters
    ----------
    n_records, n_stories, n_known : int
        Records, stories, and records whose text the model has learned.
    counts : mapping of str to Counter
        Records by ``label``, ``story``, ``outlet``, ``engine``, ``dataset``; those that say
        nothing are left out.
    stories : mapping of str to int
        Stories that each label occurs in.
    problems : tuple of Problem
        Unusable ones first.
    formatting : tuple of FormattingProbe
        How well each label is told by formatting alone.
    likely_errors : tuple of LikelyError
        The likeliest first.
    """

    n_records: int
    n_stories: int
    n_known: int
    counts: Mapping[str, Counter[str]]
    stories: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    formatting: tuple[FormattingProbe, ...] = ()
    likely_errors: tuple[LikelyError, ...] = ()

    @property
    def is_unusable(self) -> bool:
        """Whether training would refuse the corpus."""
        return any(problem.weight is Weight.UNUSABLE for problem in self.problems)
