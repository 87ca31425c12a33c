"""What a report says first, and stories as trees."""

from datetime import date

from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.overview import MAX_OUTLETS, draw_overview
from copydesk.predict.report.trees import grow_trees
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
    assert [(node.id, node.label) for node in tree.nodes] == [
        ("wire", "source"),
        ("spin", "spun"),
        ("copy", "spun"),
    ]
    assert [node.x for node in tree.nodes] == sorted({node.x for node in tree.nodes})
    assert tree.nodes[2].parent_y == tree.nodes[1].y
    assert tree.n_texts == 3


def test_what_does_not_derive_is_in_no_tree() -> None:
    assert grow_trees([item("a", Label.ORIGINAL, "b"), item("c", SPUN, "c")]) == ()


def test_of_many_children_some_are_left_out_and_counted() -> None:
    (tree,) = grow_trees([item(f"c{n}", SPUN, "wire") for n in range(20)])
    assert tree.nodes[-1].name == "12 more"
    assert tree.n_texts == 21


def test_a_circle_of_sources_is_no_endless_tree() -> None:
    assert grow_trees([item("a", SPUN, "b"), item("b", SPUN, "a")]) == ()
