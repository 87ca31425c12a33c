"""Mojibake: UTF-8 that was read as another encoding, once or twice."""

from __future__ import annotations

import re
from functools import lru_cache

# Bytes as Windows-1252 shows them, and as Latin-1 does: 0x80-0x9f are control characters there.
_TO_BYTE = {bytes([byte]).decode("latin-1"): byte for byte in range(0x80, 0x100)}
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0x100)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_TO_BYTE |= {character: byte for byte, character in _CP1252.items()}
_TRAIL = "[" + re.escape("".join(c for c, byte in _TO_BYTE.items() if byte < 0xC0)) + "]"
UNIT = re.compile(f"[\xf0-\xf4]{_TRAIL}{{3}}|[\xe0-\xef]{_TRAIL}{{2}}|[\xc2-\xdf]{_TRAIL}")
# A closing quotation mark whose last byte no encoding had a place for; a space that lost its own.
LOST_BYTE = re.compile("\xe2[\u20ac\x80][\ufffd?]?|(?<![A-Z\xc0-\xde])\xc2(?=\\s|\\Z)")
# All continuation bytes lost, as controls are: what is left of quotation marks and dashes.
ONLY_LEAD = re.compile(
    r"(?<![^\W_])\xe2(?=[A-Z])|(?<=[.,?!])\xe2(?![^\W_])|(?<=[a-z])\xe2(?=(?:s|t|re|ve|ll|d|m)\b)"
    r"|(?<= )\xe2(?= )"
)
# Two characters beyond ASCII beside each other that are not both punctuation or spaces.
_SUSPECT = re.compile(
    r"[^\x00-\x7f]"  # in a set of its own it is found at once
    r"(?:(?<=[\x80-\x9f\xa1-\u1fff\u2028-\U0010ffff])[^\x00-\x7f]|[\x80-\x9f\xa1-\u1fff])"
)
RUN = re.compile(r"[^\x00-\x7f]{2,}")
CONTROL = re.compile(r"[\x80-\x9f]")
_SEVERAL = 2


def is_mojibake(text: str) -> bool:
    """Say whether a text has characters that nobody would write beside each other.

    Examples
    --------
    >>> is_mojibake("It\u00e2\u20ac\u2122s over"), is_mojibake("\u201cLa PE\u00d1A\u201d")
    (True, False)
    """
    if not _SUSPECT.search(text):
        return False
    from ftfy.badness import is_bad  # deferred: hardly any text needs it

    return is_bad(text)


def undo_unit(match: re.Match[str]) -> str:
    """Give the character that a match of ``UNIT`` stands for, or the match."""
    try:
        return bytes(_TO_BYTE[character] for character in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def undo_lost_byte(match: re.Match[str]) -> str:
    """Give what a match of ``LOST_BYTE`` most likely was."""
    return "" if match[0] == "\xc2" else "\u201d"


def has_only_leads(text: str) -> bool:
    """Say whether a text has what ``ONLY_LEAD`` finds in several places."""
    return "\xe2" in text and len(ONLY_LEAD.findall(text)) >= _SEVERAL


def undo_lead(match: re.Match[str]) -> str:
    """Give the quotation mark or dash that a match of ``ONLY_LEAD`` most likely was."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == after == " ":
        return "\u2014"
    if before.isalpha():
        return "\u2019"
    return "\u201c" if after.isalpha() else "\u201d"


@lru_cache(maxsize=10_000)
def undo_run(run: str) -> str:
    """Repair characters beyond ASCII that stand together, whichever encoding they came through."""
    from ftfy import fix_encoding

    repaired = fix_encoding(run)
    if repaired != run:
        return repaired
    # Letters of old Macs, too short for ftfy to be sure: chance hardly ever makes UTF-8 of them.
    try:
        return run.encode("mac-roman").decode("utf-8")
    except UnicodeError:
        return run


def read_controls(text: str) -> str:
    r"""Read C1 controls as Windows-1252, as browsers do; one for one.

    A lone U+0085 is a line break of its own right, beside others it is an ellipsis.

    Examples
    --------
    >>> read_controls("\x93Yes\x94")
    '“Yes”'
    """
    table = dict(_CP1252)
    if set(CONTROL.findall(text)) == {"\x85"}:
        del table[0x85]
    return text.translate({byte: table[byte] for byte in table if byte < 0xA0})
