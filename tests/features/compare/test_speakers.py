"""Who is said to have spoken."""

from collections.abc import Callable

import pytest

from copydesk.features import Document
from copydesk.features.compare.speakers import are_other_people, find_speaker

Read = Callable[[str], Document]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We all go home," said Anna Berg.', ("anna", "berg")),
        ('"We all go home," said the deputy envoy Anna Berg.', ("anna", "berg")),
        ('"We all go home," Anna Berg, a teacher, told the council.', ("anna", "berg")),
        ('"We all go home," Mr. Jonas van Lind said.', ("jonas", "van", "lind")),
        ("'We all go home', said Anna Berg.", ("anna", "berg")),
        ('Anna Berg said: "We all go home."', ("anna", "berg")),
        ('They were calm, and Anna Berg told reporters: "We all go home."', ("anna", "berg")),
        ('"We are well," Anna Berg said. "We all go home."', ("anna", "berg")),
        ('"We all go home." Anna Berg said nothing more.', ()),
        ('"We all go home," said the mayor in Velmar.', ()),
        ('"We all go home," she said on Monday.', ()),
        ('"We all go home," said officials of Nordlinje.', ()),
        ('"We all go home," and Berg left.', ()),
    ],
)
def test_a_name_beside_a_verb_of_speech(read: Read, text: str, speaker: tuple[str, ...]) -> None:
    document = read(text)
    assert find_speaker(document, document.quote_scan.quotes[-1]) == speaker


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("erik berg", "jonas lind", True),
        ("berg", "lind", True),  # both in the texts
        ("anna berg", "berg", False),
        ("berg", "byerg", False),
        ("anna", "lind", False),  # the source has Anna Lind
        ("holm", "tarn", False),  # neither text knows both
        ("anna berg", "", False),
    ],
)
def test_other_people_are_told_by_whole_names(
    read: Read, one: str, other: str, expected: bool
) -> None:
    article, source = read("The crew met Berg there."), read("The crew met Anna Lind and Berg.")
    assert are_other_people(one.split(), other.split(), article, source) is expected
