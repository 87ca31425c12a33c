"""Stories: which texts of a batch belong together, and which of them is the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from copydesk.seeds.corpus.groups import join_groups
from copydesk.seeds.search.candidates import (
    Candidate,
    Candidates,
    FingerprintList,
    by_likelihood,
    choose_sources,
    compare,
)
from copydesk.seeds.search.closeness import (
    MIN_CLOSENESS,
    cannot_be_source,
    dates_tell,
    find_second,
    is_formula_copy,
)
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.vectors import VectorIndex

# How much of source likeness a copy's closeness weighs; chosen on half of the stories of one
# data set.
_CLOSENESS_WEIGHT = 5.0

Prints = dict[str, Fingerprint]
Found = dict[str, list[Candidate]]
Rank = tuple[bool, bool, float, int]


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

    Rewrites of one text are close to each other too. So a text derives only from one that was
    published before or, where dates do not tell, ranks higher: that is not woven from two; then
    that others name as their source; then that looks more like a text others are made from
    (see ``Fingerprint.source_likeness``) and has more of those that are close to it; then that
    comes first. And rather than from such a text it derives from what that one derives from, if
    close enough. Time and memory grow about linearly with the number of texts.

    Parameters
    ----------
    items : sequence of Fingerprint
        Of the batch.
    index : VectorIndex or None
        As ``index_fingerprints`` makes it of them.
    """
    candidates = Candidates(index, FingerprintList(items), are_canonical=False)
    prints = {item.id: item for item in items}
    found = {item.id: [one for one, _ in candidates.find(item)] for item in items}
    ranks = _rank(prints, found)
    sources = _name_origins(prints, _derive(prints, found, ranks, candidates))
    links = [(key, one.id) for key, ones in found.items() for one in ones[:1]]
    links += [(key, one.id) for key, ones in sources.items() for one in ones]
    links += [(i.id, i.source_id) for i in items if i.source_id in prints and i.source_id != i.id]
    stories = join_groups(links)
    heads: dict[str, str] = {}
    for key, story in stories.items():
        best = heads.setdefault(story, key)
        if (not sources[key], ranks[key]) > (not sources[best], ranks[best]):
            heads[story] = key
    return {
        key: Place(sources[key], heads[stories[key]] if key in stories else None) for key in prints
    }


def _rank(prints: Prints, found: Found) -> dict[str, Rank]:
    """Rank texts by how much they look like one that others are made from."""
    close_to = defaultdict(list)
    for ones in found.values():
        for one in ones:
            close_to[one.id].append(one.closeness)
    named = {item.source_id for item in prints.values()}
    ranks = {}
    for place, (key, item) in enumerate(prints.items()):
        closeness = fmean(close_to[key]) if key in close_to else 0.0
        weight = item.source_likeness + _CLOSENESS_WEIGHT * closeness
        ranks[key] = (not _is_woven(item, prints, found), key in named, weight, -place)
    return ranks


def _is_woven(item: Fingerprint, prints: Prints, found: Found) -> bool:
    """Whether a text was woven from two that are not made from each other or from a third."""
    if not found[item.id]:
        return False
    first = found[item.id][0].id
    near = {first, *(one.id for one in found[first])}
    apart = [
        prints[one.id]
        for one in found[item.id]
        if one.id not in near and all(other.id != first for other in found[one.id])
    ]
    return find_second(item, prints[first], apart, names_tell=False) is not None


def _name_origins(
    prints: Prints, sources: dict[str, tuple[Candidate, ...]]
) -> dict[str, tuple[Candidate, ...]]:
    """Say of each source what it was made from itself: what it names, or what was found."""

    def origin(key: str) -> str | None:
        named = prints[key].source_id
        if named in prints and named != key:
            return named
        return sources[key][0].id if sources[key] else None

    return {
        key: tuple(replace(one, origin=origin(one.id)) for one in ones)
        for key, ones in sources.items()
    }


def _derive(
    prints: Prints, found: Found, ranks: dict[str, Rank], candidates: Candidates
) -> dict[str, tuple[Candidate, ...]]:
    """Choose what each text derives from, after most of what it may derive from."""
    sources: dict[str, tuple[Candidate, ...]] = {}

    def head(key: str) -> str:
        return sources[key][0].id if sources.get(key) else key

    def may_derive(key: str, source: str) -> bool:
        one, other = prints[key], prints[source]
        is_later = dates_tell(one, other) or ranks[source] > ranks[key]
        return is_later and not cannot_be_source(other, one) and not leads_to(source, key)

    def leads_to(source: str, key: str) -> bool:  # only where some texts are dated
        while head(source) not in (source, key):
            source = head(source)
        return head(source) == key

    def moment(key: str) -> tuple[bool, float]:
        published = prints[key].published
        return published is None, published[1] if published else 0.0

    for key in sorted(sorted(prints, key=ranks.__getitem__, reverse=True), key=moment):
        direct = [one for one in found[key] if may_derive(key, one.id)]
        heads = {one.id: head(one.id) for one in direct}
        options = {top if may_derive(key, top) else one for one, top in heads.items()}
        close = by_likelihood(
            (compare(prints[key], prints[option]), prints[option]) for option in options
        )
        close = [
            pair
            for pair in close
            if pair[0].closeness >= MIN_CLOSENESS and not is_formula_copy(prints[key], pair[1])
        ]
        rest = candidates.find_for_rest(prints[key], close[0][1]) if close else []
        rest = [other for other in rest if may_derive(key, other.id)]
        sources[key] = choose_sources(prints[key], close, rest) or tuple(direct[:1])
    return sources
