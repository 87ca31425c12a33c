"""Spinning word by word: thesaurus, neighbours by vector, inside quotations only."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from copydesk.features.read.lexicon import FUNCTION_WORDS, zipf_frequency
from copydesk.seeds.derive.changes import Change
from copydesk.seeds.derive.engine import TextEngine, choose_share
from copydesk.seeds.derive.neighbours import load_neighbours
from copydesk.seeds.derive.page import Page, Word
from copydesk.seeds.derive.thesaurus import Substitutes, load_mythes, load_wordnet
from copydesk.types import Label

# Spinners translate names made of common words: "Attorney Basic", "Tremendous Bowl".
_COMMON_NAME_ZIPF = 4.8
_N_LIKELIEST = 6


class Place(StrEnum):
    """Where words are swapped."""

    EVERYWHERE = "everywhere"
    QUOTES = "quotes"


class WordSwap(TextEngine):
    """Swaps words for others of like meaning, in quotations and in names too.

    Strength is the share of the words that have a substitute (about a third of all words).
    """

    label = Label.SPUN

    def __init__(
        self,
        strength: float,
        random_state: int = 0,
        *,
        name: str,
        load: Callable[[], Substitutes],
        place: Place = Place.EVERYWHERE,
    ) -> None:
        super().__init__(strength, random_state)
        self.name = name
        self.place = place
        self._load = load

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say which words to swap."""
        words = [(word, lower) for word in page.words if (lower := self._swappable(word))]
        substitutes = self._load().look_up({lower for _, lower in words})
        chosen = choose_share(
            [(word, substitutes[lower]) for word, lower in words if substitutes[lower]],
            self.strength,
            rng,
        )
        picked = rng.integers([min(len(others), _N_LIKELIEST) for _, others in chosen])
        return [
            _swap(word, others[i])
            for (word, others), i in zip(chosen, picked.tolist(), strict=True)
        ]

    def _swappable(self, word: Word) -> str:
        """Give a word in lower case; nothing where it is left alone."""
        lower = word.text.lower()
        may_swap = (
            (word.in_quote or self.place is Place.EVERYWHERE)
            and len(lower) > 2
            and lower not in FUNCTION_WORDS
            and lower.isalpha()
            and not word.is_figure
            and not word.is_calendar
            and (not word.is_name or zipf_frequency(lower) >= _COMMON_NAME_ZIPF)
        )
        return lower if may_swap else ""


def _swap(word: Word, substitute: str) -> Change:
    kind = "quote_word" if word.in_quote else "name_word" if word.is_name else "synonym"
    if word.text.isupper():
        after = substitute.upper()
    elif word.text[0].isupper():
        after = substitute.title() if word.is_name else substitute[0].upper() + substitute[1:]
    else:
        after = substitute
    return Change(kind, word.text, after, word.start)


def wordnet_swap(strength: float, random_state: int = 0) -> WordSwap:
    """Swap words by WordNet, likely senses first.

    Examples
    --------
    >>> wordnet_swap(1.0).derive("The ferry struck a rock.").text != "The ferry struck a rock."
    True
    """
    return WordSwap(strength, random_state, name="wordnet", load=load_wordnet)


def mythes_swap(strength: float, random_state: int = 0) -> WordSwap:
    """Swap words by MyThes, whatever the sense."""
    return WordSwap(strength, random_state, name="mythes", load=load_mythes)


def neighbour_swap(strength: float, random_state: int = 0) -> WordSwap:
    """Swap words for their nearest neighbours by the static vectors."""
    return WordSwap(strength, random_state, name="neighbours", load=load_neighbours)


def quote_paraphrase(strength: float, random_state: int = 0) -> WordSwap:
    """Swap words inside quotation marks only, by WordNet."""
    return WordSwap(
        strength, random_state, name="quote_paraphrase", load=load_wordnet, place=Place.QUOTES
    )
