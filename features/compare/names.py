"""Names compared: those that a machine left corrupted, and names one text spells in two ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from copydesk.features.compare.alignment import Alignment
from copydesk.features.compare.name_likeness import is_other_name, is_respelling, likenesses
from copydesk.features.compare.name_ties import NameTies, Tie
from copydesk.features.read.document import Document
from copydesk.features.read.encoder import Encoder
from copydesk.features.read.lexicon import FUNCTION_WORDS, zipf_frequency
from copydesk.features.read.names import NameMention, first_mentions

# How alike two spellings have to be, by what else ties the names.
_NEEDED = {
    Tie.SAME_NAME_IN_PLACE: 0.5,
    Tie.SAME_NAME_NEARBY: 0.5,
    Tie.IN_PLACE: 0.6,
    Tie.SAME_NAME: 0.7,
    Tie.NEARBY: 0.75,
    Tie.NONE: 0.84,
}
_LEAST_NEEDED = min(_NEEDED.values())
# Where nothing but the sentences tie them, or nothing at all, the name has to be rare and long.
_MIN_CHARS = {Tie.NEARBY: 5, Tie.NONE: 6}
_RARE_ZIPF = 3.0
_MIN_NAME_CHARS = 4
_MIN_INCONSISTENT_CHARS = 5
_MAX_INITIALS_CHARS = 4
# In news under a third of the words are names; in a text in capitals all seem to be.
_MAX_NAME_SHARE = 0.4
_TRANSLATION_SIMILARITY = 0.35
_TRANSLATED_ZIPF = 3.5


@dataclass(frozen=True, slots=True)
class CorruptedName:
    """A name of the article that stands for one that the source spells otherwise."""

    mention: NameMention
    source_mention: NameMention


def find_corrupted_names(
    article: Document, source: Document, alignment: Alignment, encoder: Encoder
) -> tuple[CorruptedName, ...]:
    """Find names of the article that stand for names of the source and are spelled otherwise.

    The article's name is missing in the source and the source's in the article; two names that
    both stand in the source are two people's. How alike the spellings have to be depends on what
    else ties the names: the rest of the whole name, the words around them, aligned sentences. A
    part that was translated (*Tremendous Bowl* for *Super Bowl*) need not be alike.

    Parameters
    ----------
    article, source : Document
        Read with ``encoder``.
    alignment : Alignment
        Of ``article`` with ``source``.
    encoder : Encoder
        Says which words are close in meaning.
    """
    own = _names_lacking(article, frozenset(source.words))
    originals = _names_lacking(source, ())
    if not own or not originals:
        return ()
    words, article_words = list(originals), frozenset(article.words)
    alike = likenesses(list(own), words)
    ties = NameTies(article, source, alignment)
    corrupted = []
    for k, (word, mention) in enumerate(own.items()):
        candidates = [
            (float(alike[k, m]), words[m])
            for m in np.flatnonzero(alike[k] >= _LEAST_NEEDED).tolist()
            # A name that the article has too was misspelled only by a letter or in
            # transliteration; otherwise it is another person's.
            if words[m] not in article_words or is_respelling(word, words[m])
        ]
        found = next(
            (
                original
                for likeness, original in sorted(candidates, reverse=True)
                if not is_other_name(word, original)
                and not ties.is_joined(word, original)
                and _is_corruption(word, likeness, ties.tie(word, original))
            ),
            None,
        )
        if found is None and zipf_frequency(word) >= _TRANSLATED_ZIPF:
            missing = [original for original in words if original not in article_words]
            found = _find_translated(word, missing, ties, encoder)
        if found is not None:
            corrupted.append(CorruptedName(mention, originals[found]))
    return tuple(corrupted)


@lru_cache(maxsize=256)
def find_inconsistent_names(article: Document) -> tuple[CorruptedName, ...]:
    """Find names spelled in two ways inside one text; the rarer spelling is the first member.

    Two that stand in whole names with nothing in common are two names.
    """
    names = _names_lacking(article, ())
    words = [word for word in names if len(word) >= _MIN_INCONSISTENT_CHARS]
    if len(words) < 2:
        return ()
    alike = np.triu(likenesses(words, words), 1)
    pairs = np.argwhere(alike >= _NEEDED[Tie.SAME_NAME]).tolist()
    if not pairs:
        return ()
    counts = Counter(mention.word for mention in article.names)
    ties = NameTies(article, article, None)
    found = []
    for i, j in pairs:
        rare, common = sorted((words[i], words[j]), key=lambda word: counts[word])
        if not is_respelling(rare, common):
            continue
        tie = ties.tie(rare, common)
        if tie is Tie.SAME_NAME or (tie is Tie.NONE and zipf_frequency(rare) < _RARE_ZIPF):
            found.append(CorruptedName(names[rare], names[common]))
    return tuple(found)


def _names_lacking(document: Document, words: Collection[str]) -> Mapping[str, NameMention]:
    """Give a text's name words with their first mentions, without those that stand elsewhere.

    Where capitals say nothing, common words are left out.
    """
    has_handles = "@" in document.text or "#" in document.text
    tells = len(document.names) <= _MAX_NAME_SHARE * len(document.words) or _has_case(document)
    return first_mentions(
        name
        for name in document.names
        if name.word not in words
        and len(name.word) >= _MIN_NAME_CHARS
        and not (has_handles and _is_handle(document, name))
        and ((tells and not _is_shouted(document, name)) or zipf_frequency(name.word) < _RARE_ZIPF)
    )


def _is_handle(document: Document, name: NameMention) -> bool:
    """Say whether a word is what somebody calls himself on a network, or a tag there."""
    start = document.token_spans[name.token, 0]
    return document.text[max(start - 1, 0) : start] in {"@", "#"}


def _is_shouted(document: Document, name: NameMention) -> bool:
    """Say whether a word is in capitals for emphasis, or may be: initials are shorter."""
    token = document.tokens[name.token]
    return len(token) > _MAX_INITIALS_CHARS and token.isupper()


def _has_case(document: Document) -> bool:
    """Say whether a text writes most of its function words small."""
    is_capital = [
        token[0].isupper()
        for token, word in zip(document.tokens, document.words, strict=True)
        if word in FUNCTION_WORDS
    ]
    return 2 * sum(is_capital) <= len(is_capital)


def _is_corruption(word: str, likeness: float, tie: Tie) -> bool:
    if likeness < _NEEDED.get(tie, 2.0):
        return False
    min_chars = _MIN_CHARS.get(tie, 0)
    return not min_chars or (len(word) >= min_chars and zipf_frequency(word) < _RARE_ZIPF)


def _find_translated(
    word: str, originals: Collection[str], ties: NameTies, encoder: Encoder
) -> str | None:
    """Find the common word of a whole name that another one stands for.

    It stands in the very same place, or is close in meaning.
    """
    candidates = []
    for original in originals:
        if zipf_frequency(original) < _TRANSLATED_ZIPF:
            continue
        if not ties.have_same_rest(word, original) or is_other_name(word, original):
            continue
        tie = ties.tie(word, original)
        if tie is Tie.SAME_NAME_IN_PLACE:
            return original
        if tie is Tie.SAME_NAME_NEARBY:
            candidates.append(original)
    if not candidates:
        return None
    vectors = encoder.encode([word, *candidates])
    similarity = vectors[1:] @ vectors[0]
    best = int(similarity.argmax())
    return candidates[best] if similarity[best] >= _TRANSLATION_SIMILARITY else None
