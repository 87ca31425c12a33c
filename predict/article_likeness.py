"""Whether a text is an article at all, or a page of another kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from copydesk.features import Document
from copydesk.features.read.blocks import BlockKind

_MIN_WORDS = 20
# A page of links: lines as long as headlines, hardly any of them ended as a sentence is.
_MIN_HEADLINES = 8
_HEADLINE_WORDS = range(3, 21)
_MIN_HEADLINE_SHARE = 0.5
_MAX_PROSE_SHARE = 0.3
_ENDS_SENTENCE = re.compile(r"[.!?]['\")\]]*$")
_SEVERAL_SENTENCES = re.compile(r"[.!?]['\")\]]* [\"']?[A-Z]")
# What stands in the place of an article that is not shown.
_GATE = re.compile(
    r"\b(?:subscribe(?: now| today)? (?:to|for) (?:continue|read|keep|unlock|full|unlimited)"
    r"|to (?:continue|keep) reading|to read (?:the|this) (?:full|rest|article|story)|already a"
    r" (?:subscriber|member)|(?:sign|log) in to (?:read|continue|your account)|subscribers only"
    r"|(?:exclusive|available) to (?:our )?subscribers|free articles? (?:left|remaining)"
    r"|create (?:a free|an) account|accept (?:all )?cookies|we (?:and our partners )?use cookies"
    r"|(?:manage|cookie) (?:preferences|settings|consent)|your (?:privacy|consent) choices"
    r"|enable javascript|javascript (?:is|must be)|ad ?blocker|verify (?:that )?you are (?:a )?"
    r"human|unusual traffic|access (?:is|to this page has been) denied|page (?:not|cannot be) found"
    r"|not available in your (?:country|region|location)|(?:page|site) you requested)\b",
    re.IGNORECASE,
)
_MAX_GATE_WORDS = 150
_MIN_NUMBER_SHARE = 0.25
_MIN_DISTINCT_SHARE = 0.4


def why_hardly_an_article(document: Document) -> str | None:
    """Say of what other kind a page looks; None where it looks like an article.

    Parameters
    ----------
    document : Document
        Read from the page.
    """
    if len(document.words) < _MIN_WORDS:
        return None
    if _distinct_share(document) < _MIN_DISTINCT_SHARE:
        return "the same sentences over and over"
    n_numbers = sum(map(str.isdigit, map(itemgetter(0), document.tokens)))
    if n_numbers >= _MIN_NUMBER_SHARE * len(document.tokens):
        return f"{n_numbers} of its {len(document.tokens)} words are numbers, as in a table"
    gate = _GATE.search(document.text) if len(document.words) < _MAX_GATE_WORDS else None
    if gate:
        return f'it says "{gate[0]}" and little else, as a page does whose article is not shown'
    lines = [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind in {BlockKind.BODY, BlockKind.HEADING}
    ]
    n_headlines = _count_headlines(lines)
    if n_headlines >= _MIN_HEADLINES and n_headlines >= _MIN_HEADLINE_SHARE * len(lines):
        return f"{n_headlines} of its {len(lines)} lines look like headlines, as on a page of links"
    return None


def _distinct_share(document: Document) -> float:
    """Give the share of the sentences' characters that stand there for the first time."""
    seen: set[tuple[str, ...]] = set()
    total = sum(end - start for start, end in document.repeated)
    distinct = 0
    for i, sentence in enumerate(document.sentences):
        length = sentence.end - sentence.start
        total += length
        words = document.sentence_words(i)
        if words not in seen:
            distinct += length
            seen.add(words)
    return distinct / total


def _count_headlines(lines: Sequence[str]) -> int:
    """Count the lines that look like headlines; none where paragraphs stand beside them."""
    prose = sum(len(line) for line in lines if _SEVERAL_SENTENCES.search(line))
    if prose > _MAX_PROSE_SHARE * sum(map(len, lines)):
        return 0
    return sum(
        line.count(" ") + 1 in _HEADLINE_WORDS and not _ENDS_SENTENCE.search(line) for line in lines
    )
