"""Wording shared with the source: n-gram containment, verbatim runs, edit operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein, Opcode

from copydesk.features.compare.alignment import Alignment
from copydesk.features.compare.variants import are_variants, days, is_same_day, titles
from copydesk.features.read.document import Document
from copydesk.features.read.encoder import Encoder
from copydesk.features.read.grams import Codes, gram_codes
from copydesk.features.read.word_forms import WordForm

# Static vectors of words that can stand for each other ("legitimate", "legal") are this close.
SYNONYM_SIMILARITY = 0.45
_ISOLATING_WORDS = 2


def run_lengths(codes: Codes, source_codes: Codes) -> NDArray[np.int32]:
    """For each word of an article, the length of the longest verbatim run that covers it.

    Parameters
    ----------
    codes, source_codes : ndarray of uint64
        Of the two texts' words.

    Returns
    -------
    ndarray of int32, shape (len(codes),)
        Words in the longest run shared with the source that covers this word; runs shorter than
        two words count as 0.

    Examples
    --------
    >>> from copydesk.features.read.grams import word_codes
    >>> one, other = (word_codes(t.split()) for t in ("a big red dog", "the big red cat"))
    >>> run_lengths(one, other).tolist()
    [0, 2, 2, 0]
    """
    lengths = np.zeros(len(codes), np.int32)
    own, others = gram_codes(codes, 2), gram_codes(source_codes, 2)
    by_code = np.argsort(others, kind="stable")
    ordered = others[by_code]
    first = ordered.searchsorted(own)
    n_found = ordered.searchsorted(own, side="right") - first
    i = np.repeat(np.arange(len(own)), n_found)
    if not i.size:
        return lengths
    rank = np.arange(len(i)) + np.repeat(first - np.cumsum(n_found) + n_found, n_found)
    offset = by_code[rank] - i
    # Bigrams that follow each other at one offset are one run.
    order = np.lexsort((i, offset))
    i, offset = i[order], offset[order]
    goes_on = (i[1:] - i[:-1] == 1) & (offset[1:] == offset[:-1])
    begins = np.concatenate([[0], np.flatnonzero(~goes_on) + 1])
    n_words = np.concatenate([begins[1:], [len(i)]]) - begins + 1
    by_length = np.argsort(n_words, kind="stable")
    runs = zip(i[begins[by_length]].tolist(), n_words[by_length].tolist(), strict=True)
    for begin, length in runs:
        lengths[begin : begin + length] = length
    return lengths


@dataclass(frozen=True, slots=True)
class Substitution:
    """One word of the source replaced by one word of close meaning."""

    token: int
    source_token: int


@dataclass(frozen=True, slots=True)
class SentenceEdits:
    """Edit operations over the content words of an aligned sentence.

    Counts are of content words; ``n_content`` counts the source's side.
    """

    sentence: int
    n_content: int
    n_deleted: int = 0
    n_inserted: int = 0
    n_substituted: int = 0


@dataclass(frozen=True, slots=True)
class Edits:
    """What was done to the words of the sentences that derive from a source.

    ``isolated`` are content words put in the place of another, alone: the words around them are the
    source's. ``synonyms`` are words put in the place of another of close meaning, alone or not.
    ``restyled`` are words put in the place of a variant in another house's style: neither.
    """

    sentences: tuple[SentenceEdits, ...]
    isolated: tuple[Substitution, ...]
    synonyms: tuple[Substitution, ...]
    restyled: tuple[Substitution, ...] = ()


def count_edits(sentences: Iterable[SentenceEdits]) -> tuple[int, int, int, int]:
    """Add up the source's content words, and those deleted, inserted and substituted."""
    content = deleted = inserted = substituted = 0
    for sentence in sentences:
        content += sentence.n_content
        deleted += sentence.n_deleted
        inserted += sentence.n_inserted
        substituted += sentence.n_substituted
    return content, deleted, inserted, substituted


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
    sentences: list[SentenceEdits] = []
    isolated: list[Substitution] = []
    swaps: list[Substitution] = []
    restyled: list[Substitution] = []
    names = {mention.token for mention in article.names}
    own_content, source_content = article.n_content_before, source.n_content_before
    for i in alignment.aligned:
        link = alignment.links[i]
        start = article.sentences[i].first_token
        stretch = source.tokens_of(link.source_first, link.source_last)
        words, source_words = article.sentence_words(i), source.words[stretch]
        n_content = source_content[stretch.stop] - source_content[stretch.start]
        if words == source_words:
            sentences.append(SentenceEdits(i, n_content))
            continue
        counts = dict.fromkeys(("delete", "insert", "replace"), 0)
        opcodes = list(Levenshtein.opcodes(source_words, words))
        restyled += _restyled(article, source, (start, stretch.start), opcodes)
        for k, op in enumerate(opcodes):
            if op.tag == "equal":
                continue
            removed = range(stretch.start + op.src_start, stretch.start + op.src_end)
            added = range(start + op.dest_start, start + op.dest_end)
            n_removed = source_content[removed.stop] - source_content[removed.start]
            n_added = own_content[added.stop] - own_content[added.start]
            counts[op.tag] += max(n_removed, n_added)
            found = [
                Substitution(new, old)
                for old, new in zip(removed, added, strict=False)
                if new not in names and _could_be_synonyms(source.forms[old], article.forms[new])
            ]
            swaps += found
            if len(removed) == len(added) == 1 and _is_isolated(opcodes, k):
                isolated += found
        sentences.append(
            SentenceEdits(i, n_content, counts["delete"], counts["insert"], counts["replace"])
        )
    synonyms = _synonyms(article, source, swaps, encoder)
    return Edits(tuple(sentences), tuple(isolated), synonyms, tuple(restyled))


