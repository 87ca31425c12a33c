"""Voice: what the article itself says, counted by hand."""

import math
from collections.abc import Callable

import pytest

from copydesk.features import Document
from copydesk.features.voice import measure_voice

Read = Callable[[str], Document]


def test_counts_by_hand(read: Read) -> None:
    text = (
        "The mayor told us on Monday that the bridge is shut. "
        "We asked why. Was it the rust? "
        '"I told you so yesterday, and I will tell you today," the engineer Anna Berg says. '
        "She said this morning that her firm had warned the council. "
        "Friday is the last day, she told the Courier. Mind your step!"
    )
    # 11 + 3 + 4 + 5 + 11 + 9 + 3 words outside the quotation.
    assert measure_voice(read(text)) == pytest.approx(
        {
            "first_person": 100 * 2 / 46,  # us, we
            "second_person": 100 * 1 / 46,  # your
            "told_outlet": 100 * 2 / 46,  # told us, told the Courier
            "near_days": 100 * 1 / 46,  # this morning
            "says_share": 1 / 2,
            "on_weekday_share": 1 / 2,
            "call_share": 2 / 7,
        }
    )


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("The minister told this newspaper that he would go.", 1),
        ("The minister told our reporter that he would go.", 1),
        ("The minister told Reuters that he would go.", 1),
        ("The minister told reporters that he would go.", 0),
        ("The minister told the council that he would go.", 0),
        ("The minister said so and told", 0),
    ],
)
def test_outlets_that_were_told(read: Read, text: str, n: int) -> None:
    document = read(text)
    assert measure_voice(document)["told_outlet"] == pytest.approx(100 * n / len(document.words))


def test_the_country_is_no_pronoun(read: Read) -> None:
    assert measure_voice(read("The US sent us two ships."))["first_person"] == 100 / 5
    assert measure_voice(read("We're here and I've seen it."))["first_person"] == 100 * 2 / 6


def test_nothing_to_measure_is_nan(read: Read) -> None:
    values = measure_voice(read("The ferry sank."))
    nothing = {name for name, value in values.items() if math.isnan(value)}
    assert nothing == {"says_share", "on_weekday_share"}
    assert all(math.isnan(value) for value in measure_voice(read("")).values())
