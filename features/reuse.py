"""Wording shared with the source: n-gram containment, verbatim runs, edit operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from copydesk.features.alignment import Alignment, SentenceFate
from copydesk.features.document import Document
from copydesk.features.encoder import Encoder
from copydesk.features.lexicon import is_content_word, stem

# Static vectors of words that can stand for each other ("legitimate", "legal") are this close.
SYNONYM_SIMILARITY = 0.45


def run_lengths(words: Sequence[str], source_words: Sequence[str]) -> NDArray[np.int32]:
    """For each word of an article, the length of the longest verbatim run that covers it.

    Parameters
    ----------
    words, source_words : sequence of str
        Lower-case words of the two texts.

    Returns
    -------
    ndarray of int32, shape (len(words),)
        Words in the longest run shared with the source that covers this word; runs shorter than
        two words count as 0.

    Examples
    --------
    >>> run_lengths("a big red dog".split(), "the big red cat".split()).tolist()
    [0, 2, 2, 0]
    """
    lengths = np.zeros(len(words), np.int32)
    positions: dict[tuple[str, str], list[int]] = {}
    for j, bigram in enumerate(pairwise(source_words)):
        positions.setdefault(bigram, []).append(j)
    open_runs: dict[int, int] = {}  # where in the source a run's last bigram begins: run length
    # An empty bigram behind the last ends the runs that are still open.
    for i, bigram in enumerate([*pairwise(words), ("", "")]):
        at = positions.get(bigram, ())
        extended = {j: open_runs.get(j - 1, 1) + 1 for j in at}
        for length in {length for j, length in open_runs.items() if j + 1 not in extended}:
            ended = lengths[i + 1 - length : i + 1]
            np.maximum(ended, length, out=ended)
        open_runs = extended
    return lengths


@dataclass(frozen=True, slots=True)
class Substitution:
    """One word of the source replaced by one word of close meaning."""

    token: int
    source_token: int


@dataclass(frozen=True, slots=True)
class Edits:
    """Edit operations over the content words of aligned sentences.

    Counts are of content words. ``n_content`` counts the source side of these sentences.
    """

    n_content: int
    n_deleted: int
    n_inserted: int
    n_substituted: int
    synonyms: tuple[Substitution, ...]


def find_edits(
    article: Document, source: Document, alignment: Alignment, encoder: Encoder
) -> Edits:
    """Compare the words of aligned sentences.

    Parameters
    ----------
    article, source : Document
        Read with ``encoder``.
    alignment : Alignment
        Of ``article`` with ``source``.
    encoder : Encoder
        Says which words are close in meaning.
    """
    n_content = n_deleted = n_inserted = n_substituted = 0
    swaps: list[Substitution] = []
    for i in alignment.aligned:
        link = alignment.links[i]
        start = article.sentences[i].first_token
        source_start = source.sentences[link.source_first].first_token
        source_end = source.sentences[link.source_last - 1].last_token
        words = article.sentence_words(i)
        source_words = source.words[source_start:source_end]
        n_content += sum(map(is_content_word, source_words))
        if link.fate is SentenceFate.VERBATIM and words == source_words:
            continue
        for op in Levenshtein.opcodes(source_words, words):
            removed = source_words[op.src_start : op.src_end]
            added = words[op.dest_start : op.dest_end]
            n_removed, n_added = (sum(map(is_content_word, side)) for side in (removed, added))
            if op.tag == "delete":
                n_deleted += n_removed
            elif op.tag == "insert":
                n_inserted += n_added
            elif op.tag == "replace":
                n_substituted += max(n_removed, n_added)
                swaps += [
                    Substitution(start + op.dest_start + k, source_start + op.src_start + k)
                    for k, (old, new) in enumerate(zip(removed, added, strict=False))
                    if _could_be_synonyms(old, new)
                ]
    return Edits(
        n_content, n_deleted, n_inserted, n_substituted, _synonyms(article, source, swaps, encoder)
    )


def _could_be_synonyms(old: str, new: str) -> bool:
    content = is_content_word(old) and is_content_word(new) and old.isalpha() and new.isalpha()
    return content and stem(old) != stem(new)


def _synonyms(
    article: Document, source: Document, swaps: list[Substitution], encoder: Encoder
) -> tuple[Substitution, ...]:
    names = {mention.token for mention in article.names}
    swaps = [swap for swap in swaps if swap.token not in names]
    if not swaps:
        return ()
    new = encoder.encode([article.words[swap.token] for swap in swaps])
    old = encoder.encode([source.words[swap.source_token] for swap in swaps])
    similarity = np.einsum("ij,ij->i", new, old)
    return tuple(
        swap for swap, close in zip(swaps, similarity >= SYNONYM_SIMILARITY, strict=True) if close
    )
