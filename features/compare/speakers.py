"""Who is said to have spoken a quotation, where a name says so beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import JaroWinkler

from copydesk.features.read.document import Document
from copydesk.features.read.lexicon import REPORTING_VERBS
from copydesk.features.read.names import CALENDAR
from copydesk.features.read.quotes import Quote

_VERB = rf"(?:{'|'.join(sorted(REPORTING_VERBS))})"
_SMALL = "de|van|von|der|den|bin|ibn|al|el|la|du|da|di|dos|le"
_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Sgt|Cpl|Capt|Rev|St|[A-Z])\."
_PART = rf"(?:(?:[A-Z]\.){{2,}}|{_TITLE}|[^\W\d_a-z][\w'\-]*|{_SMALL})"
_NAME = rf"(?P<name>(?=[^\W\d_a-z]){_PART}(?: {_PART}){{0,6}})"
_SUBJECT = _NAME.replace("name", "subject")
_ASIDE = r"(?:,? (?:\d+|an? [^,.\"\n]{1,60}|the [^,.\"\n]{1,60}|who [^,.\"\n]{1,60}),)?"
_THE = r"(?:the (?=[a-z]))?"
_ROLE = (
    r"(?:(?!(?:that|in|on|at|as|when|after|to|of|for|from|with|by|the|about|he|she|they|it|and|but"
    r"|or|while|though|before|which|whose|who)\b)[a-z'\-]+ ){0,5}"
)
# '," said the envoy Anna Berg', '," Anna Berg, a teacher, told reporters', 'Anna Berg said: "'
_AFTER = re.compile(
    rf"(?:[,?!]+[\"']+|[\"']+,) (?:{_VERB} {_THE}{_ROLE}{_NAME}"
    rf"|{_THE}{_ROLE}{_SUBJECT}{_ASIDE} {_VERB}\b)"
)
_BEFORE = re.compile(
    rf"(?:^|[.!?\n]\W*|,? (?:and|but|while|as|when) ){_THE}{_ROLE}{_NAME}{_ASIDE} {_VERB}"
    rf"(?: [a-z]+){{0,3}}[:,]?(?: that)? [\"']$"
)
_REACH_CHARS = 140
_TITLES = frozenset(
    """mr mrs ms dr sir lord lady dame prof professor president minister judge justice prime
    secretary general colonel captain senator governor mayor chief director officer king queen
    prince princess bishop sen rep gov gen lt col sgt capt rev the a an he she it they we i
    us u.s uk u.k eu u.n deputy retired vice former foreign interior defence defense""".split()
)
_SAME_NAME = 0.8


def find_speaker(document: Document, quote: Quote) -> tuple[str, ...]:
    """Give the words of the name that a quotation is attributed to; none where no name is.

    Examples
    --------
    >>> from copydesk.features.read.document import read_document
    >>> from copydesk.features.read.encoder import load_encoder
    >>> text = '"We all go home today," said the envoy Anna Berg.'
    >>> document = read_document(text, load_encoder())
    >>> find_speaker(document, document.quote_scan.quotes[0])
    ('anna', 'berg')
    """
    text = document.text
    match = _AFTER.match(text, quote.end)
    if match is None:
        begin = max(text.rfind("\n", 0, quote.start) + 1, quote.start - _REACH_CHARS)
        before = text[begin : quote.start]
        match = _BEFORE.search(before) or _attribution_between(document, quote, begin)
    return () if match is None else _name_words(match)


def _attribution_between(document: Document, quote: Quote, begin: int) -> re.Match[str] | None:
    """Find the attribution of the quotation before, where this one goes on with it."""
    previous = [q for q in document.quote_scan.quotes if begin <= q.end < quote.start]
    if not previous or document.text[previous[-1].end : quote.start].count(". ") > 1:
        return None
    return _AFTER.match(document.text, previous[-1].end)


def _name_words(match: re.Match[str]) -> tuple[str, ...]:
    name = next(found for group, found in match.groupdict().items() if found)
    words = (word.strip(".'").removesuffix("'s") for word in name.lower().split())
    return tuple(word for word in words if word not in _TITLES and word not in CALENDAR)


def are_other_people(
    speaker: Sequence[str], other: Sequence[str], article: Document, source: Document
) -> bool:
    """Say whether two names, as words, are surely not one person's.

    One text that has both in one full name, or none that knows more than one of them, leaves
    it open.

    Parameters
    ----------
    speaker, other : sequence of str
        Words of the names by which article and source attribute a quotation.
    article, source : Document
        The two texts.
    """
    if not speaker or not other:
        return False
    if max(JaroWinkler.similarity(a, b) for a in speaker for b in other) >= _SAME_NAME:
        return False
    knows = any(word in source.words for word in speaker) or any(w in article.words for w in other)
    if not knows and min(len(speaker), len(other)) < 2:
        return False
    names = (set(name.words) for text in (article, source) for name in text.full_names)
    return not any(name.intersection(speaker) and name.intersection(other) for name in names)
