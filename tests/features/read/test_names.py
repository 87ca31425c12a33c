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


def test_first_mentions_are_in_order_of_appearance() -> None:
    found = first_mentions(mentions("berg", "velmar", "berg", "lind"))
    assert [(word, mention.token) for word, mention in found.items()] == [
        ("berg", 0),
        ("velmar", 1),
        ("lind", 3),
    ]
