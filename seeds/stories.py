"""Stories: which texts of a batch belong together, and which of them is the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.seeds.candidates import (
    Candidate,
    FingerprintList,
    dates_tell,
    find_sources,
)
from copydesk.seeds.fingerprint import Fingerprint
from copydesk.seeds.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in its batch.

    Parameters
    ----------
    sources : tuple of Candidate
        What it derives from: nothing, one text, or two woven together.
    story : str or None
        Id of the most source-like text of its story; None where it has no relative.
    """

    sources: tuple[Candidate, ...]
    story: str | None


def find_places(items: Sequence[Fingerprint], index: VectorIndex | None) -> dict[str, Place]:
    """Find for each text of a batch what it derives from, and its story; by id.

    Two texts that are each other's candidates cannot both derive: where dates do not tell which
    came first, the one that is not woven from two is the source; then the one that more texts
    point to; then the one that looks more like a text others are made from (see
    ``Fingerprint.standing``); then the one that comes first. Time and memory grow about linearly
    with the number of texts.

    Parameters
    ----------
    items : sequence of Fingerprint
        Of the batch.
    index : VectorIndex or None
        As ``index_fingerprints`` makes it of them.
    """
    table = FingerprintList(items)
    prints = {item.id: item for item in items}
    found = {item.id: find_sources(item, index, table, are_canonical=False) for item in items}
    links = [(key, one.id) for key, ones in found.items() for one in ones]
    links += [(i.id, i.source_id) for i in items if i.source_id in prints and i.source_id != i.id]
    followers = Counter(source for _, source in set(links))
    order = {key: -i for i, key in enumerate(prints)}

    def rank(key: str) -> tuple[bool, int, float, int]:
        is_whole = len(found[key]) < 2
        return is_whole, followers[key], prints[key].standing, order[key]

    def is_turned(key: str, source: str) -> bool:
        mutual = any(one.id == key for one in found[source])
        undated = not dates_tell(prints[key], prints[source])
        return mutual and undated and rank(key) > rank(source)

    sources = {
        key: tuple(one for one in candidates if not is_turned(key, one.id))
        for key, candidates in found.items()
    }
    stories = _join(links)
    heads: dict[str, str] = {}
    for key, story in stories.items():
        derives = bool(sources[key])
        best = heads.get(story)
        if best is None or (not derives, *rank(key)) > (not sources[best], *rank(best)):
            heads[story] = key
    return {
        key: Place(sources[key], heads[stories[key]] if key in stories else None) for key in prints
    }


def _join(links: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Join what is linked; gives for each text one that stands for its group."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in links:
        first, second = find(one), find(other)
        parent[second] = first
    return {key: find(key) for key in list(parent)}
