"""What there is to know of words: the same whoever asks, and for however many words."""

import pytest

from copydesk.features.read.word_forms import WordForm, word_forms, word_key


def form_of(word: str) -> WordForm:
    return word_forms([word])[0]


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("the", {"is_function"}),
        ("government", {"is_content", "is_common"}),
        ("trawler", {"is_content", "is_uncommon"}),
        ("qxzvlmar", {"is_content", "is_uncommon", "is_rare"}),
        ("dvořáček", {"is_content", "is_uncommon"}),
        ("zq", {"is_content", "is_uncommon"}),
        ("1987", {"is_content"}),
        ("x", {"is_common"}),
    ],
)
def test_kinds_of_words(word: str, kinds: set[str]) -> None:
    form = form_of(word)
    names = ("is_function", "is_content", "is_rare", "is_uncommon", "is_common")
    assert {name for name in names if getattr(form, name)} == kinds


def test_only_content_words_have_a_stem() -> None:
    assert [form.stem for form in word_forms(["the", "negotiations", "x", "5"])] == [
        "",
        "negoti",
        "",
        "5",
    ]


def test_all_numbers_have_one_key_and_words_their_own() -> None:
    forms = word_forms(["5", "1,998", "0", "five", "six"])
    assert [form.key for form in forms] == [word_key("0")] * 3 + [word_key("five"), word_key("six")]
    assert len({form.key for form in forms}) == 3
    assert word_key("0") < 2**64


def test_a_word_is_described_once() -> None:
    one, other = word_forms(["ferry", "ferry"])
    assert one is other
