"""Groups: what is linked belongs together, and stays together in every fold."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.seeds.corpus.groups import fold_of_groups, join_groups

KEYS = st.sampled_from("abcdefgh")
LINKS = st.lists(st.tuples(KEYS, KEYS), max_size=12)

law = settings(deadline=None, derandomize=True)


def test_groups_by_hand() -> None:
    links = [("c", "d"), ("b", "c"), ("x", "y"), ("z", "z")]
    assert join_groups(links) == {"b": "b", "c": "b", "d": "b", "x": "x", "y": "x", "z": "z"}
    assert join_groups([]) == {}


@law
@given(LINKS)
def test_what_is_linked_is_in_one_group(links: list[tuple[str, str]]) -> None:
    groups = join_groups(links)
    assert groups.keys() == {key for link in links for key in link}
    assert all(groups[one] == groups[other] for one, other in links)
    # The first of its keys stands for a group.
    assert all(
        head == min(key for key in groups if groups[key] == head) for head in groups.values()
    )


@law
@given(LINKS, st.randoms(use_true_random=False))
def test_the_order_of_links_does_not_matter(links: list[tuple[str, str]], random: object) -> None:
    shuffled = [*links]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert join_groups(other[::-1] for other in shuffled) == join_groups(links)


@law
@given(st.lists(KEYS), st.integers(1, 6), st.integers(0, 99))
def test_folds_are_dealt_evenly(groups: list[str], n_folds: int, seed: int) -> None:
    folds = fold_of_groups(groups, n_folds, seed)
    assert folds.keys() == set(groups)
    assert folds == fold_of_groups(groups[::-1], n_folds, seed)
    dealt = Counter(folds.values())
    assert set(dealt) <= set(range(n_folds))
    assert max(dealt.values(), default=0) - min(dealt[i] for i in range(n_folds)) <= 1


def test_a_group_counts_once_however_large() -> None:
    folds = fold_of_groups(["a"] * 90 + ["b", "c", "d"], 2)
    assert sorted(Counter(folds.values()).values()) == [2, 2]


@pytest.mark.parametrize("n_folds", [2, 5])
def test_another_seed_deals_otherwise(n_folds: int) -> None:
    groups = [f"g{i}" for i in range(30)]
    assert fold_of_groups(groups, n_folds, 1) != fold_of_groups(groups, n_folds, 2)
