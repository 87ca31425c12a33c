"""Quotations: found where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.quotes import Quote, scan_quotes


def quotes_of(text: str) -> tuple[Quote, ...]:
    return scan_quotes(text, ((0, len(text)),)).quotes


def scan_paragraphs(*paragraphs: str) -> tuple[list[str], int]:
    text = "\n".join(paragraphs)
    spans = tuple((text.index(part), text.index(part) + len(part)) for part in paragraphs)
    scan = scan_quotes(text, spans)
    return [quote.text for quote in scan.quotes], scan.n_unbalanced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He called it "a very good day" and left.', ["a very good day"]),
        ('"We are all well," he said. "We go home."', ["We are all well", "We go home"]),
        ('The "new deal" failed.', []),
        ("He called it 'a very good day', they said.", ["a very good day"]),
        ("The crew's ship wasn't the owners' best one.", []),
        ("'Twas a good day for the sailors.", []),
        ('" We are all well. " he said', ["We are all well"]),
        ("No marks at all.", []),
        ('He is 5\'10" tall and took a 6" pipe, "a nasty piece of work", along.',
         ["a nasty piece of work"]),
        ('A board of 10" by 12" costs "a lot of money" now.', ["a lot of money"]),
        ('"He is 5\'10" and angry," she said.', ['He is 5\'10" and angry']),
        ('"He was number 6", she said. "I was 7."', ["He was number 6", "I was 7"]),
        ("He told of 'the workers' long march' that year.", ["the workers' long march"]),
        ("'Don't go to the boys' house today,' he said.", ["Don't go to the boys' house today"]),
        ("Rock 'n' roll was 'the best thing ever' in the '60s.", ["the best thing ever"]),
        ("'They said \"never again to me\" and left,' he said.",
         ['They said "never again to me" and left']),
        ('"We want the "best of all" worlds," he said.', ['We want the "best of all" worlds']),
        ('"We never left, she said on Monday. "It was late."', ["It was late"]),
        ('"We left the pier, " said Berg to the crew. "It was late."',
         ["We left the pier", "It was late"]),
        ('"We left the pier. " "It was very late. " Berg told the crew of the ship.',
         ["We left the pier", "It was very late"]),
        ('Berg told the crew: " We left the pier " and went home with them.',
         ["We left the pier"]),
    ],
)  # fmt: skip
def test_finds_quotations_of_three_words_or_more(text: str, expected: list[str]) -> None:
    assert [quote.text for quote in quotes_of(text)] == expected


def test_single_marks_go_on_from_paragraph_to_paragraph() -> None:
    found, unbalanced = scan_paragraphs(
        "'We never left the rock.", "'The storms came.", "'We sang all night,' she said."
    )
    assert found == ["We never left the rock", "The storms came", "We sang all night"]
    assert unbalanced == 0


def test_single_marks_inside_a_paragraph_with_double_marks_are_no_quotation() -> None:
    assert scan_paragraphs("He said: \"They cried 'all hands on deck', twice.\"")[0] == [
        "They cried 'all hands on deck', twice"
    ]


def test_a_quotation_may_go_on_in_the_next_paragraph() -> None:
    found = scan_paragraphs('He said: "We are well.', '"We go home today," he added.')
    assert found == (["We are well", "We go home today"], 0)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ('He said: "We are all well.', "They went home."),
        ('He said: "We are all well.',),
        ("They went home.", 'We are all well," he said.'),
    ],
)
def test_a_mark_without_partner_is_counted(paragraphs: tuple[str, ...]) -> None:
    assert scan_paragraphs(*paragraphs) == ([], 1)


@given(st.text("ab c\".,'", max_size=60))
def test_a_quotation_is_where_it_says_it_is(text: str) -> None:
    scan = scan_quotes(text, ((0, len(text)),))
    assert scan.n_unbalanced % 2 == text.count('"') % 2
    for quote in scan.quotes:
        assert text[quote.start : quote.end] == quote.text
        assert quote.text.count(" ") >= 2
