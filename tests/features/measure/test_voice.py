"""Voice: what the article itself says, counted by hand."""

import math
from collections.abc import Callable

import pytest

from copydesk.features import Comparison
from copydesk.features.measure.voice import measure

CompareTexts = Callable[[str, str | None], Comparison]


def test_counts_by_hand(compare_texts: CompareTexts) -> None:
    text = (
        "The mayor told us on Monday that the bridge is shut. "
        "We asked why. Was it the rust? "
        '"I told you so yesterday, and I will tell you today," the engineer Anna Berg says. '
        "She said this morning that her firm had warned the council. "
        "Friday is the last day, she told the Courier. Mind your step!"
    )
    # 11 + 3 + 4 + 5 + 11 + 9 + 3 words outside the quotation.
    assert measure(compare_texts(text, None)) == pytest.approx(
        {
            "first_person": 100 * 2 / 46,  # us, we
            "second_person": 100 * 1 / 46,  # your
            "says_share": 1 / 2,
            "on_weekday_share": 1 / 2,
            "call_share": 2 / 7,
        }
    )


def test_a_source_beside_it_does_not_change_a_voice(compare_texts: CompareTexts) -> None:
    text = "The minister told us on Monday that he says what he would do. Why?"
    other = "On Tuesday the minister said that he would go. You told us so!"
    assert measure(compare_texts(text, other)) == measure(compare_texts(text, None))


def test_the_country_is_no_pronoun(compare_texts: CompareTexts) -> None:
    assert measure(compare_texts("The US sent us two ships.", None))["first_person"] == 100 / 5
    assert (
        measure(compare_texts("We're here and I've seen it.", None))["first_person"] == 100 * 2 / 6
    )


def test_nothing_to_measure_is_nan(compare_texts: CompareTexts) -> None:
    values = measure(compare_texts("The ferry sank.", None))
    nothing = {name for name, value in values.items() if math.isnan(value)}
    assert nothing == {"says_share", "on_weekday_share"}
    assert all(math.isnan(value) for value in measure(compare_texts("", None)).values())
