"""Builds stand-ins for the Debian packages below a folder, in the packages' own formats."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
MODES = (
    "eng-spa spa-eng eng-cat cat-eng en-gl gl-en en-eo eo-en spa-cat cat-spa es-gl gl-es"
).split()
# Part of speech: its name in files of WordNet, its number there, its name in MyThes.
PARTS = {
    "n": ("noun", 1, "noun"),
    "v": ("verb", 2, "verb"),
    "a": ("adj", 3, "adj"),
    "r": ("adv", 4, "adv"),
}
LICENCE = "  1 Written for these tests.\n"


@dataclass(frozen=True)
class Synset:
    part: str
    n_met: int
    words: list[str]
    general: list[str]
    opposite: list[str]


def build(root: Path) -> None:
    """Put all packages below ``root``."""
    synsets = read_thesaurus()
    share = root / "usr" / "share"
    for name in ("wordnet", "mythes", "apertium/modes"):
        (share / name).mkdir(parents=True)
    write_wordnet(share / "wordnet", synsets)
    write_mythes(share / "mythes", synsets)
    write_apertium(root / "usr" / "bin", share / "apertium" / "modes")


def read_thesaurus() -> list[Synset]:
    rows = (HERE / "thesaurus.tsv").read_text("utf-8").splitlines()[1:]
    synsets = []
    for part, n_met, words, general, opposite in (row.split("\t") for row in rows):
        others = ([] if other == "-" else [other] for other in (general, opposite))
        synsets.append(Synset(part, int(n_met), words.split(","), *others))
    return synsets


def write_wordnet(folder: Path, synsets: list[Synset]) -> None:
    """Write ``data.*``, ``index.*`` and ``cntlist.rev``; see wndb(5WN) for their formats."""
    counts = []
    for part, (name, number, _) in PARTS.items():
        own = [synset for synset in synsets if synset.part == part]
        # Offsets have eight digits, so that a line is as long before they are known.
        offsets = dict.fromkeys((synset.words[0] for synset in own), 0)
        by_word: dict[str, list[int]] = {}
        place = len(LICENCE)
        for synset in own:
            offsets[synset.words[0]] = place
            for word in synset.words:
                by_word.setdefault(underscored(word), []).append(place)
            place += len(data_line(synset, 0, offsets))
            counts.append(f"{underscored(synset.words[0])}%{number}:00:00:: 1 {synset.n_met}")
        place = len(LICENCE)
        lines = []
        for synset in own:
            lines.append(data_line(synset, place, offsets))
            place += len(lines[-1])
        (folder / f"data.{name}").write_text(LICENCE + "".join(lines), "ascii")
        index = (
            f"{word} {part} {len(places)} 0 {len(places)} 0 "
            + " ".join(f"{place:08}" for place in places)
            + "  \n"
            for word, places in sorted(by_word.items())
        )
        (folder / f"index.{name}").write_text(LICENCE + "".join(index), "ascii")
    (folder / "cntlist.rev").write_text("".join(f"{line}\n" for line in sorted(counts)), "ascii")


def data_line(synset: Synset, place: int, offsets: dict[str, int]) -> str:
    words = " ".join(f"{underscored(word)} 0" for word in synset.words)
    pointers = "".join(f" @ {offsets[word]:08} {synset.part} 0000" for word in synset.general)
    head = f"{place:08} 00 {synset.part} {len(synset.words):02x} {words}"
    return f"{head} {len(synset.general):03}{pointers} | of our own  \n"


def underscored(word: str) -> str:
    return word.replace(" ", "_")


def write_mythes(folder: Path, synsets: list[Synset]) -> None:
    """Write an entry a word, a line a meaning; and where each entry starts."""
    entries: dict[str, list[str]] = {}
    for synset in synsets:
        for word in synset.words:
            others = [other for other in synset.words if other != word]
            others += [f"{other} (generic term)" for other in synset.general]
            others += [f"{other} (antonym)" for other in synset.opposite]
            meaning = "|".join((f"({PARTS[synset.part][2]})", *others))
            entries.setdefault(word, []).append(meaning)
    data, index = "UTF-8\n", []
    for word, meanings in sorted(entries.items()):
        index.append(f"{word}|{len(data.encode())}\n")
        data += "\n".join((f"{word}|{len(meanings)}", *meanings, ""))
    (folder / "th_en_US_v2.dat").write_text(data, "utf-8")
    (folder / "th_en_US_v2.idx").write_text(f"UTF-8\n{len(index)}\n{''.join(index)}", "utf-8")


def write_apertium(programs: Path, modes: Path) -> None:
    programs.mkdir()
    shutil.copy(HERE / "apertium.py", programs)
    shutil.copy(HERE / "translation.tsv", modes)
    for mode in MODES:
        (modes / f"{mode}.mode").touch()
    program = programs / "apertium"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -IS "$0.py" "$@"\n', "utf-8")
    program.chmod(0o755)
