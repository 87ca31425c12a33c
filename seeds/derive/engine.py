"""Engines: what every one of them has, and the base that most of them are built on."""

from __future__ import annotations

import hashlib
import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np

from copydesk.errors import InvalidInput
from copydesk.seeds.derive.changes import Change, Derivative, make_derivative
from copydesk.seeds.derive.page import Page, read_page
from copydesk.types import Label

Item = TypeVar("Item")


class Engine(Protocol):
    """What makes a derivative from one text.

    The same strength, seed and text give the same derivative, alone or among others; strength 0
    changes nothing.
    """

    name: str
    label: Label
    strength: float
    random_state: int

    def derive(self, text: str) -> Derivative:
        """Make a derivative of one text."""
        ...

    def derive_many(self, texts: Sequence[str]) -> list[Derivative]:
        """Make derivatives of many texts, faster where an engine has a start to pay for."""
        ...


class PairEngine(Protocol):
    """What makes a derivative from one text with the help of another."""

    name: str
    label: Label
    strength: float
    random_state: int

    def derive(self, text: str, other: str) -> Derivative:
        """Make a derivative of ``text`` with the help of ``other``."""
        ...

    def derive_many(self, texts: Sequence[str], others: Sequence[str]) -> list[Derivative]:
        """Make derivatives of many texts, each with its own second text."""
        ...


class _Base:
    name: str
    label: Label

    def __init__(self, strength: float, random_state: int = 0) -> None:
        self.strength = check_strength(strength)
        self.random_state = random_state

    def rng(self, *texts: str) -> np.random.Generator:
        """Give the random numbers that belong to this engine, its seed and these texts."""
        digest = hashlib.sha256("\0".join((self.name, *texts)).encode("utf-8", "replace")).digest()
        return np.random.default_rng([self.random_state, *np.frombuffer(digest, np.uint32)])


class TextEngine(_Base, ABC):
    """An engine that works on one text after the other.

    Parameters
    ----------
    strength : float
        In [0, 1]; what it is a share of, the engine says.
    random_state : int
        Seed.
    """

    @abstractmethod
    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say what to change on a page."""

    def derive(self, text: str) -> Derivative:
        """Make a derivative of one text."""
        return make_derivative(text, self.find_changes(read_page(text), self.rng(text)))

    def derive_many(self, texts: Sequence[str]) -> list[Derivative]:
        """Make derivatives of many texts."""
        return [self.derive(text) for text in texts]


class TwoTextEngine(_Base, ABC):
    """An engine that works on one text with the help of another.

    Parameters
    ----------
    strength : float
        In [0, 1]; what it is a share of, the engine says.
    random_state : int
        Seed.
    """

    @abstractmethod
    def find_changes(self, page: Page, other: Page, rng: np.random.Generator) -> list[Change]:
        """Say what to change on ``page``."""

    def derive(self, text: str, other: str) -> Derivative:
        """Make a derivative of ``text`` with the help of ``other``."""
        changes = self.find_changes(read_page(text), read_page(other), self.rng(text, other))
        return make_derivative(text, changes)

    def derive_many(self, texts: Sequence[str], others: Sequence[str]) -> list[Derivative]:
        """Make derivatives of many texts, each with its own second text."""
        return [self.derive(text, other) for text, other in zip(texts, others, strict=True)]


def check_strength(strength: float) -> float:
    """Refuse a strength outside [0, 1].

    Raises
    ------
    InvalidInput
        Says what came.
    """
    if not 0 <= strength <= 1:
        raise InvalidInput(f"strength is {strength}, expected a share from 0 to 1")
    return float(strength)


def count_share(strength: float, n: int) -> int:
    """Give how many of ``n`` a strength is: none at 0, all at 1, at least one between.

    Examples
    --------
    >>> count_share(0, 9), count_share(0.1, 9), count_share(0.5, 9), count_share(1, 9)
    (0, 1, 5, 9)
    """
    return min(n, math.ceil(strength * n - 1e-9))


def choose_share(items: Sequence[Item], strength: float, rng: np.random.Generator) -> list[Item]:
    """Choose a share of the items at random; they stay in order."""
    n = count_share(strength, len(items))
    chosen = rng.choice(len(items), size=n, replace=False) if n else ()
    return [items[i] for i in sorted(map(int, chosen))]


def pick(items: Sequence[Item], rng: np.random.Generator) -> Item:
    """Pick one item at random."""
    return items[int(rng.integers(len(items)))]
