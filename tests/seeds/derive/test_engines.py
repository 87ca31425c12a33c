"""Laws of every engine, read off the registry.

Engines that need Debian packages work with ours, and with the real thesauri where they are.
"""

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.errors import InvalidInput, MissingPackage
from copydesk.features.read.sentences import TOKEN
from copydesk.features.read.text import normalize_text
from copydesk.seeds.derive import debian
from copydesk.seeds.derive.changes import Derivative, make_derivative, undo_changes
from copydesk.seeds.derive.engine import choose_share, count_share
from copydesk.seeds.derive.page import read_page
from copydesk.seeds.derive.registry import ENGINES, EngineEntry, choose_engines, find_entries
from copydesk.types import Label

TRANSLATING = {name for name, entry in ENGINES.items() if "apertium" in entry.packages}
QUICK = sorted(set(ENGINES) - TRANSLATING)
REAL_THESAURI = [
    pytest.param(name, marks=pytest.mark.needs_debian(*ENGINES[name].packages), id=f"{name}-debian")
    for name in QUICK
    if ENGINES[name].packages
]
NEWSROOM = [n for n in QUICK if ENGINES[n].label is Label.EDITED_WIRE]
# What these put in or take out are not words; what they move is all there still.
KEEP_ALL_WORDS = ("reshape", "reorder", "late_lead")


def run(
    name: str, strength: float, seed: int, texts: Sequence[str], other: str
) -> list[Derivative]:
    entry = ENGINES[name]
    if entry.make is not None:
        return entry.make(strength, seed).derive_many(texts)
    assert entry.make_pair is not None
    return entry.make_pair(strength, seed).derive_many(texts, [other] * len(texts))


def plain(text: str) -> str:
    return " ".join(normalize_text(text).text.split())


pages = st.data()


def draw_page(data: st.DataObject, paragraphs: list[str]) -> str:
    chosen = data.draw(st.lists(st.sampled_from(paragraphs), min_size=1, max_size=9, unique=True))
    return "\n\n".join(chosen)


STRENGTHS = st.floats(0, 1, exclude_min=True)
SEEDS = st.integers(0, 2**32 - 1)
LAW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("name", [*QUICK, *REAL_THESAURI])
@LAW
@given(data=st.data(), strength=STRENGTHS, seed=SEEDS)
def test_what_is_outside_the_changes_stays(
    name: str, data: st.DataObject, strength: float, seed: int, paragraphs: list[str], port: str
) -> None:
    text = draw_page(data, paragraphs)
    (derived,) = run(name, strength, seed, [text], port)
    assert undo_changes(derived) == text
    assert make_derivative(text, derived.changes) == derived
    assert all(change.before != change.after for change in derived.changes)


@pytest.mark.parametrize("name", ENGINES)
def test_strength_0_changes_nothing(name: str, bridge: str, port: str) -> None:
    assert run(name, 0.0, 7, [bridge], port) == [Derivative(bridge, ())]


@pytest.mark.parametrize("name", ENGINES)
def test_one_is_many_and_the_same_seed_gives_the_same(name: str, bridge: str, port: str) -> None:
    both = run(name, 0.6, 7, [bridge, port], bridge)
    assert both == [run(name, 0.6, 7, [text], bridge)[0] for text in (bridge, port)]


@pytest.mark.parametrize("name", ENGINES)
def test_full_strength_changes_a_long_text(name: str, bridge: str, port: str) -> None:
    text = bridge.replace("'", "\u2019") + "It\u2019s late.\n\n" + port * 3
    assert run(name, 1.0, 3, [text], port if name != "grafted_quotes" else bridge)[0].changes


@pytest.mark.parametrize("name", QUICK)
@LAW
@given(text=st.text("ab Ab.,\n\"'’“”é-19", max_size=120), strength=STRENGTHS)
def test_any_text_is_survived(name: str, text: str, strength: float, port: str) -> None:
    (derived,) = run(name, strength, 1, [text], port)
    assert undo_changes(derived) == text


@pytest.mark.parametrize("name", NEWSROOM)
@LAW
@given(data=st.data(), strength=STRENGTHS, seed=SEEDS)
def test_a_newsroom_keeps_quotations_intact(
    name: str, data: st.DataObject, strength: float, seed: int, paragraphs: list[str], port: str
) -> None:
    text = draw_page(data, paragraphs)
    (derived,) = run(name, strength, seed, [text], port)
    known = plain(text) + plain(port)
    for quote in read_page(derived.text).quotes:
        assert plain(quote.text) in known


