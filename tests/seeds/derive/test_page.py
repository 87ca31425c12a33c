"""A page: paragraphs, sentences, words, quotations and names where the raw text has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.blocks import BlockKind
from copydesk.seeds.derive.page import read_page


def test_paragraphs_and_sentences_are_stretches_of_the_raw_text(bridge: str) -> None:
    page = read_page(bridge)
    assert len(page.paragraphs) == 8
    assert [p.kind for p in page.paragraphs].count(BlockKind.CREDIT) == 1
    assert bridge[page.body[1].start : page.body[1].end].startswith("About 23,000 vehicles")
    assert [bridge[a:b] for a, b in page.body[5].sentences] == [
        '"Nobody told us about the fog," said Anna Lindqvist, a bus driver.',
        '"We waited for two hours."',
    ]
    assert page.body[5].n_words == 17


def test_words_know_what_they_are(bridge: str) -> None:
    words = {word.text: word for word in read_page(bridge).words}
    assert words["Ryabkov"].is_name
    assert not words["bridge"].is_name
    assert words["23,000"].is_figure
    assert words["nine"].is_figure
    assert words["fog"].in_quote
    assert not words["driver"].in_quote
    assert words["Tuesday"].is_calendar
    assert words["Drivers"].opens_sentence


def test_offsets_hold_in_a_text_that_normalising_changes() -> None:
    text = (
        "  It\u2019s\u00a0late &amp; dark.\r\n\r\n"
        "\u201cWe are\u200b all well,\u201d said Anna Berg."
    )
    page = read_page(text)
    assert [text[word.start : word.end] for word in page.words] == [w.text for w in page.words]
    assert [span.text for span in page.quotes] == ["We are\u200b all well"]
    assert [word.text for word in page.words if word.is_name] == ["Anna", "Berg"]


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ('He called it a "new deal" today.', "today"),
        ("They said: 'We shall all go home now.' It rained.", "rained"),
        ('He said: "We are well.\n\n"We go home," he added.', "added"),
    ],
)
def test_quotations_of_any_length_are_marked(text: str, free: str) -> None:
    page = read_page(text)
    assert not page.touches_quote(text.index(free), text.index(free) + len(free))
    for word in ("new", "deal", "shall", "home", "well", "go"):
        if word in text:
            start = text.index(f"{word}")
            assert page.touches_quote(start, start + len(word)), word


def test_where_a_mark_lacks_its_partner_the_whole_paragraph_is_taken_for_quoted() -> None:
    text = 'He said: "We are all well. They went home.'
    assert read_page(text).quoted.all()


def test_paragraphs_that_one_quotation_runs_through_stay_together() -> None:
    text = 'He said: "We are well.\n\n"We go home today," he added.\n\nThey left.'
    assert [text[p.start : p.end] for p in read_page(text).body] == [text[:-12], "They left."]


def test_a_sentence_that_ends_inside_a_quotation_goes_on() -> None:
    text = 'He said: "We are well. We go home today." They left.'
    (paragraph,) = read_page(text).body
    assert [text[a:b] for a, b in paragraph.sentences] == [text[:41], "They left."]


def test_deleted_spans_that_touch_become_one_change() -> None:
    page = read_page("One two three four.")
    (change,) = page.delete("cut", [(3, 7), (7, 9), (0, 4)])
    assert (change.start, change.before) == (0, "One two t")


def test_deleted_paragraphs_take_their_line_breaks_along(port: str) -> None:
    page = read_page(port)
    first, second = page.delete_paragraphs("drop", [page.body[0], page.body[2]])
    assert first.before.endswith("at sea.\n\n")
    assert second.before.startswith('\n\n"Our members')


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    page = read_page(text)
    assert [text[word.start : word.end] for word in page.words] == [w.text for w in page.words]
    places = [place for p in page.paragraphs for place in (p.start, p.end)]
    assert places == sorted(places)
    assert len(page.quoted) == len(page.named) == len(text)
