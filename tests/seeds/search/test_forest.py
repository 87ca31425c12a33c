"""The most probable forest: against all forests there are, and by law."""

import math
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from copydesk.seeds.search.forest import Edge, Forest, find_forest

Parents = Mapping[str, str | None]

TEXTS = "abcd"
EDGES = [(text, other) for text in TEXTS for other in TEXTS if other != text]
ODDS = st.one_of(st.just(0.0), st.floats(1e-3, 1e3), st.sampled_from([1e-7, 1.0, 2.0, 1e6, 1e9]))
Story = tuple[str, dict[Edge, float]]

law = settings(deadline=None, derandomize=True, max_examples=60)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Up to four texts, and odds of some of their pairs."""
    texts = TEXTS[: draw(st.integers(1, len(TEXTS)))]
    edges = [edge for edge in EDGES if {*edge} <= {*texts}]
    return texts, draw(st.dictionaries(st.sampled_from(edges), ODDS)) if edges else {}


def root_of(text: str, parents: Parents) -> str | None:
    """Where the way up ends; None where it goes in a circle."""
    for _ in parents:
        above = parents[text]
        if above is None:
            return text
        text = above
    return None


def weight(parents: Parents, odds: Mapping[Edge, float]) -> float:
    return math.prod(odds.get((t, up), 0.0) for t, up in parents.items() if up is not None)


def all_forests(texts: str) -> Iterator[Parents]:
    for above in product((None, *texts), repeat=len(texts)):
        parents = dict(zip(texts, above, strict=True))
        if all(root_of(text, parents) for text in texts):
            yield parents


def bounded(odds: Mapping[Edge, float]) -> dict[Edge, float]:
    """Odds as they count: nothing is certain."""
    return {edge: min(x, 1e6) if x > 1e-6 else 0.0 for edge, x in odds.items()}


def test_all_forests_of_four_texts_are_there() -> None:
    # Cayley: (n + 1) ** (n - 1).
    assert [len([*all_forests(TEXTS[:n])]) for n in range(1, 5)] == [1, 3, 16, 125]


@law
@given(stories())
def test_no_forest_is_more_probable(story: Story) -> None:
    texts, odds = story
    found = find_forest(texts, odds).parent
    assert set(found) == set(texts)
    best = max(weight(parents, bounded(odds)) for parents in all_forests(texts))
    assert weight(found, bounded(odds)) == pytest.approx(best)


@law
@given(stories())
def test_a_text_derives_in_as_many_forests_as_there_are(story: Story) -> None:
    texts, odds = story
    forests = [(parents, weight(parents, bounded(odds))) for parents in all_forests(texts)]
    total = sum(w for _, w in forests)
    expected = {
        text: sum(w for parents, w in forests if parents[text] is not None) / total
        for text in texts
    }
    assert find_forest(texts, odds).derives == pytest.approx(expected, abs=1e-6)


@law
@given(stories())
def test_nothing_derives_from_itself_by_any_way(story: Story) -> None:
    texts, odds = story
    found = find_forest(texts, odds)
    assert all(root_of(text, found.parent) for text in texts)
    assert all(0 <= p <= 1 for p in found.derives.values())


@law
@given(stories(), st.sampled_from(EDGES), st.floats(1, 100))
def test_higher_odds_make_a_text_derive_more_surely(
    story: Story, edge: Edge, factor: float
) -> None:
    texts, odds = story
    text, parent = edge
    assume({text, parent} <= set(texts))
    before = find_forest(texts, odds)
    after = find_forest(texts, {**odds, edge: odds.get(edge, 0.0) * factor})
    assert after.derives[text] >= before.derives[text] - 1e-9
    assert after.parent[text] == parent or before.parent[text] != parent
    # What others derive from less surely derives itself.
    assert after.derives[parent] <= before.derives[parent] + 1e-9


@law
@given(stories())
def test_the_order_of_texts_does_not_matter(story: Story) -> None:
    texts, odds = story
    one, other = find_forest(texts, odds), find_forest(texts[::-1], odds)
    assert one.derives == pytest.approx(other.derives, abs=1e-9)
    counted = bounded(odds)
    assert weight(one.parent, counted) == pytest.approx(weight(other.parent, counted))


def test_one_text_was_written_by_itself() -> None:
    assert find_forest(["a"], {}) == Forest({"a": None}, {"a": 0.0})


def test_two_texts_by_hand() -> None:
    # Nothing derives: 1; a from b: 3; b from a: 2.
    found = find_forest("ab", {("a", "b"): 3.0, ("b", "a"): 2.0})
    assert found.parent == {"a": "b", "b": None}
    assert found.derives == pytest.approx({"a": 3 / 6, "b": 2 / 6})


def test_likely_pairs_do_not_go_in_a_circle() -> None:
    # Each is most likely made from the next; the least likely of these edges is given up.
    odds = {("a", "b"): 9.0, ("b", "c"): 8.0, ("c", "a"): 7.0}
    assert find_forest("abc", odds).parent == {"a": "b", "b": "c", "c": None}


def test_the_best_parent_is_given_up_where_all_others_gain() -> None:
    # a from b is likelier than from c; but then b is from none, and c from none.
    odds = {("a", "b"): 4.0, ("a", "c"): 3.0, ("b", "a"): 5.0}
    assert find_forest("abc", odds).parent == {"a": "c", "b": "a", "c": None}


def test_what_is_less_likely_than_not_is_no_parent() -> None:
    assert find_forest("ab", {("a", "b"): 0.9}).parent == {"a": None, "b": None}
    assert find_forest("ab", {("a", "b"): 1.1}).parent == {"a": "b", "b": None}


def test_a_large_story_has_probabilities() -> None:
    texts = [f"t{i}" for i in range(60)]
    odds = {(one, other): 1e9 for one in texts for other in texts if one != other}
    found = find_forest(texts, odds)
    assert sum(up is None for up in found.parent.values()) == 1
    assert found.derives == pytest.approx(dict.fromkeys(texts, 59 / 60), abs=1e-4)
