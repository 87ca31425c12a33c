"""Thesauri, inflection and neighbours by vector."""

from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.errors import MissingPackage
from copydesk.seeds.derive import debian
from copydesk.seeds.derive.inflection import Form, inflect, possible_bases
from copydesk.seeds.derive.neighbours import Neighbours, load_neighbours
from copydesk.seeds.derive.page import read_page
from copydesk.seeds.derive.thesaurus import MyThes, WordNet, load_mythes, load_wordnet
from copydesk.seeds.derive.word_swap import (
    WordSwap,
    mythes_swap,
    neighbour_swap,
    quote_paraphrase,
    wordnet_swap,
)


class Opposites:
    def look_up(self, words: set[str]) -> dict[str, tuple[str, ...]]:
        known = {"big": ("small",), "house": ("boat",), "ferry": ("train",)}
        return {word: known.get(word, ()) for word in words}


def opposites(strength: float, seed: int = 0) -> WordSwap:
    return WordSwap(strength, seed, name="opposites", load=Opposites)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "base", "form"),
    [
        ("said", "say", Form.PAST),
        ("taken", "take", Form.PAST),
        ("children", "child", Form.S),
        ("cities", "city", Form.S),
        ("boxes", "box", Form.S),
        ("stopped", "stop", Form.PAST),
        ("carried", "carry", Form.PAST),
        ("closing", "close", Form.ING),
        ("bridge", "bridge", Form.BASE),
    ],
)
def test_finds_the_base_of_a_form(word: str, base: str, form: Form) -> None:
    assert (base, form) in list(possible_bases(word))


@pytest.mark.parametrize(
    ("base", "form", "is_verb", "expected"),
    [
        ("say", Form.PAST, True, "said"),
        ("carry", Form.PAST, True, "carried"),
        ("stop", Form.ING, True, "stopping"),
        ("visit", Form.ING, True, "visiting"),
        ("close", Form.ING, True, "closing"),
        ("see", Form.ING, True, "seeing"),
        ("agree", Form.PAST, True, "agreed"),
        ("put off", Form.ING, True, "putting off"),
        ("reach", Form.S, True, "reaches"),
        ("child", Form.S, False, "children"),
        ("police force", Form.S, False, "police forces"),
        ("city", Form.S, False, "cities"),
        ("play", Form.S, False, "plays"),
        ("play", Form.BASE, False, "play"),
    ],
)
def test_puts_a_base_into_a_form(base: str, form: Form, is_verb: bool, expected: str) -> None:
    assert inflect(base, form, is_verb=is_verb) == expected


@pytest.fixture(
    params=["own", pytest.param("debian", marks=pytest.mark.needs_debian("wordnet-base"))]
)
def wordnet() -> WordNet:
    """The small WordNet of our own, then the real one."""
    return load_wordnet()


@pytest.fixture(
    params=["own", pytest.param("debian", marks=pytest.mark.needs_debian("mythes-en-us"))]
)
def mythes() -> MyThes:
    """The small MyThes of our own, then the real one."""
    return load_mythes()


def test_wordnet_gives_synonyms_in_the_form_asked_for(wordnet: WordNet) -> None:
    found = wordnet.look_up(["said", "cars", "quickly", "zzyzx"])
    assert "stated" in found["said"]
    assert found["cars"][0] in {"autos", "automobiles"}
    assert "rapidly" in found["quickly"]
    assert found["zzyzx"] == ()


def test_wordnet_gives_the_general_term_where_there_is_no_synonym(wordnet: WordNet) -> None:
    assert "building" in wordnet.look_up(["ministry"])["ministry"]


def test_wordnet_takes_the_commonest_part_of_speech_and_the_first_senses() -> None:
    # Met 70 times as a noun and 160 times as a verb; a house is met as nothing else.
    found = load_wordnet().look_up(["works", "houses"])
    assert found["works"] == ("functions",)
    assert found["houses"] == ("dwellings", "homes", "residences", "firms", "companies")


def test_mythes_takes_any_part_of_speech() -> None:
    assert load_mythes().look_up(["works"])["works"] == ("services", "aids", "labors", "functions")


def test_mythes_gives_substitutes_of_any_sense_but_no_opposites(mythes: MyThes) -> None:
    found = mythes.look_up(["houses", "hot"])
    assert {"dwellings", "firms"} & set(found["houses"])
    assert "cold" not in found["hot"]


@pytest.mark.parametrize(
    ("load", "package"), [(load_wordnet, "wordnet-base"), (load_mythes, "mythes-en-us")]
)
def test_a_missing_thesaurus_is_named(
    load: Callable[[], object], package: str, no_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", no_debian)
    with pytest.raises(MissingPackage, match=f"apt-get install {package} "):
        load()


def test_neighbours_are_near_and_no_inflections() -> None:
    found = load_neighbours().look_up(["doctor", "killed", "zzyzx"])
    assert "physician" in found["doctor"]
    assert "murdered" in found["killed"]
    assert not any(word.startswith("kil") for word in found["killed"])
    assert found["zzyzx"] == ()


def test_neighbours_are_the_same_one_by_one() -> None:
    words = ["doctor", "killed", "court"]
    one_by_one = Neighbours()
    assert Neighbours().look_up(words) == {w: one_by_one.look_up([w])[w] for w in words}


def test_case_follows_the_word() -> None:
    text = "Big news: a big house in the White House, a BIG ferry."
    assert opposites(1.0).derive(text).text == (
        "Small news: a small boat in the White Boat, a SMALL train."
    )


@pytest.mark.parametrize(("strength", "n_swapped"), [(0.0, 0), (0.05, 1), (0.5, 5), (1.0, 10)])
def test_strength_is_the_share_of_the_words_that_can_be_swapped(
    strength: float, n_swapped: int
) -> None:
    text = "The big ferry and the house. " * 3 + "A big tree."
    assert len(opposites(strength).derive(text).changes) == n_swapped


@pytest.mark.parametrize(
    "make",
    [
        neighbour_swap,
        pytest.param(wordnet_swap, marks=pytest.mark.needs_debian("wordnet-base")),
        pytest.param(mythes_swap, marks=pytest.mark.needs_debian("mythes-en-us")),
    ],
)
def test_real_thesauri_swap_many_words_and_no_numbers(make: type[WordSwap], bridge: str) -> None:
    derived = make(1.0).derive(bridge)
    assert len(derived.changes) > 40
    for word in ("23,000", "Tuesday", "nine", "1968", "Ryabkov"):
        assert word in derived.text
    assert {"synonym", "quote_word"} <= {change.kind for change in derived.changes}


@pytest.mark.usefixtures("wordnet")
def test_quote_paraphrase_stays_inside_quotations(bridge: str) -> None:
    page = read_page(bridge)
    derived = quote_paraphrase(1.0).derive(bridge)
    assert len(derived.changes) > 5
    for change in derived.changes:
        assert page.quoted[change.start : change.end].all()
