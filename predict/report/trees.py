"""Stories as small family trees: a source, what was made from it, and what from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.predict.report.item import ReportItem
from copydesk.terminal import one_line
from copydesk.types import Label, Verdict

MAX_TREES = 24
_MAX_CHILDREN = 8
_MAX_DEPTH = 4
_SHOWN_CHARS = 48
ROW_PX, COLUMN_PX = 26, 40
_NAME_PX = 480


@dataclass(frozen=True, slots=True)
class Node:
    """A text of a tree, where it is drawn, and from where a line leads to it.

    Parameters
    ----------
    id : str
        Of the text; empty for "so many more".
    name : str
        What is written.
    label : str
        Its label, or ``source`` for a text that was not labelled, ``more`` for those left out.
    x, y : int
        In pixels.
    parent_y : int or None
        Of the text that it was made from, one column to the left.
    """

    id: str
    name: str
    label: str
    x: int
    y: int
    parent_y: int | None


@dataclass(frozen=True, slots=True)
class Tree:
    """A story: its nodes, and how large its drawing is."""

    nodes: tuple[Node, ...]
    n_texts: int

    @property
    def width(self) -> int:
        """In pixels."""
        return max(node.x for node in self.nodes) + _NAME_PX

    @property
    def height(self) -> int:
        """In pixels."""
        return max(node.y for node in self.nodes) + ROW_PX // 2


def grow_trees(items: Sequence[ReportItem]) -> tuple[Tree, ...]:
    """Draw every story in which a text derives from another, the largest first.

    Parameters
    ----------
    items : sequence of ReportItem
        All that was labelled.
    """
    verdicts = {item.verdict.id: item.verdict for item in items}
    names = {item.verdict.id: item.title for item in items}
    children: dict[str, list[str]] = {}
    for verdict in verdicts.values():
        parent = _parent(verdict)
        if parent is not None:
            children.setdefault(parent, []).append(verdict.id)
    made = {child for group in children.values() for child in group}
    roots = [parent for parent in children if parent not in made]
    trees = [_Drawing(verdicts, names, children).draw(root) for root in roots]
    return tuple(sorted(trees, key=lambda tree: -tree.n_texts))


def _parent(verdict: Verdict) -> str | None:
    if verdict.source is None or verdict.label is Label.ORIGINAL or verdict.source.id == verdict.id:
        return None
    return verdict.source.id


class _Drawing:
    """Places the nodes of one tree from top to bottom."""

    def __init__(
        self, verdicts: dict[str, Verdict], names: dict[str, str], children: dict[str, list[str]]
    ) -> None:
        self._verdicts, self._names, self._children = verdicts, names, children
        self._nodes: list[Node] = []
        self._seen: set[str] = set()

    def draw(self, root: str) -> Tree:
        self._place(root, 0, None)
        return Tree(tuple(self._nodes), n_texts=self._count(root, set()))

    def _place(self, text_id: str, depth: int, parent_y: int | None) -> None:
        if text_id in self._seen:
            return
        self._seen.add(text_id)
        verdict = self._verdicts.get(text_id)
        label = "source" if verdict is None else str(verdict.label)
        node = self._add(text_id, self._names.get(text_id, text_id), label, depth, parent_y)
        group = self._children.get(text_id, ())
        shown = () if depth >= _MAX_DEPTH else group[:_MAX_CHILDREN]
        for child in shown:
            self._place(child, depth + 1, node.y)
        if len(group) > len(shown):
            self._add("", f"{len(group) - len(shown)} more", "more", depth + 1, node.y)

    def _add(self, text_id: str, name: str, label: str, depth: int, parent_y: int | None) -> Node:
        y = ROW_PX * len(self._nodes) + ROW_PX // 2
        node = Node(
            text_id, one_line(name, _SHOWN_CHARS), label, COLUMN_PX * depth + 12, y, parent_y
        )
        self._nodes.append(node)
        return node

    def _count(self, text_id: str, seen: set[str]) -> int:
        waiting = [text_id]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += self._children.get(one, ())
        return len(seen)
