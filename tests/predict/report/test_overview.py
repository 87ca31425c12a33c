"""What a report says first, and stories as trees."""

from datetime import date

from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.overview import MAX_OUTLETS, draw_overview
from copydesk.predict.report.trees import MAX_CHILDREN, MAX_DEPTH, grow_trees
from copydesk.types import Article, Evidence, Label, Rejected, Source, Verdict


def item(
    name: str,
    label: Label = Label.ORIGINAL,
    source: str | None = None,
    outlet: str | None = None,
    day: date | None = None,
    labels: tuple[Label, ...] = (),
) -> ReportItem:
    verdict = Verdict(
        name,
        label,
        dict.fromkeys(Label, 1 / 3),
        labels or (label,),
        None if source is None else Source(source, 0.9),
        Evidence(),
        "m",
    )
    return ReportItem(verdict, Article(name, "text", outlet=outlet, published=day))


SPUN, WIRE = Label.SPUN, Label.EDITED_WIRE


def test_everything_is_counted() -> None:
    items = [
        item("a", outlet="Post", day=date(2025, 5, 2)),
        item("b", WIRE, "a", "Post", date(2025, 5, 1)),
        item("c", SPUN, "a", "Farm", labels=(SPUN, WIRE)),
    ]
    overview = draw_overview(items, [Rejected("d", "empty")])
    assert overview.labels.counts == (1, 1, 1)
    assert (overview.n_unsure, overview.n_without_source, overview.n_rejected) == (1, 1, 1)
    assert [(o.name, o.counts) for o in overview.outlets] == [
        ("Post", (1, 1, 0)),
        ("Farm", (0, 0, 1)),
    ]
    assert [day.name for day in overview.days] == ["2025-05-01", "2025-05-02", "not known"]
    assert [(s.name, s.counts) for s in overview.sources] == [("a", (0, 1, 1))]


def test_only_the_largest_outlets_are_named() -> None:
    items = [item(str(n), outlet=f"o{n}") for n in range(MAX_OUTLETS + 5)]
    overview = draw_overview(items, [])
    assert len(overview.outlets) == MAX_OUTLETS
    assert overview.n_outlets == MAX_OUTLETS + 5


def test_a_spin_of_a_spin_stands_below_it() -> None:
    items = [item("spin", SPUN, "wire"), item("copy", SPUN, "spin"), item("own"), item("w2", WIRE)]
    (tree,) = grow_trees(items)
    assert (tree.root.id, tree.root.label, tree.n_texts) == ("wire", "source", 3)
    (spin,) = tree.root.made
    assert [(node.id, node.label, node.made) for node in spin.made] == [("copy", "spun", ())]


def test_a_text_of_a_story_bears_what_is_known_of_it() -> None:
    spin = item("spin", SPUN, "wire", "Farm", date(2025, 5, 2), labels=(SPUN, WIRE))
    (tree,) = grow_trees([spin, item("wire", outlet="Post")])
    assert (tree.root.about, tree.root.is_unsure) == ("Post", False)
    assert [(n.about, n.is_unsure) for n in tree.root.made] == [("Farm, 2025-05-02", True)]


def test_what_does_not_derive_is_in_no_tree() -> None:
    assert grow_trees([item("a", Label.ORIGINAL, "b"), item("c", SPUN, "c")]) == ()


def test_of_many_children_some_are_left_out_and_counted() -> None:
    (tree,) = grow_trees([item(f"c{n}", SPUN, "wire") for n in range(MAX_CHILDREN + 12)])
    assert len(tree.root.made) == MAX_CHILDREN
    assert tree.root.n_left_out == 12
    assert tree.n_texts == MAX_CHILDREN + 13


def test_of_a_long_chain_the_end_is_left_out_and_counted() -> None:
    items = [item(str(n + 1), SPUN, str(n)) for n in range(MAX_DEPTH + 3)]
    (tree,) = grow_trees(items)
    chain = [tree.root]
    while chain[-1].made:
        chain += chain[-1].made
    assert [node.id for node in chain] == [str(n) for n in range(MAX_DEPTH + 1)]
    assert (chain[-1].n_left_out, tree.n_texts) == (1, MAX_DEPTH + 4)


def test_a_circle_of_sources_is_no_endless_tree() -> None:
    assert grow_trees([item("a", SPUN, "b"), item("b", SPUN, "a")]) == ()
