"""Printed text, as PDF gives it: words broken at line ends, ligatures set apart, hard columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from copydesk.features.read.lexicon import FUNCTION_WORDS, is_dictionary_word, zipf_frequency

Edit = tuple[int, int, str]
"""``text[start:end]`` is to be replaced by the string."""

# A hyphen, a soft one, or what programs write for it; then the rest of the word.
_LINE_END = re.compile(r"([-\u00ad\u00ac\x02])\n{1,2}(?=([^\W\d_]+))")
_LINE_END_MARK = re.compile(r"[\u00ad\x02]")
_GAP = re.compile(r"- ([a-z]+)")
# "o ffi cials", "the fi rst" and "offi cials": a ligature and a space where a word goes on.
_LIGATURE = re.compile(r"f(?:f[il]?|[il]) ([a-z]{2,})")
_LIGATURES = frozenset("ff fi fl ffi ffl".split())
_WORD_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LONGEST_WORD = 30
_ENDS_SENTENCE = re.compile(r"[.!?:;]['\")\]]*$|\.\.\.$|,\"$|,'$")
_MAX_COLUMN = 120
_NARROW, _NARROWEST = 30, 14
_MIN_GO_ON = 0.4


def line_end_edits(text: str) -> Iterator[Edit]:
    r"""Join words that were broken at the end of a line; the line then ends behind the word.

    Examples
    --------
    >>> list(line_end_edits("a crane ope-\nrator who"))
    [(11, 13, ''), (18, 19, '\n')]
    """
    lowered = ""
    done = 0
    for match in _LINE_END.finditer(text):
        mark, begin = match.span()
        first, second = _word_before(text, mark), match[2]
        if not first or mark < done:
            continue
        lowered = lowered or text.lower()
        joins = match[1] != "-" or _is_one_word(first, second, lowered)
        yield (mark if joins else mark + 1), begin, ""
        line_end = text.find("\n", begin)
        done = begin + len(second)
        space = text.find(" ", done, line_end if line_end >= 0 else len(text))
        if space >= 0:
            yield space, space + 1, "\n"
            done = space + 1


def _word_before(text: str, end: int) -> str:
    found = _WORD_BEFORE.search(text[max(0, end - _LONGEST_WORD) : end])
    return found[0] if found else ""


def stray_marks(text: str) -> Iterator[Edit]:
    """Drop soft hyphens that end no broken word."""
    for match in _LINE_END_MARK.finditer(text):
        yield match.start(), match.end(), ""


def gap_edits(text: str) -> Iterator[Edit]:
    """Join words that were broken at the end of a line whose break is gone.

    Examples
    --------
    >>> list(gap_edits("a crane ope- rator, two- and three-year-olds"))
    [(11, 13, '')]
    """
    for match in _GAP.finditer(text):
        one, other = _word_before(text, match.start()).lower(), match[1]
        if not one or other in FUNCTION_WORDS or not is_dictionary_word(one + other):
            continue
        if not (is_dictionary_word(one) and is_dictionary_word(other)):
            yield match.start(), match.start() + 2, ""


def _is_one_word(first: str, second: str, lowered: str) -> bool:
    if second[0].isupper() and not first.isupper():
        return False  # Jean-Paul
    one, other = first.lower(), second.lower()
    if f"{one}-{other}" in lowered:
        return False
    if is_dictionary_word(one + other) or one + other in lowered:
        return True
    return not (is_dictionary_word(one) and is_dictionary_word(other))


def ligature_edits(text: str) -> Iterator[Edit]:
    """Join words whose ligature stands apart, where that gives a word.

    Examples
    --------
    >>> list(ligature_edits("The o ffi cials left."))
    [(5, 6, ''), (9, 10, '')]
    """
    for match in _LIGATURE.finditer(text):
        behind = match.start(1) - 1
        beginning, rest = _word_before(text, behind), match[1]
        if is_dictionary_word(beginning.lower()) and beginning not in _LIGATURES:
            continue
        before = behind - len(beginning) - 1
        left = _word_before(text, before) if text[before : before + 1] == " " else ""
        if beginning not in _LIGATURES or not left:
            left = ""
        elif left.lower() in FUNCTION_WORDS:
            # "a fi re" is a fire, though "afire" is a word; "in fi nite" is infinite.
            whole, part = (zipf_frequency(word + beginning + rest) for word in (left.lower(), ""))
            left = left if whole > part else ""
        if left and _is_common(left + beginning + rest):
            yield before, before + 1, ""
            yield behind, behind + 1, ""
        elif _is_common(beginning + rest):
            yield behind, behind + 1, ""


def _is_common(word: str) -> bool:
    return zipf_frequency(word.lower()) >= 2.5 and is_dictionary_word(word.lower())


def reflow(text: str) -> str:
    """Put a space for each line break that only a column asked for; every character stays.

    Lines were broken at a column where many are of like length, few end a sentence, and some go
    on in lower case, as headlines in a list do not. In a narrow column words leave ragged ends:
    there each line must have had no room for the first word of the next.
    """
    if text.count("\n") < 3:
        return text
    lines = text.split("\n")
    filled = [line for line in lines if line]
    column = max(map(len, filled), default=0)
    if column > _MAX_COLUMN or len(filled) < 4 or not _is_wrapped(lines, filled, column):
        return text
    pieces = [lines[0]]
    for line, following in pairwise(lines):
        ends_paragraph = len(line) < 0.7 * column and bool(_ENDS_SENTENCE.search(line))
        pieces += ["\n" if ends_paragraph or not line or not following else " ", following]
    return "".join(pieces)


def _is_wrapped(lines: list[str], filled: list[str], column: int) -> bool:
    ending = sum(bool(_ENDS_SENTENCE.search(line)) for line in filled)
    usual = median(map(len, filled))
    if ending > 0.6 * len(filled) or usual < _NARROWEST:
        return False
    pairs = [(one, other) for one, other in pairwise(lines) if one and other]
    go_on = sum(not other[0].isupper() for _, other in pairs)
    if go_on < _MIN_GO_ON * len(pairs) and not "".join(filled).isupper():
        return False
    if usual >= _NARROW:
        return sum(len(line) > 0.8 * column for line in filled) >= 0.5 * len(filled)
    had_no_room = sum(len(a) + 1 + len(b.split(" ", 1)[0]) > 0.8 * column for a, b in pairs)
    return len(pairs) >= 4 and had_no_room >= 0.8 * len(pairs)
