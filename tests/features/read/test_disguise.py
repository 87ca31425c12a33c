"""Disguised characters are read as what they look like, and counted."""

import pytest

from copydesk.features.read.disguise import find_look_alikes
from copydesk.features.read.text import NormalizedText, normalize_text

PLAIN = "The harbour master of Tarnholm closed the northern channel after a dredger had sunk there."
CYRILLIC = str.maketrans("aceopxy", "асеорху")
GREEK = str.maketrans("ouv", "ουν")
FULLWIDTH = {ord(c): ord(c) + 0xFEE0 for c in "abcdefghijklmnopqrstuvwxyz"}
MATHEMATICAL = {ord(c): 0x1D5BA + ord(c) - ord("a") for c in "abcdefghijklmnopqrstuvwxyz"}
STRUCK_THROUGH = {ord(c): c + "\u0336" for c in "abcdefghijklmnopqrstuvwxyz"}


def hide(mark: str) -> NormalizedText:
    """Read the plain text with a mark in the middle of each long word."""
    words = [w[: len(w) // 2] + mark + w[len(w) // 2 :] if len(w) > 4 else w for w in PLAIN.split()]
    return normalize_text(" ".join(words))


@pytest.mark.parametrize(
    "mark",
    [
        *"\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u180f\u200b\u200c\u200d\u200e\u202a\u202e",
        *"\u2060\u2062\u2065\u2066\u2069\u206a\u206f\u3164\ufe00\ufe0f\ufeff\uffa0\ufff0\ufffb",
        *"\U0001bca0\U0001d173\U000e0001\U000e0061\U000e01ef",
        "\u200b\u2060\ufeff",
        "&#8203;",
    ],
)
def test_the_invisible_goes_and_is_counted(mark: str) -> None:
    read = hide(mark)
    assert read.text == PLAIN
    assert read.n_hidden == 9
    assert read.n_look_alikes == 0


def test_soft_hyphens_are_hidden_only_where_nobody_would_hyphenate() -> None:
    assert hide("\u00ad").text == PLAIN
    assert hide("\u00ad").n_hidden == 0
    assert normalize_text("a c\u00adrew, the sh\u00adip, a dee\u00adp").n_hidden == 2


def test_what_is_invisible_between_words_is_no_disguise() -> None:
    read = normalize_text(PLAIN.replace(" ", " \u200b") + " \u2b07\ufe0f")
    assert read.text == f"{PLAIN} \u2b07"
    assert read.n_hidden == 0


@pytest.mark.parametrize(
    ("table", "n_words"), [(CYRILLIC, 14), (GREEK, 6), (FULLWIDTH, 0), (MATHEMATICAL, 0)]
)
def test_look_alikes_are_read_as_what_they_look_like(table: dict[int, int], n_words: int) -> None:
    read = normalize_text(PLAIN.translate(table))
    assert read.text == PLAIN
    assert read.n_look_alikes == n_words


def test_words_struck_through_are_read() -> None:
    assert normalize_text(PLAIN.translate(STRUCK_THROUGH)).text == PLAIN


def test_a_disguised_word_maps_back_to_what_was_written() -> None:
    raw = "The \u0441h\u0430ir w\u2062as empty"
    read = normalize_text(raw)
    assert read.text == "The chair was empty"
    assert read.raw_span(4, 9).text == "\u0441h\u0430ir"
    assert read.raw_span(10, 13).text == "w\u2062as"


@pytest.mark.parametrize(
    "text",
    [
        "The word Москва is Russian, Αθήνα is Greek and Երևան is Armenian.",
        "An α-particle, 5 Ω and a Δ of 3 µm",
        "Kılıç, Łódź, Şimşek, Ngũgĩ and Ọ̀ṣun",
        "plain",
    ],
)
def test_words_of_other_scripts_stay(text: str) -> None:
    assert find_look_alikes(text) == {}


def test_words_of_look_alikes_alone_count_beside_several_mixed_ones() -> None:
    assert find_look_alikes("а сор of") == {}
    assert find_look_alikes("а сор sаw thе mаn") == {
        "а": "a",
        "сор": "cop",
        "sаw": "saw",
        "thе": "the",
        "mаn": "man",
    }


def test_letters_with_marks_keep_them() -> None:
    assert find_look_alikes("naїve and Zоё") == {"naїve": "naïve", "Zоё": "Zoë"}