def _restyled(
    article: Document, source: Document, starts: tuple[int, int], opcodes: Sequence[Opcode]
) -> Iterator[Substitution]:
    """Find the words put in the place of a variant, the days retold, the titles dropped or added.

    ``starts`` are the first tokens of the article's sentence and of the source's stretch.
    """
    own_days: list[int] = []
    source_days: list[int] = []
    day_words = days()
    for op in opcodes:
        if op.tag == "equal":
            continue
        own = range(starts[0] + op.dest_start, starts[0] + op.dest_end)
        their = range(starts[1] + op.src_start, starts[1] + op.src_end)
        own_days += [i for i in own if article.words[i] in day_words]
        source_days += [j for j in their if source.words[j] in day_words]
        for i, j in zip(own, their, strict=False):
            if are_variants(article.words[i], source.words[j]):
                yield Substitution(i, j)
        added = {article.words[i] for i in own} or {source.words[j] for j in their}
        if op.tag != "replace" and titles().issuperset(added):
            # Shown with the name that the title stands before.
            name = Substitution(own.stop, their.stop)
            if _is_one_name(article, source, name):
                yield name
    for i, j in zip(own_days, source_days, strict=False):
        if is_same_day(article.words[i], source.words[j]):
            yield Substitution(i, j)


def _is_one_name(article: Document, source: Document, name: Substitution) -> bool:
    if name.token >= len(article.words) or name.source_token >= len(source.words):
        return False
    word = article.words[name.token]
    return word == source.words[name.source_token] and article.tokens[name.token][0].isupper()


def _is_isolated(opcodes: Sequence[Opcode], k: int) -> bool:
    """Say whether two words on either side, or all up to the sentence's border, are unchanged."""
    last = len(opcodes) - 1
    return all(
        opcodes[j].tag == "equal"
        and (j in (0, last) or opcodes[j].dest_end - opcodes[j].dest_start >= _ISOLATING_WORDS)
        for j in (k - 1, k + 1)
        if 0 <= j <= last
    )


def _could_be_synonyms(old: WordForm, new: WordForm) -> bool:
    if not (old.is_content and new.is_content) or old.stem == new.stem:
        return False
    one, other = old.word, new.word
    if not (one.isalpha() and other.isalpha()) or (one in days() and other in days()):
        return False
    return not are_variants(one, other)


def _synonyms(
    article: Document, source: Document, swaps: list[Substitution], encoder: Encoder
) -> tuple[Substitution, ...]:
    if not swaps:
        return ()
    new = [article.words[swap.token] for swap in swaps]
    old = [source.words[swap.source_token] for swap in swaps]
    vectors = encoder.encode(new + old)
    similarity = np.einsum("ij,ij->i", vectors[: len(new)], vectors[len(new) :])
    return tuple(
        swap for swap, close in zip(swaps, similarity >= SYNONYM_SIMILARITY, strict=True) if close
    )
