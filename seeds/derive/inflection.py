"""Inflection: from a form to its base and from another base to the same form."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache


class Form(StrEnum):
    """The form of a word; S is a plural noun or a verb of the third person."""

    BASE = "base"
    S = "s"
    PAST = "past"
    ING = "ing"


# Base and past, for verbs; participles that differ from the past follow it.
_IRREGULAR_VERBS = """
say said; tell told; make made; find found; hold held; keep kept; leave left; lose lost; meet met;
pay paid; send sent; spend spent; stand stood; win won; think thought; bring brought; buy bought;
catch caught; teach taught; seek sought; fight fought; build built; lead led; feed fed; feel felt;
sell sold; hear heard; mean meant; sit sat; shoot shot; sleep slept; strike struck; lend lent;
bind bound; hang hung; deal dealt; lay laid; flee fled; sweep swept; swing swung; stick stuck;
take took taken; give gave given; go went gone; see saw seen; know knew known; grow grew grown;
throw threw thrown; show showed shown; draw drew drawn; fly flew flown; fall fell fallen;
rise rose risen; drive drove driven; write wrote written; ride rode ridden; break broke broken;
speak spoke spoken; steal stole stolen; choose chose chosen; freeze froze frozen; wear wore worn;
swear swore sworn; tear tore torn; bear bore borne; begin began begun; run ran run; drink drank
drunk; sing sang sung; sink sank sunk; swim swam swum; ring rang rung; shrink shrank shrunk;
come came come; become became become; get got got; forget forgot forgotten; hide hid hidden;
bite bit bitten; shake shook shaken; wake woke woken; eat ate eaten; withdraw withdrew withdrawn;
undergo underwent undergone; overtake overtook overtaken; undertake undertook undertaken;
foresee foresaw foreseen; understand understood; withstand withstood; cut cut; put put; set set;
hit hit; let let; shut shut; cost cost; hurt hurt; spread spread; split split; bid bid; quit quit
"""
_IRREGULAR_PLURALS = """
man men; woman women; child children; person people; foot feet; tooth teeth; wife wives; life lives;
knife knives; leaf leaves; half halves; wolf wolves; thief thieves; shelf shelves; policeman
policemen; spokesman spokesmen; spokeswoman spokeswomen; fisherman fishermen; crisis crises;
analysis analyses; basis bases; medium media; criterion criteria; fireman firemen
"""
_VOWELS = "aeiou"


@cache
def _past_of() -> dict[str, tuple[str, ...]]:
    rows = (row.split() for row in _IRREGULAR_VERBS.split(";"))
    return {row[0]: tuple(row[1:]) for row in rows}


@cache
def _base_of_past() -> dict[str, str]:
    return {past: base for base, pasts in _past_of().items() for past in pasts if past != base}


@cache
def _plural_of() -> dict[str, str]:
    rows = (row.split() for row in _IRREGULAR_PLURALS.split(";"))
    return {row[0]: row[1] for row in rows}


@cache
def _base_of_plural() -> dict[str, str]:
    return {plural: base for base, plural in _plural_of().items()}


def possible_bases(word: str) -> Iterator[tuple[str, Form]]:
    """Give what a lower-case word may be a form of, likeliest first; a list has to tell.

    Examples
    --------
    >>> ("stop", Form.PAST) in possible_bases("stopped")
    True
    """
    if word in _base_of_past():
        yield _base_of_past()[word], Form.PAST
    if word in _base_of_plural():
        yield _base_of_plural()[word], Form.S
    yield word, Form.BASE
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1], Form.S
        if word.endswith("es"):
            yield word[:-2], Form.S
        if word.endswith("ies"):
            yield word[:-3] + "y", Form.S
    for ending, form in (("ed", Form.PAST), ("ing", Form.ING)):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            root = word[: -len(ending)]
            if root.endswith("i") and form is Form.PAST:
                yield root[:-1] + "y", form
            if root[-1] == root[-2]:
                yield root[:-1], form
            yield root, form
            yield root + "e", form


def inflect(base: str, form: Form, *, is_verb: bool) -> str:
    """Put a word or a phrase into a form; of a phrase, a verb's first or a noun's last word.

    Examples
    --------
    >>> inflect("put off", Form.ING, is_verb=True), inflect("city", Form.S, is_verb=False)
    ('putting off', 'cities')
    """
    if form is Form.BASE:
        return base
    if is_verb:
        first, space, rest = base.partition(" ")
        return _inflect_word(first, form, is_verb) + space + rest
    head, space, last = base.rpartition(" ")
    return head + space + _inflect_word(last, form, is_verb)


def _inflect_word(word: str, form: Form, is_verb: bool) -> str:
    if form is Form.S:
        if not is_verb and word in _plural_of():
            return _plural_of()[word]
        if word.endswith("y") and word[-2:-1] not in _VOWELS:
            return word[:-1] + "ies"
        return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
    if form is Form.PAST and word in _past_of():
        return _past_of()[word][0]
    ending = "ed" if form is Form.PAST else "ing"
    if word.endswith("e") and not (form is Form.ING and word.endswith(("ee", "oe", "ye"))):
        return word[:-1] + ending
    if form is Form.PAST and word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + (word[-1] if _doubles(word) else "") + ending


def _doubles(word: str) -> bool:
    """Whether the last letter is doubled: one syllable that ends in consonant, vowel, consonant."""
    syllables = sum(
        letter in _VOWELS and (i == 0 or word[i - 1] not in _VOWELS)
        for i, letter in enumerate(word)
    )
    return (
        syllables == 1
        and len(word) > 2
        and word[-1] not in "aeiouwxy"
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
    )
