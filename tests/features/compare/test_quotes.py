"""Quotations compared: what became of each."""

from collections.abc import Callable

import pytest

from copydesk.features import Document
from copydesk.features.compare.alignment import align_sentences
from copydesk.features.compare.quotes import QuoteFate, QuoteMatch, match_quotes

Read = Callable[[str], Document]
Match = Callable[[str, str], list[QuoteMatch]]
FateOf = Callable[[str], QuoteFate]

LEAD = (
    "The harbour council met in Velmar on Monday evening to talk about the ferry that ran aground "
    "last week.\n\n"
)
TAIL = "\n\nThe council will meet again in three weeks, when the report on the accident is due."
SAID = (
    "We will not leave the city tonight, whatever it costs us in the end. I have told the 40 men "
    "of the crew that they can't go home before the harbor is safe, and they agreed."
)
SOURCE = f'{LEAD}"{SAID}" said Anna Berg.{TAIL}'


@pytest.fixture(scope="module")
def match(read: Read) -> Match:
    def match_texts(article: str, source: str) -> list[QuoteMatch]:
        one, other = read(article), read(source)
        return list(match_quotes(one, other, align_sentences(one, other)))

    return match_texts


@pytest.fixture(scope="module")
def fate_of(match: Match) -> FateOf:
    """Give the fate of words quoted in a copy of the source that else has nothing changed."""

    def fate(said: str) -> QuoteFate:
        (found,) = match(f'{LEAD}"{said}," said Anna Berg.{TAIL}', SOURCE)
        return found.fate

    return fate


WHOLE = (QuoteFate.VERBATIM, QuoteFate.SHORTENED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("harbor", "harbour"),
        ("costs us", "costs USA"),
        ("can't", "cannot"),
        ("can't", "can not"),
        ("40", "forty"),
        ("We will", "WE will"),
        ("We will not", "We won't"),
        (", whatever", " - whatever"),
        ("the crew", "[her] crew"),
        ("the 40 men of the crew", "[the sailors]"),
        ("I have told", "I've told"),
        (", and they agreed", ""),
        (" I have told the 40 men of the crew that they can't go home", " ... They can't go home"),
        ("whatever it costs us in the end", "whatever it costs"),
        ("tonight, whatever", "tonight, you know, whatever"),
        ("agreed", "agreeed"),
    ],
)
def test_what_a_desk_may_do_alters_nothing(fate_of: FateOf, old: str, new: str) -> None:
    assert old in SAID
    assert fate_of(SAID.replace(old, new)) in WHOLE


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("She is the No. 1 pilot on this coast", "She is the number one pilot on this coast"),
        ("She is the number 1 pilot on this coast", "She is the #1 pilot on this coast"),
        ("Berths Nos. 2 and 3 are free today", "Berths numbers two and three are free today"),
        ("We did not see any of the ships", "We did not see the ships"),
        ("He never told us about any fog", "He never told us about fog"),
        ("There was hardly any of the oil left", "There was hardly oil left"),
        ("Dear Mrs B, your ship has sailed", "Dear Mrs XXX, your ship has sailed"),
        ("Pilot M. told us to wait for him", "Pilot xx told us to wait for him"),
        ("They met Captain K. on the old pier", "They met Captain XXXX on the old pier"),
    ],
)
def test_numbering_any_and_masked_names_alter_nothing(match: Match, said: str, source: str) -> None:
    for one, other in ((said, source), (source, said)):
        (found,) = match(f'{LEAD}"{one}," she said.{TAIL}', f'{LEAD}"{other}," she said.{TAIL}')
        assert found.fate in WHOLE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("will not leave", "will leave"),
        ("will not leave", "will never leave"),
        ("will not leave", "may not leave"),
        ("can't go", "can go"),
        ("40 men", "14 men"),
        ("40 men", "40 brave men"),
        ("40 men of the crew", "40 of the crew"),
        ("the city", "the town"),
        ("the 40 men of the crew", "them"),
        ("whatever it costs us", "whatever it costs them"),
        ("they agreed", "they all agreed"),
        ("agreed", "agreed, and I will pay them double for it"),
        ("We will", "Frankly, we will"),
        ("before the harbor", "until the harbor"),
    ],
)
def test_a_word_changed_added_or_dropped_alters(fate_of: FateOf, old: str, new: str) -> None:
    assert old in SAID
    assert fate_of(SAID.replace(old, new)) is QuoteFate.ALTERED


