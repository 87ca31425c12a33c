"""Changes: what an engine did to a text, exact enough to be done again or undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of a text replaced by another.

    Parameters
    ----------
    kind : str
        What was done, such as ``"synonym"`` or ``"cut"``.
    before, after : str
        What stood there and what stands there now; either may be empty.
    start : int
        Where ``before`` stands in the text that the engine was given, in characters.
    """

    kind: str
    before: str
    after: str
    start: int

    @property
    def end(self) -> int:
        """Where ``before`` ends."""
        return self.start + len(self.before)


@dataclass(frozen=True, slots=True)
class Derivative:
    """A text made from another, with all that was changed, in the order of the text it came from.

    Outside the changes the two texts are equal, character for character.
    """

    text: str
    changes: tuple[Change, ...]


def make_derivative(text: str, changes: Iterable[Change]) -> Derivative:
    """Change a text.

    Parameters
    ----------
    text : str
        The text that the changes were made for.
    changes : iterable of Change
        In any order; insertions at one place stay in the order given. Those that change nothing
        are left out.

    Raises
    ------
    ValueError
        Two changes overlap, or one is not about this text.

    Examples
    --------
    >>> make_derivative("The ferry sank.", [Change("synonym", "ferry", "ship", 4)]).text
    'The ship sank.'
    """
    ordered = sorted(
        (change for change in changes if change.before != change.after),
        key=lambda change: (change.start, change.before != ""),
    )
    pieces: list[str] = []
    done = 0
    for change in ordered:
        if change.start < done:
            raise ValueError(f"{change} overlaps the change before it")
        if text[change.start : change.end] != change.before:
            raise ValueError(f"{change} is not about this text")
        pieces += [text[done : change.start], change.after]
        done = change.end
    pieces.append(text[done:])
    return Derivative("".join(pieces), tuple(ordered))


def undo_changes(derivative: Derivative) -> str:
    """Give the text that a derivative was made from.

    Examples
    --------
    >>> undo_changes(Derivative("The ship sank.", (Change("synonym", "ferry", "ship", 4),)))
    'The ferry sank.'
    """
    pieces: list[str] = []
    done = shift = 0
    for change in derivative.changes:
        start = change.start + shift
        pieces += [derivative.text[done:start], change.before]
        done = start + len(change.after)
        shift += len(change.after) - len(change.before)
    pieces.append(derivative.text[done:])
    return "".join(pieces)


def shift_changes(changes: Iterable[Change], by: int) -> list[Change]:
    """Give the changes of a part of a text as changes of the whole, where the part begins."""
    if by == 0:
        return list(changes)
    return [Change(c.kind, c.before, c.after, c.start + by) for c in changes]


def compose(text: str, first: Derivative, second: Derivative) -> Derivative:
    """Join two steps, each with its changes, to one.

    Parameters
    ----------
    text : str
        What the first step was given.
    first : Derivative
        Made from ``text``.
    second : Derivative
        Made from ``first.text``.

    Returns
    -------
    Derivative
        ``second.text`` as made from ``text``. Changes that overlap or touch become one, whose
        kind names both, as in ``"cut+synonym"``.
    """
    if not first.changes or not second.changes:
        return second if second.changes else first
    changes: list[Change] = []
    shift = 0  # from the text to the text between the steps, where no group is open
    for group in _touching(_as_marks(first.changes, second.changes)):
        if len(group) == 1:  # as nearly all are
            changes += shift_changes(
                [group[0].change], group[0].start - shift - group[0].change.start
            )
            shift += group[0].growth
            continue
        middle_start = min(mark.start for mark in group)
        middle_end = max(mark.end for mark in group)
        growth = sum(mark.growth for mark in group)
        start, end = middle_start - shift, middle_end - shift - growth
        edits = [mark.change for mark in group if mark.step == _SECOND]
        moved = shift_changes(edits, -middle_start)
        after = make_derivative(first.text[middle_start:middle_end], moved).text
        kinds = dict.fromkeys(mark.change.kind for mark in sorted(group, key=lambda m: m.step))
        changes.append(Change("+".join(kinds), text[start:end], after, start))
        shift += growth
    return Derivative(second.text, tuple(c for c in changes if c.before != c.after))


_FIRST, _SECOND = 0, 1


class _Mark(NamedTuple):
    """Where a change stands in the text between the steps."""

    start: int
    end: int
    step: int
    change: Change

    @property
    def growth(self) -> int:
        """How many characters longer the text between the steps is for it."""
        return len(self.change.after) - len(self.change.before) if self.step == _FIRST else 0


def _as_marks(first: Sequence[Change], second: Sequence[Change]) -> list[_Mark]:
    marks = [_Mark(change.start, change.end, _SECOND, change) for change in second]
    shift = 0
    for change in first:
        start = change.start + shift
        marks.append(_Mark(start, start + len(change.after), _FIRST, change))
        shift += len(change.after) - len(change.before)
    return sorted(marks, key=lambda mark: (mark.start, mark.end))


def _touching(marks: list[_Mark]) -> list[list[_Mark]]:
    groups: list[list[_Mark]] = []
    end = -1
    for mark in marks:
        if groups and mark.start <= end:
            groups[-1].append(mark)
        else:
            groups.append([mark])
        end = max(end, mark.end)
    return groups
