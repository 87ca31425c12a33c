"""Changes can be done again, undone, and joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.seeds.derive.changes import (
    Change,
    Derivative,
    compose,
    make_derivative,
    shift_changes,
    undo_changes,
)

LINE = "The ferry sank on Monday."


def changes_of(text: str, cuts: list[int], texts: list[str]) -> list[Change]:
    """Changes between pairs of cuts, which may touch but do not overlap."""
    places = sorted({min(cut, len(text)) for cut in cuts})
    spans = zip(places[::2], places[1::2], strict=False)
    return [
        Change(f"k{i}", text[start:end], after, start)
        for i, ((start, end), after) in enumerate(zip(spans, texts, strict=False))
    ]


CUTS = st.lists(st.integers(0, 40), max_size=12)
TEXTS = st.lists(st.text("xyz ", max_size=4), min_size=6, max_size=6)


def test_replaces_deletes_and_inserts() -> None:
    made = make_derivative(
        LINE,
        [
            Change("cut", " on Monday", "", 14),
            Change("synonym", "ferry", "ship", 4),
            Change("padding", "", " So it goes.", 25),
        ],
    )
    assert made.text == "The ship sank. So it goes."
    assert [change.kind for change in made.changes] == ["synonym", "cut", "padding"]
    assert undo_changes(made) == LINE


def test_insertions_at_one_place_keep_their_order() -> None:
    made = make_derivative("ab", [Change("one", "", "1", 1), Change("two", "", "2", 1)])
    assert made.text == "a12b"


def test_an_insertion_goes_before_what_is_replaced_at_its_place() -> None:
    made = make_derivative("ab", [Change("r", "b", "B", 1), Change("i", "", "-", 1)])
    assert made.text == "a-B"


def test_what_changes_nothing_is_left_out() -> None:
    assert make_derivative(LINE, [Change("same", "ferry", "ferry", 4)]) == Derivative(LINE, ())


def test_overlapping_changes_are_refused() -> None:
    overlapping = [Change("a", "ferry", "ship", 4), Change("b", "rry s", "", 6)]
    with pytest.raises(ValueError, match="overlaps the change before it"):
        make_derivative(LINE, overlapping)


def test_a_change_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="is not about this text"):
        make_derivative(LINE, [Change("a", "ship", "boat", 4)])


def test_changes_of_a_part_are_shifted_to_the_whole() -> None:
    assert shift_changes([Change("a", "b", "c", 2)], 10) == [Change("a", "b", "c", 12)]


@given(st.text("ab \n", max_size=40), CUTS, TEXTS)
def test_undoing_gives_the_text_back(text: str, cuts: list[int], texts: list[str]) -> None:
    assert undo_changes(make_derivative(text, changes_of(text, cuts, texts))) == text


@given(st.text("ab \n", max_size=40), CUTS, TEXTS, CUTS, TEXTS)
def test_two_steps_joined_are_the_second_made_of_the_first_text(
    text: str, cuts: list[int], texts: list[str], more_cuts: list[int], more_texts: list[str]
) -> None:
    first = make_derivative(text, changes_of(text, cuts, texts))
    second = make_derivative(first.text, changes_of(first.text, more_cuts, more_texts))
    joined = compose(text, first, second)
    assert joined.text == second.text == make_derivative(text, joined.changes).text
    assert undo_changes(joined) == text


def test_a_step_that_changes_nothing_adds_nothing() -> None:
    step = make_derivative(LINE, [Change("a", "ferry", "ship", 4), Change("b", " ", "  ", 9)])
    nothing = make_derivative(step.text, [])
    assert compose(LINE, make_derivative(LINE, []), step) == step == compose(LINE, step, nothing)


def test_joined_changes_name_both_kinds_only_where_they_meet() -> None:
    first = make_derivative(LINE, [Change("synonym", "ferry", "big ship", 4)])
    second = make_derivative(
        first.text, [Change("cut", "big ", "", 4), Change("drop", " on Monday", "", 17)]
    )
    joined = compose(LINE, first, second)
    assert joined.text == "The ship sank."
    assert joined.changes == (
        Change("synonym+cut", "ferry", "ship", 4),
        Change("drop", " on Monday", "", 14),
    )


def test_joined_changes_that_touch_become_one() -> None:
    first = make_derivative(LINE, [Change("drop", "ferry ", "", 4)])
    second = make_derivative(first.text, [Change("insert", "", "ship ", 4)])
    assert compose(LINE, first, second).changes == (Change("drop+insert", "ferry ", "ship ", 4),)
