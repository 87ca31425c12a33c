"""Second texts: sources put in twos by topic, and the story that each two share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk.features import load_encoder, read_document
from copydesk.types import Article

# Above this, two texts are about one event: no independent report, no other topic.
_SAME_STORY_SIMILARITY = 0.93


def find_partners(sources: Sequence[Article]) -> list[int | None]:
    """Put sources in twos, near neighbours first; of an odd number one has no partner.

    Each source is in one two only, so that the texts made of two sources join no more than two
    stories to one.

    Parameters
    ----------
    sources : sequence of Article
        With different texts.

    Returns
    -------
    list of int or None
        For each source, the index of its partner.
    """
    partners: list[int | None] = [None] * len(sources)
    encoder = load_encoder()
    if len(sources) < 2:
        return partners
    vectors = np.vstack([read_document(source.text, encoder).vector for source in sources])
    free = list(range(len(sources)))
    while len(free) > 1:
        one = free.pop(0)
        similarity = vectors[free] @ vectors[one]
        similarity[similarity > _SAME_STORY_SIMILARITY] -= 2
        other = free.pop(int(similarity.argmax()))
        partners[one], partners[other] = other, one
    return partners
