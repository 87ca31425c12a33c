"""What came of a chunk, or of a whole run, in numbers that add up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from copydesk.types import LABELS, Rejected, Verdict

# What differs from one reject to the next of the same kind: where it stands, figures, quotations.
_PLACE = re.compile(r"^\S+:\d+: ")
_FIGURES = re.compile(r"\d[\d.,]*")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\([^()]*\)")
_REASON_CHARS = 80


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts and times of labelled and rejected articles.

    Parameters
    ----------
    labels : Counter of str
        How many articles got each label.
    n_unsure, n_alone : int
        How many have more than one label in their set; how many were judged without a source.
    reasons : Counter of str
        How many were rejected, by kind of reason.
    seconds : mapping of str to float
        How long each part of the work took, summed over all processes.

    Examples
    --------
    >>> one = Tally(Counter(spun=1)) + Tally(Counter(spun=2), reasons=Counter(empty=1))
    >>> one.n_labelled, one.n_rejected
    (3, 1)
    """

    labels: Counter[str] = field(default_factory=Counter)
    n_unsure: int = 0
    n_alone: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def n_labelled(self) -> int:
        """How many were labelled."""
        return self.labels.total()

    @property
    def n_rejected(self) -> int:
        """How many were rejected."""
        return self.reasons.total()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.labels + other.labels,
            self.n_unsure + other.n_unsure,
            self.n_alone + other.n_alone,
            self.reasons + other.reasons,
            _add(self.seconds, other.seconds),
        )

    def to_dict(self) -> dict[str, object]:
        """Give the counts, without times, as JSON has them."""
        return {
            "labels": {label: self.labels[label] for label in LABELS if self.labels[label]},
            "n_unsure": self.n_unsure,
            "n_alone": self.n_alone,
            "reasons": dict(self.reasons),
        }

    @classmethod
    def from_dict(cls, counts: Mapping[str, object]) -> Tally:
        """Take the counts that ``to_dict`` gave."""
        labels, reasons = counts["labels"], counts["reasons"]
        n_unsure, n_alone = counts["n_unsure"], counts["n_alone"]
        if not (isinstance(labels, dict) and isinstance(reasons, dict)):
            raise TypeError("labels and reasons of a tally are mappings")
        if not (isinstance(n_unsure, int) and isinstance(n_alone, int)):
            raise TypeError("n_unsure and n_alone of a tally are whole numbers")
        return cls(Counter(labels), n_unsure, n_alone, Counter(reasons))


def _add(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {name: one.get(name, 0.0) + other.get(name, 0.0) for name in {**one, **other}}


def tally(items: Iterable[Verdict | Rejected], seconds: Mapping[str, float] | None = None) -> Tally:
    """Count verdicts and rejects.

    Parameters
    ----------
    items : iterable of Verdict or Rejected
        Read once.
    seconds : mapping of str to float, optional
        How long each part of the work took.
    """
    labels: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    n_unsure = n_alone = 0
    for item in items:
        if isinstance(item, Rejected):
            reasons[reason_kind(item.reason)] += 1
            continue
        labels[str(item.label)] += 1
        n_unsure += len(item.label_set) > 1
        n_alone += item.source is None
    return Tally(labels, n_unsure, n_alone, reasons, seconds or {})


def reason_kind(reason: str) -> str:
    """Leave out of a reason what differs from article to article.

    Examples
    --------
    >>> reason_kind("in.jsonl:6: text has 3 words, expected at least 20: too short to judge")
    'text has # words, expected at least #: too short to judge'
    """
    kind = _FIGURES.sub("#", _QUOTED.sub("…", _PLACE.sub("", reason)))
    return kind if len(kind) <= _REASON_CHARS else f"{kind[: _REASON_CHARS - 1]}…"
