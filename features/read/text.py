"""Text normalisation that never loses the way back to the text as it was given."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.disguise import (
    HAS_CONTROL,
    HAS_INVISIBLE,
    HAS_MARKS,
    INVISIBLE,
    STRAY_MARKS,
    WORD,
    count_hidden,
    find_look_alikes,
)
from copydesk.features.read.inline_links import LAST_WORD, link_list_edits
from copydesk.features.read.mojibake import (
    CONTROL,
    LOST_BYTE,
    ONLY_LEAD,
    RUN,
    UNIT,
    has_only_leads,
    is_mojibake,
    read_controls,
    undo_lead,
    undo_lost_byte,
    undo_run,
    undo_unit,
)
from copydesk.features.read.printed import (
    Edit,
    gap_edits,
    ligature_edits,
    line_end_edits,
    reflow,
    stray_marks,
)
from copydesk.features.read.sample import find_sample
from copydesk.types import Span

IntArray = NDArray[np.int32]

_ONE_TO_ONE = {
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´＇ʼ", "'"),
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " "),
    **dict.fromkeys("\u2009\u200a\u202f\u205f\u2800\u3000\t\v\f", " "),
    **dict.fromkeys("\u2010\u2011\u2012", "-"),
    **dict.fromkeys("\u2015\u2212", "\u2014"),
    **dict.fromkeys("\u2028\u2029\x85", "\n"),
}
_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>]{0,300}>|&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"
    r"|\*\*|__|(?m:^#{1,6} )|!?\[([^\[\]\n]{1,200})\]\(https?://[^\s()]+\)"
)
_HAS_MARKUP = re.compile(r"[<&*_#\[]")
_HAS_ODD_ASCII = re.compile(r"[`\t\v\f]")
_CARRIAGE_RETURN = re.compile(r"\r\n?")
_NOT_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
# Looking ahead first takes a third of the time.
_PUNCTUATION = re.compile(
    r"(?=[ \u2013\u2014'-])(?:(?<=\d)[ ]?[\u2013\u2014][ ]?(?=\d)|[ ]*\u2014[ ]*"
    r"|[ ]+\u2013[ ]*|\u2013|[ ]*(?<!-)--+(?!-)[ ]*|''|[ ]+(?=[,.;!?](?:\s|$)))"
)
_TO_BE_PLAIN = ("\u2013", "\u2014", "--", "''", " ,", " .", " ;", " !", " ?")
# As tokenisers leave them: "it 's", "don ' t".
_APOSTROPHE_APART = re.compile(r" '(?<=\w ')(?:(?=(?:s|re|ve|ll)\b)| (?=(?:s|re|ve|ll|[tdm])\b))")
# One undoing may uncover another, as in "&amp;amp;"; real pages need two or three.
_MAX_PASSES = 100
_SPACES = re.compile(r"\A\s+|\s+\Z| *\n\s*\n *| *\n *| {2,}")
_TO_BE_SPACED = ("  ", " \n", "\n ", "\n\n\n")


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A normalised text and where each of its characters came from.

    Parameters
    ----------
    raw : str
        The text as it was given.
    text : str
        NFKC, straight quotes, plain dashes, single spaces, no markup; mojibake, disguises and
        what print does to lines undone.
    starts, ends : ndarray of int32, shape (len(text),)
        ``raw[starts[i]:ends[i]]`` is what character ``i`` of ``text`` was made from.
    n_hidden : int
        Places inside words where something invisible stood.
    n_look_alikes : int
        Distinct words written with letters of other scripts that look like Latin ones.
    n_left_out : int
        Characters of a very long text that were not read.
    """

    raw: str
    text: str
    starts: IntArray
    ends: IntArray
    n_hidden: int = 0
    n_look_alikes: int = 0
    n_left_out: int = 0

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
        Any text; of a very long one a sample is read, see ``find_sample``.

    Returns
    -------
    NormalizedText
        With offsets back into ``raw``.

    Examples
    --------
    >>> normalize_text("He said:\u00a0\u201cIt\u2019s over\u201d \u2014 twice.").text
    'He said: "It\'s over" - twice.'
    """
    current = _sampled(raw)
    for _ in range(_MAX_PASSES):
        before = current.text
        current = _normalize_once(current)
        if current.text == before:
            break
    return current


def _sampled(raw: str) -> NormalizedText:
    """Take a text as it is, or the stretches of its sample, each on lines of its own."""
    positions = np.arange(len(raw), dtype=np.int32)
    spans = find_sample(raw)
    if len(spans) == 1:
        return NormalizedText(raw, raw, positions, positions + 1)
    starts = np.concatenate([np.append(positions[start:end], end) for start, end in spans])[:-1]
    ends = np.concatenate([np.append(positions[start:end] + 1, end) for start, end in spans])[:-1]
    n_read = sum(end - start for start, end in spans)
    return NormalizedText(
        raw,
        "\n".join(raw[start:end] for start, end in spans),
        starts.astype(np.int32),
        ends.astype(np.int32),
        n_left_out=len(raw) - n_read,
    )


def _normalize_once(current: NormalizedText) -> NormalizedText:
    """Do every step once; each looks first whether there is anything to do, as hardly ever is."""
    if not current.text.isascii():
        current = _undo_mojibake(current)
    if _HAS_MARKUP.search(current.text):
        current = _substitute(current, _MARKUP, _undo_markup)
    current = _without_invisible(current)
    current = _plain_letters(current)
    if any(map(current.text.__contains__, _TO_BE_PLAIN)):
        current = _substitute(current, _PUNCTUATION, _plain_punctuation)
    if " '" in current.text:
        current = _substitute(current, _APOSTROPHE_APART, lambda m: "'")
    if any(map(current.text.__contains__, _TO_BE_SPACED)) or current.text != current.text.strip():
        current = _substitute(current, _SPACES, _single_space)
    if LAST_WORD in current.text:
        current = _edit(current, link_list_edits(current.text))
    return _undo_print(current)


def _undo_mojibake(current: NormalizedText) -> NormalizedText:
    for _ in range(_MAX_PASSES):
        before = current.text
        if is_mojibake(before):
            current = _substitute(current, UNIT, undo_unit)
        if current.text == before:
            break
    if "\xe2" in current.text or "\xc2" in current.text:
        current = _substitute(current, LOST_BYTE, undo_lost_byte)
    if has_only_leads(current.text):
        current = _substitute(current, ONLY_LEAD, undo_lead)
    if CONTROL.search(current.text):
        current = _with_text(current, read_controls(current.text))
        current = _substitute(current, CONTROL, lambda m: "\n" if m[0] == "\x85" else "")
    if is_mojibake(current.text):
        current = _substitute(current, RUN, lambda m: undo_run(m[0]))
    return current


def _without_invisible(current: NormalizedText) -> NormalizedText:
    if "\r" in current.text:
        current = _substitute(current, _CARRIAGE_RETURN, lambda m: "\n")
    any_invisible = HAS_CONTROL if current.text.isascii() else HAS_INVISIBLE
    if not any_invisible.search(current.text):
        return current
    n_hidden = current.n_hidden + count_hidden(current.text)
    return replace(_substitute(current, INVISIBLE, lambda m: ""), n_hidden=n_hidden)


def _plain_letters(current: NormalizedText) -> NormalizedText:
    if current.text.isascii() and not _HAS_ODD_ASCII.search(current.text):
        return current
    current = _with_text(current, _replace_each(current.text))
    if current.text.isascii():
        return current
    if not unicodedata.is_normalized("NFKC", current.text):
        current = _substitute(current, _NOT_ASCII, lambda m: unicodedata.normalize("NFKC", m[0]))
        current = _with_text(current, _replace_each(current.text))
    if HAS_MARKS.search(current.text):
        current = _substitute(current, STRAY_MARKS, lambda m: "")
    look_alikes = find_look_alikes(current.text)
    if not look_alikes:
        return current
    current = _substitute(current, WORD, lambda m: look_alikes.get(m[0], m[0]))
    return replace(current, n_look_alikes=current.n_look_alikes + len(look_alikes))


def _replace_each(text: str) -> str:
    """Put the plain character for each that stands for one; a handful of kinds in most texts."""
    for character in _ONE_TO_ONE.keys() & set(text):
        text = text.replace(character, _ONE_TO_ONE[character])
    return text


def _undo_print(current: NormalizedText) -> NormalizedText:
    if "\n" in current.text:
        current = _edit(current, line_end_edits(current.text))
        current = _edit(current, stray_marks(current.text))
        current = _with_text(current, reflow(current.text))
    current = _edit(current, gap_edits(current.text))
    return _edit(current, ligature_edits(current.text))


def _with_text(current: NormalizedText, text: str) -> NormalizedText:
    """Take a text of the same length, character for character."""
    return current if text == current.text else replace(current, text=text)


def _substitute(
    current: NormalizedText, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
) -> NormalizedText:
    matches = pattern.finditer(current.text)
    return _edit(current, ((*match.span(), replacement(match)) for match in matches))


def _edit(current: NormalizedText, edits: Iterable[Edit]) -> NormalizedText:
    pieces: list[str] = []
    starts: list[IntArray] = []
    ends: list[IntArray] = []
    done = 0
    for start, end, replacement in edits:
        if replacement == current.text[start:end]:
            continue
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
    return replace(
        current, text="".join(pieces), starts=np.concatenate(starts), ends=np.concatenate(ends)
    )


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
