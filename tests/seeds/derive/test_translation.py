"""Round trips through the stand-in for Apertium, and where they are, through the real pairs.

Real starts take half a second, so that texts go together.
"""

from pathlib import Path

import pytest

from copydesk.errors import MissingPackage
from copydesk.seeds.derive import debian, translation
from copydesk.seeds.derive.changes import Derivative, undo_changes
from copydesk.seeds.derive.registry import ENGINES
from copydesk.seeds.derive.translation import (
    CHAINS,
    RoundTrip,
    TranslationFailed,
    packages_of,
    translate,
)

APERTIUM = [name for name in debian.PACKAGES if name.startswith("apertium")]


@pytest.fixture(params=["own", pytest.param("debian", marks=pytest.mark.needs_debian(*APERTIUM))])
def apertium(request: pytest.FixtureRequest) -> str:
    """The stand-in or the real one."""
    return str(request.param)


@pytest.mark.usefixtures("apertium")
@pytest.mark.parametrize("chain", CHAINS)
def test_every_chain_translates_line_by_line(chain: str) -> None:
    lines = [
        "The minister left the meeting early.",
        'He said: "We will not leave the city tonight."',
        "Seven ferries ran aground near the old harbour on Monday, *twice* [sic].",
    ]
    translated = translate(lines, chain)
    assert len(translated) == 3
    assert "minister" in translated[0]
    assert translated[1].count('"') == 2
    assert "city" in translated[1]
    assert all(line[0].isupper() for line in translated)
    assert translated != lines
    assert not any(mark in translated[0] + translated[1] for mark in "*@#")


def test_each_language_is_reached_and_left() -> None:
    assert translate(["He left the meeting early, in fog."], "round_trip_spa_cat") == [
        "He left the early meeting, on fog."
    ]


@pytest.mark.usefixtures("apertium")
def test_a_round_trip_changes_sentences_alone_and_among_others(bridge: str, port: str) -> None:
    trip = RoundTrip(0.5, 3, chain="round_trip_epo")
    derived = trip.derive_many([bridge, port])
    assert derived[0] == trip.derive(bridge)
    for text, one in zip((bridge, port), derived, strict=True):
        assert undo_changes(one) == text
        assert {change.kind for change in one.changes} == {"translation"}
    assert 5 <= len(derived[0].changes) <= 7


def test_strength_0_calls_nobody(
    bridge: str, no_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", no_debian)
    for name, entry in ENGINES.items():
        if "apertium" in entry.packages:
            assert entry.make is not None
            assert entry.make(0.0, 1).derive_many([bridge]) == [Derivative(bridge, ())], name


@pytest.mark.usefixtures("apertium")
def test_an_engine_of_several_translates_and_misspells(bridge: str) -> None:
    for name in ("round_trip_names", "round_trip_part"):
        entry = ENGINES[name]
        assert entry.make is not None
        (derived,) = entry.make(0.6, 1).derive_many([bridge])
        assert undo_changes(derived) == bridge
        assert any("translation" in change.kind for change in derived.changes)


def test_what_is_missing_is_named(
    own_debian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", tmp_path)
    with pytest.raises(MissingPackage, match="apt-get install apertium apertium-eng-spa "):
        translate(["The ferry sank."], "round_trip_spa")
    programs = tmp_path / "usr" / "bin"
    programs.mkdir(parents=True)
    (programs / "apertium").symlink_to(own_debian / "usr" / "bin" / "apertium")
    with pytest.raises(MissingPackage, match="apt-get install apertium-eng-spa "):
        RoundTrip(1.0, chain="round_trip_spa").derive("The ferry sank.")


def test_a_translator_that_fails_is_no_empty_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "packages_of", lambda chain: ("apertium",))
    monkeypatch.setitem(CHAINS, "broken", ("xx-yy",))
    with pytest.raises(TranslationFailed, match="apertium xx-yy failed: mode xx-yy does not"):
        translate(["The ferry sank."], "broken")


def test_lines_that_are_lost_are_translated_again_in_halves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []

    def lossy(text: str, mode: str) -> str:
        calls.append(text)
        lines = text.strip().split("\n\n")
        return "\n\n".join(line.upper() for line in (lines if len(lines) < 3 else lines[1:]))

    monkeypatch.setattr(translation, "_run_apertium", lossy)
    assert translate(["one", "two", "three"], "round_trip_spa") == ["ONE", "TWO", "THREE"]
    assert len(calls) == 6


def test_a_sentence_that_a_program_ends_at_is_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ends_at_fog(text: str, mode: str) -> str:
        if "fog" in text:
            raise TranslationFailed("no output")
        return text.replace("left", f"left [{mode}]")

    monkeypatch.setattr(translation, "_run_apertium", ends_at_fog)
    lines = ["He left.", "In the fog,  he left.", "She left.", "They  left."]
    expected = "{0} left [spa-eng] [eng-spa]."
    assert translate(lines, "round_trip_spa") == [
        expected.format("He"),
        lines[1],
        expected.format("She"),
        expected.format("They"),
    ]
    assert translate(lines[1:2], "round_trip_spa") == lines[1:2]


def test_a_translator_that_translates_nothing_is_asked_twice_and_has_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def dead(text: str, mode: str) -> str:
        asked.append(text)
        raise TranslationFailed(f"apertium {mode} failed: no output")

    monkeypatch.setattr(translation, "_run_apertium", dead)
    with pytest.raises(TranslationFailed, match="apertium eng-spa failed: no output"):
        translate(["He left."] * 100, "round_trip_spa")
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("program", "reason"),
    [("exit 0", "no output"), ("echo half; exit 141", "no output"), ("echo x >&2; exit 1", "x")],
)
def test_what_a_program_that_ended_gave_is_not_taken(
    program: str, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in = tmp_path / "apertium"
    stand_in.write_text(f"#!/bin/sh\ncat > /dev/null\n{program}\n")
    stand_in.chmod(0o755)
    monkeypatch.setattr(translation, "locate", lambda _: stand_in)
    with pytest.raises(TranslationFailed, match=f"apertium eng-spa failed: {reason}"):
        translate(["He left."], "round_trip_spa")


def test_packages_are_those_of_the_legs() -> None:
    assert packages_of("round_trip_epo") == ("apertium", "apertium-eo-en")
