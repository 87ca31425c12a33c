"""Engines made of engines: one after the other, on some paragraphs only, with a second text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk.seeds.derive.changes import (
    Change,
    Derivative,
    compose,
    make_derivative,
    shift_changes,
)
from copydesk.seeds.derive.engine import Engine, PairEngine, TextEngine, count_share, pick
from copydesk.seeds.derive.page import Page, Paragraph, read_page
from copydesk.types import Label


class Chain:
    """Engines one after the other; the strength is that of the first.

    Parameters
    ----------
    name : str
        Its own.
    engines : sequence of Engine
        At least one.
    """

    def __init__(self, name: str, engines: Sequence[Engine]) -> None:
        self.name = name
        self.label = engines[0].label
        self.strength = engines[0].strength
        self.random_state = engines[0].random_state
        self._engines = tuple(engines)

    def derive(self, text: str) -> Derivative:
        """Make a derivative of one text."""
        return self.derive_many([text])[0]

    def derive_many(self, texts: Sequence[str]) -> list[Derivative]:
        """Make derivatives of many texts, engine by engine."""
        derived = [Derivative(text, ()) for text in texts]
        for engine in self._engines:
            steps = engine.derive_many([one.text for one in derived])
            derived = [
                compose(text, before, step)
                for text, before, step in zip(texts, derived, steps, strict=True)
            ]
        return derived


class PairChain:
    """An engine that takes a second text, then one that does not.

    Parameters
    ----------
    name : str
        Its own.
    first : PairEngine
        Brings the second text in.
    second : Engine
        Works on what comes out.
    """

    def __init__(self, name: str, first: PairEngine, second: Engine) -> None:
        self.name = name
        self.label = second.label
        self.strength = first.strength
        self.random_state = first.random_state
        self._first = first
        self._second = second

    def derive(self, text: str, other: str) -> Derivative:
        """Make a derivative of ``text`` with the help of ``other``."""
        return self.derive_many([text], [other])[0]

    def derive_many(self, texts: Sequence[str], others: Sequence[str]) -> list[Derivative]:
        """Make derivatives of many texts, each with its own second text."""
        joined = self._first.derive_many(texts, others)
        steps = self._second.derive_many([one.text for one in joined])
        return [
            compose(text, before, step)
            for text, before, step in zip(texts, joined, steps, strict=True)
        ]


class InPart(TextEngine):
    """Another engine at work on neighbouring paragraphs only.

    Strength is the share of the paragraphs; the other engine has a strength of its own.

    Parameters
    ----------
    strength, random_state
        As for every engine.
    name : str
        Its own.
    engine : Engine
        The other.
    """

    def __init__(
        self, strength: float, random_state: int = 0, *, name: str, engine: Engine
    ) -> None:
        super().__init__(strength, random_state)
        self.name = name
        self.label = engine.label
        self._engine = engine

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say what the other engine changes in its part."""
        span = self._choose(page, rng)
        if span is None:
            return []
        part = self._engine.derive(page.text[span[0] : span[1]])
        return shift_changes(part.changes, span[0])

    def derive_many(self, texts: Sequence[str]) -> list[Derivative]:
        """Make derivatives of many texts, with one call of the other engine."""
        spans = [self._choose(read_page(text), self.rng(text)) or (0, 0) for text in texts]
        parts = self._engine.derive_many(
            [text[a:b] for text, (a, b) in zip(texts, spans, strict=True)]
        )
        return [
            make_derivative(text, shift_changes(part.changes, span[0]))
            for text, span, part in zip(texts, spans, parts, strict=True)
        ]

    def _choose(self, page: Page, rng: np.random.Generator) -> tuple[int, int] | None:
        n_chosen = count_share(self.strength, len(page.body))
        if n_chosen == 0:
            return None
        first = int(rng.integers(len(page.body) - n_chosen + 1))
        chosen: tuple[Paragraph, ...] = page.body[first : first + n_chosen]
        return chosen[0].start, chosen[-1].end


class Desk(TextEngine):
    """Several edits of a newsroom at once, picked for each text.

    Parameters
    ----------
    strength, random_state
        As for every engine; each of the edits gets this strength.
    engines : sequence of Engine
        To pick from.
    """

    name = "desk"
    label = Label.EDITED_WIRE
    _n_least, _n_most = 2, 4

    def __init__(
        self, strength: float, random_state: int = 0, *, engines: Sequence[Engine]
    ) -> None:
        super().__init__(strength, random_state)
        self._engines = tuple(engines)

    def find_changes(self, page: Page, rng: np.random.Generator) -> list[Change]:
        """Say what all the edits change."""
        n_edits = pick(range(self._n_least, self._n_most + 1), rng)
        chosen = rng.choice(len(self._engines), min(n_edits, len(self._engines)), replace=False)
        chain = Chain(self.name, [self._engines[i] for i in sorted(map(int, chosen))])
        return list(chain.derive(page.text).changes)
