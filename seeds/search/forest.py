"""The most probable forest of a story: who derives from whom, and who was written by itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Edge = tuple[str, str]
"""A text and another that it may derive from."""

# Of odds, either way: nothing is certain.
_MOST = 1e6
# What stands above texts that derive from none; no article has this id.
_NOTHING = ""


@dataclass(frozen=True, slots=True)
class Forest:
    """Where each text of a story comes from.

    Parameters
    ----------
    parent : mapping of str to str or None
        What each text derives from in the most probable forest; None for what was written by
        itself.
    derives : mapping of str to float
        The probability, over all forests, that a text derives from any other.
    """

    parent: Mapping[str, str | None]
    derives: Mapping[str, float]


def find_forest(texts: Sequence[str], odds: Mapping[Edge, float]) -> Forest:
    """Find the most probable forest and the probability that each text derives from another.

    A forest is as probable as the product of its edges' odds. The best one is a maximum spanning
    arborescence from a root that stands for nothing (Chu and Liu 1965, Edmonds 1967); sums over all
    of them come from the directed matrix-tree theorem (Tutte 1984; Koo et al. 2007).

    Parameters
    ----------
    texts : sequence of str
        Ids of a story's texts, each once.
    odds : mapping of (str, str) to float
        By text and candidate, the odds that it derives from just that, against being written by
        itself; at least 0.

    Examples
    --------
    >>> forest = find_forest(["copy", "wire"], {("copy", "wire"): 8.0, ("wire", "copy"): 1.0})
    >>> forest.parent["copy"], {text: round(p, 2) for text, p in forest.derives.items()}
    ('wire', {'copy': 0.8, 'wire': 0.1})
    """
    kept = {edge: min(value, _MOST) for edge, value in odds.items() if value > 1 / _MOST}
    return Forest(_most_probable(texts, kept), _derive_at_all(texts, kept))


def _most_probable(texts: Sequence[str], odds: Mapping[Edge, float]) -> dict[str, str | None]:
    import networkx as nx  # deferred: only batches without sources need it

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_weighted_edges_from((_NOTHING, text, 0.0) for text in texts)
    graph.add_weighted_edges_from((parent, text, math.log(x)) for (text, parent), x in odds.items())
    best = nx.maximum_spanning_arborescence(graph)
    return {text: None if above == _NOTHING else above for above, text in best.edges}


def _derive_at_all(texts: Sequence[str], odds: Mapping[Edge, float]) -> dict[str, float]:
    """Give for each text the share of all forests, by their weights, in which it has a parent."""
    place = {text: i for i, text in enumerate(texts)}
    laplacian = np.eye(len(texts))
    for (text, parent), value in odds.items():
        laplacian[place[text], place[text]] += value
        laplacian[place[parent], place[text]] -= value
    without_parent = np.diag(np.linalg.inv(laplacian))
    return {text: float(np.clip(1 - without_parent[i], 0, 1)) for text, i in place.items()}
