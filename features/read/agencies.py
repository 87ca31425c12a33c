"""Agencies: news agencies, syndicates and release wires, and where a text names one."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from copydesk.features.read.table import read_table

# What stands right after or before the name of an agency that a picture is from.
_PHOTO_AFTER = re.compile(
    r"[ /-]?(?:[Pp]hoto|[Ii]mages?\b|[Ff]ile\b|[Pp]ictures?\b|[Pp]ool\b|[Vv]ideo\b)"
    r"| via (?:Getty|AP\b|AFP|Reuters)|/[A-Z]"
)
_PHOTO_BEFORE = re.compile(
    r"(?:[\w.\])]/|(?i:photo(?:graph)?s?|images?|pictures?|video|credit|caption)"
    r"(?: (?:credit|courtesy|by|from|via|of))*[:-]? ?|[Gg]etty(?: Images)?[ /](?:via )?)$"
)
_WINDOW = 24
# Names that no table has: "Tarn Valley News Agency".
_OPEN_ENDINGS = (
    "News Agency",
    "Press Agency",
    "Press Association",
    "Wire Service",
    "News Service",
    "Newswire",
)
_OPEN_NAME = re.compile(
    rf"(?<![\w-])(?!(?:The|A|An|This|By|From|Via|With) )(?:[A-Z][\w-]+ ){{1,3}}"
    rf"(?:{'|'.join(_OPEN_ENDINGS)})\b"
)
_IN_BRACKETS = re.compile(r" *\([^()]*\)$")
_INITIALS = re.compile(r" \(([A-Z][A-Za-z]{1,6})\)")


@dataclass(frozen=True, slots=True)
class Agency:
    """One whose copy others publish.

    Parameters
    ----------
    name : str
        As it calls itself, without an article.
    kind : str
        ``world``, ``national``, ``private``, ``syndicate``, ``release`` or, where only its name
        says that it is one, ``unknown``.
    initials : frozenset of str
        And other short names, case folded.
    domains : tuple of str
        Its own sites.
    """

    name: str
    kind: str
    initials: frozenset[str]
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency named in normalised text, ``text[start:end]``.

    Where it is not ``plain``, the word means other things too and the agency only in a credit.
    """

    start: int
    end: int
    agency: Agency
    plain: bool


def find_agency_names(text: str) -> tuple[AgencyName, ...]:
    """Find where normalised text names agencies, those that a picture is from left out.

    Examples
    --------
    >>> [n.agency.name for n in find_agency_names("He told Reuters so. (AP Photo/Jo Lind)")]
    ['Reuters']
    """
    found: list[AgencyName] = []
    by_word, first_word = _index()
    end = 0
    for match in first_word.finditer(text):
        start = match.start()
        if start < end:
            continue
        for name, agency, plain in by_word.get(match[0], ()):
            if text.startswith(name, start) and not _goes_on(text, start + len(name)):
                end = _end_with_initials(text, start + len(name), agency)
                found.append(AgencyName(start, end, agency, plain))
                break
    if any(ending in text for ending in _OPEN_ENDINGS):
        found = _with_open_names(text, found)
    return tuple(name for name in found if not _is_photo(text, name, found))


def find_agency(name: str) -> Agency | None:
    """Find the agency that a name, initials or "Name (Initials)" stands for.

    Examples
    --------
    >>> found = find_agency("the associated press (AP)")
    >>> found.name if found else None
    'Associated Press'
    """
    folded = name.strip().casefold().removeprefix("the ")
    by_name = _by_folded_name()
    return by_name.get(folded) or by_name.get(_IN_BRACKETS.sub("", folded))


@cache
def _by_folded_name() -> dict[str, Agency]:
    by_name: dict[str, Agency] = {}
    for agency, plain, initials in _rows():
        for name in (*plain, *initials):
            by_name.setdefault(name.casefold(), agency)
    return by_name


@cache
def _rows() -> list[tuple[Agency, list[str], list[str]]]:
    rows = []
    for name, also, initials, kind, _, domains in read_table("agencies"):
        plain, others = [name, *_split(also)], _split(initials)
        short = frozenset(each.casefold() for each in (*plain, *others) if " " not in each)
        rows.append((Agency(name, kind, short, tuple(_split(domains))), plain, others))
    return rows


def _split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@cache
def _index() -> tuple[dict[str, list[tuple[str, Agency, bool]]], re.Pattern[str]]:
    """Give names by their first word, longest first, and a pattern for words that may be one."""
    names: dict[str, tuple[Agency, bool]] = {}
    for is_plain in (True, False):
        for agency, plain, initials in _rows():
            for name in plain if is_plain else initials:
                names.setdefault(name, (agency, is_plain))
                names.setdefault(name.upper(), (agency, is_plain))
    by_word: dict[str, list[tuple[str, Agency, bool]]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        first = re.match(r"\w+", name)
        assert first is not None, name
        by_word[first[0]].append((name, *names[name]))
    small = sorted((word for word in by_word if not word[0].isupper()), reverse=True)
    capital = "".join(sorted({word[0] for word in by_word if word[0].isupper()}))
    return dict(by_word), re.compile(rf"(?<![\w@#])(?:[{capital}]\w*|(?:{'|'.join(small)})\b)")


def _goes_on(text: str, end: int) -> bool:
    """Say whether a word goes on, as in "Reuterswerda"."""
    return end < len(text) and (text[end].isalnum() or text[end] == "_")


def _end_with_initials(text: str, end: int, agency: Agency) -> int:
    """Take the initials in brackets after a name for a part of it."""
    initials = _INITIALS.match(text, end)
    known = initials is not None and (
        agency.kind == "unknown" or initials[1].casefold() in agency.initials
    )
    return initials.end() if initials is not None and known else end


def _with_open_names(text: str, found: list[AgencyName]) -> list[AgencyName]:
    taken = [(name.start, name.end) for name in found]
    for match in _OPEN_NAME.finditer(text):
        start, end = match.span()
        if all(end <= one or start >= other for one, other in taken):
            agency = Agency(match[0], "unknown", frozenset(), ())
            end = _end_with_initials(text, end, agency)
            found.append(AgencyName(start, end, agency, True))
    return sorted(found, key=lambda name: name.start)


def _is_photo(text: str, name: AgencyName, found: list[AgencyName]) -> bool:
    after = _PHOTO_AFTER.match(text, name.end)
    if after and not any(other.start == name.end + 1 for other in found):
        return True
    before = _PHOTO_BEFORE.search(text[max(name.start - _WINDOW, 0) : name.start])
    return before is not None and not any(other.end == name.start - 1 for other in found)
