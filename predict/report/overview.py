"""The overview of a report: counts, outlets, days, the sources most copied from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from copydesk.predict.report.item import ReportItem
from copydesk.types import LABELS, Label, Rejected

MAX_OUTLETS = 20
MAX_DAYS = 31
MAX_SOURCES = 15
MAX_REJECTS = 100
UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """How many articles of a name bear each label, in the labels' order."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Overview:
    """What a report says first.

    Parameters
    ----------
    n_articles, n_unsure, n_without_source, n_without_text : int
        Of those labelled.
    labels : LabelCounts
        All articles.
    outlets, days, sources : tuple of LabelCounts
        The largest outlets, the latest days, the sources most copied from.
    n_outlets, n_days, n_sources : int
        How many there are in all.
    rejects : tuple of Rejected
        The first of them.
    n_rejected : int
        How many there are in all.
    models : tuple of str
        Which models decided.
    """

    n_articles: int
    n_unsure: int
    n_without_source: int
    n_without_text: int
    labels: LabelCounts
    outlets: tuple[LabelCounts, ...]
    n_outlets: int
    days: tuple[LabelCounts, ...]
    n_days: int
    sources: tuple[LabelCounts, ...]
    n_sources: int
    rejects: tuple[Rejected, ...]
    n_rejected: int
    models: tuple[str, ...]


def draw_overview(items: Sequence[ReportItem], rejects: Sequence[Rejected]) -> Overview:
    """Count what a report says first.

    Parameters
    ----------
    items : sequence of ReportItem
        All that was labelled.
    rejects : sequence of Rejected
        All that could not be.
    """
    outlets = _by(items, lambda i: i.outlet or UNKNOWN)
    days = _by(items, lambda i: i.day or UNKNOWN)
    derived = [i for i in items if i.verdict.source and i.verdict.label is not Label.ORIGINAL]
    sources = _by(derived, lambda i: i.verdict.source.id if i.verdict.source else UNKNOWN)
    latest = sorted(days, key=lambda day: (day.name == UNKNOWN, day.name))
    dated = [day for day in latest if day.name != UNKNOWN][-MAX_DAYS:]
    return Overview(
        n_articles=len(items),
        n_unsure=sum(len(item.verdict.label_set) > 1 for item in items),
        n_without_source=sum(item.verdict.source is None for item in items),
        n_without_text=sum(item.article is None for item in items),
        labels=LabelCounts("all", _counts(items)),
        outlets=tuple(_largest(outlets)[:MAX_OUTLETS]),
        n_outlets=len(outlets),
        days=(*dated, *(day for day in latest if day.name == UNKNOWN)),
        n_days=sum(day.name != UNKNOWN for day in latest),
        sources=tuple(_largest(sources)[:MAX_SOURCES]),
        n_sources=len(sources),
        rejects=tuple(rejects[:MAX_REJECTS]),
        n_rejected=len(rejects),
        models=tuple(sorted({item.verdict.model_id for item in items})),
    )


def _by(items: Iterable[ReportItem], name: Callable[[ReportItem], str]) -> list[LabelCounts]:
    groups: dict[str, list[ReportItem]] = {}
    for item in items:
        groups.setdefault(name(item), []).append(item)
    return [LabelCounts(key, _counts(group)) for key, group in groups.items()]


def _largest(groups: Iterable[LabelCounts]) -> list[LabelCounts]:
    return sorted(groups, key=lambda group: (-group.total, group.name))


def _counts(items: Iterable[ReportItem]) -> tuple[int, ...]:
    counts = Counter(item.verdict.label for item in items)
    return tuple(counts[label] for label in LABELS)
