"""The monitor: all figures of a scored file, judged together, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.errors import InvalidInput
from copydesk.models.reference import Reference
from copydesk.train.monitor.carried import carried_figures
from copydesk.train.monitor.features import FeatureRows, feature_figures
from copydesk.train.monitor.figures import Figure, Level, judge
from copydesk.train.monitor.records import Scored
from copydesk.train.monitor.spread import MIN_ROWS


@dataclass(frozen=True, slots=True)
class Monitored:
    """What came of monitoring.

    Parameters
    ----------
    figures : tuple of Figure
        All that were looked at.
    notes : tuple of str
        What could not be compared, and why.
    n_articles : int
        How many are scored now.
    """

    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
    n_articles: int

    @property
    def level(self) -> Level:
        """The highest that any figure asks for."""
        return max((figure.level for figure in self.figures), default=Level.NOTHING)

    @property
    def moved(self) -> tuple[Figure, ...]:
        """The figures that ask for something, the gravest first."""
        found = (figure for figure in self.figures if figure.level is not Level.NOTHING)
        return tuple(sorted(found, key=lambda figure: (-figure.level, -size_of(figure))))

    @property
    def n_judged(self) -> int:
        """How many figures could be compared."""
        return sum(figure.p is not None for figure in self.figures)

    def say(self) -> str:
        """Say in a sentence what is asked for.

        Examples
        --------
        >>> Monitored((), (), 70).say()
        'nothing: none of 0 figures of 70 articles has moved'
        """
        n_moved = len(self.moved)
        of = f"of {self.n_judged} figures of {self.n_articles:,} articles"
        if not n_moved:
            return f"{self.level}: none {of} has moved"
        return f"{self.level}: {n_moved} {of} {'has' if n_moved == 1 else 'have'} moved"


def size_of(figure: Figure) -> float:
    """Give how far a figure moved, to sort by: its index, or how much its share changed."""
    if figure.shift is not None:
        return figure.shift.index
    return abs((figure.now or 0.0) - (figure.before or 0.0))


def monitor(
    now: Scored,
    *,
    before: Scored | None = None,
    reference: Reference | None = None,
    rows: FeatureRows | None = None,
) -> Monitored:
    """Compare what is scored now with what was scored before, or with what the model learned.

    Parameters
    ----------
    now : Scored
        What is scored now.
    before : Scored, optional
        What was scored before: what the records carry is compared with it.
    reference : Reference, optional
        What the model learned: features are compared with it, and without ``before`` the shares of
        labels.
    rows : FeatureRows, optional
        Features of the articles, where their texts are at hand.

    Raises
    ------
    InvalidInput
        There is nothing scored, or nothing to compare it with.
    """
    if not len(now):
        raise InvalidInput("nothing is scored: there is nothing to monitor")
    if before is not None and not len(before):
        raise InvalidInput("nothing was scored before: there is nothing to compare with")
    if before is None and reference is None:
        raise InvalidInput(
            "there is nothing to compare with: the model has no training reference, and no "
            "--reference names what was scored before; models trained from now on have one"
        )
    figures = carried_figures(now, before, reference)
    if rows is not None and reference is not None:
        figures += feature_figures(rows, reference)
    notes = tuple(_notes(now, before, reference, rows))
    return Monitored(judge(figures), notes, len(now))


def _notes(
    now: Scored, before: Scored | None, reference: Reference | None, rows: FeatureRows | None
) -> Iterator[str]:
    if len(now) < MIN_ROWS:
        yield f"{len(now)} articles are too few to compare distributions: {MIN_ROWS} are needed"
    if reference is None:
        yield "the model has no training reference: features are not compared"
    elif rows is None:
        yield "the articles are not given (--articles): features are not compared"
    if before is None:
        yield (
            "no scored file to compare with is given (--reference): only shares of labels are "
            "compared, with those of what the model learned"
        )
    elif len(before) < MIN_ROWS:
        yield f"{len(before)} articles before are too few to compare distributions"
    if now.n_rejected is None or (before is not None and before.n_rejected is None):
        yield "rejects bear no date: how many were rejected is not compared"
    if len(now.models) > 1:
        yield f"several models labelled what is scored now: {', '.join(sorted(now.models))}"
    if before is not None and set(before.models) != set(now.models):
        yield f"another model labelled what was scored before: {', '.join(sorted(before.models))}"
