"""Numbers compared: those that count the same thing and differ."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.features.compare.alignment import Alignment
from copydesk.features.read.document import Document
from copydesk.features.read.numbers import NumberMention


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """A number of the article that stands where the source has another."""

    number: NumberMention
    source_number: NumberMention


def find_changed_numbers(
    article: Document, source: Document, alignment: Alignment
) -> tuple[ChangedNumber, ...]:
    """Numbers in aligned sentences that count the same thing and differ.

    A number changed only where the article has nowhere the source's value and the source has
    nowhere the article's.
    """
    article_values = {number.value for number in article.numbers}
    source_values = {number.value for number in source.numbers}
    changed = []
    for number in article.numbers:
        if number.value in source_values or not number.counts:
            continue
        link = alignment.links[article.sentence_of_token(number.first_token)]
        if not link.is_aligned:
            continue
        stretch = source.tokens_of(link.source_first, link.source_last)
        for other in source.numbers:
            if (
                stretch.start <= other.first_token < stretch.stop
                and other.counts == number.counts
                and other.value not in article_values
            ):
                changed.append(ChangedNumber(number, other))
                break
    return tuple(changed)
