"""Text normalisation that never loses the way back to the text as it was given."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.types import Span

IntArray = NDArray[np.int32]

_ONE_TO_ONE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛′`´＇ʼ", "'"),
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " "),
        **dict.fromkeys("\u2009\u200a\u202f\u205f\u3000\t\v\f", " "),
        **dict.fromkeys("\u2010\u2011\u2012", "-"),
        **dict.fromkeys("\u2015\u2212", "\u2014"),
        **dict.fromkeys("\u2028\u2029\x85", "\n"),
    }
)
_CP1252 = {
    byte: (chr(byte) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([byte]).decode("cp1252"))
    for byte in range(0x80, 0x100)
}
_TO_BYTE = {character: byte for byte, character in _CP1252.items()}
_LEAD = "".join(_CP1252[byte] for byte in range(0xC2, 0xF5))
_TRAIL = re.escape("".join(_CP1252[byte] for byte in range(0x80, 0xC0)))
_MOJIBAKE = re.compile(f"[{_LEAD}][{_TRAIL}]{{1,3}}")
_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]{0,300}>|&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"
    r"|\*\*|__|(?m:^#{1,6} )|!?\[([^\[\]\n]{1,200})\]\(https?://[^\s()]+\)"
)
_INVISIBLE = re.compile(
    r"\r\n?|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]"
)
_NOT_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_PUNCTUATION = re.compile(
    r"(?<=\d)[ ]?[\u2013\u2014][ ]?(?=\d)|[ ]*\u2014[ ]*|[ ]+\u2013[ ]*|\u2013"
    r"|[ ]*(?<!-)--+(?!-)[ ]*|''|[ ]+(?=[,.;!?](?:\s|$))"
)
# One undoing may uncover another, as in "&amp;amp;"; real pages need two or three.
_MAX_PASSES = 100
_SPACES = re.compile(r"\A\s+|\s+\Z| *\n\s*\n *| *\n *| {2,}")


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A normalised text and where each of its characters came from.

    Parameters
    ----------
    raw : str
        The text as it was given.
    text : str
        NFKC, straight quotes, plain dashes, single spaces, no markup, mojibake undone.
    starts, ends : ndarray of int32, shape (len(text),)
        ``raw[starts[i]:ends[i]]`` is what character ``i`` of ``text`` was made from.
    """

    raw: str
    text: str
    starts: IntArray
    ends: IntArray

    def raw_span(self, start: int, end: int) -> Span:
        """Give the stretch of the raw text that ``text[start:end]`` was made from."""
        if start >= end:
            return Span("", 0, 0)
        raw_start, raw_end = int(self.starts[start]), int(self.ends[end - 1])
        return Span(self.raw[raw_start:raw_end], raw_start, raw_end)


def normalize_text(raw: str) -> NormalizedText:
    r"""Undo what outlets and content-management systems do to the same words.

    Normalising a normalised text changes nothing.

    Parameters
    ----------
    raw : str
        Any text.

    Returns
    -------
    NormalizedText
        With offsets back into ``raw``.

    Examples
    --------
    >>> normalize_text("He said:\u00a0\u201cIt\u2019s over\u201d \u2014 twice.").text
    'He said: "It\'s over" - twice.'
    """
    positions = np.arange(len(raw), dtype=np.int32)
    current = NormalizedText(raw, raw, positions, positions + 1)
    for _ in range(_MAX_PASSES):
        before = current.text
        current = _normalize_once(current)
        if current.text == before:
            break
    return current


def _normalize_once(current: NormalizedText) -> NormalizedText:
    if not current.text.isascii():
        current = _substitute(current, _MOJIBAKE, _undo_mojibake)
    current = _substitute(current, _MARKUP, _undo_markup)
    current = _substitute(current, _INVISIBLE, lambda m: "\n" if m[0][0] == "\r" else "")
    current = _translate(current)
    if not current.text.isascii():
        current = _substitute(current, _NOT_ASCII, lambda m: unicodedata.normalize("NFKC", m[0]))
        current = _translate(current)
    current = _substitute(current, _PUNCTUATION, _plain_punctuation)
    return _substitute(current, _SPACES, _single_space)


def _translate(current: NormalizedText) -> NormalizedText:
    text = current.text.translate(_ONE_TO_ONE)
    return NormalizedText(current.raw, text, current.starts, current.ends)


def _substitute(
    current: NormalizedText, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]
) -> NormalizedText:
    pieces: list[str] = []
    starts: list[IntArray] = []
    ends: list[IntArray] = []
    done = 0
    for match in pattern.finditer(current.text):
        replacement = replace(match)
        if replacement == match[0]:
            continue
        start, end = match.span()
        pieces += [current.text[done:start], replacement]
        made_from = (current.starts[start], current.ends[end - 1])
        starts += [current.starts[done:start], np.full(len(replacement), made_from[0], np.int32)]
        ends += [current.ends[done:start], np.full(len(replacement), made_from[1], np.int32)]
        done = end
    if not pieces:
        return current
    pieces.append(current.text[done:])
    starts.append(current.starts[done:])
    ends.append(current.ends[done:])
    return NormalizedText(
        current.raw, "".join(pieces), np.concatenate(starts), np.concatenate(ends)
    )


def _undo_mojibake(match: re.Match[str]) -> str:
    try:
        return bytes(_TO_BYTE[character] for character in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _undo_markup(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "<":
        return "\n" if re.match(r"</?(?:br|p|div|li|h\d)\b", found, re.IGNORECASE) else ""
    if found[0] == "&":
        return html.unescape(found)
    return match[1] or ""


def _plain_punctuation(match: re.Match[str]) -> str:
    found = match[0]
    if found == "''":
        return '"'
    if found.isspace():
        return ""
    text, start, end = match.string, match.start(), match.end()
    between_digits = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
    return "-" if between_digits or found == "\u2013" else " - "


def _single_space(match: re.Match[str]) -> str:
    if match.start() == 0 or match.end() == len(match.string):
        return ""
    breaks = match[0].count("\n")
    return " " if breaks == 0 else "\n" * min(breaks, 2)


def lower_in_place(text: str) -> str:
    """Lower the case of a text so that every character stays where it is.

    Examples
    --------
    >>> len(lower_in_place("İzmir")) == len("İzmir")
    True
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
