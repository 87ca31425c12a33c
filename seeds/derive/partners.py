"""Second texts: sources put in twos by topic, and the story that each two share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Above this, two texts are about one event: no independent report, no other topic.
_SAME_STORY_SIMILARITY = 0.93


def find_partners(vectors: NDArray[np.float32]) -> list[int | None]:
    """Put sources in twos, near neighbours first; of an odd number one has no partner.

    Each source is in one two only, so that the texts made of two sources join no more than two
    stories to one.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n_sources, dimension)
        Of the sources' documents.

    Returns
    -------
    list of int or None
        For each source, the index of its partner.
    """
    partners: list[int | None] = [None] * len(vectors)
    free = list(range(len(vectors)))
    while len(free) > 1:
        one = free.pop(0)
        similarity = vectors[free] @ vectors[one]
        similarity[similarity > _SAME_STORY_SIMILARITY] -= 2
        other = free.pop(int(similarity.argmax()))
        partners[one], partners[other] = other, one
    return partners
