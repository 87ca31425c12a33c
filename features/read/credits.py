"""Credits: what a text says of its agency, its author and its way to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.features.read.agencies import AgencyName, find_agency_names
from copydesk.features.read.blocks import Block, BlockKind
from copydesk.features.read.credit_forms import (
    BARE_DATELINE,
    DATELINE,
    IN_BRACKETS,
    INITIALS,
    INNER_DATELINE,
    PLAIN,
    CreditKind,
    credit_forms,
)

__all__ = ["Credit", "CreditKind", "find_credits"]


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit in normalised text, ``text[start:end]``, and the agency's name, if it gives one."""

    kind: CreditKind
    start: int
    end: int
    agency: str | None = None


# What forms without an agency's name have in common: other text is not searched for them.
_CUES = (
    "agenc|wire|feed|syndicat|newsource|reporting by|contribut|copyright|©|(c)|edited by"
    "|with assistance|enditem|published by|published from|news service|inputs|republished"
    "|supplied by|provided by|distributed by|modification|staff and|files from"
).split("|")
_CUE = re.compile("|".join(map(re.escape, _CUES)))
_WINDOW = 320
_LINE_MAX_CHARS = 200
_DATELINE_MAX_CHARS = 80
_BYLINE = re.compile(r"(?i)\W*(?:by|written by|from our)\b")


def find_credits(text: str, blocks: tuple[Block, ...]) -> tuple[Credit, ...]:
    """Find credit lines, datelines and agencies named as where a text comes from.

    Examples
    --------
    >>> from copydesk.features.read.blocks import split_blocks
    >>> line = "LISBON, March 3 (MNA) - The ferry sank."
    >>> [(c.kind.value, line[c.start : c.end]) for c in find_credits(line, split_blocks(line))]
    [('dateline', 'LISBON, March 3 (MNA) - ')]
    """
    names = find_agency_names(text)
    masked = _mask(text, names)
    anchors = sorted([*((name.start, name.end) for name in names), *_find_cues(text)])
    credits: list[Credit] = []
    next_anchor = 0
    for block in blocks:
        inside = []
        while next_anchor < len(anchors) and anchors[next_anchor][0] < block.end:
            if anchors[next_anchor][0] >= block.start:
                inside.append(anchors[next_anchor])
            next_anchor += 1
        credits += _credits_of_block(masked, block, inside, names)
    return tuple(credits)


def _credits_of_block(
    masked: str,
    block: Block,
    anchors: list[tuple[int, int]],
    names: tuple[AgencyName, ...],
) -> list[Credit]:
    if block.kind is BlockKind.FURNITURE:
        return []
    whole = _whole_line(masked, block, names) if anchors else None
    if whole is not None:
        return [whole]
    found = list(_first_dateline(masked, block, names))
    for start, end in _windows(anchors, block):
        found += _search(masked, start, end, names)
    if not found and block.kind is BlockKind.CREDIT:
        is_byline = _BYLINE.match(masked, block.start, block.end)
        kind = CreditKind.BYLINE if is_byline else CreditKind.CREDIT_LINE
        return [Credit(kind, block.start, block.end)]
    return _without_overlaps(found)


def _find_cues(text: str) -> list[tuple[int, int]]:
    lower = text.lower()
    if len(lower) != len(text) or not any(cue in lower for cue in _CUES):
        return []
    return [match.span() for match in _CUE.finditer(lower)]


def _mask(text: str, names: tuple[AgencyName, ...]) -> str:
    parts, end = [], 0
    for name in names:
        mark = PLAIN if name.plain else INITIALS
        parts += [text[end : name.start], mark * (name.end - name.start)]
        end = name.end
    return "".join([*parts, text[end:]])


def _first_dateline(masked: str, block: Block, names: tuple[AgencyName, ...]) -> Iterator[Credit]:
    limit = min(block.end, block.start + _DATELINE_MAX_CHARS)
    beginning = masked[block.start : limit]
    match = None
    if _has_name(beginning):
        match = DATELINE.match(masked, block.start, limit)
    if match is None and "- " in beginning:
        match = BARE_DATELINE.match(masked, block.start, limit)
    if match:
        in_brackets = IN_BRACKETS.search(match[0])
        unknown = in_brackets[1] if in_brackets else None
        yield _credit(CreditKind.DATELINE, *match.span(), unknown, names)


def _whole_line(masked: str, block: Block, names: tuple[AgencyName, ...]) -> Credit | None:
    if block.end - block.start > _LINE_MAX_CHARS:
        return None
    for form in credit_forms("line"):
        match = form.pattern.match(masked, block.start, block.end)
        if match:
            return _credit(form.kind, *match.span(1), form.agency, names)
    return None


def _windows(anchors: list[tuple[int, int]], block: Block) -> Iterator[tuple[int, int]]:
    start = end = -1
    for first, last in anchors:
        if start >= 0 and first - _WINDOW <= end:
            end = min(last + _WINDOW, block.end)
            continue
        if start >= 0:
            yield start, end
        start, end = max(first - _WINDOW, block.start), min(last + _WINDOW, block.end)
    if start >= 0:
        yield start, end


def _search(masked: str, start: int, end: int, names: tuple[AgencyName, ...]) -> Iterator[Credit]:
    lowered = masked[start:end].lower()
    if _has_name(lowered):
        for match in INNER_DATELINE.finditer(masked, start, end):
            yield _credit(CreditKind.DATELINE, *match.span(), None, names)
    for form in credit_forms("any"):
        if not form.cues or any(cue in lowered for cue in form.cues):
            for match in form.pattern.finditer(masked, start, end):
                yield _credit(form.kind, *match.span(), form.agency, names)


def _has_name(masked: str) -> bool:
    return PLAIN in masked or INITIALS in masked


def _credit(
    kind: CreditKind, start: int, end: int, agency: str | None, names: tuple[AgencyName, ...]
) -> Credit:
    named = (n.agency.name for n in names if n.start >= start and n.end <= end)
    return Credit(kind, start, end, next(named, agency))


def _without_overlaps(credits: list[Credit]) -> list[Credit]:
    """Keep of overlapping credits the one whose form stands first, in the order of the text."""
    kept: list[Credit] = []
    for credit in credits:
        if all(credit.end <= other.start or credit.start >= other.end for other in kept):
            kept.append(credit)
    return sorted(kept, key=lambda credit: credit.start)
