"""Groups: what is linked, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable


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
