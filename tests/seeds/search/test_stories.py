"""Batches: which text is the source, which story a text belongs to; a stub answers for a model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import permutations, starmap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.seeds.search.candidates import index_fingerprints
from copydesk.seeds.search.dates import find_interval
from copydesk.seeds.search.fingerprint import Fingerprint
from copydesk.seeds.search.stories import PairAnswer, Place, find_places

MakePrint = Callable[..., Fingerprint]


@dataclass
class Model:
    """Says that texts derive from others as given, from all else by 0.05; notes the questions.

    Of two texts, the one that stands before the other in ``order`` came first by 0.9.
    """

    derives: Mapping[str, float]
    order: str = "wabcdexyz"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, text: str, candidate: str) -> PairAnswer:
        self.asked.append((text, candidate))
        either = "".join(sorted(text + candidate))
        is_first = self.order.index(candidate) < self.order.index(text)
        return PairAnswer(self.derives.get(either, 0.05), 0.9 if is_first else 0.1)


def places(model: Model, *texts: Fingerprint) -> dict[str, Place]:
    return find_places(texts, index_fingerprints(texts), partial(starmap, model))


def sources(found: Mapping[str, Place]) -> dict[str, list[tuple[str, str | None]]]:
    """The sources of each text, and where they come from themselves."""
    return {key: [(one.id, one.origin) for one in place.sources] for key, place in found.items()}


def first_sources(found: Mapping[str, Place]) -> dict[str, str]:
    return {key: place.sources[0].id for key, place in found.items() if place.sources}


def likely(found: Mapping[str, Place]) -> dict[str, bool]:
    return {key: (place.derives or 0.0) >= 0.5 for key, place in found.items()}


def apart(make_print: MakePrint, key: str, first: int, **changes: object) -> Fingerprint:
    """A text that shares nothing with those around another number."""
    own = range(first, first + 9)
    return make_print(key, similarity=0.2, trigrams=own, stems=own, names=own, **changes)


def test_an_empty_batch_has_no_places() -> None:
    assert places(Model({})) == {}


def test_a_text_that_is_near_none_is_not_asked_about(make_print: MakePrint) -> None:
    model = Model({})
    found = places(model, make_print("a"), apart(make_print, "x", 90))
    assert found == {"a": Place((), None, None), "x": Place((), None, None)}
    assert model.asked == []


def test_of_two_texts_only_one_derives(make_print: MakePrint) -> None:
    for batch in permutations([make_print("w"), make_print("a")]):
        found = places(Model({"aw": 0.9}), *batch)
        assert first_sources(found)["a"] == "w"
        assert likely(found) == {"a": True, "w": False}


def test_probabilities_by_hand(make_print: MakePrint) -> None:
    # Odds of 9, nine tenths of it one way: 8.1 and 0.9 against 1 for two of their own.
    found = places(Model({"aw": 0.9}), make_print("w"), make_print("a"))
    assert found["a"].derives == pytest.approx(8.1 / 10)
    assert found["w"].derives == pytest.approx(0.9 / 10)


def test_copies_of_one_wire_derive_from_it_and_not_from_each_other(make_print: MakePrint) -> None:
    model = Model({"aw": 0.95, "bw": 0.95, "cw": 0.95, "ab": 0.9, "ac": 0.9, "bc": 0.9})
    for batch in permutations(map(make_print, "abcw")):
        found = places(model, *batch)
        assert {key: first_sources(found)[key] for key in "abc"} == dict.fromkeys("abc", "w")
        assert {place.story for place in found.values()} == {"w"}
        assert likely(found) == {"a": True, "b": True, "c": True, "w": False}


def test_a_chain_names_what_a_source_was_made_from(make_print: MakePrint) -> None:
    # Of b hardly anything of w is left.
    model = Model({"aw": 0.95, "ab": 0.95, "bw": 0.3})
    found = places(model, *map(make_print, "baw"))
    assert sources(found) | {"w": []} == {"a": [("w", None)], "b": [("a", "w")], "w": []}
    assert {place.story for place in found.values()} == {"w"}


@pytest.mark.parametrize(
    ("of_origin", "expected"), [(0.5, ("w", None)), (0.49, ("a", "w")), (0.05, ("a", "w"))]
)
def test_a_copy_of_a_copy_leads_to_the_origin_where_it_derives_from_it(
    of_origin: float, expected: tuple[str, str | None], make_print: MakePrint
) -> None:
    model = Model({"aw": 0.95, "ab": 0.99, "bw": of_origin})
    found = places(model, *map(make_print, "baw"))
    assert sources(found)["b"] == [expected]
    assert likely(found)["b"]


def test_a_long_chain_leads_as_far_as_each_step_is_likely(make_print: MakePrint) -> None:
    near = {"aw": 0.95, "ab": 0.95, "bc": 0.99}
    for further, expected in (
        ({"ac": 0.6, "cw": 0.6}, ("w", None)),
        ({"ac": 0.6, "cw": 0.4}, ("a", "w")),
        ({"ac": 0.4, "cw": 0.6}, ("b", "a")),  # over a gap nothing leads
    ):
        found = places(Model(near | further), *map(make_print, "cbaw"))
        assert sources(found)["c"] == [expected]


def test_two_reports_of_one_event_are_each_other_s_relatives(make_print: MakePrint) -> None:
    found = places(Model({"ab": 0.1}), make_print("a"), make_print("b"))
    assert first_sources(found) == {"a": "b", "b": "a"}
    assert likely(found) == {"a": False, "b": False}


def test_what_derives_from_none_is_shown_beside_the_likeliest(make_print: MakePrint) -> None:
    found = places(Model({"ab": 0.2, "aw": 0.3}), *map(make_print, "abw"))
    assert first_sources(found)["a"] == "w"
    assert not likely(found)["a"]


def test_dates_decide_before_all_else(make_print: MakePrint) -> None:
    model = Model({"aw": 0.9})
    early, late = make_print("a", published=9.0), make_print("w", published=12.0)
    found = places(model, early, late)
    assert model.asked == [("w", "a")]
    assert sources(found) == {"w": [("a", None)], "a": []}
    # Nothing is left to the order: odds of 9.
    assert found["w"].derives == pytest.approx(0.9)
    assert found["a"] == Place((), "a", None)


def test_one_time_for_both_tells_nothing(make_print: MakePrint) -> None:
    both = [make_print(key, published=9.0) for key in "aw"]
    assert first_sources(places(Model({"aw": 0.9}), *both))["a"] == "w"


@pytest.mark.parametrize("day", [date(2025, 9, 5), datetime(2025, 9, 5), datetime(2025, 9, 5, 12)])
def test_a_day_does_not_tell_which_came_first(day: date, make_print: MakePrint) -> None:
    evening = find_interval(datetime(2025, 9, 5, 20, 40, tzinfo=UTC))
    wire = replace(make_print("w"), published=evening)
    spin = replace(make_print("a"), published=find_interval(day))
    model = Model({"aw": 0.9})
    assert first_sources(places(model, spin, wire))["a"] == "w"
    assert len(model.asked) == 1


@pytest.mark.parametrize(("order", "first"), [("wa", "w"), ("aw", "a")])
def test_of_two_texts_only_the_less_source_like_is_asked_about(
    order: str, first: str, make_print: MakePrint
) -> None:
    plain = replace(make_print("a"), source_likeness=1.0)
    rich = replace(make_print("w"), source_likeness=2.0)
    model = Model({"aw": 0.9}, order=order)
    found = places(model, rich, plain)
    assert model.asked == [("a", "w")]
    # The other's answer follows: it derives as surely, and came first as surely as this one not.
    derives = {key: place.derives or 0.0 for key, place in found.items()}
    assert max(derives, key=lambda key: derives[key]) != first
    assert min(derives.values()) < 0.5 < max(derives.values())


def test_of_two_days_the_first_tells(make_print: MakePrint) -> None:
    first, second = (find_interval(date(2025, 9, n)) for n in (5, 6))
    early = replace(make_print("a"), published=first)
    late = replace(make_print("w"), published=second)
    assert first_sources(places(Model({"aw": 0.9}), late, early)) == {"w": "a"}


def test_a_named_source_decides(make_print: MakePrint) -> None:
    # By wording and order alone a is from w.
    model = Model({"aw": 0.99, "ab": 0.01})
    found = places(model, make_print("w"), make_print("a", source_id="b"), make_print("b"))
    assert sources(found)["a"] == [("b", None)]
    assert found["a"].derives == pytest.approx(1.0, abs=1e-4)
    assert ("a", "w") not in model.asked
    assert ("b", "a") not in model.asked


def test_a_named_source_joins_a_story_however_far(make_print: MakePrint) -> None:
    found = places(Model({}), apart(make_print, "x", 90, source_id="w"), make_print("w"))
    assert {key: place.story for key, place in found.items()} == {"x": "w", "w": "w"}
    assert sources(found) == {"x": [("w", None)], "w": []}


def test_a_named_source_that_is_not_there_decides_nothing(make_print: MakePrint) -> None:
    texts = [make_print("w"), make_print("a", source_id="gone")]
    assert first_sources(places(Model({"aw": 0.9}), *texts))["a"] == "w"


def test_two_that_name_each_other_are_no_circle(make_print: MakePrint) -> None:
    texts = [make_print("a", source_id="b"), make_print("b", source_id="a")]
    found = places(Model({}), *texts)
    assert [found[key].derives for key in "ab"] == pytest.approx([0.5, 0.5], abs=1e-4)


def test_stories_are_told_apart(make_print: MakePrint) -> None:
    one, other = [make_print("w"), make_print("a")], [apart(make_print, key, 90) for key in "xy"]
    found = places(Model({"aw": 0.9, "xy": 0.9}), *one, *other, apart(make_print, "z", 60))
    stories = {key: place.story for key, place in found.items()}
    assert stories == {"w": "w", "a": "w", "x": "x", "y": "x", "z": None}


def test_a_story_is_named_after_the_text_that_most_come_from(make_print: MakePrint) -> None:
    # b and c come from w; a stands by itself among them.
    model = Model({"bw": 0.95, "cw": 0.95}, order="awbcxyz")
    for batch in permutations(map(make_print, "abcw")):
        assert {place.story for place in places(model, *batch).values()} == {"w"}


def woven(make_print: MakePrint) -> Sequence[Fingerprint]:
    """Two texts that share nothing, and one that has half of either."""
    return (
        make_print("a", names=range(6)),
        make_print("b", trigrams=range(20, 40), stems=range(20, 40), names=range(6, 12)),
        make_print("x", trigrams=range(10, 30), stems=range(10, 30), names=range(2, 10)),
    )


def test_a_text_woven_from_two_has_both(make_print: MakePrint) -> None:
    found = places(Model({"ax": 0.9, "bx": 0.8}), *woven(make_print))
    assert sources(found)["x"] == [("a", None), ("b", None)]
    assert likely(found) == {"a": False, "b": False, "x": True}


def test_a_text_is_not_woven_from_a_text_and_what_was_made_from_it(make_print: MakePrint) -> None:
    # b has what w lacks of x, but was made from w.
    texts = woven(make_print)
    wire = replace(texts[0], id="w")
    copy = replace(texts[1], source_id="w")
    found = places(Model({"wx": 0.9, "bx": 0.8, "bw": 0.9}), wire, copy, texts[2])
    assert sources(found)["x"] == [("w", None)]


def test_what_was_made_from_a_text_is_not_its_second_source(make_print: MakePrint) -> None:
    # b has what x added to a, for it was made from x.
    model = Model({"ax": 0.9, "bx": 0.9}, order="axb")
    assert sources(places(model, *woven(make_print)))["x"] == [("a", None)]


@settings(deadline=None, derandomize=True, max_examples=40)
@given(data=st.data())
def test_whatever_a_model_says_no_text_derives_from_itself_or_a_later_one(
    data: st.DataObject, make_print: MakePrint
) -> None:
    shares = st.floats(0, 1)
    answers: dict[tuple[str, str], PairAnswer] = {}
    hours = {key: data.draw(st.sampled_from([None, 9.0, 12.0])) for key in "abcd"}

    def ask(text: str, candidate: str) -> PairAnswer:
        answers[text, candidate] = PairAnswer(data.draw(shares), data.draw(shares))
        return answers[text, candidate]

    texts = [make_print(key, published=hour) for key, hour in hours.items()]
    found = find_places(texts, index_fingerprints(texts), partial(starmap, ask))
    for key, place in found.items():
        assert place.story in found
        assert (place.derives is None) == (not place.sources)
        assert place.derives is None or 0 <= place.derives <= 1
        for source in place.sources:
            assert source.id != key
            assert source.origin != key
            assert (hours[source.id] or 0) <= (hours[key] or 99)
    for text, candidate in answers:
        assert (hours[candidate] or 0) <= (hours[text] or 99)
