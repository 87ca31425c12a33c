"""Credits: what a text says of its agency, its author and its way to the reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from copydesk.features.read.blocks import Block, BlockKind


class CreditKind(StrEnum):
    """What names the agency or author of a text."""

    REPUBLICATION = "republication"
    CREDIT_LINE = "credit_line"
    DATELINE = "dateline"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit in normalised text, ``text[start:end]``."""

    kind: CreditKind
    start: int
    end: int


# Agencies by their names, those that the starter corpus invented among them: what a credit means
# is learned from its stories too.
_AGENCIES = (
    r"Reuters|Thomson Reuters|AP|AFP|Associated Press|Agence France-Presse|Press Association"
    r"|PA Media|dpa|ANI|PTI|IANS|Xinhua|Bloomberg|TASS|Tass|Interfax|RIA Novosti|UPI|EFE|ANSA"
    r"|Kyodo|Yonhap|AAP|CP|The Canadian Press|Anadolu|CNN(?: Newsource)?|Cable News Network|BBC|DPA"
    r"|MTI|CTK|PAP|STT|NTB|TT|Ritzau|Belga|ANP|Meridian(?: News Agency)?|MNA"
    r"|Northern Press Association|NPA|Continental Press|CPA|Unified Wire Service|UWS"
    r"|Allied Dispatch|Agence Delta|Delta"
)
_AGENCY_NAME = (
    rf"(?:[Tt]he )?(?:(?:{_AGENCIES})\b"
    r"|(?:[A-Z][\w-]+ ){1,3}(?:News Agency|Press Association|Wire Service|News Service|Newswire))"
)
# A place, perhaps a date, an agency in brackets, a dash: "LISBON, March 3 (MNA) - "; or a place
# in capitals and a dash.
_DATELINE = re.compile(
    r"(?:(?:[A-Z][\w.'-]*[ ,/]{1,2}){1,5}(?:\d{1,2},? )?)?\([A-Z][\w.&/ -]{1,40}\) ?- "
    r"|(?:[A-Z][A-Z.'-]+[ ,/]{0,2}){1,4}(?:[A-Z][a-z.]+,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2},? )?- "
)
# An agency in brackets, or alone in its line, perhaps with a place: "(AFP)", "- Allied Dispatch",
# "CPA, Taipei".
_AGENCY = re.compile(
    rf"\((?:{_AGENCIES})\)|(?:/|- ?|via |by |from )(?:{_AGENCIES})\b"
    r"|\b(?:with|additional)? ?(?:inputs?|reporting|files|material) (?:from|by) (?:the )?"
    rf"(?:[A-Z][\w-]+ ?){{1,4}}|\bwire reports\b|^\W*{_AGENCY_NAME}(?: \([A-Z]+\)|, [A-Z]\w+)?\W*$",
    re.MULTILINE,
)
# What only somebody else's copy says of itself: "via Allied Dispatch", "© 2025 Meridian News
# Agency", "Source: AFP", "with agency inputs", "By Jo Lind, with CPA", "From Reuters in Oslo".
_REPUBLICATION = re.compile(
    rf"(?:\b[Vv]ia|^By|^Source:|^From|(?:©|\(c\)|[Cc]opyright)(?: ©)?[ \d,-]{{0,8}}(?:by )?)"
    rf" ?{_AGENCY_NAME}"
    rf"|\b[Ww]ith (?:(?:a report|reports?|reporting|inputs?|material|files) (?:from|by) )?"
    rf"{_AGENCY_NAME}(?=\W*$)"
    rf"|^(?:By |[Ss]taff|[Oo]ur )[^\n.]{{0,60}} and {_AGENCY_NAME}\W*$"
    rf"|{_AGENCY_NAME} contributed to this (?:report|story|article)"
    rf"|\b[Tt]his (?:report|story|article) by {_AGENCY_NAME}"
    r"|\bNewsource\b|^The-[A-Z]\w+-Wire"
    r"|\b[Ww]ith (?:agency|wire) (?:inputs?|reports?|copy)"
    r"|\b(?:[Ss]taff|[Rr]eporters?) and agencies\b"
    r"|\b[Tt]his (?:story|article|report) (?:was|has been|is) (?:first |originally )?"
    r"(?:published (?:by|from)|syndicated|auto-generated|supplied by|provided by)",
    re.MULTILINE,
)


def find_credits(text: str, blocks: tuple[Block, ...]) -> tuple[Credit, ...]:
    """Find credit lines, datelines and agencies named as where a text comes from.

    Examples
    --------
    >>> from copydesk.features.read.blocks import split_blocks
    >>> line = "LISBON, March 3 (MNA) - The ferry sank."
    >>> [(c.kind.value, line[c.start : c.end]) for c in find_credits(line, split_blocks(line))]
    [('dateline', 'LISBON, March 3 (MNA) - ')]
    """
    credits = []
    for block in blocks:
        republished = _REPUBLICATION.search(text, block.start, block.end)
        if republished:
            credits.append(Credit(CreditKind.REPUBLICATION, *republished.span()))
        elif block.kind is BlockKind.CREDIT:
            credits.append(Credit(CreditKind.CREDIT_LINE, block.start, block.end))
        if republished or block.kind is BlockKind.CREDIT:
            continue
        dateline = _DATELINE.match(text, block.start, min(block.end, block.start + 80))
        if dateline:
            credits.append(Credit(CreditKind.DATELINE, *dateline.span()))
        rest = dateline.end() if dateline else block.start
        credits += [
            Credit(CreditKind.AGENCY, *match.span())
            for match in _AGENCY.finditer(text, rest, block.end)
        ]
    return tuple(credits)
