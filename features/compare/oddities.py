"""Oddities that show only beside a source: words swapped, fixed terms broken."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.features.compare.edits import Edits
from copydesk.features.read.document import Document
from copydesk.features.read.lexicon import FUNCTION_WORDS, bigram_count
from copydesk.features.read.oddities import Oddity, OddityKind, oddity_at


def find_broken_terms(article: Document, source: Document, edits: Edits) -> tuple[Oddity, ...]:
    """Find fixed terms of the source in which one word was swapped for one of close meaning.

    A fixed term is a pair of neighbours that English often puts together, and so does the table of
    bigrams hold it; its broken form is a pair that English hardly ever does: *legitimate targets*,
    *legal targets*.
    """
    found = []
    for swap in edits.synonyms:
        i, j = swap.token, swap.source_token
        for step in (-1, 1):
            if not (0 <= i + step < len(article.words) and 0 <= j + step < len(source.words)):
                continue
            neighbour = article.words[i + step]
            if neighbour != source.words[j + step] or neighbour in FUNCTION_WORDS:
                continue
            old = _pair(source.words, j, step)
            new = _pair(article.words, i, step)
            if bigram_count(old) and not bigram_count(new):
                first = min(i, i + step)
                found.append(oddity_at(article, OddityKind.BROKEN_TERM, first, first + 2))
    return tuple(found)


def _pair(words: Sequence[str], i: int, step: int) -> str:
    return f"{words[i - 1]} {words[i]}" if step < 0 else f"{words[i]} {words[i + 1]}"


def swapped_words(article: Document, edits: Edits) -> tuple[Oddity, ...]:
    """Give the words that stand in for others of close meaning, as oddities against the source."""
    return tuple(
        oddity_at(article, OddityKind.SWAPPED_WORD, swap.token, swap.token + 1)
        for swap in edits.synonyms
    )
