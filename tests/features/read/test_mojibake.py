"""Mojibake is undone before quotation marks are made straight, whichever way it came about."""

import pytest

from copydesk.features.read.mojibake import is_mojibake, read_controls
from copydesk.features.read.text import normalize_text

WRITTEN = "“We’ll rebuild the pier at Nørrehavn,” Zoë Dvořák said — “for £5m.” It’s the town’s."
READ = '"We\'ll rebuild the pier at Nørrehavn," Zoë Dvořák said - "for £5m." It\'s the town\'s.'


def misread(text: str, encoding: str) -> str:
    """Read UTF-8 as another encoding; what Windows-1252 has no place for becomes a control."""
    return "".join(
        bytes([byte]).decode(encoding)
        if encoding != "cp1252" or byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
        else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac-roman"])
def test_utf8_misread_is_undone(encoding: str) -> None:
    assert normalize_text(misread(WRITTEN, encoding)).text == READ


@pytest.mark.parametrize("first", ["latin-1", "cp1252"])
@pytest.mark.parametrize("second", ["latin-1", "cp1252"])
def test_utf8_misread_twice_is_undone(first: str, second: str) -> None:
    assert normalize_text(misread(misread(WRITTEN, first), second)).text == READ


def test_three_times() -> None:
    thrice = misread(misread(misread("It’s over", "cp1252"), "cp1252"), "cp1252")
    assert normalize_text(thrice).text == "It's over"


@pytest.mark.parametrize("lost", ["", "\ufffd", "?"])
def test_closing_marks_whose_last_byte_is_lost(lost: str) -> None:
    raw = misread("“We ran,” he said. “Fast.”", "cp1252").replace("\x9d", lost)
    assert normalize_text(raw).text == '"We ran," he said. "Fast."'


def test_controls_that_were_dropped_leave_marks_to_be_told_by_their_place() -> None:
    raw = misread("“We ran,” he said — it’s the town’s.", "latin-1")
    dropped = "".join(c for c in raw if not "\x80" <= c <= "\x9f")
    assert normalize_text(dropped).text == "\"We ran,\" he said - it's the town's."


@pytest.mark.parametrize(
    "text",
    [
        "“LA PEÑA” and “CAFÉ”",
        "À la carte, voilà, «Ça va?» — naïve",
        "Ångström’s Ærø, Łódź…",
        "a château’s pâté",
    ],
)
def test_what_was_written_so_is_no_mojibake(text: str) -> None:
    assert not is_mojibake(text)
    letters = [c for c in text if c.isalpha()]
    assert [c for c in normalize_text(text).text if c.isalpha()] == letters


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("\x93Yes,\x94 she said \x96 it\x92s \x80 5\x85", '"Yes," she said - it\'s € 5...'),
        ("one\x85two", "one\ntwo"),
        ("a\x81b", "ab"),
        ("Price: Â£5, 10Â°C, so  itÂ  is", "Price: £5, 10°C, so it is"),
    ],
)
def test_controls_and_lost_spaces(raw: str, expected: str) -> None:
    assert normalize_text(raw).text == expected


def test_controls_are_read_one_for_one() -> None:
    assert read_controls("\x93a\x94\x81") == "“a”\x81"


def test_offsets_of_a_name_that_was_mojibake() -> None:
    raw = misread("Said Zoë Dvořák, 41", "latin-1")
    read = normalize_text(raw)
    start = read.text.index("Dvořák")
    assert read.raw_span(start, start + 6).text == misread("Dvořák", "latin-1")
