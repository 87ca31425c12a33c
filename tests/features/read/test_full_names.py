"""Whole names: which name words belong together."""

from collections.abc import Callable

import pytest

from copydesk.features import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy Anna Berg met Jonas Lind.", [("anna", "berg"), ("jonas", "lind")]),
        ("They met Jonas van Lind in Velmar.", [("jonas", "lind")]),
        ("They met Jonas J. Lind and Abdel-Fattah el-Masri.",
         [("jonas", "lind"), ("abdel", "fattah", "masri")]),
        ("They met Anna, Berg and Lind.", []),
        ("They met Berg. Lind had left Velmar.", []),
        ("They met Anna Berg's Velmar crew.", [("anna", "berg")]),
        ("They all left.", []),
        ("", []),
    ],
)  # fmt: skip
def test_names_of_two_words_or_more(
    read: Callable[[str], Document], text: str, expected: list[tuple[str, ...]]
) -> None:
    document = read(text)
    assert [name.words for name in document.full_names] == expected
    for name in document.full_names:
        assert tuple(document.words[token] for token in name.tokens) == name.words
