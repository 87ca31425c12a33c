"""Names, found by their capitals."""

from collections.abc import Callable

import pytest

from copydesk.features import Document
from copydesk.features.read.names import NameMention, first_mentions


def mentions(*words: str) -> tuple[NameMention, ...]:
    return tuple(NameMention(word, token) for token, word in enumerate(words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy Berg left Velmar on Monday.", ["Berg", "Velmar"]),
        ("Fog came. Reporters saw it.", []),
        ("Ryabkov left. Nobody saw him.", ["Ryabkov"]),
        ("They met Rose. Rose left.", ["Rose", "Rose"]),
        ("Rose left. They met nobody.", []),
        ("They met Rose. A rose is a flower.", []),
        ("We asked President Berg and Mrs Lind.", ["Berg", "Lind"]),
        ("They said I and X met Li.", ["Li"]),
        ("no capitals here", []),
        ("", []),
    ],
)
def test_finds_names(read: Callable[[str], Document], text: str, expected: list[str]) -> None:
    document = read(text)
    assert [document.tokens[mention.token] for mention in document.names] == expected
    assert [mention.word for mention in document.names] == [word.lower() for word in expected]


UPPER = (
    "THE ENVOY LEFT VELMAR ON MONDAY. HE TOLD RYABKOV THAT THE BRIDGE WAS CLOSED. "
    "ENGINEERS FROM NORDLINJE FOUND CRACKS IN ITS PIERS."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (UPPER, {"velmar", "ryabkov", "nordlinje"}),
        (
            "Envoy Leaves Velmar After Talks With Ryabkov Fail. "
            "Engineers Find Cracks In Bridge Over River.",
            {"velmar", "ryabkov"},
        ),
        ("FERRY SINKS OFF VELMAR.\nThe ferry Astra sank near Velmar.", {"velmar", "astra"}),
        ("BERG LEAVES FOR ROSE ISLAND.\nThe envoy Berg left for Rose.", {"berg", "rose"}),
        ("ROSE GARDEN OPENS IN SPRING. It is warm in the garden.", set()),
        ("The NATO, EU and UN envoys met Berg.", {"nato", "eu", "un", "berg"}),
        (
            "Present were Anna Berg and Mary Young. Nobody else was there on that day.",
            {"anna", "berg", "mary", "young"},
        ),
    ],
)
def test_capitals_throughout_say_nothing(
    read: Callable[[str], Document], text: str, expected: set[str]
) -> None:
    assert {mention.word for mention in read(text).names} == expected


def test_sentences_in_capitals_have_the_vectors_of_small_letters(
    read: Callable[[str], Document],
) -> None:
    line = "The envoy left Velmar for the bridge"
    assert (read(line.upper()).vector == read(line.lower()).vector).all()
    assert (read(line).vector != read(line.lower()).vector).any()


def test_first_mentions_are_in_order_of_appearance() -> None:
    found = first_mentions(mentions("berg", "velmar", "berg", "lind"))
    assert [(word, mention.token) for word, mention in found.items()] == [
        ("berg", 0),
        ("velmar", 1),
        ("lind", 3),
    ]
