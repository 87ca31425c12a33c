"""Formula copy: one form filled in for other days, places and companies is nobody's source."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from copydesk.features import load_encoder
from copydesk.seeds.search.candidates import Candidates, FingerprintList, index_fingerprints
from copydesk.seeds.search.closeness import MIN_CLOSENESS, is_formula_copy, measure_closeness
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.search.stories import PairAnswer, Place, find_places
from copydesk.types import Article

MakePrint = Callable[..., Fingerprint]
FORMS: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "formula_copy.json").read_text(encoding="utf-8")
)
EDITS = {
    "weather": ("18 degrees", "19 degrees"),
    "horoscope": ("A talk about money", "A conversation about money"),
    "earnings": ("Thursday", "Friday"),
    "football": ("Danny Pike opened", "Striker Danny Pike opened"),
    "quake": ("QUITO, Feb 11 (AFP) - ", ""),
    "market": (" 0.9 percent", " 0.9%"),
    "jobs": ("12,400", "more than 12,000"),
    "police": ("A 34-year-old man", "A man of 34"),
    "fx": ("stronger than its 57.04 finish", "up from its finish"),
}


def read(key: str, text: str) -> Fingerprint:
    return read_fingerprint(Article(key, text), load_encoder())


@pytest.mark.parametrize("kind", FORMS)
def test_formula_copy_has_no_source(kind: str) -> None:
    prints = [read(str(i), text) for i, text in enumerate(FORMS[kind])]
    pairs = list(permutations(prints, 2))
    assert len(pairs) == 6
    assert all(measure_closeness(*pair) >= MIN_CLOSENESS for pair in pairs)
    index, table = index_fingerprints(prints), FingerprintList(prints)
    assert [Candidates(index, table).find(one) for one in prints] == [[], [], []]

    asked: list[tuple[str, str]] = []

    def note(pairs: Iterable[tuple[str, str]]) -> Iterator[PairAnswer]:
        asked.extend(pairs)
        return iter(())

    assert set(find_places(prints, index, note).values()) == {Place((), None)}
    assert not asked


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_of_formula_copy_has_a_source(kind: str) -> None:
    text = FORMS[kind][0]
    old, new = EDITS[kind]
    assert old in text
    edited = read("edit", text.replace(old, new).rpartition(". ")[0] + ".")
    prints = [read(str(i), form) for i, form in enumerate(FORMS[kind])]
    found = Candidates(index_fingerprints(prints), FingerprintList(prints)).find(edited)
    assert found[0][0].id == "0"


def facts(n: int, first_place: int = 0, first_value: int = 0) -> tuple[int, ...]:
    return tuple((first_place + i) << 16 | (first_value + i) for i in range(n))


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (facts(5), facts(5, 100, 100), True),  # 5 missing
        (facts(4), facts(4, 100, 100), False),  # 4 are too few
        (facts(4), facts(4, 3, 100), True),  # 4, and one contradicts: 4 + 2
        (facts(3), facts(3, 0, 100), False),  # 3 facts tell nothing
        (facts(8), facts(8, 100, 7), True),  # 8, less 3 for one shared: 5
        (facts(10), facts(10, 100, 8), False),  # 10, less 6 for two
        (facts(30), facts(4, 100, 100), False),  # those of the one that has fewer count
        (facts(30), facts(30), False),
    ],
)
def test_facts_decide_by_their_number(
    own: tuple[int, ...], other: tuple[int, ...], expected: bool, make_print: MakePrint
) -> None:
    one, two = make_print("a", facts=own), make_print("b", facts=other)
    assert is_formula_copy(one, two) is is_formula_copy(two, one) is expected


@pytest.mark.parametrize(
    ("names", "n_trigrams", "own_facts", "expected"),
    [
        (range(20, 24), 20, 0, True),
        (range(20, 24), 3, 0, True),
        (range(20, 24), 2, 0, False),  # 2 of 20: another wording, so names may have been lost
        (range(3, 9), 20, 0, False),  # one of four
        (range(20, 23), 20, 0, False),  # three tell nothing
        (range(20, 24), 20, 1, False),  # the fact that they share
    ],
)
def test_other_names_in_the_same_words_are_formula_copy(
    names: range, n_trigrams: int, own_facts: int, expected: bool, make_print: MakePrint
) -> None:
    one = make_print("a", facts=facts(own_facts))
    two = make_print("b", names=names, trigrams=range(n_trigrams), facts=facts(own_facts))
    assert is_formula_copy(one, two) is expected


@pytest.mark.parametrize(("n_facts", "expected"), [(8, True), (7, False)])
def test_the_same_facts_make_up_for_wording(
    n_facts: int, expected: bool, make_print: MakePrint
) -> None:
    # 2 of 20 trigrams, 5 of 20 stems, 1 of 4 names: 0.1 + 0.25 + 0.125.
    one = make_print("a", facts=facts(n_facts))
    two = make_print(
        "b", trigrams=range(2), stems=range(15, 40), names=range(3, 9), facts=facts(n_facts)
    )
    closeness = measure_closeness(one, two)
    assert closeness == pytest.approx(MIN_CLOSENESS if expected else 0.475)
