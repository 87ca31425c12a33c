"""Quotations compared: what became of each."""

import pytest

from copydesk.features.compare.quotes import QuoteFate, QuoteMatch, match_quotes
from copydesk.features.read.quotes import Quote, scan_quotes

SOURCE = (
    'The mayor said: "We will not leave the city tonight at all, whatever it costs us in the end," '
    'and left. "Nobody told us about the fog," said Anna Berg. She added that trains run very late.'
)


def quotes_of(text: str) -> tuple[Quote, ...]:
    return scan_quotes(text, ((0, len(text)),)).quotes


def match(text: str, source: str = SOURCE, region: tuple[int, int] | None = None) -> QuoteMatch:
    quote = Quote(text, 0, len(text))
    (found,) = match_quotes((quote,), (region or (0, len(source)),), source, quotes_of(source))
    assert found.quote == quote
    return found


@pytest.mark.parametrize(
    ("quote", "fate", "source_text"),
    [
        (
            "We will not leave the city tonight at all, whatever it costs us in the end",
            QuoteFate.VERBATIM,
            "We will not leave the city tonight at all, whatever it costs us in the end",
        ),
        ("nobody told us about the fog", QuoteFate.VERBATIM, "Nobody told us about the fog"),
        ("trains run very late", QuoteFate.VERBATIM, "trains run very late"),
        ("We will not leave the city", QuoteFate.SHORTENED, "We will not leave the city"),
        ("Nobody warned us about the fog", QuoteFate.ALTERED, "Nobody told us about the fog"),
        ("The moon is a large cheese", QuoteFate.UNMATCHED, ""),
    ],
)
def test_says_what_became_of_a_quotation(quote: str, fate: QuoteFate, source_text: str) -> None:
    found = match(quote)
    assert found.fate is fate
    assert SOURCE[found.source_start : found.source_end] == source_text


def test_ratio_is_that_of_the_words() -> None:
    assert match("trains run very late").ratio == 100.0
    assert match("The moon is a large cheese").ratio == 0.0
    # "Nobody t.ol.d us about the fog" in 28 letters against 28: one letter replaced is 2 of 56.
    assert match("Nobody told as about the fog").ratio == pytest.approx(100 * 54 / 56)
    assert match("Nobody told as about the fog").fate is QuoteFate.VERBATIM


def test_an_altered_quotation_is_looked_for_in_its_region_only() -> None:
    altered = "Nobody warned us about the fog"
    begin = SOURCE.index('"Nobody')
    assert match(altered, region=(begin, len(SOURCE))).fate is QuoteFate.ALTERED
    assert match(altered, region=(0, begin)).fate is QuoteFate.UNMATCHED
    assert match(altered, region=(begin + 1, begin + 8)).fate is QuoteFate.UNMATCHED


def test_a_verbatim_quotation_is_found_anywhere() -> None:
    assert match("trains run very late", region=(0, 20)).fate is QuoteFate.VERBATIM


def test_offsets_hold_where_lower_case_is_longer() -> None:
    source = (
        'In İstanbul, İzmir and İznik they said: "We will not leave the city tonight". He left.'
    )
    found = match("We will never leave the city tonight", source)
    assert found.fate is QuoteFate.ALTERED
    held = source[found.source_start : found.source_end]
    assert held == "We will not leave the city tonight"


def test_one_match_per_quotation_in_their_order() -> None:
    quotes = quotes_of(SOURCE)
    regions = ((0, len(SOURCE)),) * len(quotes)
    matches = match_quotes(quotes, regions, SOURCE, quotes)
    assert [found.quote for found in matches] == list(quotes)
    assert [found.fate for found in matches] == [QuoteFate.VERBATIM, QuoteFate.VERBATIM]
    assert [(m.source_start, m.source_end) for m in matches] == [(q.start, q.end) for q in quotes]


def test_every_quotation_needs_a_region() -> None:
    with pytest.raises(ValueError, match="shorter than argument 1"):
        match_quotes(quotes_of(SOURCE), (), SOURCE, ())
