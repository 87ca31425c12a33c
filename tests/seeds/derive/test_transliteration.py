"""Names carried through other scripts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.seeds.derive.transliteration import (
    CONVENTIONS,
    NameTransliteration,
    transliterate,
)


@pytest.mark.parametrize(
    ("convention", "name", "expected"),
    [
        ("japanese", "Volodin", {"Borodin", "Bolodin"}),
        ("japanese", "Ralo", {"Laro", "Lalo"}),
        ("korean", "Fazio", {"Pajio"}),
        ("korean", "Vivo", {"Bibo"}),
        ("chinese", "Viro", {"Wilo", "Wiro", "Vilo"}),
        ("cyrillic", "Hume", {"Khum", "Gum", "Hum"}),
        ("cyrillic", "Wixon", {"Vikson", "Uikson"}),
    ],
)
def test_tables(convention: str, name: str, expected: set[str]) -> None:
    rng = np.random.default_rng(0)
    assert {transliterate(name, convention, rng) for _ in range(80)} == expected


@given(st.sampled_from(sorted(CONVENTIONS)), st.text("abcdefghijklmnopqrstuvwxyz", min_size=4))
def test_a_name_stays_a_name(convention: str, letters: str) -> None:
    spelled = transliterate(letters.title(), convention, np.random.default_rng(1))
    assert spelled[0].isupper()
    assert spelled.isalpha()
    assert transliterate(letters.upper(), convention, np.random.default_rng(1)).isupper()


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_only_names_change(convention: str, bridge: str) -> None:
    derived = NameTransliteration(1.0, 2, convention=convention).derive(bridge)
    changed = {change.before for change in derived.changes}
    assert {"Ryabkov", "Harlow"} & changed
    assert not changed & {"Tuesday", "Drivers", "Repairs", "Nobody", "Bus"}


def test_a_name_is_spelled_in_one_way_or_two() -> None:
    text = "Then Vera Ryabkov spoke. " * 40
    derived = NameTransliteration(1.0, 2, convention="japanese").derive(text)
    spelled = [change.after for change in derived.changes if change.before == "Ryabkov"]
    assert len(spelled) > 20
    assert max(map(spelled.count, spelled)) > len(spelled) / 2
    assert len(set(spelled)) > 1


def test_strength_is_the_share_of_the_different_names(bridge: str) -> None:
    def names(strength: float) -> int:
        derived = NameTransliteration(strength, 2, convention="cyrillic").derive(bridge)
        return len({change.before for change in derived.changes})

    assert 0 < names(0.1) < names(1.0)


def test_a_capital_that_only_opens_a_sentence_makes_no_name() -> None:
    text = "The dam broke at noon. Engineers came. Divers helped. Bakers fed them."
    for convention in CONVENTIONS:
        assert not NameTransliteration(1.0, convention=convention).derive(text).changes
