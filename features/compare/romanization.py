"""Spellings of one name: accents dropped or transcribed, and what romanisations differ in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from copydesk.features.read.word_cache import WORDS_KEPT

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i",
     "ə": "a", "ħ": "h", "ŋ": "ng", "ŧ": "t"}
)  # fmt: skip
# What typists without the letter write in its place, each system by itself.
_TRANSCRIBED = tuple(
    str.maketrans(letters)
    for letters in (
        {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ő": "oe", "ű": "ue"},
        {"š": "sh", "č": "ch", "ž": "zh", "ş": "sh", "ç": "ch", "ș": "sh", "ć": "ch", "đ": "dj",
         "ğ": "gh", "ñ": "ny"},
        {"ć": "c", "đ": "dj", "þ": "th", "ð": "th", "ə": "e", "ğ": "", "ŵ": "w"},
    )
)  # fmt: skip
# "Mueller" may stand for "Müller" and so for "Muller"; "Michael" and "Joel" stand for nothing.
_UMLAUT = re.compile(r"(?<=[bcdfghjklmnprstvwz])([aou])e(?=[bcdfghjkmnprstvwz]|l.)")

_SLAVIC = re.compile(
    r"(?P<root>.{3,}?)(?:(?P<sky>[sz]k(?:y|i|iy|ii|yy|yi|yj|ij|yj|j|aya|aia|aja|a))"
    r"|(?P<ov>(?:[iy]?[eo]|[iy]o)(?:v|ff?|w)a?)|(?P<enko>[iy]?enk[oa])"
    r"|(?P<ich>[iy]?[eo]?v[iy](?:ch|c|tch))"
    r"|(?P<yan>(?:y|i|j)an)|(?P<uk>[cht]*ch?[uy]k))"
)
_SLAVIC_FOLDS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"shch|sch|chtch|sht", "S"),
        (r"tch|tsch|ch", "C"),
        (r"kh|x$|h", "h"),
        (r"x", "ks"),
        (r"tz|ts|c(?!h)", "z"),
        (r"zh|j(?=[aeou])", "Z"),
        (r"w|ff|f$", "v"),
        (r"(?:y|i|j)?[oe](?=[aeou])", "e"),
        (r"(?:(?<![aeou])|\b)[yij](?=[aeou])|(?<=[aeou])[yij]", ""),
        (r"[yij]+", "i"),
        (r"ou", "u"),
        (r"(.)\1+", r"\1"),
    )
)
_ARABIC_FOLDS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"['’ʻ]", ""),
        (r"^(?:al|el)-?(?=..)", ""),
        (r"kh|ch(?=[aeiou])", "x"),
        (r"gh|q|k|g(?=[aou])", "k"),
        (r"dj|g|j", "j"),
        (r"dh|th|z", "d"),
        (r"t", "t"),
        (r"v", "w"),
        (r"h$", ""),
        (r"ou|oo|ow|u|o|w(?![aeiou])", "u"),
        (r"[aeiy]+", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.)[iu]$", "i"),
    )
)
_KOREAN_FOLDS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"-", ""),
        (r"y?eo|yo|you|y?u|oo|o|ou", "o"),
        (r"w(?=[aeio])", ""),
        (r"ae|ay|ai|e", "e"),
        (r"ee|i|y", "i"),
        (r"ch|j", "j"),
        (r"k|g", "k"),
        (r"p|b", "p"),
        (r"t|d", "t"),
        (r"r|l", "l"),
        (r"sh|s", "s"),
        (r"h(?=[jkptsl]|$)", ""),
        (r"(.)\1+", r"\1"),
    )
)
Folds = tuple[tuple[re.Pattern[str], str], ...]


def fold_accents(word: str) -> str:
    """Drop a lower-case word's accents and replace letters that are no plain Latin ones.

    Examples
    --------
    >>> fold_accents("dvořáček"), fold_accents("łódź"), fold_accents("straße")
    ('dvoracek', 'lodz', 'strasse')
    """
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=WORDS_KEPT)
def plain_forms(word: str) -> tuple[str, ...]:
    """Give the ways to write a lower-case word without accents.

    Examples
    --------
    >>> plain_forms("müller"), plain_forms("mueller"), plain_forms("michael")
    (('muller', 'mueller'), ('mueller', 'muller'), ('michael',))
    """
    folded = fold_accents(word)
    if word.isascii():
        collapsed = _UMLAUT.sub(r"\1", word) if "e" in word[2:] else word
        return (word,) if collapsed == word else (word, collapsed)
    others = (fold_accents(word.translate(letters)) for letters in _TRANSCRIBED)
    return tuple(dict.fromkeys((folded, *others)))


def slavic_key(word: str) -> str | None:
    """Fold a surname that ends as East Slavic ones do; None where it does not.

    Examples
    --------
    >>> slavic_key("zelenskyy") == slavic_key("zelenski") != slavic_key("selenski")
    True
    >>> slavic_key("smith") is None
    True
    """
    match = _SLAVIC.fullmatch(word)
    if match is None:
        return None
    root = fold(match["root"], _SLAVIC_FOLDS)
    feminine = word.endswith(("a", "aya", "aia")) and match.lastgroup in {"sky", "ov"}
    return f"{root}+{match.lastgroup}{'f' if feminine else ''}"


@lru_cache(maxsize=WORDS_KEPT)
def arabic_key(word: str) -> str:
    """Fold what romanisations of Arabic and Persian differ in: vowels, doubled letters, q and k.

    Examples
    --------
    >>> arabic_key("qassem") == arabic_key("kasim") != arabic_key("karim")
    True
    """
    return fold(word, _ARABIC_FOLDS)


@lru_cache(maxsize=WORDS_KEPT)
def korean_key(word: str) -> str:
    """Fold what romanisations of Korean differ in: j and ch, g and k, eo and u.

    Examples
    --------
    >>> korean_key("geun") == korean_key("keun"), korean_key("seok") == korean_key("suk")
    (True, True)
    """
    return fold(word, _KOREAN_FOLDS)


def consonants(word: str) -> str:
    """Give the consonants of a name as romanisations of Arabic share them.

    Examples
    --------
    >>> consonants("tehran") == consonants("teheran")
    True
    """
    return re.sub("[iu]", "", arabic_key(word))


def fold(word: str, folds: Folds) -> str:
    """Apply substitutions one after the other."""
    for pattern, letters in folds:
        word = pattern.sub(letters, word)
    return word
