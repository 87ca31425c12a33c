"""Normalisation undoes what outlets do to the same words, and never loses the way back."""

import unicodedata

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.features.read.text import normalize_text

# What the pages of outlets are full of, beside any character at all.
PIECES = st.sampled_from(
    [
        *"“ ” ‘ ’ « » — – - -- '' ** __ # . , ! ? 7 19 said Él naïve ﬁ ½ … Ã© â€™".split(),
        *"&amp; &quot; &nbsp; &#8217; <b> </p> <br/> [here](https://a.example/b)".split(),
        *(" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\u00ad", "\u2028", "e\u0301"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.characters()), max_size=30).map("".join)
# Letters with and without diacritics; nothing that reads as mojibake in one form only.
LETTERS = st.text("aenosuz AENOSUZ áéíóúñçåłőğ ŻŁÅ кйё ЙЁ 한글 ά\u0301\u0308\u030c.,")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("He said:\u00a0“It’s over” — twice.", 'He said: "It\'s over" - twice.'),
        ("«Stop», he said", '"Stop", he said'),
        ("''Stop'', he said", '"Stop", he said'),
        ("1914–1918", "1914-1918"),
        ("1914 – 1918", "1914-1918"),
        ("a win — 3 - 2", "a win - 3 - 2"),
        ("well—known", "well - known"),
        ("now – then", "now - then"),
        ("north–south", "north-south"),
        ("yes--no", "yes - no"),
        ("a non\u2011stop flight", "a non-stop flight"),
        ("minus \u22125", "minus - 5"),
        ("wait…", "wait..."),
        ("Hello , world !", "Hello, world!"),
        ("It ’ s late and they 've left", "It's late and they've left"),
        ("We don ' t know what he 'll do", "We don't know what he'll do"),
        ("the captain ' s ship", "the captain's ship"),
        ("Jan van 't Hoff", "Jan van 't Hoff"),
        ("  one   two\t three \u2009 four ", "one two three four"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one \n two \n\n\n\n three", "one\ntwo\n\nthree"),
        ("co\u00adoperate\u200b now\ufeff", "cooperate now"),
        ("the ﬁrst ½ of １２", "the first 1⁄2 of 12"),
        ("<p>One <b>bold</b> word</p><p>Two</p>", "One bold word\n\nTwo"),
        ("Tom &amp; Ann &#8212; &quot;us&quot;", 'Tom & Ann - "us"'),
        ("**Bold** and __more__", "Bold and more"),
        ("## Heading\nText", "Heading\nText"),
        ("see [the map](https://a.example/m) now", "see the map now"),
        ("CafÃ© and itâ€™s", "Café and it's"),
        ("Ã la carte", "Ã la carte"),
        ("3 < 5 and 7 > 2", "3 < 5 and 7 > 2"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_normalizes_to_hand_computed_text(raw: str, expected: str) -> None:
    assert normalize_text(raw).text == expected


@given(TEXTS)
@example("&amp;amp;amp;amp;amp;amp;amp;lt;")
@example("# # # # # # # Heading")
def test_normalizing_twice_changes_nothing(raw: str) -> None:
    once = normalize_text(raw).text
    assert normalize_text(once).text == once


@given(TEXTS)
def test_offsets_are_inside_the_raw_text_and_monotone(raw: str) -> None:
    normalized = normalize_text(raw)
    starts, ends = normalized.starts, normalized.ends
    assert normalized.raw == raw
    assert starts.dtype == ends.dtype == np.int32
    assert len(starts) == len(ends) == len(normalized.text)
    assert np.all(starts < ends)
    assert np.all(np.diff(starts) >= 0)
    assert np.all(np.diff(ends) >= 0)
    assert not len(starts) or (starts[0] >= 0 and ends[-1] <= len(raw))


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_any_span_lies_in_the_raw_text_and_holds_its_parts(raw: str, one: int, other: int) -> None:
    normalized = normalize_text(raw)
    start, end = (min(position, len(normalized.text)) for position in sorted((one, other)))
    span = normalized.raw_span(start, end)
    assert span.text == raw[span.start : span.end]
    for position in range(start, end):
        part = normalized.raw_span(position, position + 1)
        assert span.start <= part.start < part.end <= span.end


@given(st.text("abc XYZ.,?", max_size=30))
def test_plain_characters_map_back_to_themselves(raw: str) -> None:
    normalized = normalize_text(raw)
    for position, character in enumerate(normalized.text):
        if character != " ":
            assert normalized.raw_span(position, position + 1).text == character


def test_span_of_a_word_behind_every_kind_of_change() -> None:
    raw = "<p>“It’s\u00a0 &quot;o\u00adver&quot; — cafÃ©”</p>"
    normalized = normalize_text(raw)
    assert normalized.text == '"It\'s "over" - café"'
    start = normalized.text.index("over")
    assert normalized.raw_span(start, start + 4).text == "o\u00adver"
    start = normalized.text.index("café")
    assert normalized.raw_span(start, start + 4).text == "cafÃ©"
    assert normalized.raw_span(0, 5).text == "“It’s"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2)])
def test_an_empty_span_maps_to_an_empty_span(start: int, end: int) -> None:
    span = normalize_text("plain words").raw_span(start, end)
    assert (span.text, span.start, span.end) == ("", 0, 0)


@given(LETTERS)
def test_composed_and_decomposed_forms_are_one_text(text: str) -> None:
    composed, decomposed = (
        normalize_text(unicodedata.normalize(form, text)).text for form in ("NFC", "NFD")
    )
    assert composed == decomposed


@given(st.lists(st.sampled_from(['"', "'", "said", "it's", " ", ".", "no"]), max_size=20))
def test_curly_and_straight_quotes_are_one_text(pieces: list[str]) -> None:
    straight = "".join(pieces)
    curly = straight.replace('"', "”").replace("'", "’")
    assert normalize_text(curly).text == normalize_text(straight).text


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u2009", "\u202f", "\u3000", "\t", "  "])
def test_every_space_is_a_space(space: str) -> None:
    assert normalize_text(f"the{space}ferry").text == "the ferry"
