"""Batches: which text is the source, which story a text belongs to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from copydesk.seeds.search.candidates import index_fingerprints
from copydesk.seeds.search.dates import find_interval
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.stories import Place, find_places

MakePrint = Callable[..., Fingerprint]


def places(*texts: Fingerprint) -> dict[str, Place]:
    return find_places(texts, index_fingerprints(texts))


def sources(*texts: Fingerprint) -> dict[str, str]:
    found = places(*texts)
    return {key: place.sources[0].id for key, place in found.items() if place.sources}


def stories(*texts: Fingerprint) -> dict[str, str | None]:
    return {key: place.story for key, place in places(*texts).items()}


def test_an_empty_batch_has_no_places() -> None:
    assert places() == {}


def test_of_two_texts_only_one_derives(make_print: MakePrint) -> None:
    # Alike in all but how they stand; each is the other's candidate.
    low, high = make_print("a", likeness=1.0), make_print("b", likeness=2.0)
    assert sources(low, high) == sources(high, low) == {"a": "b"}


def test_the_first_of_two_like_texts_is_the_source(make_print: MakePrint) -> None:
    assert sources(make_print("b"), make_print("a")) == {"a": "b"}


def test_the_text_that_has_more_of_the_others_is_the_source(make_print: MakePrint) -> None:
    # All of a copy is in the wire (2.5), of the wire and of another copy less is in the copy.
    wire = make_print("w", likeness=0.0)
    copies = [
        make_print(
            f"c{i}",
            similarity=0.99,
            trigrams=range(4 * i, 4 * i + 12),
            stems=range(19),
            likeness=1,
        )
        for i in range(3)
    ]
    assert sources(*copies, wire) == {"c0": "w", "c1": "w", "c2": "w"}


def test_closeness_to_a_text_counts_five_times_standing(make_print: MakePrint) -> None:
    # 2.5 of the copy is in the wire, 12/20 + 19/20 + 1/2 = 2.05 of the wire in the copy: 2.25.
    wire = make_print("w")
    below = make_print("c", trigrams=range(12), stems=range(19), likeness=2.2)
    above = make_print("c", trigrams=range(12), stems=range(19), likeness=2.3)
    assert sources(below, wire) == {"c": "w"}
    assert sources(above, wire) == {"w": "c"}


def test_rewrites_derive_from_the_head_and_not_from_each_other(make_print: MakePrint) -> None:
    # The second is closer to the first (2.5) than to the wire (0.6 + 1 + 0.5).
    wire = make_print("w", likeness=9.0, trigrams=range(12))
    first = make_print("a", likeness=5.0)
    second = make_print("b", likeness=1.0)
    assert sources(first, second, wire) == {"a": "w", "b": "w"}


def test_a_head_out_of_reach_is_not_a_source(make_print: MakePrint) -> None:
    # Of b, 0.2 + 0 + 0.25 is in the wire: too little, so it derives from what is close.
    wire = make_print("w", likeness=90.0, trigrams=range(24), stems=range(24))
    between = make_print("m", likeness=50.0, trigrams=range(8, 32), stems=range(8, 32))
    far = make_print("b", trigrams=range(20, 40), stems=range(29, 41), names=range(2))
    assert sources(wire, between, far) == {"m": "w", "b": "m"}


def test_some_dates_and_ranks_never_lead_in_a_circle(make_print: MakePrint) -> None:
    # By date h derives from e, by rank e from m and m from h.
    head = make_print("h", likeness=90.0, published=20.0)
    between = make_print("m", likeness=50.0)
    early = make_print("e", published=9.0)
    assert sources(head, between, early) == {"h": "e", "e": "m"}


def test_a_text_woven_from_two_is_no_source_of_them(make_print: MakePrint) -> None:
    # Each half of it is in one of two texts that have nothing else in common.
    woven = make_print(
        "x", likeness=9.0, trigrams=range(10, 30), stems=range(10, 30), names=range(2, 10)
    )
    one = make_print("a", names=range(6))
    two = make_print("b", trigrams=range(20, 40), stems=range(20, 40), names=range(6, 12))
    found = places(one, two, woven)
    assert [source.id for source in found["x"].sources] == ["a", "b"]
    assert found["a"].sources == found["b"].sources == ()


def test_a_text_is_not_woven_from_a_text_and_its_rewrite(make_print: MakePrint) -> None:
    # Between them they have all of x; but they have 1 of each other, so x may be their source.
    text = make_print(
        "x", likeness=9.0, trigrams=range(10, 30), stems=range(10, 30), names=range(10)
    )
    one = make_print("a", trigrams=range(24), stems=range(24), names=range(7))
    two = make_print("b", trigrams=range(15, 40), stems=range(15, 40), names=range(4, 10))
    assert sources(one, two, text) == {"a": "x", "b": "x"}


def test_a_text_made_from_an_article_is_not_its_second_source(make_print: MakePrint) -> None:
    # The spin has what its source added to the wire; the wire was there first.
    wire = make_print("w", likeness=9.0)
    edit = make_print("e", likeness=5.0, trigrams=range(6, 26), stems=range(6, 26), names=range(10))
    spin = make_print(
        "s", likeness=1.0, trigrams=range(16, 26), stems=range(6, 26), names=range(10)
    )
    assert sources(wire, edit, spin)["e"] == "w"
    assert [one.id for one in places(wire, edit, spin)["e"].sources] == ["w"]


def test_what_others_name_as_their_source_is_one(make_print: MakePrint) -> None:
    wire = make_print("w", likeness=0.0)
    spun = make_print("s", likeness=9.0, trigrams=range(15))
    other = make_print("o", similarity=0.1, names=range(50, 60), stems=range(50, 70), source_id="w")
    assert sources(spun, wire) == {"w": "s"}
    assert sources(spun, wire, other)["s"] == "w"


def test_dates_decide_before_all_else(make_print: MakePrint) -> None:
    early = make_print("a", likeness=1.0, published=9.0)
    late = make_print("b", likeness=9.0, published=12.0)
    assert sources(early, late) == {"b": "a"}


def test_one_time_for_both_tells_nothing(make_print: MakePrint) -> None:
    assert sources(make_print("a", published=9.0), make_print("b", published=9.0)) == {"b": "a"}


def test_a_story_is_named_after_its_most_source_like_text(make_print: MakePrint) -> None:
    copies = [make_print(f"c{i}", trigrams=range(15 + i)) for i in range(2)]
    wire = make_print("w", likeness=5.0)
    elsewhere = make_print(
        "x", similarity=0.2, trigrams=range(90, 99), stems=range(90, 99), names=range(90, 99)
    )
    assert stories(*copies, wire, elsewhere) == {"c0": "w", "c1": "w", "w": "w", "x": None}


def test_a_named_source_joins_a_story(make_print: MakePrint) -> None:
    far = make_print(
        "f", similarity=0.2, trigrams=range(90, 99), stems=range(90, 99), source_id="w"
    )
    assert stories(far, make_print("w")) == {"f": "w", "w": "w"}


def test_the_name_of_a_story_does_not_depend_on_the_order(make_print: MakePrint) -> None:
    texts = [make_print(f"t{i}", trigrams=range(10 + i), likeness=float(i)) for i in range(5)]
    assert set(stories(*texts).values()) == set(stories(*reversed(texts)).values()) == {"t4"}


def test_a_source_says_what_it_was_made_from(make_print: MakePrint) -> None:
    # Of b too little is in the wire for that to be its source.
    wire = make_print("w", likeness=90.0, trigrams=range(24), stems=range(24))
    between = make_print("m", likeness=50.0, trigrams=range(8, 32), stems=range(8, 32))
    far = make_print("b", trigrams=range(20, 40), stems=range(29, 41), names=range(2))
    found = places(wire, between, far)
    assert {key: [one.origin for one in place.sources] for key, place in found.items()} == {
        "w": [],
        "m": [None],
        "b": ["w"],
    }


def test_a_source_says_what_it_names(make_print: MakePrint) -> None:
    named = make_print("w", similarity=0.2, trigrams=range(90, 99), stems=range(90, 99))
    spin = make_print("s", likeness=9.0, source_id="w")
    copy = make_print("a")
    found = places(named, spin, copy)
    assert [(one.id, one.origin) for one in found["a"].sources] == [("s", "w")]


@pytest.mark.parametrize("day", [date(2025, 9, 5), datetime(2025, 9, 5), datetime(2025, 9, 5, 12)])
def test_a_day_does_not_tell_which_came_first(day: date, make_print: MakePrint) -> None:
    evening = find_interval(datetime(2025, 9, 5, 20, 40, tzinfo=UTC))
    wire = replace(make_print("w", likeness=5.0), published=evening)
    spin = replace(make_print("s", trigrams=range(15)), published=find_interval(day))
    assert sources(spin, wire) == sources(wire, spin) == {"s": "w"}


def test_of_two_days_the_first_tells(make_print: MakePrint) -> None:
    first, second = (find_interval(date(2025, 9, n)) for n in (5, 6))
    early = replace(make_print("a"), published=first)
    late = replace(make_print("b", likeness=9.0), published=second)
    assert sources(late, early) == sources(early, late) == {"b": "a"}


def test_a_head_that_is_formula_copy_is_not_a_source(make_print: MakePrint) -> None:
    # The text between has the facts of both; those of the other two differ.
    wire = make_print("w", likeness=90.0, facts=tuple(range(5)))
    between = make_print("m", likeness=50.0, facts=tuple(range(10)))
    other = make_print("b", facts=tuple(range(5, 10)))
    assert sources(wire, between, other) == {"m": "w", "b": "m"}


def test_a_day_waits_for_its_times(make_print: MakePrint) -> None:
    # Of the text that has only a day more is in the second than in the first.
    early, noon = (find_interval(datetime(2025, 9, 5, hour, tzinfo=UTC)) for hour in (6, 12))
    wire = replace(make_print("w", likeness=90.0, trigrams=range(15)), published=early)
    copy = replace(make_print("m", likeness=50.0), published=noon)
    spin = replace(make_print("s"), published=find_interval(date(2025, 9, 5)))
    assert sources(spin, copy, wire) == {"m": "w", "s": "w"}
