"""Round-trip translation through Apertium's pairs, as Debian packages them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.errors import CopydeskError
from copydesk.seeds.derive.changes import Change, Derivative, make_derivative
from copydesk.seeds.derive.debian import PACKAGES, locate, require_packages
from copydesk.seeds.derive.engine import TextEngine, choose_share
from copydesk.seeds.derive.page import Page, read_page
from copydesk.types import Label

APERTIUM_PACKAGE = "apertium"
# Marks that Apertium puts before words it does not know or cannot inflect.
_UNKNOWN = re.compile(r"(?<!\S)([\"'(\u201c\u2018]*)[*@#]+(?=\w)")
_TIME_LIMIT_SECONDS = 600
# What any pair translates: told from a sentence that one of its programs ends at.
_PLAIN = "The house is white."


@dataclass(frozen=True, slots=True)
class Leg:
    """One translation: Apertium's mode and the Debian package that brings it."""

    mode: str
    package: str


_LEGS = {
    leg.mode: leg
    for leg in (
        Leg("eng-spa", "apertium-eng-spa"),
        Leg("spa-eng", "apertium-eng-spa"),
        Leg("eng-cat", "apertium-eng-cat"),
        Leg("cat-eng", "apertium-eng-cat"),
        Leg("en-gl", "apertium-en-gl"),
        Leg("gl-en", "apertium-en-gl"),
        Leg("en-eo", "apertium-eo-en"),
        Leg("eo-en", "apertium-eo-en"),
        Leg("spa-cat", "apertium-spa-cat"),
        Leg("cat-spa", "apertium-spa-cat"),
        Leg("es-gl", "apertium-es-gl"),
        Leg("gl-es", "apertium-es-gl"),
    )
}
# Left out: Serbo-Croatian, which writes "free" for every pronoun; Macedonian, which has no pair
# from English; es-eo and ca-eo, whose packages lack files that they need.
CHAINS: dict[str, tuple[str, ...]] = {
    "round_trip_spa": ("eng-spa", "spa-eng"),
    "round_trip_cat": ("eng-cat", "cat-eng"),
    "round_trip_glg": ("en-gl", "gl-en"),
    "round_trip_epo": ("en-eo", "eo-en"),
    "round_trip_spa_cat": ("eng-spa", "spa-cat", "cat-eng"),
    "round_trip_cat_spa": ("eng-cat", "cat-spa", "spa-eng"),
    "round_trip_spa_glg": ("eng-spa", "es-gl", "gl-en"),
    "round_trip_glg_spa": ("en-gl", "gl-es", "spa-eng"),
}


class TranslationFailed(CopydeskError, RuntimeError):
    """Apertium ended with an error or lost text."""


def packages_of(chain: str) -> tuple[str, ...]:
    """Give the Debian packages that a chain needs.

    Examples
    --------
    >>> packages_of("round_trip_spa_cat")
    ('apertium', 'apertium-eng-spa', 'apertium-spa-cat', 'apertium-eng-cat')
    """
    packages = (_LEGS[mode].package for mode in CHAINS[chain])
    return tuple(dict.fromkeys((APERTIUM_PACKAGE, *packages)))


class RoundTrip(TextEngine):
    """Translates sentences to other languages and back.

    Strength is the share of the sentences. Many texts share the start of the translators, which
    takes half a second.

    Parameters
    ----------
    strength, random_state
        As for every engine.
    chain : str
        A key of ``CHAINS``.

    Examples
    --------
    >>> trip = RoundTrip(1.0, chain="round_trip_spa")
    >>> trip.derive("The minister left the meeting early.").text
    'The minister left the early meeting.'
    """

    label = Label.SPUN

    def __init__(self, strength: float, random_state: int = 0, *, chain: str) -> None:
        super().__init__(strength, random_state)
        self.name = chain

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which sentences to translate and how."""
        spans = self._choose(page, rng)
        return _changes(page.text, spans, translate([page.text[a:b] for a, b in spans], self.name))

    def derive_many(self, texts: Sequence[str]) -> list[Derivative]:
        """Make derivatives of many texts, all in one call of each translator."""
        chosen = [self._choose(read_page(text), self.rng(text)) for text in texts]
        sentences = [text[a:b] for text, spans in zip(texts, chosen, strict=True) for a, b in spans]
        translated = iter(translate(sentences, self.name))
        return [
            make_derivative(text, _changes(text, spans, [next(translated) for _ in spans]))
            for text, spans in zip(texts, chosen, strict=True)
        ]

    def _choose(self, page: Page, rng: np.random.Generator) -> list[tuple[int, int]]:
        sentences = [span for paragraph in page.body for span in paragraph.sentences]
        return choose_share(sentences, self.strength, rng)


def _changes(text: str, spans: list[tuple[int, int]], translated: list[str]) -> list[Change]:
    return [
        Change("translation", text[start:end], after, start)
        for (start, end), after in zip(spans, translated, strict=True)
    ]


def translate(sentences: Sequence[str], chain: str) -> list[str]:
    """Translate sentences by way of a chain's languages and back to English.

    A sentence that one of Apertium's programs ends at comes back as it was.

    Raises
    ------
    MissingPackage
        Apertium or a pair of the chain is not installed; names the package.
    TranslationFailed
        A translator ended with an error, or translates nothing.
    """
    if not sentences:
        return []
    require_packages(packages_of(chain), f"engine {chain}")
    lines = {i: " ".join(sentence.split()) for i, sentence in enumerate(sentences)}
    for mode in CHAINS[chain]:
        translated = _translate_lines(list(lines.values()), mode)
        lines = {i: line for i, line in zip(lines, translated, strict=True) if line is not None}
    return [
        _finish(lines[i], sentence) if i in lines else sentence
        for i, sentence in enumerate(sentences)
    ]


def _translate_lines(lines: list[str], mode: str) -> list[str | None]:
    """Translate each line apart from the others; halves them where Apertium loses a line.

    Gives None for a line that a program ends at, of which nothing comes out.
    """
    if not any(line.strip() for line in lines):
        return list(lines)
    try:
        output = _run_apertium("\n\n".join(line.strip() or "-" for line in lines) + "\n", mode)
    except TranslationFailed:
        _run_apertium(_PLAIN, mode)  # fails where it is not these lines that cannot be translated
        output = ""
    translated = [line.strip() for line in output.strip().split("\n\n")]
    if len(translated) == len(lines) and all(translated):
        return list(translated)
    if len(lines) == 1:
        return [" ".join(output.split()) or None]
    half = len(lines) // 2
    return _translate_lines(lines[:half], mode) + _translate_lines(lines[half:], mode)


def _run_apertium(text: str, mode: str) -> str:
    finished = subprocess.run(
        [locate(PACKAGES[APERTIUM_PACKAGE]), "-u", mode],
        input=text.encode(),
        capture_output=True,
        check=False,
        timeout=_TIME_LIMIT_SECONDS,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    output = finished.stdout.decode("utf-8", "replace")
    if finished.returncode or not output.strip():
        reason = finished.stderr.decode("utf-8", "replace").strip()[:200] or "no output"
        raise TranslationFailed(f"apertium {mode} failed: {reason}")
    return output


def _finish(translated: str, sentence: str) -> str:
    """Clean up after the translators: their marks, the marks of quotation, the capital."""
    text = _UNKNOWN.sub(r"\1", " ".join(translated.split()))
    text = re.sub(r" +([,.;:?!])", r"\1", text)
    if sentence[:1].isupper():
        text = text[:1].upper() + text[1:]
    return text
