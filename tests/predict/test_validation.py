"""What can be judged, and what a reader of a verdict is told."""

from collections.abc import Callable

import pytest

from copydesk.errors import InvalidArticle
from copydesk.features import Document, load_encoder, read_document
from copydesk.features.read.document import MIN_WORDS, check_document
from copydesk.predict.validation import (
    SHORT_WORDS,
    check_raw,
    find_warnings,
)
from copydesk.types import Article, Source

SOURCE = Source("w", 0.9)
Read = Callable[[str], Document]
Find = Callable[..., tuple[str, ...]]


@pytest.fixture(scope="module")
def read() -> Read:
    return lambda text: read_document(text, load_encoder())


def english(n_words: int) -> str:
    words = "the crew of a ferry took it to the shore and said that all was well".split() * 20
    return " ".join(words[:n_words]).capitalize() + "."


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t"])
def test_empty_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidArticle, match=f"text is empty, expected at least {MIN_WORDS}"):
        check_raw(text)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1f", "\ufffd"])
def test_more_than_a_hundredth_of_control_characters_is_refused(character: str) -> None:
    check_raw("a" * 99 + character)
    with pytest.raises(InvalidArticle, match="2 control or undecodable characters among 100"):
        check_raw("a" * 98 + character * 2)


@pytest.mark.parametrize("text", ["\t\n\v\f\r" * 5 + "a", "é“”—日本" * 10])
def test_white_space_and_letters_of_all_scripts_are_text(text: str) -> None:
    check_raw(text)


def test_twenty_words_are_enough(read: Read) -> None:
    check_document(read(english(MIN_WORDS)))
    with pytest.raises(InvalidArticle, match="text has 19 words, expected at least 20: too short"):
        check_document(read(english(MIN_WORDS - 1)))


def test_one_word_is_not_called_words(read: Read) -> None:
    with pytest.raises(InvalidArticle, match="text has 1 word, expected"):
        check_document(read("Ferry."))


def test_share_of_function_words_is_told(read: Read) -> None:
    # Two of twenty: 10 %.
    text = "the and " + " ".join(f"blor{chr(97 + i)}" for i in range(18)) + "."
    with pytest.raises(InvalidArticle, match=r"English: 10% of its words .* at least 15%"):
        check_document(read(text))
    check_document(read(text.replace("blora", "of")))


@pytest.fixture(scope="module")
def warnings(read: Read) -> Find:
    def find(
        text: str,
        source: Source | None = SOURCE,
        source_text: str = english(SHORT_WORDS),
        source_id: str | None = None,
    ) -> tuple[str, ...]:
        article = Article("a", "", source_id=source_id)
        return find_warnings(article, read(text), source, source and read(source_text))

    return find


def test_nothing_to_tell(warnings: Find) -> None:
    assert warnings(english(SHORT_WORDS)) == ()


def test_alone_is_told(warnings: Find) -> None:
    (warning,) = warnings(english(SHORT_WORDS), None)
    assert warning.startswith("judged alone")


@pytest.mark.parametrize(("source", "n_expected"), [(None, 2), (SOURCE, 1), (Source("x", 1.0), 0)])
def test_missing_source_id_is_told(source: Source | None, n_expected: int, warnings: Find) -> None:
    told = warnings(english(SHORT_WORDS), source, source_id="x")
    assert len(told) == n_expected
    assert any("source_id 'x' is not among the sources" in w for w in told) == (n_expected > 0)


def test_short_text_is_told(warnings: Find) -> None:
    (warning,) = warnings(english(SHORT_WORDS - 1))
    assert warning.startswith("only 79 words")


def test_notes_on_the_record_are_told(read: Read) -> None:
    article = Article("a", "", notes=("field url is 7: ignored",))
    found = find_warnings(article, read(english(SHORT_WORDS)), SOURCE, read(english(SHORT_WORDS)))
    assert found == ("field url is 7: ignored",)


def test_why_a_source_was_passed_over_is_told(read: Read) -> None:
    article = Article("a", "", source_id="x")
    found = find_warnings(article, read(english(SHORT_WORDS)), None, None, "the source is empty")
    assert found == ("judged alone: the source is empty, so less is known",)


@pytest.mark.parametrize(
    ("n_hidden", "n_look_alikes", "told"),
    [
        (0, 0, None),
        (2, 2, None),
        (3, 0, "3 places inside words hide something invisible; they"),
        (2, 3, ": 3 words have look-alike letters of other scripts; they"),
        (4, 3, "4 places inside words hide something invisible, 3 words have look-alike"),
    ],
)
def test_disguises_are_told(
    n_hidden: int, n_look_alikes: int, told: str | None, warnings: Find
) -> None:
    hidden = ["cr\u200bew", "sh\u2062ore", "fer\u034fry", "sa\ufe00id"][:n_hidden]
    look_alikes = ["\u0441rew", "sh\u043ere", "f\u0435rry"][:n_look_alikes]
    text = f"{english(SHORT_WORDS)} And {' '.join(hidden + look_alikes)} it was."
    found = warnings(text)
    assert len(found) == (told is not None)
    assert told is None or told in found[0]
    assert told is None or found[0].startswith("characters were disguised: ")


def test_a_page_that_is_no_article_is_told(warnings: Find) -> None:
    (warning,) = (w for w in warnings("\n".join([english(SHORT_WORDS)] * 40)) if "hardly" in w)
    assert warning == "hardly an article: the same sentences over and over"


ENDS = pytest.mark.parametrize(
    ("end", "told"),
    [
        ("", True),
        (",", True),
        ("...", True),
        ("…", True),
        ("…”", True),
        (".", False),
        ('"', False),
        ("!", False),
        (".\n\nRead more", False),
    ],
)


@ENDS
def test_text_cut_off_is_told(end: str, told: bool, warnings: Find) -> None:
    found = warnings(english(SHORT_WORDS).removesuffix(".") + end)
    assert [w.startswith("the text ends in mid-sentence") for w in found] == [True] * told


@ENDS
def test_source_cut_off_is_told(end: str, told: bool, warnings: Find) -> None:
    source = english(SHORT_WORDS).removesuffix(".") + end
    found = warnings(english(SHORT_WORDS), source_text=source)
    assert [w.startswith("the source ends in mid-sentence") for w in found] == [True] * told


def test_repeated_sentences_are_told(warnings: Find) -> None:
    sentence = "The crew of the ferry took it to the shore before the storm came."
    text = f"{english(SHORT_WORDS)} {sentence}\n\n{sentence}"
    (warning,) = warnings(text)
    assert warning.startswith("1 sentence")
