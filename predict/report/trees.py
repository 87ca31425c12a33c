"""Stories as small family trees: a source, what was made from it, and what from that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copydesk.predict.report.item import ReportItem
from copydesk.types import Label, Verdict

MAX_TREES = 24
MAX_CHILDREN = 8
MAX_DEPTH = 4
UNLABELLED = "source"


@dataclass(frozen=True, slots=True)
class Node:
    """A text of a story, and what was made from it.

    Parameters
    ----------
    id : str
        Of the text.
    title : str
        Its headline, or else its id.
    about : str
        Its outlet and its day, as far as they are known.
    label : str
        Its label, or ``source`` for a text that was not labelled.
    is_unsure : bool
        Whether its label set holds more than one.
    made : tuple of Node
        What was made from it, the first of them.
    n_left_out : int
        How many more there are.
    """

    id: str
    title: str
    about: str
    label: str
    is_unsure: bool
    made: tuple[Node, ...]
    n_left_out: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A story: the text that the others come from, and how many texts there are."""

    root: Node
    n_texts: int


def grow_trees(items: Sequence[ReportItem]) -> tuple[Tree, ...]:
    """Draw every story in which a text derives from another, the largest first.

    Parameters
    ----------
    items : sequence of ReportItem
        All that was labelled.
    """
    by_id = {item.verdict.id: item for item in items}
    children: dict[str, list[str]] = {}
    for item in by_id.values():
        parent = _parent(item.verdict)
        if parent is not None:
            children.setdefault(parent, []).append(item.verdict.id)
    made = {child for group in children.values() for child in group}
    roots = [parent for parent in children if parent not in made]
    trees = [Tree(_grow(root, 0, by_id, children), _count(root, children)) for root in roots]
    return tuple(sorted(trees, key=lambda tree: -tree.n_texts))


def _parent(verdict: Verdict) -> str | None:
    if verdict.source is None or verdict.label is Label.ORIGINAL or verdict.source.id == verdict.id:
        return None
    return verdict.source.id


def _grow(
    text_id: str,
    depth: int,
    items: Mapping[str, ReportItem],
    children: Mapping[str, Sequence[str]],
) -> Node:
    """Grow what hangs on a text: each has one parent, so that from a root no circle is reached."""
    item, group = items.get(text_id), children.get(text_id, ())
    shown = () if depth >= MAX_DEPTH else group[:MAX_CHILDREN]
    return Node(
        id=text_id,
        title=text_id if item is None else item.title,
        about="" if item is None else ", ".join(filter(None, (item.outlet, item.day))),
        label=UNLABELLED if item is None else str(item.verdict.label),
        is_unsure=item is not None and len(item.verdict.label_set) > 1,
        made=tuple(_grow(child, depth + 1, items, children) for child in shown),
        n_left_out=len(group) - len(shown),
    )


def _count(root: str, children: Mapping[str, Iterable[str]]) -> int:
    waiting, n_texts = [root], 0
    while waiting:
        n_texts += 1
        waiting += children.get(waiting.pop(), ())
    return n_texts
