"""Names compared: near misses of the source's, and names that one text spells in two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from copydesk.features.compare.alignment import Alignment
from copydesk.features.compare.variants import are_name_variants
from copydesk.features.read.document import Document
from copydesk.features.read.lexicon import stem
from copydesk.features.read.names import NameMention, first_mentions

_NEAR_MISS = 0.86
_NEARBY_MISS = 0.72
_DEMONYM = re.compile(r"(?:i?ans?|ese|ish|is?|e?s|ns?)$")


@dataclass(frozen=True, slots=True)
class CorruptedName:
    """A name of the article that nearly is a name of the source."""

    mention: NameMention
    source_mention: NameMention


def names_nearby(
    article: Document, source: Document, alignment: Alignment
) -> dict[str, frozenset[str]]:
    """For each name of the article, the source's names in the sentences aligned with its own."""
    source_names: dict[int, set[str]] = {}
    for name in source.names:
        source_names.setdefault(source.sentence_of_token(name.token), set()).add(name.word)
    nearby: dict[str, set[str]] = {}
    for name in article.names:
        link = alignment.links[article.sentence_of_token(name.token)]
        if link.is_aligned:
            for j in link.source_sentences:
                nearby.setdefault(name.word, set()).update(source_names.get(j, ()))
    return {word: frozenset(names) for word, names in nearby.items()}


def find_corrupted_names(
    article: Sequence[NameMention],
    source: Sequence[NameMention],
    article_words: frozenset[str],
    source_words: frozenset[str],
    nearby: Mapping[str, frozenset[str]],
) -> tuple[CorruptedName, ...]:
    """Find names of the article that are near misses of names of the source.

    A near miss is spelled alike (Jaro-Winkler similarity of at least 0.86, or equal once the
    letters that transliteration confuses are folded), is missing in the source, and stands for
    a name that has another stem. ``Russia`` and ``Russian`` are no near miss of each other.
    Where the sentences that hold the two names are aligned and the article lacks the source's
    name, 0.72 of the folded spellings will do: *Sibikh* for *Sybiha*.

    Parameters
    ----------
    article, source : sequence of NameMention
        Names of the two texts.
    article_words, source_words : frozenset of str
        All words of the two texts, in lower case.
    nearby : mapping of str to frozenset of str
        For names of the article, the source's names in the sentences aligned with theirs.
    """
    originals = first_mentions(source)
    corrupted = []
    for word, mention in first_mentions(article).items():
        if word in source_words or len(word) < 4:
            continue
        # A name that the article has too was misspelled only by a letter or in transliteration;
        # otherwise it is another person's.
        missing = [o for o in originals if o not in article_words or _is_respelling(word, o)]
        candidates = [
            (similarity, original)
            for original in missing
            if (similarity := _near_miss_similarity(word, original)) >= _NEAR_MISS
        ] or [
            (similarity, original)
            for original in nearby.get(word, frozenset()) - article_words
            if (similarity := _folded_similarity(word, original)) >= _NEARBY_MISS
        ]
        if candidates and not are_name_variants(word, max(candidates)[1]):
            corrupted.append(CorruptedName(mention, originals[max(candidates)[1]]))
    return tuple(corrupted)


def find_inconsistent_names(mentions: Sequence[NameMention]) -> tuple[CorruptedName, ...]:
    """Find names spelled in two ways inside one text; the rarer spelling is the first member."""
    counts = Counter(mention.word for mention in mentions)
    first = first_mentions(mentions)
    words = [word for word in first if len(word) >= 5]
    found = []
    for i, one in enumerate(words):
        for other in words[i + 1 :]:
            if abs(len(one) - len(other)) <= 2 and _is_respelling(one, other):
                rare, common = sorted((one, other), key=lambda word: counts[word])
                found.append(CorruptedName(first[rare], first[common]))
    return tuple(found)


def is_transliteration_trace(word: str, original: str) -> bool:
    """Say whether two spellings differ only in letters that transliteration confuses.

    Such are l and r, b and v, k/c/q/kh, y/j/i, final vowels and doubled letters, as in
    *Ryabkov* and *Lyabkov*.

    Examples
    --------
    >>> is_transliteration_trace("lyabkov", "ryabkov"), is_transliteration_trace("smith", "jones")
    (True, False)
    """
    return word != original and _fold(word) == _fold(original)


_FOLDS = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"kh|gh|ck|q|c(?![eiyh])|g", "k"),
        (r"sch|sh|ch|zh|ts|tz|c|z|x|j(?=[aou])", "s"),
        (r"th|d", "t"),
        (r"ph|w|b|f|p", "v"),
        (r"l", "r"),
        (r"ou|oo|uu", "u"),
        (r"ij|iy|yi|ii|y|j|ee|e", "i"),
        (r"h", ""),
        (r"o", "u"),
        (r"(.)\1+", r"\1"),
        (r"[aeiou]+$", ""),
    )
]


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    for pattern, letters in _FOLDS:
        word = pattern.sub(letters, word)
    return word


def _near_miss_similarity(word: str, original: str) -> float:
    if word == original or _same_root(word, original):
        return 0.0
    if len(original) >= 4 and is_transliteration_trace(word, original):
        return 1.0
    if len(original) < 5 or len(word) < 5:
        return 0.0
    similarity = JaroWinkler.similarity(word, original, score_cutoff=_NEAR_MISS)
    # Jaro-Winkler favours shared beginnings; a long common prefix alone is no misspelling.
    close = Levenshtein.distance(word, original) <= max(2, len(original) // 3)
    return similarity if close else 0.0


def _folded_similarity(word: str, original: str) -> float:
    one, other = _fold(word), _fold(original)
    if min(len(word), len(original)) < 4 or one[:1] != other[:1] or _same_root(word, original):
        return 0.0
    return JaroWinkler.similarity(one, other)


def _is_respelling(one: str, other: str) -> bool:
    if _same_root(one, other):
        return False
    near = Levenshtein.distance(one, other, score_cutoff=1) <= 1 and min(len(one), len(other)) >= 6
    alike = near or is_transliteration_trace(one, other)
    return alike and not are_name_variants(one, other)


def _same_root(one: str, other: str) -> bool:
    """Tell inflections and demonyms of one name (Norway's Norwegian excepted) from misspellings."""
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) and _DEMONYM.fullmatch(longer[len(shorter) :]):
        return True
    root_one, root_other = _root(one), _root(other)
    return (root_one == root_other and len(root_one) >= 4) or (
        stem(one) == stem(other) and abs(len(one) - len(other)) >= 2
    )


@lru_cache(maxsize=100_000)
def _root(word: str) -> str:
    return _DEMONYM.sub("", word).rstrip("aeiouy")
