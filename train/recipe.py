"""The recipe of a model: what is learned, and with which seeds; read from TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copydesk.errors import InvalidInput
from copydesk.seeds.derive.engine import check_strength

STARTER = "starter"
RELEASED = Path(__file__).with_name("released.toml")


@dataclass(frozen=True, slots=True)
class StyleRecipe:
    """What the style score learns from.

    Parameters
    ----------
    corpora : tuple of str
        Among those of the recipe: their spins are machine text, all else is human.
    pools : mapping of str to int
        Files of human news, and how many articles of each at most.
    """

    corpora: tuple[str, ...]
    pools: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DeriveRecipe:
    """What engines make, and of what.

    Parameters
    ----------
    wires : str
        A file of articles; ``n_wires`` of those that are in no corpus are drawn.
    n_wires : int
        At least 1.
    min_words, max_words : int
        Bounds of a wire's length.
    strengths : tuple of float
        Shares above 0, up to 1; every engine is used at each.
    without : tuple of str
        Beginnings of the names of engines that are left out.
    """

    wires: str
    n_wires: int
    min_words: int = 150
    max_words: int = 900
    strengths: tuple[float, ...] = (0.15, 0.5)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides what a model learns.

    Parameters
    ----------
    name : str
        Beginning of the model's id.
    corpora : tuple of str
        Labelled corpora: ``"starter"``, or paths, absolute or below the folder of data.
    encoder : str
        As ``copydesk.features.load_encoder`` takes it.
    random_state : int
        Seed of splits, of wrong candidates, of what is derived, and of the trees.
    one_hand : mapping of str to str
        Data sets of one hand, by name what they are called together: they are left out together.
    larger_groups : mapping of str to str
        By data set, a regular expression; see ``copydesk.train.pairs.story_groups``.
    style : StyleRecipe, optional
        By default the released model's style score is taken over.
    derive : DeriveRecipe, optional
        By default engines make nothing.
    """

    name: str
    corpora: tuple[str, ...]
    encoder: str = "static"
    random_state: int = 0
    one_hand: Mapping[str, str] = field(default_factory=dict)
    larger_groups: Mapping[str, str] = field(default_factory=dict)
    style: StyleRecipe | None = None
    derive: DeriveRecipe | None = None


def read_recipe(path: Path = RELEASED) -> Recipe:
    """Read a recipe; by default that of the released model.

    Raises
    ------
    InvalidInput
        The file is missing or no TOML, or a field is missing, unknown or wrong; says which.

    Examples
    --------
    >>> read_recipe().name
    'copydesk'
    """
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(f"the recipe {path} cannot be read: {error}") from error
    return _Fields(fields, str(path)).recipe()


def recipe_of(
    corpora: Sequence[Path], *, name: str = "model", encoder: str = "static", random_state: int = 0
) -> Recipe:
    """Give the recipe of a model of one's own corpora."""
    # By name: in whatever order they are given, the model is the same.
    ordered = sorted(corpora, key=lambda path: (path.name, str(path.absolute())))
    paths = tuple(str(path.absolute()) for path in ordered)
    return Recipe(name, paths, encoder, random_state)


@dataclass(frozen=True)
class _Fields:
    """A table of a recipe, taken field by field: what is left over is a mistake."""

    table: dict[str, Any]
    where: str
    used: set[str] = field(default_factory=set)

    def recipe(self) -> Recipe:
        recipe = Recipe(
            name=self.take("name", str),
            corpora=self.strings("corpora"),
            encoder=self.take("encoder", str, "static"),
            random_state=self.take("seed", int, 0),
            one_hand=self.take("one_hand", dict, {}),
            larger_groups=self.take("larger_groups", dict, {}),
            style=self.part("style").style() if "style" in self.table else None,
            derive=self.part("derive").derive() if "derive" in self.table else None,
        )
        self.used.update(("style", "derive"))
        self.check_used()
        if not recipe.corpora:
            raise InvalidInput(f"{self.where}: corpora is empty, expected at least one")
        for name, pattern in recipe.larger_groups.items():
            if not _is_pattern(pattern):
                raise InvalidInput(
                    f"{self.where}.larger_groups: {name} is {pattern!r}, expected a regular "
                    "expression"
                )
        if recipe.style is not None:
            unknown = set(recipe.style.corpora) - set(recipe.corpora)
            if unknown:
                raise InvalidInput(
                    f"{self.where}: style.corpora names {', '.join(sorted(unknown))}, expected "
                    "some of corpora"
                )
        return recipe

    def style(self) -> StyleRecipe:
        style = StyleRecipe(self.strings("corpora"), self.take("pools", dict, {}))
        for path, count in style.pools.items():
            if not isinstance(count, int) or count < 1:
                raise InvalidInput(f"{self.where}.pools: {path} is {count!r}, expected 1 or more")
        self.check_used()
        return style

    def derive(self) -> DeriveRecipe:
        derive = DeriveRecipe(
            wires=self.take("wires", str),
            n_wires=self.take("n_wires", int),
            min_words=self.take("min_words", int, 150),
            max_words=self.take("max_words", int, 900),
            strengths=tuple(self.take("strengths", list, [0.15, 0.5])),
            without=self.strings("without", ()),
        )
        for strength in derive.strengths:
            check_strength(strength)
        self.check_used()
        return derive

    def take(self, name: str, kind: type, default: Any = None) -> Any:
        self.used.add(name)
        value = self.table.get(name, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            shown = "missing" if value is None else repr(value)
            raise InvalidInput(f"{self.where}: {name} is {shown}, expected {_NOUNS[kind]}")
        return value

    def strings(self, name: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        values = self.take(name, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise InvalidInput(f"{self.where}: {name} is {values!r}, expected strings")
        return tuple(values)

    def part(self, name: str) -> _Fields:
        return _Fields(self.take(name, dict), f"{self.where}: {name}")

    def check_used(self) -> None:
        unknown = set(self.table) - self.used
        if unknown:
            raise InvalidInput(
                f"{self.where}: there is no field {', '.join(sorted(unknown))}; there are: "
                f"{', '.join(sorted(self.used))}"
            )


def _is_pattern(value: object) -> bool:
    try:
        return isinstance(value, str) and re.compile(value) is not None
    except re.error:
        return False


_NOUNS = {
    str: "a string",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}
