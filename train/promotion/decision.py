"""The decision: whether a candidate is worse beyond noise or falls below a floor, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from copydesk.train.promotion.bootstrap import Difference
from copydesk.train.promotion.contest import MIN_STORIES, Comparison
from copydesk.train.promotion.floors import Fallen

_MORE_IS_BETTER = {"macro_f1": True, "honest_called_spun": False}
_NAMES = {"macro_f1": "macro-F1", "honest_called_spun": "honest called spun"}


class Change(StrEnum):
    """What became of a figure."""

    BETTER = "better"
    WORSE = "worse"
    NOISE = "within noise"
    TOO_FEW = "too few stories to tell"


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure of both models, and whether the candidate's is another beyond noise.

    Parameters
    ----------
    comparison : Comparison
        Where it was measured.
    figure : str
        ``macro_f1`` or ``honest_called_spun``.
    change : Change
        Seen from the candidate.
    """

    comparison: Comparison
    figure: str
    change: Change

    @property
    def difference(self) -> Difference:
        """The figure of each, and the bounds of what lies between."""
        return self.comparison.differences[self.figure]

    @property
    def name(self) -> str:
        """In words."""
        return f"{_NAMES[self.figure]} on {self.comparison.name}"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a candidate takes the place of the current model, and why.

    Parameters
    ----------
    judged : tuple of Judged
        All figures.
    fallen : tuple of Fallen
        Figures of the candidate below their floors.
    n_floors : int
        How many floors there are.
    n_left_out : int
        Records that either model had learned of.
    """

    judged: tuple[Judged, ...]
    fallen: tuple[Fallen, ...]
    n_floors: int
    n_left_out: int

    @property
    def can_tell(self) -> bool:
        """Whether any gate set has stories enough."""
        return any(one.change is not Change.TOO_FEW for one in self.judged)

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against the candidate."""
        return self.can_tell and not self.fallen and not self.of(Change.WORSE)

    def of(self, change: Change) -> list[Judged]:
        """Give the figures that changed in a way."""
        return [one for one in self.judged if one.change is change]

    def say(self) -> str:
        """Say in a sentence, without its subject, what got better and worse.

        Examples
        --------
        >>> Decision((), (), 0, 3).say()
        'no gate set has 10 stories that neither model learned of, 3 records were left out'
        """
        if not self.judged and not self.n_left_out:
            return "nothing was measured"
        said = []
        if not self.can_tell:
            said.append(f"no gate set has {MIN_STORIES} stories that neither model learned of")
        else:
            for change in (Change.WORSE, Change.BETTER):
                names = ", ".join(one.name for one in self.of(change)) or "nothing"
                said.append(f"{change} beyond noise: {names}")
        if self.n_floors:
            said.append("; ".join(map(str, self.fallen)) or f"{self.n_floors} floors hold")
        if self.n_left_out:
            said.append(f"{self.n_left_out} records were left out")
        return ", ".join(said) if not self.can_tell else "; ".join(said)


def decide(
    comparisons: Sequence[Comparison],
    fallen: Sequence[Fallen],
    *,
    n_floors: int = 0,
    n_left_out: int = 0,
) -> Decision:
    """Judge a candidate by what was measured.

    A figure is worse, or better, where the interval of the difference does not hold 0.

    Parameters
    ----------
    comparisons : sequence of Comparison
        As ``compare_models`` gives them.
    fallen : sequence of Fallen
        As ``check_floors`` gives them.
    n_floors, n_left_out : int
        As in ``Decision``.
    """
    judged = tuple(
        Judged(comparison, figure, _change(comparison, figure))
        for comparison in comparisons
        for figure in comparison.differences
    )
    return Decision(judged, tuple(fallen), n_floors, n_left_out)


def _change(comparison: Comparison, figure: str) -> Change:
    if not comparison.tells:
        return Change.TOO_FEW
    between = comparison.differences[figure]
    sign = 1 if _MORE_IS_BETTER[figure] else -1
    low, high = sorted((sign * between.low, sign * between.high))
    return Change.WORSE if high < 0 else Change.BETTER if low > 0 else Change.NOISE


def format_decision(decision: Decision) -> str:
    """Lay out what was measured, a line for each figure, columns aligned."""
    rows = [("", "stories", "texts", "current", "candidate", "difference", "")]
    for one in decision.judged:
        between = one.difference
        rows.append(
            (
                one.name,
                str(one.comparison.n_stories),
                str(one.comparison.n_texts),
                f"{between.current:.3f}",
                f"{between.candidate:.3f}",
                f"{between.difference:+.3f} ({between.low:+.3f} to {between.high:+.3f})",
                str(one.change),
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i in {0, len(row) - 1} else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