@pytest.mark.parametrize(
    ("said", "fate"),
    [
        (SAID, QuoteFate.VERBATIM),
        ("We will not leave the city tonight", QuoteFate.SHORTENED),
        ("they can not go home before the harbour is safe", QuoteFate.SHORTENED),
        ("The moon is a large round cheese", QuoteFate.UNMATCHED),
        ("the report on the accident is due", QuoteFate.VERBATIM),
        ("port on the accident is due", QuoteFate.UNMATCHED),
    ],
)
def test_says_what_became_of_a_quotation(fate_of: FateOf, said: str, fate: QuoteFate) -> None:
    assert fate_of(said) is fate


@pytest.mark.parametrize(
    "said",
    [
        '"We are all well," Anna Berg told them. "Nobody has left the ship, and nobody will."',
        '"We are all well. Nobody has left the ship," said Anna Berg, "and nobody will."',
        '"We are all well. Nobody has left the ship, and nobody will," said Anna Berg.',
        '"We are all well.\n\n"Nobody has left the ship, and nobody will," said Anna Berg.',
        "'We are all well.\n\n'Nobody has left the ship, and nobody will,' said Anna Berg.",
        '"We are all well," said Anna Berg.\n\n"Nobody has left the ship, and nobody will."',
        "«We are all well. Nobody has left the ship, and nobody will», said Anna Berg.",
        "‹We are all well. Nobody has left the ship, and nobody will›, said Anna Berg.",
        "„We are all well. Nobody has left the ship, and nobody will“, said Anna Berg.",
    ],
)
def test_split_and_joined_quotations_are_one(match: Match, said: str) -> None:
    whole = f'"We are all well. Nobody has left the ship, and nobody will," said Anna Berg.{TAIL}'
    split = f"{said}{TAIL}"
    for article, source in ((whole, split), (split, whole)):
        found = match(LEAD + article, LEAD + source)
        assert found
        assert all(one.fate in WHOLE for one in found)


def test_an_altered_quotation_points_at_the_words_it_stands_for(match: Match) -> None:
    altered = SOURCE.replace("will not leave", "will leave")
    (found,) = match(altered, SOURCE)
    assert found.fate is QuoteFate.ALTERED
    assert SOURCE[found.source_start : found.source_end] == SAID.removesuffix(".")
    assert 95 < found.ratio < 100


def test_offsets_hold_where_lower_case_is_longer(match: Match) -> None:
    source = (
        'In İstanbul, İzmir and İznik they said: "We will not leave the city tonight". He left.'
    )
    (found,) = match(source.replace("not", "never"), source)
    assert found.fate is QuoteFate.ALTERED
    assert source[found.source_start : found.source_end] == "We will not leave the city tonight"


def test_a_quotation_reworded_throughout_is_found_in_its_sentence(match: Match) -> None:
    spun = (
        "On Monday night the council of the harbour gathered in Velmar, the ferry being aground."
        '\n\n"We shall not quit the town this evening, whatever it is," said Berg.'
    )
    source = f'{LEAD}"We will not leave the city tonight, whatever it costs," said Anna Berg.{TAIL}'
    (found,) = match(spun, source)
    assert found.fate is QuoteFate.ALTERED


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("Velmar will never be flooded", "We will not be flooded"),
        ("Berg shall not be silenced now", "We will not be silenced"),
        ("Anna Berg could never be warned", "We were not to be warned"),
    ],
)
def test_an_article_that_keeps_its_sentences_rewords_no_quotation(
    match: Match, said: str, source: str
) -> None:
    (found,) = match(f'{LEAD}"{said}," she said.{TAIL}', f'{LEAD}"{source}," she said.{TAIL}')
    assert found.fate is QuoteFate.UNMATCHED


@pytest.mark.parametrize(
    ("lead", "source"),
    [
        ("When the fog lifts ", f'{LEAD}"People should leave the pier," said Berg.{TAIL}'),
        ("To be quite clear, ", f'{LEAD}Anna Berg said: "People should leave the pier."{TAIL}'),
        (
            "Before the tide turns ",
            f'{LEAD}"We are late," said Berg.\n\n"People should leave the pier."{TAIL}',
        ),
    ],
)
def test_an_article_may_begin_a_quotation_before_its_source(
    match: Match, lead: str, source: str
) -> None:
    found = match(f'{LEAD}"{lead}people should leave the pier," said Berg.{TAIL}', source)
    assert [one.fate for one in found] == [QuoteFate.SHORTENED]


@pytest.mark.parametrize("lead", ["Frankly, ", "No, ", "Brave "])
def test_a_single_word_before_what_the_source_quotes_alters(match: Match, lead: str) -> None:
    source = f'{LEAD}"People should leave the old pier," said Berg.{TAIL}'
    (found,) = match(f'{LEAD}"{lead}people should leave the old pier," said Berg.{TAIL}', source)
    assert found.fate is QuoteFate.ALTERED


