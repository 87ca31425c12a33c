"""Disguised characters: invisible ones, and letters of other scripts that look like Latin ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from copydesk.features.read.table import read_table
from copydesk.features.read.word_cache import WORDS_KEPT

# Unicode's property Default_Ignorable_Code_Point; with it the marks of annotations and objects.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_CONTROL = r"\x00-\x08\x0e-\x1f\x7f"
HAS_INVISIBLE = re.compile(f"[{_IGNORABLE}{_CONTROL}]")
HAS_CONTROL = re.compile(f"[{_CONTROL}]")
# A soft hyphen at the end of a line, or the control that some programs write for it, says that the
# word goes on: that is for who joins lines.
INVISIBLE = re.compile(rf"(?![\u00ad\x02][ \t]*\n)[{_IGNORABLE}{_CONTROL}]")
# Between letters; a soft hyphen where no one would hyphenate, beside a single letter.
_HIDDEN = re.compile(
    rf"(?<=[^\W_])(?!\u00ad)[{_IGNORABLE}]+(?=[^\W_])"
    r"|(?:(?<![^\W_])[^\W_]\u00ad|\u00ad[^\W_](?![^\W_\u00ad]))"
)
# Lines struck through or drawn over letters, and marks that make no letter of a Latin alphabet.
_OVERLAY = r"\u0334-\u0338\u20d2\u20d3\u20d8-\u20da\u20e5\u20e6\u20ea\u20eb"
HAS_MARKS = re.compile(rf"[\u0300-\u036f{_OVERLAY}]")
STRAY_MARKS = re.compile(rf"[{_OVERLAY}]+|(?<=[a-zA-Z])[\u0300-\u036f]+")
WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_SEVERAL = 3


def count_hidden(text: str) -> int:
    """Count the places where something invisible stands inside a word."""
    return sum(1 for _ in _HIDDEN.finditer(text))


@cache
def _look_alikes() -> Mapping[int, str]:
    rows = read_table("look_alikes")
    return {int(point, 16): letter for letter, points in rows for point in points.split()}


@cache
def _look_alike_letters() -> frozenset[str]:
    return frozenset(map(chr, _look_alikes()))


def find_look_alikes(text: str) -> dict[str, str]:
    """Find the words written with look-alike letters, and what they look like.

    A word counts where it has a letter of ASCII too: *Москва* is Russian, a *с* in *сhair* is a
    disguise. Where several words are disguised, so are those of look-alikes alone.

    Examples
    --------
    >>> find_look_alikes("The \u0441hair \u0430t \u041c\u043e\u0441\u043a\u0432\u0430")
    {'сhair': 'chair', 'аt': 'at'}
    """
    if text.isascii() or _look_alike_letters().isdisjoint(text):
        return {}
    words = set(WORD.findall(text))
    plain = {word: plain for word in words if (plain := _plain_word(word)) is not None}
    mixed = {word: one for word, one in plain.items() if re.search("[a-zA-Z]", word)}
    chosen = plain if len(mixed) >= _SEVERAL else mixed
    return dict(sorted(chosen.items(), key=lambda item: text.index(item[0])))


@lru_cache(maxsize=WORDS_KEPT)
def _plain_word(word: str) -> str | None:
    """Give what a word looks like; None where it has a letter of its own or nothing to replace."""
    letters = unicodedata.normalize("NFD", word)
    plain = letters.translate(_look_alikes())
    is_latin = all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in plain)
    return unicodedata.normalize("NFC", plain) if plain != letters and is_latin else None
