"""Faults of content-management systems."""

from copydesk.features.read.text import normalize_text
from copydesk.seeds.derive.changes import Derivative
from copydesk.seeds.derive.faults import (
    BodyTwice,
    CutShort,
    FindAndReplace,
    LostParagraphs,
    Mojibake,
    NameReplaced,
)
from copydesk.seeds.derive.page import read_page


def test_the_body_stands_twice(port: str) -> None:
    assert BodyTwice(1.0).derive(port).text == f"{port.strip()}\n\n{port}"
    assert BodyTwice(0.3).derive(port).text.count("The union wants a rise") == 2


def test_find_and_replace_damages_words_around_names_and_quotations() -> None:
    text = 'Others assess it. "Others assess it as well," said Anna Fisher. The passenger left.'
    derived = FindAndReplace(1.0).derive(text).text
    assert '"Others assess it as well,"' in derived
    assert "Anna Fisher" in derived
    assert "The pbottomenger left." in derived


def test_a_damaged_name_is_damaged_throughout(bridge: str) -> None:
    derived = NameReplaced(1.0).derive(bridge)
    damage: dict[str, set[str]] = {}
    for change in derived.changes:
        damage.setdefault(change.before, set()).add(change.after)
    assert "Ryabkov" in damage
    assert all(len(found) == 1 for found in damage.values())
    assert [q.text for q in read_page(derived.text).quotes] == [
        q.text for q in read_page(bridge).quotes
    ]


def test_mojibake_reads_utf_8_as_windows_1252() -> None:
    text = "\u201cIt\u2019s caf\u00e9 time\u201d - don't"
    broken = Mojibake(1.0).derive(text).text
    # The closing mark's last byte is none of Windows-1252's characters: it stays whole.
    assert broken == "\u00e2\u20ac\u0153It\u00e2\u20ac\u2122s caf\u00c3\u00a9 time\u201d - " + (
        "don\u00e2\u20ac\u2122t"
    )
    assert normalize_text(broken).text == normalize_text(text).text


def test_one_paragraph_is_never_lost(port: str) -> None:
    (paragraph,) = read_page(LostParagraphs(1.0).derive(port).text).body
    assert paragraph.n_words > 5
    assert LostParagraphs(1.0).derive("One alone.") == Derivative("One alone.", ())


def test_cuts_at_2000_characters_at_full_strength(bridge: str) -> None:
    text = bridge * 4
    assert CutShort(1.0).derive(text).text == text[:2000]
    assert CutShort(0.5).derive(text).text == text[:4000]
    assert CutShort(1.0).derive(text[:1999]) == Derivative(text[:1999], ())
