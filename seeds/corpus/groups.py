"""Groups: what is linked, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def join_groups(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Join what is linked; gives for each key the one that stands for its group.

    Near-linear in the number of links (Tarjan 1975, path halving).

    Examples
    --------
    >>> join_groups([("b", "c"), ("a", "b"), ("x", "y")])
    {'b': 'a', 'c': 'a', 'a': 'a', 'x': 'x', 'y': 'x'}
    """
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in links:
        first, second = sorted((find(one), find(other)))
        parent[second] = first
    return {key: find(key) for key in list(parent)}


def fold_of_groups(groups: Iterable[str], n_folds: int, random_state: int = 0) -> dict[str, int]:
    """Deal groups out to folds, as many to each as can be.

    Parameters
    ----------
    groups : iterable of str
        Each as often as there are items of it; the order does not matter.
    n_folds : int
        At least 1.
    random_state : int
        Seed of the deal.

    Examples
    --------
    >>> sorted(fold_of_groups(["a", "b", "b", "c"], 2).values())
    [0, 0, 1]
    """
    names = sorted(set(groups))
    order = np.random.default_rng(random_state).permutation(len(names))
    return {names[place]: i % n_folds for i, place in enumerate(order.tolist())}
