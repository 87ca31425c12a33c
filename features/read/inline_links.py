"""Lists of links that a page sets behind a name, in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

LAST_WORD = " MORE"
# "Ann Lee" + " Ann Marie LeeLee visits the docks Harbor vote put off" + " MORE": the name once
# more, in full, headlines without a mark between them, and the word that is clicked on.
_LIST = re.compile(
    r"\b(?:[A-Z][\w'-]+ ){0,4}(?P<last>[A-Z][\w'-]+)"
    rf"(?P<list> (?:[A-Z(][\w.)'-]*,? ){{1,4}}(?P=last)(?=[A-Z\d ]).{{20,600}}?{LAST_WORD})\b"
)


def link_list_edits(text: str) -> Iterator[tuple[int, int, str]]:
    """Drop lists of links, so that the sentence goes on behind the name.

    Examples
    --------
    >>> line = "Ann Lee Ann Marie LeeLee visits the docks Harbor vote put off MORE left."
    >>> [(line[:start] + line[end:]) for start, end, _ in link_list_edits(line)]
    ['Ann Lee left.']
    """
    for match in _LIST.finditer(text):
        yield *match.span("list"), ""
