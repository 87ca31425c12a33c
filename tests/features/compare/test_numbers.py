"""Numbers compared: restated in another form, or changed."""

from collections.abc import Callable

import pytest

from copydesk.features import Comparison
from copydesk.features.compare.numbers import is_same_amount
from copydesk.features.read.numbers import NumberMention, find_numbers
from copydesk.features.read.sentences import TOKEN

CompareTexts = Callable[[str, str | None], Comparison]


def number_of(text: str) -> NumberMention:
    matches = list(TOKEN.finditer(text))
    words = [match[0].lower() for match in matches]
    (number,) = find_numbers(words, text, [match.start() for match in matches])
    return number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nearly 2,000 homes", "1,987 homes"),
        ("about 50 boats", "48 boats"),
        ("more than 62,000 votes", "62,192 votes"),
        ("2.5 million crowns", "2,512,300 crowns"),
        ("5 percent", "5.1 percent"),
        ("£99,541", "£99,541.98"),
        ("half a million pesos", "5,00,000 pesos"),
        ("3 crore rupees", "30 million rupees"),
        ("500.000 pesos", "500,000 pesos"),
        ("1 250 sacks", "1,250 sacks"),
        ("31 miles", "50 km"),
        ("100 F", "38 C"),
        ("12 acres", "4.9 hectares"),
        ("14 stone", "89 kilos"),
        ("39 feet", "12 metres"),
        ("two weeks", "14 days"),
        ("100 degrees", "38 degrees"),
        ("at 17:30", "at 5:30 pm"),
        ("the late 80s", "the late 1980s"),
        ("more than a dozen people", "18 people"),
        ("about a dozen families", "ten families"),
        ("1,219 million viewers", "1.219 million viewers"),
    ],
)
def test_one_amount_in_two_styles(one: str, other: str) -> None:
    assert is_same_amount(number_of(one), number_of(other))
    assert is_same_amount(number_of(other), number_of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("48 boats", "84 boats"),
        ("90 percent", "89 percent"),
        ("2.3bn crowns", "2.5bn crowns"),
        ("nearly 2,000 homes", "1,487 homes"),
        ("31 miles", "80 km"),
        ("250 feet", "120 metres"),
        ("in 1970", "in 1974"),
        ("at 7:30", "at 8:30"),
        ("5 March", "6 March"),
        ("more than a dozen people", "40 people"),
        ("4.7 percent", "5 percent"),
    ],
)
def test_two_amounts(one: str, other: str) -> None:
    assert not is_same_amount(number_of(one), number_of(other))
    assert not is_same_amount(number_of(other), number_of(one))


@pytest.fixture(scope="module")
def changed(compare_texts: CompareTexts) -> Callable[[str, str], list[tuple[float, float]]]:
    def find(article: str, source: str) -> list[tuple[float, float]]:
        pair = compare_texts(article, source).with_source
        assert pair is not None
        return [(c.number.value, c.source_number.value) for c in pair.changed_numbers]

    return find


Changed = Callable[[str, str], list[tuple[float, float]]]


@pytest.mark.parametrize(
    ("sentence", "own", "source"),
    [
        ("The ferry carried {} passengers to the island on Monday.", 48, 84),
        ("The blast killed {} soldiers near the border post.", 18, 81),
        ("Unemployment fell by {} percent in the third quarter.", 0.7, 0.9),
        ("The firm earned ${} from the sale of its mills.", 250, 270),
        ("The bridge was built by hand in {} by prisoners.", 1912, 1921),
    ],
)
def test_a_number_in_its_place_is_changed(
    sentence: str, own: float, source: float, changed: Changed
) -> None:
    assert changed(sentence.format(own), sentence.format(source)) == [(own, source)]


@pytest.mark.parametrize(
    ("article", "source"),
    [
        # Another thing is counted.
        ("The ferry carried 48 passengers on Monday.", "The ferry carried 84 goats on Monday."),
        # What is counted is common, and what stands around it is another matter.
        (
            "About 25 percent of the fund went to clinics, the minister told the chamber.",
            "The minister told the chamber that clinics treat 41 percent of its patients.",
        ),
        # Two currencies.
        ("The mill cost €4.6 million to build.", "The mill cost $5 million to build."),
        # It depends on how many were named.
        (
            "The ruling covers Velmar and 33 other towns.",
            "The ruling covers Velmar, Tarnholm and 32 other towns.",
        ),
        # The page's own clock.
        ("Published 7:15 a.m. on the town's page.", "Published 8:50 a.m. on the town's page."),
        # The names of things are no amounts.
        ("The town bought 4 used F-16 jets.", "The town bought 4 used F-18 jets."),
        # Ranges share their scale.
        ("Profit will be 325 to 340 million crowns.", "Profit will be 325m to 340m crowns."),
        # The other unit stands beside the article's.
        (
            "The train took the sharp curve before the crash at 82 mph, where 30 mph is allowed.",
            "The train took the sharp curve before the crash at 48 kph, or 30 mph, as allowed.",
        ),
        # Another sentence about the same matter.
        (
            "Goats froze on the northern ridge above Velmar again this winter, and the shepherd, "
            "who lost 40 goats on the northern ridge, wants the council to build him a barn.",
            "Snow killed 300 goats on the northern ridge of Tarnholm, according to vets.",
        ),
    ],
)
def test_no_number_is_changed(article: str, source: str, changed: Changed) -> None:
    assert changed(article, source) == []


def test_a_restated_number_is_the_sources(
    measure: Callable[[str, str | None], dict[str, float]],
) -> None:
    source = "The flood drove 1,987 people from their homes in the valley."
    values = measure("The flood drove nearly 2,000 people from their homes in the valley.", source)
    assert (values["numbers_in_source"], values["new_numbers"]) == (1.0, 0.0)
