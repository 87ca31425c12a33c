"""Whether an article as a whole derives, and speech that was translated."""

from collections.abc import Callable

import pytest

from copydesk.features import Document
from copydesk.features.compare.alignment import align_sentences
from copydesk.features.compare.derivation import derives_from, is_translated


def test_derivatives_derive_and_other_reports_do_not(
    read: Callable[[str], Document], story: dict[str, str]
) -> None:
    source = read(story["source"])

    def derives(name: str, *, translated: bool = False) -> bool:
        article = read(story[name])
        return derives_from(article, align_sentences(article, source), translated=translated)

    assert [derives(name) for name in story] == [True, True, True, False]
    # Where speech was translated, more of the words have to be the source's.
    assert [derives(name, translated=True) for name in story] == [True, True, False, False]


def test_an_article_that_only_quotes_may_derive(read: Callable[[str], Document]) -> None:
    article = read('"We will all go home before the night is over."')
    assert derives_from(article, align_sentences(article, read("The ferry sank.")))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('He told state television: "We all go home."', True),
        ('Speaking in Finnish, he said: "We all go home."', True),
        ('He said through an interpreter: "We all go home."', True),
        ('"We all go home," he said, as translated by his office.', True),
        ('He told the Norwegian crew: "We all go home."', False),
        ('He stated on television: "We all go home."', False),
    ],
)
def test_translated_speech_is_said_to_be(line: str, expected: bool) -> None:
    at = line.index("We all")
    assert is_translated(line, at, at + 14) is expected
    assert is_translated(line + " " * 400 + "We all go home", len(line) + 400, len(line) + 414) is (
        False
    )


def test_few_words_in_the_source_s_order_derive(read: Callable[[str], Document]) -> None:
    source = read(
        "The ferry ran aground near Velmar on Monday. Nobody on board was hurt. Two tugs pulled "
        "the vessel free at high water. The operator has carried passengers since 1987. Divers "
        "looked at the hull in the evening. Sailings would resume on Wednesday."
    )
    spun = (
        "The boat Astra, an old hull that many in town knew well, went ashore close to the town at "
        "the beginning of the week. No one on board was injured. Two tugs dragged the ship free at "
        "high tide. The operator has moved travellers since 1987. Frogmen checked its bottom at "
        "dusk. Sailings would begin again on Wednesday."
    )
    sentences = spun.split(". ")
    shuffled = ". ".join(sentences[i].rstrip(".") for i in (3, 0, 5, 2, 4, 1)) + "."
    assert derives_from(read(spun), align_sentences(read(spun), source))
    assert not derives_from(read(shuffled), align_sentences(read(shuffled), source))