@pytest.mark.parametrize("name", [n for n in NEWSROOM if ENGINES[n].keeps_names])
@LAW
@given(data=st.data(), strength=STRENGTHS, seed=SEEDS)
def test_a_newsroom_keeps_names_intact(
    name: str, data: st.DataObject, strength: float, seed: int, paragraphs: list[str], port: str
) -> None:
    text = draw_page(data, paragraphs)
    (derived,) = run(name, strength, seed, [text], port)
    before = Counter(w.text for w in read_page(text).words if w.is_sure_name)
    for change in derived.changes:
        if set(change.kind.split("+")) & {"mojibake", "cut_short"}:
            continue
        old, new = (Counter(TOKEN.findall(side)) for side in (change.before, change.after))
        lost = {word for word in old - new if word in before}
        # A name that goes, goes whole: with nothing in its place but what was there or comes in.
        if lost and change.after.strip() and change.kind.split("+")[0] != "move":
            assert set(change.kind.split("+")) & {
                "drop", "cut", "lost", "lead", "credit_dropped", "credit_moved", "appositive",
                "attribution", "other_report", "furniture",
            }  # fmt: skip


@pytest.mark.parametrize("name", KEEP_ALL_WORDS)
@LAW
@given(data=st.data(), strength=STRENGTHS)
def test_moving_keeps_all_words(
    name: str, data: st.DataObject, strength: float, paragraphs: list[str], port: str
) -> None:
    text = draw_page(data, paragraphs)
    (derived,) = run(name, strength, 0, [text], port)
    assert Counter(TOKEN.findall(derived.text)) == Counter(TOKEN.findall(text))


@pytest.mark.parametrize("strength", [-0.1, 1.01, float("nan")])
def test_a_strength_that_is_no_share_is_refused(strength: float) -> None:
    for entry in ENGINES.values():
        make = entry.make or entry.make_pair
        assert make is not None
        with pytest.raises(InvalidInput, match="expected a share from 0 to 1"):
            make(strength, 0)


def test_registry_names_what_its_engines_are() -> None:
    for name, entry in ENGINES.items():
        assert (entry.make is None) != (entry.make_pair is None)
        make = entry.make or entry.make_pair
        assert make is not None
        engine = make(0.3, 5)
        assert (engine.name, engine.label, engine.strength) == (name, entry.label, 0.3)
        assert engine.random_state == 5
    assert {entry.label for entry in ENGINES.values()} == set(Label)


def test_entries_are_found_by_name() -> None:
    assert find_entries([]) == tuple(ENGINES.values())
    assert find_entries(["mosaic", "cut_tail"]) == (ENGINES["mosaic"], ENGINES["cut_tail"])
    assert isinstance(find_entries(["desk"])[0], EngineEntry)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["spin_it"], "there is no engine 'spin_it'; there are: cut_tail, "),
        (["desk", "desk"], "the engine 'desk' is named twice"),
    ],
)
def test_an_engine_that_is_not_there_is_refused(names: list[str], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        find_entries(names)


def test_without_names_engines_are_those_that_are_installed(
    own_debian: Path, no_debian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = choose_engines([])
    assert (choice.entries, choice.left_out, choice.missing_packages) == (
        tuple(ENGINES.values()), (), ()
    )  # fmt: skip
    monkeypatch.setattr(debian, "ROOT", no_debian)
    choice = choose_engines([])
    assert choice.left_out == tuple(n for n, entry in ENGINES.items() if entry.packages)
    assert [e.name for e in choice.entries] == [n for n in ENGINES if not ENGINES[n].packages]
    assert choice.missing_packages == tuple(sorted(debian.PACKAGES))
    shutil.copytree(own_debian / "usr/share/wordnet", tmp_path / "usr/share/wordnet")
    monkeypatch.setattr(debian, "ROOT", tmp_path)
    choice = choose_engines([])
    assert ENGINES["mosaic"] in choice.entries
    assert "wordnet-base" not in choice.missing_packages
    assert "mythes" in choice.left_out


def test_an_engine_that_is_named_has_to_be_installed(
    no_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", no_debian)
    assert choose_engines(["desk"]).entries == (ENGINES["desk"],)
    message = (
        "^engine mosaic, mythes cannot be used, Debian packages are missing: "
        "apt-get install mythes-en-us wordnet-base "
    )
    with pytest.raises(MissingPackage, match=message):
        choose_engines(["mosaic", "desk", "mythes"])


@given(st.just(0.0) | st.floats(1e-6, 1), st.integers(0, 50))
def test_share_of_a_number(strength: float, n: int) -> None:
    count = count_share(strength, n)
    assert 0 <= count <= n
    assert (count == 0) == (n == 0 or strength == 0)
    assert abs(count - strength * n) <= 1


def test_chosen_items_stay_in_order() -> None:
    import numpy as np

    chosen = choose_share(range(100), 0.3, np.random.default_rng(0))
    assert len(chosen) == 30
    assert chosen == sorted(set(chosen))
