"""Which words are one word in two houses' styles: spellings, vocabulary, accents, names, titles.

The tables beside this file hold facts. ``spellings.tsv`` comes from breame (Apache-2.0) and
wordfreq, ``towns.tsv`` from GeoNames (geonames.org, CC BY 4.0), both built by
``benchmarks/house_style_tables.py``; the others are kept by hand, a group of words a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from copydesk.features.compare.romanization import (
    arabic_key,
    fold_accents,
    korean_key,
    plain_forms,
    slavic_key,
)
from copydesk.features.read.names import CALENDAR, WEEKDAYS
from copydesk.features.read.table import read_table
from copydesk.features.read.word_cache import WORDS_KEPT

# Words that stand for a weekday in an article of about that day.
RELATIVE_DAYS = frozenset("today yesterday tomorrow tonight weekend overnight midweek".split())
_MIN_KEY_CHARS = 4


@cache
def spellings() -> dict[str, str]:
    """Give the American spelling of words that are spelled otherwise elsewhere."""
    return dict(read_table("spellings", "compare"))


@cache
def titles() -> frozenset[str]:
    """Give the words that stand before a name and that a house drops or adds."""
    return frozenset(word for row in read_table("titles", "compare") for word in row)


@cache
def _word_groups() -> dict[str, tuple[str, ...]]:
    return _groups("vocabulary", "abbreviations", "titles")


@cache
def _name_groups() -> dict[str, tuple[str, ...]]:
    return _groups("names", "exonyms", "towns")


@cache
def _groups(*names: str) -> dict[str, tuple[str, ...]]:
    """For each word, the groups that it is in; a plural is in the group of plurals."""
    groups: dict[str, list[str]] = {}
    for name in names:
        for i, row in enumerate(read_table(name, "compare")):
            if len(row) < 2:
                continue
            for word in row:
                groups.setdefault(fold_accents(word), []).append(f"{name}:{i}")
                if name == "vocabulary":
                    groups.setdefault(_plural(word), []).append(f"{name}:{i}s")
    return {word: tuple(keys) for word, keys in groups.items()}


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


@lru_cache(maxsize=WORDS_KEPT)
def word_keys(word: str) -> tuple[str, ...]:
    """Give what a lower-case word shares with its variants in another house's style.

    Examples
    --------
    >>> set(word_keys("harbour")) & set(word_keys("harbor"))
    {'harbor'}
    """
    table = spellings()
    forms = plain_forms(word)
    return (*(table.get(form, form) for form in forms), *_word_groups().get(forms[0], ()))


@lru_cache(maxsize=WORDS_KEPT)
def name_keys(word: str) -> tuple[str, ...]:
    """Give what a lower-case word shares with its variants where it is part of a name.

    Examples
    --------
    >>> bool(set(name_keys("kiev")) & set(name_keys("kyiv")))
    True
    """
    groups = _name_groups()
    keys = [*word_keys(word)]
    keys += [key for form in plain_forms(word) for key in groups.get(form, ())]
    plain = fold_accents(word)
    slavic = slavic_key(plain) if len(plain) >= _MIN_KEY_CHARS else None
    return (*keys, f"slavic:{slavic}") if slavic else tuple(keys)


def are_variants(one: str, other: str) -> bool:
    """Say whether two lower-case words may be one in two houses' styles.

    Examples
    --------
    >>> are_variants("lorries", "trucks"), are_variants("lorry", "car")
    (True, False)
    """
    return one != other and not _word_key_set(one).isdisjoint(word_keys(other))


@lru_cache(maxsize=WORDS_KEPT)
def _word_key_set(word: str) -> frozenset[str]:
    return frozenset(word_keys(word))


def are_name_variants(one: str, other: str) -> bool:
    """Say whether two lower-case words may be one name in two houses' styles.

    Examples
    --------
    >>> are_name_variants("gaddafi", "qadhafi"), are_name_variants("ryabkov", "lyabkov")
    (True, False)
    """
    keys = name_keys(other)
    return one != other and any(key in keys for key in name_keys(one))


def are_two_places(one: str, other: str) -> bool:
    """Say whether two lower-case words are countries or great cities, and not the same one.

    Examples
    --------
    >>> are_two_places("brasilia", "brazil"), are_two_places("brasil", "brazil")
    (True, False)
    """
    places = _groups("exonyms")
    known, others = places.get(fold_accents(one)), places.get(fold_accents(other))
    return known is not None and others is not None and set(known).isdisjoint(others)


@cache
def days() -> frozenset[str]:
    """Give the words that tell a day or a month: houses turn one into the other."""
    rows = read_table("abbreviations", "compare")
    short = {word for row in rows if CALENDAR & set(row) for word in row}
    return CALENDAR | RELATIVE_DAYS | short


def is_same_day(one: str, other: str) -> bool:
    """Say whether one lower-case word may tell the same day as another: a weekday and "today".

    A weekday in the place of another weekday is another day.

    Examples
    --------
    >>> is_same_day("wednesday", "yesterday"), is_same_day("wednesday", "thursday")
    (True, False)
    """
    return (one in WEEKDAYS and other in RELATIVE_DAYS) or (
        one in RELATIVE_DAYS and other in WEEKDAYS
    )


_ARABIC_BEFORE = frozenset(
    """al el bin ben ibn abu abou abdul abdel abd um umm ould mohammed muhammad mohamed mohammad
    ahmed ahmad ali hassan hasan hussein hossein mahmoud ibrahim yousef mustafa khaled khalid
    omar sheikh ayatollah imam mullah""".split()
)
_KOREAN_BEFORE = frozenset(
    """kim lee park choi jung chung jeong kang cho yoon lim jang shin ahn moon kwon hwang ri yi
    han roh noh ban hong song baek yang seo suh oh chun rhee pak choe paik""".split()
)


def context_keys(word: str, before: str, after: str) -> Iterator[str]:
    """Give what romanised words share with their variants, told by the words beside them.

    Only beside a word of the same language is a change of vowels more likely a romanisation
    than a corruption.

    Parameters
    ----------
    word, before, after : str
        A word of a name and its neighbours, lower case.

    Examples
    --------
    >>> set(context_keys("soudani", "al", "")) == set(context_keys("sudani", "al", ""))
    True
    """
    if len(word) >= _MIN_KEY_CHARS and (before in _ARABIC_BEFORE or after in {"al", "el"}):
        yield f"arabic:{arabic_key(fold_accents(word))}"
    if before in _KOREAN_BEFORE and len(word) <= 5:
        yield f"korean:{korean_key(word)}"
