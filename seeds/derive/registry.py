"""The registry of engines: name, label, what each needs. Nothing else keeps a list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from copydesk.errors import InvalidInput
from copydesk.seeds.derive.combine import Chain, Desk, InPart, PairChain
from copydesk.seeds.derive.debian import find_missing, require_packages
from copydesk.seeds.derive.engine import Engine, PairEngine
from copydesk.seeds.derive.faults import (
    BodyTwice,
    CutShort,
    FindAndReplace,
    LostParagraphs,
    Mojibake,
    NameReplaced,
)
from copydesk.seeds.derive.grafted_quotes import GraftedQuotes
from copydesk.seeds.derive.newsroom_insert import Furniture, InsertReport
from copydesk.seeds.derive.newsroom_length import CutTail, DropParagraphs, Tighten
from copydesk.seeds.derive.newsroom_order import LateLead, Reorder, Reshape
from copydesk.seeds.derive.newsroom_style import Credits, HouseStyle
from copydesk.seeds.derive.spin_form import Bullets, Byline, Padding, Shuffle, Weave
from copydesk.seeds.derive.thesaurus import MYTHES_PACKAGE, WORDNET_PACKAGE
from copydesk.seeds.derive.translation import CHAINS, RoundTrip, packages_of
from copydesk.seeds.derive.transliteration import CONVENTIONS, NameTransliteration
from copydesk.seeds.derive.word_swap import (
    mythes_swap,
    neighbour_swap,
    quote_paraphrase,
    wordnet_swap,
)
from copydesk.types import Label

MakeEngine = Callable[[float, int], Engine]
MakePairEngine = Callable[[float, int], PairEngine]


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """One engine.

    Parameters
    ----------
    name : str
        Its name.
    label : Label
        Of what it makes.
    make : callable or None
        From strength and seed to an engine that works on one text.
    make_pair : callable or None
        The same for one that takes a second text; either this or ``make``.
    packages : tuple of str
        Debian packages that it needs.
    on_other : bool
        Whether the text that it changes is the second one: an independent report.
    keeps_names : bool
        Whether no name that it leaves in the text is changed.
    """

    name: str
    label: Label
    make: MakeEngine | None = None
    make_pair: MakePairEngine | None = None
    packages: tuple[str, ...] = ()
    on_other: bool = False
    keeps_names: bool = False


_NEWSROOM: tuple[type[Engine], ...] = (
    CutTail,
    DropParagraphs,
    Reshape,
    Reorder,
    LateLead,
    Tighten,
    HouseStyle,
    Credits,
    Furniture,
    BodyTwice,
    FindAndReplace,
    Mojibake,
    LostParagraphs,
    CutShort,
)
# What a desk does to one text in this order; faults happen elsewhere.
_DESK: tuple[MakeEngine, ...] = (
    LateLead, CutTail, DropParagraphs, Reshape, Tighten, HouseStyle, Credits, Furniture,
)  # fmt: skip
# How much is done beside the rewording in engines made of several.
_SIDE_STRENGTH = 0.4
_PART_STRENGTH = 0.6


def _desk(strength: float, seed: int) -> Engine:
    return Desk(strength, seed, engines=[make(strength, seed) for make in _DESK])


def _chain(name: str, makes: Sequence[MakeEngine], strength: float, seed: int) -> Engine:
    side = _SIDE_STRENGTH if strength > 0 else 0.0
    first, *others = makes
    return Chain(name, [first(strength, seed), *(make(side, seed) for make in others)])


def _in_part(name: str, make: MakeEngine, strength: float, seed: int) -> Engine:
    return InPart(strength, seed, name=name, engine=make(_PART_STRENGTH, seed))


def _mosaic(strength: float, seed: int) -> PairEngine:
    return PairChain("mosaic", Weave(strength, seed), wordnet_swap(strength, seed))


def _round_trip(chain: str, strength: float, seed: int) -> Engine:
    return RoundTrip(strength, seed, chain=chain)


def _transliteration(convention: str, strength: float, seed: int) -> Engine:
    return NameTransliteration(strength, seed, convention=convention)


def _biography_byline(strength: float, seed: int) -> Engine:
    return Byline(1.0 if strength > 0 else 0.0, seed)


def _build() -> dict[str, EngineEntry]:
    newsroom = [
        EngineEntry(make.name, make.label, make=make, keeps_names=True) for make in _NEWSROOM
    ]
    spun: list[tuple[str, MakeEngine, tuple[str, ...]]] = [
        ("wordnet", wordnet_swap, (WORDNET_PACKAGE,)),
        ("mythes", mythes_swap, (MYTHES_PACKAGE,)),
        ("neighbours", neighbour_swap, ()),
        ("quote_paraphrase", quote_paraphrase, (WORDNET_PACKAGE,)),
        *((chain, partial(_round_trip, chain), packages_of(chain)) for chain in CHAINS),
        *((f"names_{c}", partial(_transliteration, c), ()) for c in CONVENTIONS),
        ("wordnet_part", partial(_in_part, "wordnet_part", wordnet_swap), (WORDNET_PACKAGE,)),
        (
            "round_trip_part",
            partial(_in_part, "round_trip_part", partial(_round_trip, "round_trip_spa")),
            packages_of("round_trip_spa"),
        ),
        (
            "round_trip_names",
            partial(
                _chain,
                "round_trip_names",
                (
                    partial(_round_trip, "round_trip_spa"),
                    partial(_transliteration, "cyrillic"),
                    _biography_byline,
                ),
            ),
            packages_of("round_trip_spa"),
        ),
        *(
            (name, partial(_chain, name, (make, *others)), (package,))
            for name, make, package, others in (
                ("wordnet_padded", wordnet_swap, WORDNET_PACKAGE, (Padding, _biography_byline)),
                ("mythes_shuffled", mythes_swap, MYTHES_PACKAGE, (Shuffle,)),
                ("wordnet_bullets", wordnet_swap, WORDNET_PACKAGE, (Bullets, _biography_byline)),
            )
        ),
    ]
    entries = [
        *newsroom,
        EngineEntry("fault_name", Label.EDITED_WIRE, make=NameReplaced),
        EngineEntry("desk", Label.EDITED_WIRE, make=_desk, keeps_names=True),
        EngineEntry("insert_report", Label.EDITED_WIRE, make_pair=InsertReport, keeps_names=True),
        *(EngineEntry(n, Label.SPUN, make=make, packages=needs) for n, make, needs in spun),
        EngineEntry("mosaic", Label.SPUN, make_pair=_mosaic, packages=(WORDNET_PACKAGE,)),
        EngineEntry(
            "grafted_quotes",
            Label.ORIGINAL,
            make_pair=GraftedQuotes,
            on_other=True,
            keeps_names=True,
        ),
    ]
    return {entry.name: entry for entry in entries}


ENGINES = _build()


def find_entries(names: Sequence[str]) -> tuple[EngineEntry, ...]:
    """Give the entries of the engines named; all of them for no name.

    Raises
    ------
    InvalidInput
        There is no such engine, or one is named twice.

    Examples
    --------
    >>> [entry.label.value for entry in find_entries(["cut_tail", "wordnet"])]
    ['edited_wire', 'spun']
    """
    if not names:
        return tuple(ENGINES.values())
    for name in names:
        if name not in ENGINES:
            raise InvalidInput(f"there is no engine {name!r}; there are: {', '.join(ENGINES)}")
        if names.count(name) > 1:
            raise InvalidInput(f"the engine {name!r} is named twice")
    return tuple(ENGINES[name] for name in names)


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Engines to work with.

    Parameters
    ----------
    entries : tuple of EngineEntry
        Those that can be used.
    left_out : tuple of str
        Names of those that lack a Debian package.
    missing_packages : tuple of str
        What these lack.
    """

    entries: tuple[EngineEntry, ...]
    left_out: tuple[str, ...]
    missing_packages: tuple[str, ...]


def choose_engines(names: Sequence[str]) -> EngineChoice:
    """Choose the engines named; for no name, all whose Debian packages are installed.

    Raises
    ------
    InvalidInput
        There is no such engine, or one is named twice.
    MissingPackage
        An engine is named that lacks a Debian package.
    """
    entries = find_entries(names)
    left_out = tuple(entry.name for entry in entries if find_missing(entry.packages))
    needed = {package for entry in entries for package in entry.packages}
    if names:
        require_packages(needed, f"engine {', '.join(left_out)}")
    return EngineChoice(
        tuple(entry for entry in entries if entry.name not in left_out),
        left_out,
        find_missing(needed),
    )
