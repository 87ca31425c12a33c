"""Thesauri of Debian: WordNet and the one that office programs use (MyThes)."""

from __future__ import annotations

import mmap
from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Protocol

from copydesk.features.read.lexicon import zipf_frequency
from copydesk.seeds.derive.debian import locate, require_packages
from copydesk.seeds.derive.inflection import Form, inflect, possible_bases

WORDNET_PACKAGE = "wordnet-base"
MYTHES_PACKAGE = "mythes-en-us"
_PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_PART_NUMBERS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_N_SENSES = 2
_MAX_WORDS = 2
# Spinners offer what writers use: no "caput" for a head.
_MIN_ZIPF = 2.8
# What a part of speech can be a form of; a noun in -ing or -ed is a base.
_FORMS = {
    "n": {Form.BASE, Form.S},
    "v": set(Form),
    "a": {Form.BASE},
    "r": {Form.BASE},
}


class Substitutes(Protocol):
    """What knows words that may stand for a word."""

    def look_up(self, words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give for each lower-case word what may stand for it, likeliest first."""
        ...


class WordNet:
    """Princeton WordNet 3.0 as Debian packages it (``wordnet-base``).

    The commonest part of speech is taken for the word's, and its first two senses for the
    meaning; a word without synonyms gets its more general term.

    Parameters
    ----------
    folder : Path
        Where the package's files lie.

    Examples
    --------
    >>> "automobiles" in load_wordnet().look_up(["cars"])["cars"]
    True
    """

    def __init__(self, folder: Path) -> None:
        self._data = {part: _map_file(folder / f"data.{n}") for part, n in _PARTS.items()}
        self._index = {part: _read_index(folder / f"index.{n}") for part, n in _PARTS.items()}
        self._counts = _read_counts(folder / "cntlist.rev")
        self._found: dict[str, tuple[str, ...]] = {}

    def look_up(self, words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give for each lower-case word what may stand for it, in the same form."""
        return _cached(self._found, words, self._substitutes)

    def _substitutes(self, word: str) -> tuple[str, ...]:
        best: tuple[int, str, str, Form] | None = None
        for base, form in possible_bases(word):
            for part, forms in _FORMS.items():
                if form in forms and self._find_senses(base, part):
                    count = self._counts.get((base, part), 0)
                    if best is None or count > best[0]:
                        best = (count, base, part, form)
        if best is None:
            return ()
        _, base, part, form = best
        synsets = [self._read_synset(o, part) for o in self._find_senses(base, part)[:_N_SENSES]]
        usable = [w for words, _ in synsets for w in words if _is_usable(w, base)] or [
            w
            for _, more_general in synsets
            for parent in more_general
            for w in self._read_synset(parent, part)[0]
            if _is_usable(w, base)
        ]
        return tuple(dict.fromkeys(inflect(w, form, is_verb=part == "v") for w in usable))

    def _find_senses(self, base: str, part: str) -> tuple[int, ...]:
        """Give the offsets of a word's synsets."""
        line = self._index[part].get(base.replace(" ", "_"))
        if line is None:
            return ()
        fields = line.split()
        return tuple(int(offset) for offset in fields[-int(fields[1]) :])

    def _read_synset(self, offset: int, part: str) -> tuple[list[str], list[int]]:
        """Give a synset's words and the offsets of what is more general."""
        data = self._data[part]
        line = data[offset : data.find(b"|", offset)].decode("ascii", "replace")
        fields = line.split()
        n_words = int(fields[3], 16)
        words = [fields[4 + 2 * i].partition("(")[0] for i in range(n_words)]
        pointers = fields[4 + 2 * n_words + 1 :]
        general = [
            int(pointers[i + 1])
            for i in range(0, len(pointers) - 3, 4)
            if pointers[i] == "@" and pointers[i + 2] == part
        ]
        return [word.replace("_", " ") for word in words], general


class MyThes:
    """The thesaurus ``mythes-en-us`` of Debian, read as a simple spinner reads it: any sense.

    Parameters
    ----------
    folder : Path
        Where the package's files lie.

    Examples
    --------
    >>> len(load_mythes().look_up(["houses"])["houses"]) > 3
    True
    """

    def __init__(self, folder: Path) -> None:
        self._data = _map_file(folder / "th_en_US_v2.dat")
        index = (folder / "th_en_US_v2.idx").read_text("utf-8")
        rows = (line.rpartition("|") for line in index.splitlines()[2:])
        self._offsets = {word: int(offset) for word, _, offset in rows}
        self._found: dict[str, tuple[str, ...]] = {}

    def look_up(self, words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give for each lower-case word what may stand for it, in the same form."""
        return _cached(self._found, words, self._substitutes)

    def _substitutes(self, word: str) -> tuple[str, ...]:
        for base, form in possible_bases(word):
            if base not in self._offsets:
                continue
            found = [
                inflect(synonym, form, is_verb=part == "v")
                for part, synonyms in self._read_entry(base)
                if form in _FORMS.get(part, ())
                for synonym in synonyms
                if _is_usable(synonym, base)
            ]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def _read_entry(self, base: str) -> list[tuple[str, list[str]]]:
        start = self._offsets[base]
        line_end = self._data.find(b"\n", start)
        n_meanings = int(self._data[start:line_end].rpartition(b"|")[2])
        meanings = []
        for _ in range(n_meanings):
            start, line_end = line_end + 1, self._data.find(b"\n", line_end + 1)
            part, *synonyms = self._data[start:line_end].decode("utf-8").split("|")
            kept = [s.partition(" (")[0] for s in synonyms if not s.endswith("(antonym)")]
            meanings.append((_part_of(part), kept))
        return meanings


def _part_of(label: str) -> str:
    """Read a part of speech such as ``(noun)`` or ``(adv)``."""
    return {"(adv)": "r"}.get(label, label[1:2])


def _cached(
    found: dict[str, tuple[str, ...]],
    words: Collection[str],
    find: Callable[[str], tuple[str, ...]],
) -> dict[str, tuple[str, ...]]:
    for word in words:
        if word not in found:
            found[word] = find(word)
    return {word: found[word] for word in words}


def _is_usable(word: str, base: str) -> bool:
    plain = word.replace(" ", "").replace("-", "")
    return (
        plain.isalpha()
        and plain.isascii()
        and word.islower()
        and word.count(" ") < _MAX_WORDS
        and word != base
        and len(plain) > 2
        and all(zipf_frequency(part) >= _MIN_ZIPF for part in word.split())
    )


def _map_file(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _read_index(path: Path) -> dict[str, str]:
    """Give the rest of each word's line; lines of the licence begin with spaces."""
    rows = (line.partition(" ") for line in path.read_text("ascii").splitlines())
    return {word: rest for word, _, rest in rows if word}


def _read_counts(path: Path) -> dict[tuple[str, str], int]:
    """How often each word was met as each part of speech in WordNet's tagged texts."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for line in path.read_text("ascii").splitlines():
        key, _, count = line.split()
        base, _, rest = key.partition("%")
        counts[base.replace("_", " "), _PART_NUMBERS[rest[0]]] += int(count)
    return dict(counts)


def load_wordnet() -> WordNet:
    """Open WordNet, once per process.

    Raises
    ------
    MissingPackage
        The package is not installed.
    """
    return _open_wordnet(locate("usr/share/wordnet"))


def load_mythes() -> MyThes:
    """Open MyThes, once per process.

    Raises
    ------
    MissingPackage
        The package is not installed.
    """
    return _open_mythes(locate("usr/share/mythes"))


@cache
def _open_wordnet(folder: Path) -> WordNet:
    require_packages([WORDNET_PACKAGE], "thesaurus wordnet")
    return WordNet(folder)


@cache
def _open_mythes(folder: Path) -> MyThes:
    require_packages([MYTHES_PACKAGE], "thesaurus mythes")
    return MyThes(folder)
