"""Duplicates: texts that are the same, or nearly, by the fingerprints that stores search with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from numkong import intersect

from copydesk.errors import InvalidArticle
from copydesk.features import Encoder
from copydesk.seeds.search.candidates import index_fingerprints
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.types import Article

# Of texts of one story, copies that a desk cut by a third still share half of all trigrams.
MIN_OVERLAP = 0.7
_N_NEIGHBOURS = 16
# The same trigrams in another order: nearly the same text.
_LESS_THAN_ALL = 0.999


@dataclass(frozen=True, slots=True, order=True)
class SameTexts:
    """Two texts that are the same, or nearly.

    Parameters
    ----------
    one, other : int
        Their places; ``one`` comes first.
    overlap : float
        Shared trigrams of all of both (Jaccard), in (0, 1]; 1 where the texts are the same.
    """

    one: int
    other: int
    overlap: float

    @property
    def share(self) -> str:
        """The overlap in words."""
        return (
            "the same text" if self.overlap == 1 else f"{int(100 * self.overlap)}% the same wording"
        )


def trigram_overlap(one: Fingerprint, other: Fingerprint) -> float:
    """Give the share of trigrams that both texts have, of those that either has.

    The resemblance of Broder (1997), "On the resemblance and containment of documents"; hashes
    have 16 bits, so that two texts of 500 words seem to share one in a hundred by chance.

    Returns
    -------
    float
        In [0, 1]; 0 where neither has any.
    """
    n_shared = int(intersect(one.trigrams, other.trigrams))
    n_all = len(one.trigrams) + len(other.trigrams) - n_shared
    return n_shared / n_all if n_all else 0.0


def take_fingerprints(articles: Sequence[Article], encoder: Encoder) -> list[Fingerprint | None]:
    """Take the fingerprints of articles; None for one that cannot be judged.

    Parameters
    ----------
    articles : sequence of Article
        Each is read, which is what takes time.
    encoder : Encoder
        As ``load_encoder`` gives it.
    """
    return [_take(article, encoder) for article in articles]


def _take(article: Article, encoder: Encoder) -> Fingerprint | None:
    try:
        return read_fingerprint(article, encoder)
    except InvalidArticle:
        return None


def find_same_texts(
    texts: Sequence[str],
    fingerprints: Sequence[Fingerprint | None],
    min_overlap: float = MIN_OVERLAP,
) -> list[SameTexts]:
    r"""Find pairs of texts that are the same but for spacing, or nearly.

    Parameters
    ----------
    texts : sequence of str
        Any number.
    fingerprints : sequence of Fingerprint or None
        Theirs; None where one cannot be judged: it is compared as a whole only.
    min_overlap : float
        From here on two texts are nearly the same, in (0, 1].

    Returns
    -------
    list of SameTexts
        By place. Of many that are the same, each is paired with the first; nearly the same are
        looked for among the sixteen nearest of each by vector.

    Examples
    --------
    >>> find_same_texts(["A ferry sank.", "It rose.", "A  ferry\nsank."], [None] * 3)
    [SameTexts(one=0, other=2, overlap=1.0)]
    """
    places: dict[bytes, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        spaced = " ".join(text.split()).encode("utf-8", "surrogatepass")
        places[sha256(spaced).digest()].append(place)
    found = [SameTexts(same[0], other, 1.0) for same in places.values() for other in same[1:]]
    distinct = ((same[0], fingerprints[same[0]]) for same in places.values())
    found += _find_near([(place, one) for place, one in distinct if one is not None], min_overlap)
    return sorted(found)


def _find_near(prints: Sequence[tuple[int, Fingerprint]], min_overlap: float) -> list[SameTexts]:
    index = index_fingerprints([one for _, one in prints])
    if index is None:
        return []
    pairs = {
        (min(key, other), max(key, other))
        for key, (_, one) in enumerate(prints)
        for other in index.search(one.vector, _N_NEIGHBOURS)[0].tolist()
        if key != other
    }
    found = []
    for key, other in pairs:
        overlap = trigram_overlap(prints[key][1], prints[other][1])
        if overlap >= min_overlap:
            found.append(SameTexts(prints[key][0], prints[other][0], min(overlap, _LESS_THAN_ALL)))
    return found
