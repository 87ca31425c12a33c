"""Forms of credit: what each means, as patterns over a text whose agencies are marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from copydesk.features.read.table import read_table


class CreditKind(StrEnum):
    """What a credit means.

    ``republication``: only somebody else's copy bears it. ``contribution``: a part is an agency's.
    ``agency``: an agency signs. ``dateline``: place, day, agency. ``told_agency``: the text speaks
    of the agency as of itself. ``byline``: an author. ``credit_line``: who holds the rights.
    ``mention``: an agency is quoted as others quote it, which credits nothing.
    """

    REPUBLICATION = "republication"
    CONTRIBUTION = "contribution"
    AGENCY = "agency"
    DATELINE = "dateline"
    TOLD_AGENCY = "told_agency"
    BYLINE = "byline"
    CREDIT_LINE = "credit_line"
    MENTION = "mention"


# Agencies are found first; in what patterns see, one of these stands for each of their letters.
PLAIN, INITIALS = "\ue000", "\ue001"
_A, _N = f"[{PLAIN}{INITIALS}]+", f"{PLAIN}+"
_LIST = rf"(?:the )?{_A}(?:(?: ?[/,;&|+]| and|, and) ?(?:the )?{_A}){{0,5}}"
_NAME = r"(?-i:[A-Z][\w.'-]*)"
_MACROS = {
    "{A}": _A,
    "{N}": _N,
    "{L}": _LIST,
    "{G}": r"(?:(?:news |wire |press )?agencies|wires|(?:news|wire|press|agency) "
    r"(?:services?|reports?|dispatches|copy|feeds?))",
    "{Names}": rf"{_NAME}(?:(?:,? and |, | & | ){_NAME}){{0,9}}",
    "{Name}": _NAME,
    "{Place}": rf"{_NAME}(?:[ ,]{{1,2}}{_NAME}){{0,3}}",
    "{Slug}": r"(?-i:[A-Z]{2,4})",
    "{S}": r"(?:story|article|report|copy|text|item|piece|dispatch)",
}
# A place, perhaps a day and an agency, a mark: "LISBON, March 3 (MNA) - ", "MOSCOW. /TASS/.".
_PART = r"(?:\[?[A-Z][\w.'-]*\]?|\d{1,4}(?:st|nd|rd|th)?|of|de|el|al)"
_PLACE = rf"{_PART}(?:[ ,/.-]{{1,3}}{_PART}){{0,9}}"
DATELINE = re.compile(
    rf"(?:{_PLACE}[ ,.]{{0,2}})\({_LIST}(?:[ /,][^)\n]{{0,25}})?\)"
    rf"(?: ?[.:-]{{1,3}} ?| (?=[A-Z\d\"']))"
    rf"|\({_LIST}\) ?[-:] ?"
    rf"|(?:{_PLACE}[ ,.]{{0,2}} )?[/\[]{_LIST}[/\]][ .:-]{{0,4}}"
    rf"|{_PLACE}(?:, | - |/){_A} ?[-.:] "
    rf"|{_A}[,/] ?{_PLACE} ?[-:] "
    rf"|\[[^\]\n]{{0,30}}{_A}[^\]\n]{{0,20}}\] ?"
)
IN_BRACKETS = re.compile(r"\(([A-Z]{2,8}|[^()]*(?:News|Press|Agency|Wire|Service|Network)[^()]*)\)")
# The same within a block: a headline or a caption may stand before it.
INNER_DATELINE = re.compile(
    rf"(?:[A-Z](?:[\w'-]+|[a-z]{{1,4}}\.|\.[A-Z.]*)[ ,/]{{1,2}}){{1,5}}"
    rf"(?:\d{{1,2}},? )?(?:\d{{4}} )?\({_A}\) ?[-:]{{1,2}} ?"
)
# One without an agency that is known: its place is in capitals, or its agency in brackets.
BARE_DATELINE = re.compile(
    r"(?:(?:[A-Z][\w.'-]*[ ,/]{1,2}){1,5}(?:\d{1,2},? )?)?\([A-Z][\w.&/ -]{1,40}\) ?- "
    r"|(?!FILE\b|PHOTO|VIDEO|WATCH|UPDATE|BREAKING|LIVE\b)(?:[A-Z][A-Z.'-]+[ ,/]{0,2}){1,4}"
    r"(?:[A-Z][a-z.]+,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2},? )?- "
)


@dataclass(frozen=True, slots=True)
class CreditForm:
    """A form of credit.

    Parameters
    ----------
    kind : CreditKind
        What it means.
    agency : str or None
        Whose house form it is, where it names no agency.
    cues : tuple of str
        One of them stands, in lower case, in whatever matches; empty where that can be anything.
    pattern : re.Pattern
        Over text whose agencies are marked.
    """

    kind: CreditKind
    agency: str | None
    cues: tuple[str, ...]
    pattern: re.Pattern[str]


_CUES_OF_NAMES = {"{A}": (PLAIN, INITIALS), "{N}": (PLAIN,)}


@cache
def credit_forms(where: str) -> tuple[CreditForm, ...]:
    """Give the forms that are a whole ``line`` or stand ``any``where."""
    forms = []
    for kind, place, agency, cues, form in read_table("credits"):
        if place != where:
            continue
        pattern = form
        for macro, meaning in _MACROS.items():
            pattern = pattern.replace(macro, meaning)
        if where == "line":
            pattern = rf"[^\w©({PLAIN}{INITIALS}]*(\(?(?:{pattern})\)?)[^\w{PLAIN}{INITIALS}]*\Z"
        forms.append(
            CreditForm(
                CreditKind(kind),
                agency or None,
                _CUES_OF_NAMES.get(cues) or tuple(filter(None, cues.split("|"))),
                re.compile(pattern, re.IGNORECASE),
            )
        )
    return tuple(forms)
