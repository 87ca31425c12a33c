"""Quotations: what stands inside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile("[\"']")
# After these an apostrophe at the beginning of a word stands for letters left out.
_CLIPPED = re.compile(r"'(?:twas|tis|em|til|till|cause|bout|round|n|d|s|\d0s)\b", re.IGNORECASE)
_OPENS_AFTER = " \n([-\u2013\u2014/"
_MIN_WORDS = 3
_MIN_SINGLE_CHARS = 8


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation in normalised text; ``text[start:end]`` without its marks."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuoteScan:
    """The quotations of one text, and how many quotation marks stand without a partner."""

    quotes: tuple[Quote, ...]
    n_unbalanced: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark: where, and whether the characters beside it let it open or close."""

    at: int
    is_double: bool
    may_open: bool
    may_close: bool


def scan_quotes(text: str, spans: tuple[tuple[int, int], ...]) -> QuoteScan:
    """Find quotations of at least three words, paragraph by paragraph.

    Double marks quote, and so do single ones that stand outside double ones. A paragraph that
    opens a quotation and does not close it goes on in the next one that opens with the same mark,
    as news style has it; that is not unbalanced. Marks of inches and feet quote nothing.

    Parameters
    ----------
    text : str
        Normalised text.
    spans : tuple of (int, int)
        The paragraphs of its body.

    Examples
    --------
    >>> line = 'He called it "a very good day" and left.'
    >>> scan_quotes(line, ((0, len(line)),)).quotes[0].text
    'a very good day'
    """
    quotes: list[Quote] = []
    unbalanced = 0
    for index, (start, end) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        found, alone = _scan_paragraph(text, start, end, text[following : following + 2])
        quotes += found
        unbalanced += alone
    long_enough = tuple(quote for quote in quotes if quote.text.count(" ") + 1 >= _MIN_WORDS)
    return QuoteScan(long_enough, unbalanced)


def _scan_paragraph(text: str, start: int, end: int, following: str) -> tuple[list[Quote], int]:
    """Pair the marks of one paragraph; ``following`` are the next one's first two characters."""
    marks = _find_marks(text, start, end)
    goes_on = following[1:].isalnum()
    quotes: list[Quote] = []
    unbalanced = nested = 0
    opening: _Mark | None = None
    for k, mark in enumerate(marks):
        if nested:
            nested -= mark.is_double
        elif opening is None:
            leads_in = mark.at == start or text[mark.at - 2 : mark.at] in {": ", ", "}
            if _opens(text, marks, k, leads_in and following[:1] == "'" and goes_on):
                opening = mark
            unbalanced += mark.is_double and opening is None
        elif mark.is_double is not opening.is_double:
            continue
        elif mark.may_close or text[opening.at + 1 : opening.at + 2].isspace():
            if mark.is_double or not _is_possessive(text, marks, k):
                quotes.append(_quotation(text, opening, mark.at))
                opening = None
        elif _is_nested(marks, k):
            nested = 1
        else:
            unbalanced += opening.is_double  # it was never closed: another one begins here
            opening = mark
    if opening is None:
        return quotes, unbalanced
    if following[:1] == text[opening.at] and (opening.is_double or goes_on):
        return [*quotes, _quotation(text, opening, end)], unbalanced
    return quotes, unbalanced + opening.is_double


def _opens(text: str, marks: Sequence[_Mark], k: int, goes_on: bool) -> bool:
    """Say whether a mark opens a quotation; a single one has to be closed, or to go on."""
    mark = marks[k]
    return mark.may_open and (mark.is_double or goes_on or _closes_later(text, marks, k))


def _find_marks(text: str, start: int, end: int) -> list[_Mark]:
    """Find the marks that may be quotation marks; apostrophes, inches and feet are not."""
    marks: list[_Mark] = []
    places = [match.start() for match in _MARK.finditer(text, start, end)]
    for k, at in enumerate(places):
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        is_double = text[at] == '"'
        if is_double and before.isdigit() and _is_inch(text, places[k + 1 :], marks, start, end):
            continue
        follows_mark = before in "\"'" and k > 0 and places[k - 1] == at - 1
        opens = (before in _OPENS_AFTER or follows_mark) and not after.isspace()
        closes = not before.isspace() and not after.isalnum()
        if is_double:
            # What the characters beside a mark do not tell, the marks before it do.
            unclear = opens == closes
            marks.append(_Mark(at, True, opens or unclear, closes or unclear))
        elif before.isdigit() and not closes:
            continue  # 5'10
        elif (opens and not _CLIPPED.match(text, at)) or closes:
            marks.append(_Mark(at, False, opens, closes))
    return marks


def _is_inch(text: str, later: Sequence[int], marks: Sequence[_Mark], start: int, end: int) -> bool:
    """Say whether a double mark after a digit stands for inches.

    Outside a quotation it does. Inside one it closes it, unless another mark does.
    """
    n_before = sum(mark.is_double for mark in marks)
    if n_before % 2 == 0:
        return True
    for at in later:
        if text[at] == '"':
            after = text[at + 1] if at + 1 < end else " "
            return not text[at - 1].isspace() and not after.isalnum()
    return False


def _closes_later(text: str, marks: Sequence[_Mark], k: int) -> bool:
    """Say whether a single mark that opens is closed before another one opens."""
    opening = marks[k].at
    for j in range(k + 1, len(marks)):
        mark = marks[j]
        if mark.is_double:
            continue
        if not mark.may_close:
            return False
        if not _is_possessive(text, marks, j):
            return mark.at - opening > _MIN_SINGLE_CHARS
    return False


def _is_nested(marks: Sequence[_Mark], k: int) -> bool:
    """Say whether a double mark inside double marks opens a quotation of its own: two close."""
    closing = [mark for mark in marks[k + 1 :] if mark.is_double][:2]
    return marks[k].is_double and len(closing) == 2 and not any(m.may_open for m in closing)


def _is_possessive(text: str, marks: Sequence[_Mark], k: int) -> bool:
    """Say whether a single mark after an s is an apostrophe: another one closes what it is in."""
    at = marks[k].at
    if text[at - 1] not in "sS" or not text[at + 1 : at + 3].strip()[:1].isalpha():
        return False
    later = next((mark for mark in marks[k + 1 :] if not mark.is_double), None)
    return later is not None and later.may_close and not later.may_open


def _quotation(text: str, opening: _Mark, end: int) -> Quote:
    """Give what stands between two marks, without the marks and commas at its edges."""
    start = opening.at + 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " ,.":
        end -= 1
    return Quote(text[start:end], start, end)