def test_words_put_before_a_paragraph_that_goes_on_with_a_quotation_alter(match: Match) -> None:
    source = f'{LEAD}"We are late.\n\n"People should leave the pier," said Berg.{TAIL}'
    article = source.replace("People", "When the fog lifts people")
    assert [one.fate for one in match(article, source)][1:] == [QuoteFate.ALTERED]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("the largest Velmar Harbour Regatta ever", "Velmar Harbour Regatta"),
        ("our third Anna Berg Prize yet", "Anna Berg Prize"),
        ("a hopeless Old Pier Plan anyway", "Old Pier Plan"),
    ],
)
def test_a_title_in_quotation_marks_is_no_utterance(match: Match, said: str, title: str) -> None:
    source = f'{LEAD}The "{title}" takes place in May, said the council.{TAIL}'
    (found,) = match(f'{LEAD}"{said}," the council called it in May.{TAIL}', source)
    assert found.fate is not QuoteFate.ALTERED


def test_an_altered_quotation_points_at_all_quotations_that_it_joins(match: Match) -> None:
    source = f'{LEAD}"We left it." She wept. "Nobody told us of any fog at sea," she said.{TAIL}'
    article = f'{LEAD}"We fled it. Nobody told us of any fog at sea," she said.{TAIL}'
    (found,) = match(article, source)
    assert found.fate is QuoteFate.ALTERED
    pointed = source[found.source_start : found.source_end]
    assert pointed.startswith("We left")
    assert pointed.endswith("at sea")


LINKS = " Anna Maria BergPilots call off strike Harbor vote put off again Fog to stay MORE"


@pytest.mark.parametrize("place", ["at the time", "and her crew", "in the old harbour"])
def test_links_set_inside_a_quotation_are_not_spoken(match: Match, place: str) -> None:
    said = f"Nobody has told the men who worked for Anna Berg {place} about the fog"
    (found,) = match(
        f'{LEAD}"{said}," he said.{TAIL}',
        f'{LEAD}"{said.replace("Berg", f"Berg{LINKS}")}," he said.{TAIL}',
    )
    assert found.fate is QuoteFate.VERBATIM


OTHER_REPORT = (
    "Fishermen of Tarnholm heard of a rescue by radio. Jonas Lind mended his nets all day. "
    "His neighbours have complained about the channel for years, and nobody has dredged it.\n\n"
)


@pytest.mark.parametrize(
    "said",
    [
        '"We shall not leave town tonight, whatever it will cost us," Anna Berg said.',
        "Speaking through an interpreter, Anna Berg said: \"We won't quit the city tonight, "
        'whatever the cost to us in the end."',
        '"Tonight we will not leave the city, whatever that costs us," state TV had her say.',
    ],
)
def test_two_reports_may_render_speech_in_their_own_ways(match: Match, said: str) -> None:
    (found,) = match(OTHER_REPORT + said, SOURCE)
    assert found.fate is QuoteFate.RENDERED_DIFFERENTLY


@pytest.mark.parametrize(
    ("attribution", "fate"),
    [
        ('," said Jonas Lind.', QuoteFate.MISATTRIBUTED),
        ('," the lawyer Jonas Lind told the council.', QuoteFate.MISATTRIBUTED),
        ('," Jonas Lind, 61, said.', QuoteFate.MISATTRIBUTED),
        ('," said Mrs Berg.', QuoteFate.VERBATIM),
        ('," said Anna Byerg.', QuoteFate.VERBATIM),
        ('," she said.', QuoteFate.VERBATIM),
        ('," said the mayor.', QuoteFate.VERBATIM),
        ('." Jonas Lind said nothing.', QuoteFate.VERBATIM),
    ],
)
def test_words_in_another_mouth_are_misattributed(
    match: Match, attribution: str, fate: QuoteFate
) -> None:
    source = f'{LEAD}"Nobody told us about the fog," said Anna Berg.{TAIL}'
    article = f'{LEAD}"Nobody told us about the fog{attribution}{TAIL}'
    (found,) = match(article, source)
    assert found.fate is fate


def test_one_match_per_quotation_in_their_order(match: Match, read: Read) -> None:
    text = f'{LEAD}"Nobody told us," said Anna Berg. "Trains run very late."{TAIL}'
    matches = match(text, text)
    assert [found.quote for found in matches] == list(read(text).quote_scan.quotes)
    assert [found.fate for found in matches] == [QuoteFate.VERBATIM, QuoteFate.VERBATIM]
    spans = [(found.source_start, found.source_end) for found in matches]
    assert spans == [(found.quote.start, found.quote.end) for found in matches]
