"""What stands out in a report: which article was made from which, how, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from copydesk.predict.headline import in_words
from copydesk.predict.report.differences import mark_differences
from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.proofs import Proof, find_proofs
from copydesk.types import LABELS, Label

MAX_STANDOUTS = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """A proof as it is shown: its pieces are in turn what both texts have and what one only has."""

    says: str
    article: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standout:
    """An article that was made from another.

    Parameters
    ----------
    id, title : str
        Of the article.
    outlet : str or None
        Who published it.
    label : str
        What it is.
    sureness : str
        How sure that is, in words.
    source_id, source_title : str
        What it was made from.
    source_outlet : str or None
        Who published that.
    proofs : tuple of Comparison
        A few.
    """

    id: str
    title: str
    outlet: str | None
    label: str
    sureness: str
    source_id: str
    source_title: str
    source_outlet: str | None
    proofs: tuple[Comparison, ...]


def find_standouts(items: Iterable[ReportItem]) -> tuple[list[ReportItem], int]:
    """Choose the articles that are surely made from another: spins first, the most damaged first.

    Parameters
    ----------
    items : iterable of ReportItem
        All that was labelled.

    Returns
    -------
    list of ReportItem, int
        Those that are told first, and how many there are in all.
    """
    derived = [
        item
        for item in items
        if item.verdict.source is not None
        and item.verdict.label is not Label.ORIGINAL
        and len(item.verdict.label_set) == 1
        and item.explanation is not None
        and item.explanation.candidate is not None
    ]
    derived.sort(key=_rank)
    return derived[:MAX_STANDOUTS], len(derived)


def tell_standout(item: ReportItem) -> Standout:
    """Say what was made from what, and show it.

    Parameters
    ----------
    item : ReportItem
        One of those that ``find_standouts`` chooses.
    """
    assert item.explanation is not None
    candidate, verdict = item.explanation.candidate, item.verdict
    assert candidate is not None
    return Standout(
        id=verdict.id,
        title=item.title,
        outlet=item.outlet,
        label=str(verdict.label),
        sureness=in_words(verdict.probabilities[verdict.label]),
        source_id=candidate.id,
        source_title=candidate.headline or candidate.id,
        source_outlet=candidate.outlet,
        proofs=tuple(map(_compare, find_proofs(item))),
    )


def _rank(item: ReportItem) -> tuple[int, int]:
    evidence = item.verdict.evidence
    n_damaged = len(evidence.altered_quotes) + len(evidence.corrupted_names)
    return -LABELS.index(item.verdict.label), -n_damaged


def _compare(proof: Proof) -> Comparison:
    if proof.source is None:
        return Comparison(proof.says, (proof.article.text,), ())
    own, theirs = mark_differences(proof.article.text, proof.source.text)
    return Comparison(proof.says, tuple(own), tuple(theirs))
