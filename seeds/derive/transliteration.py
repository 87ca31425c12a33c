"""Names carried through another script and back, by rule tables of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from copydesk.features.read.lexicon import zipf_frequency
from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import TextEngine, choose_share, pick
from copydesk.seeds.derive.page import Page, Word
from copydesk.types import Label

# Famous names come back unharmed: translators know them.
_FAMOUS_ZIPF = 4.6
_MIN_LETTERS = 4
_N_TRIES = 6
_P_SECOND_SPELLING = 0.15


@dataclass(frozen=True, slots=True)
class Rule:
    """Letters that a script cannot tell apart or write; one of the renderings is picked."""

    pattern: re.Pattern[str]
    renderings: tuple[str, ...]

    def rewrite(self, word: str, rng: np.random.Generator) -> str:
        """Render each such place in one of the ways."""
        return self.pattern.sub(lambda match: match.expand(pick(self.renderings, rng)), word)


def _rules(*rows: tuple[str, str]) -> tuple[Rule, ...]:
    """Read rows of a pattern and its renderings, set apart by spaces; ``-`` is nothing."""
    return tuple(
        Rule(re.compile(pattern), tuple("" if r == "-" else r for r in renderings.split()))
        for pattern, renderings in rows
    )


# Japanese has no l, v, th, or clusters; f comes before u only; vowels are put in and dropped again.
_JAPANESE = _rules(
    (r"th", "s z t"),
    (r"ph", "f"),
    (r"l+", "r l"),
    (r"(?<!^)r(?=[aeiouy])", "l r"),
    (r"^r(?=[aeiouy])", "l"),
    (r"v", "b"),
    (r"f(?=[aeio])", "f h"),
    (r"si(?!o)", "shi si"),
    (r"ti", "chi ti"),
    (r"tu", "tsu tu"),
    (r"(?<=[aeiou])r$", "- r ru"),
    (r"([bdgkpst])(?=[bdgkmnpt])", r"\1 \1u"),
    (r"([dt])$", r"\1 \1o"),
    (r"([gkpsz])$", r"\1 \1u"),
    (r"([bcdfgkmnprt])\1", r"\1"),
)
# Korean has no f, v, z, and one letter for l and r; clusters and endings get eu or i.
_KOREAN = _rules(
    (r"ph|f", "p"),
    (r"v", "b"),
    (r"z", "j"),
    (r"th", "d t s"),
    (r"^r", "l r"),
    (r"^l", "r n l"),
    (r"(?<=[aeiou])r(?=[aeiouy])", "l r"),
    (r"(?<=[aeiou])l(?=[aeiouy])", "r l ll"),
    (r"([bdgkpst])(?=[bdgkmnpt])", r"\1 \1eu"),
    (r"([dst])$", r"\1 \1eu"),
    (r"(sh|ch)$", r"\1 \1i"),
    (r"ar(?=[^aeiou])", "a ar"),
    (r"c(?=[aou])", "k"),
    (r"oo|ou", "u oo"),
)
# Chinese takes syllable by syllable: no r at an end, no v, voiced and voiceless alike, er for l.
_CHINESE = _rules(
    (r"th", "s t"),
    (r"^v", "w v"),
    (r"(?<!^)v", "w f"),
    (r"r(?=[aeiouy])", "l r"),
    (r"(?<=[aeiou])r(?=[^aeiouy]|$)", "er - r"),
    (r"l(?=[^aeiouyl]|$)", "er l"),
    (r"^b", "b p"),
    (r"^d", "d t"),
    (r"^g(?=[aou])", "g k"),
    (r"([bdgkpstf])(?=[bdgkmnptlr])", r"\1 \1e \1i"),
    (r"([bdgkptf])$", r"\1 \1e -"),
    (r"m$", "mu m"),
    (r"si", "xi si"),
    (r"ch(?=[aou])", "ch q"),
)
# Cyrillic has no h, w, x, th or silent letters; e and y come back as ye, iy, i.
_CYRILLIC = _rules(
    (r"th", "t f"),
    (r"ph", "f"),
    (r"^wh?", "v u"),
    (r"(?<=[aeo])w", "u v"),
    (r"^h", "kh g h"),
    (r"(?<=[aeiou])h(?=[aeiou])", "g kh"),
    (r"(?<=[aeiou])h(?=[^aeiou]|$)", "-"),
    (r"x", "ks"),
    (r"ck", "k"),
    (r"c(?=[eiy])", "s ts"),
    (r"c(?=[aoulrkt])", "k"),
    (r"qu", "kv"),
    (r"j", "dzh dj j"),
    (r"ee|ea", "i"),
    (r"oo|ou", "u"),
    (r"y$", "i iy y"),
    (r"(?<=[bdfgklmnprstvz])e$", "-"),
    (r"^e", "e ye"),
    (r"([bdfgklmnprstz])\1", r"\1"),
    (r"sky$", "skiy ski sky"),
    (r"([aeiou])v$", r"\1v \1ff \1w"),
)
CONVENTIONS: dict[str, tuple[Rule, ...]] = {
    "japanese": _JAPANESE,
    "korean": _KOREAN,
    "chinese": _CHINESE,
    "cyrillic": _CYRILLIC,
}


def transliterate(name: str, convention: str, rng: np.random.Generator) -> str:
    """Carry a name through a script and back.

    Parameters
    ----------
    name : str
        One word.
    convention : str
        A key of ``CONVENTIONS``.
    rng : Generator
        Picks among renderings.

    Examples
    --------
    >>> transliterate("Ralston", "japanese", np.random.default_rng(0))[:2]
    'La'
    """
    lower = name.lower()
    for _ in range(_N_TRIES):
        spelled = lower
        for rule in CONVENTIONS[convention]:
            spelled = rule.rewrite(spelled, rng)
        if spelled != lower and len(spelled) > 1:
            return spelled.upper() if name.isupper() else spelled[0].upper() + spelled[1:]
    return name


class NameTransliteration(TextEngine):
    """Misspells names as a foreign script does; now and then a name gets a second spelling.

    Strength is the share of the different name words that are of some length and not famous.
    """

    label = Label.SPUN

    def __init__(self, strength: float, random_state: int = 0, *, convention: str) -> None:
        super().__init__(strength, random_state)
        self.name = f"names_{convention}"
        self.convention = convention

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which names to misspell."""
        mentions: dict[str, list[Word]] = {}
        for word in page.words:
            if word.is_sure_name and _is_fragile(word.text):
                mentions.setdefault(word.text, []).append(word)
        spellings = {name: transliterate(name, self.convention, rng) for name in sorted(mentions)}
        changed = [name for name, spelled in spellings.items() if spelled != name]
        changes = []
        for name in choose_share(changed, self.strength, rng):
            for word in mentions[name]:
                if rng.random() < _P_SECOND_SPELLING:
                    after = transliterate(name, self.convention, rng)
                else:
                    after = spellings[name]
                changes.append(Change("name", word.text, after, word.start))
        return changes


def _is_fragile(name: str) -> bool:
    return (
        len(name) >= _MIN_LETTERS
        and name.isascii()
        and name.isalpha()
        and zipf_frequency(name.lower()) < _FAMOUS_ZIPF
    )
