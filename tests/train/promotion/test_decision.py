"""What a candidate is told, from figures given by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import InvalidInput
from copydesk.train.promotion.bootstrap import Difference
from copydesk.train.promotion.contest import Comparison
from copydesk.train.promotion.decision import Change, decide, format_decision
from copydesk.train.promotion.floors import check_floors, figures_of, read_floors


def measured(**changes: Any) -> dict[str, Any]:
    recall = {"original": 0.9, "edited_wire": 0.8, "spun": 0.7}
    return {"macro_f1": 0.8, "accuracy": 0.81, "recall": recall, **changes}


def compared(
    gate: str = "mine",
    view: str = "with source",
    *,
    f1: tuple[float, float] = (-0.1, 0.1),
    spun: tuple[float, float] = (-0.1, 0.1),
    n_stories: int = 10,
    candidate: dict[str, Any] | None = None,
) -> Comparison:
    differences = {
        "macro_f1": Difference(0.8, 0.8, *f1),
        "honest_called_spun": Difference(0.05, 0.04, *spun),
    }
    found = measured() if candidate is None else candidate
    return Comparison(gate, view, 40, n_stories, differences, measured(), found)


@pytest.mark.parametrize(
    ("given", "changes", "is_good"),
    [
        ({}, (Change.NOISE, Change.NOISE), True),
        ({"f1": (-0.2, -0.01)}, (Change.WORSE, Change.NOISE), False),
        ({"f1": (-0.2, 0.0)}, (Change.NOISE, Change.NOISE), True),
        ({"f1": (0.01, 0.2)}, (Change.BETTER, Change.NOISE), True),
        ({"spun": (0.01, 0.2)}, (Change.NOISE, Change.WORSE), False),
        ({"spun": (-0.2, -0.01)}, (Change.NOISE, Change.BETTER), True),
        ({"f1": (0.1, 0.2), "spun": (0.01, 0.2)}, (Change.BETTER, Change.WORSE), False),
        ({"f1": (-0.2, -0.1), "n_stories": 9}, (Change.TOO_FEW, Change.TOO_FEW), False),
    ],
)
def test_what_is_worse_beyond_noise_is_not_promoted(
    given: dict[str, Any], changes: tuple[Change, Change], is_good: bool
) -> None:
    decision = decide([compared(**given)], [])
    assert tuple(one.change for one in decision.judged) == changes
    assert decision.is_good == is_good


def test_one_gate_set_with_stories_enough_decides() -> None:
    few = compared("few", n_stories=3, f1=(-0.5, -0.4))
    assert decide([few, compared()], []).is_good
    assert not decide([few], []).can_tell
    assert not decide([], []).is_good


def test_a_fallen_floor_stands_against_it() -> None:
    comparisons = [compared()]
    fallen = check_floors({"macro_f1": 0.81}, comparisons)
    decision = decide(comparisons, fallen, n_floors=2, n_left_out=3)
    assert not decision.is_good
    assert decision.say() == (
        "worse beyond noise: nothing; better beyond noise: nothing; "
        "mine: with source: macro_f1 is 0.800, floor 0.81; 3 records were left out"
    )


def test_the_sentence_names_what_is_better_and_worse() -> None:
    comparisons = [
        compared(f1=(0.01, 0.2), spun=(0.01, 0.2)),
        compared("other", "source withheld", f1=(0.01, 0.2)),
    ]
    assert decide(comparisons, [], n_floors=2).say() == (
        "worse beyond noise: honest called spun on mine: with source; better beyond noise: "
        "macro-F1 on mine: with source, macro-F1 on other: source withheld; 2 floors hold"
    )


def test_the_table_has_a_line_for_each_figure() -> None:
    lines = format_decision(decide([compared(), compared("few", n_stories=2)], [])).splitlines()
    assert lines[0].split() == ["stories", "texts", "current", "candidate", "difference"]
    assert lines[1].startswith("macro-F1 on mine: with source ")
    assert lines[1].endswith(
        "10     40    0.800      0.800  +0.000 (-0.100 to +0.100)  within noise"
    )
    assert len(lines) == 5
    assert lines[4].endswith("too few stories to tell")
    assert len({line.index("(") for line in lines[1:]}) == 1


def test_figures_are_named_by_set_and_view() -> None:
    figures = figures_of([compared()])
    assert figures == {
        "mine: with source: macro_f1": 0.8,
        "mine: with source: accuracy": 0.81,
        "mine: with source: recall original": 0.9,
        "mine: with source: recall edited_wire": 0.8,
        "mine: with source: recall spun": 0.7,
        "mine: with source: honest_kept": 0.96,
    }


def test_figures_of_labels_that_do_not_occur_hold_nothing() -> None:
    recall = {"original": None, "edited_wire": None, "spun": 0.7}
    only_spun = compared(candidate=measured(macro_f1=None, recall=recall))
    assert set(figures_of([only_spun])) == {
        "mine: with source: accuracy",
        "mine: with source: recall spun",
    }


@pytest.mark.parametrize(
    ("floors", "fallen"),
    [
        ({"macro_f1": 0.8}, []),
        ({"macro_f1": 0.801}, ["mine: with source: macro_f1", "other: with source: macro_f1"]),
        ({"mine: with source: macro_f1": 0.9}, ["mine: with source: macro_f1"]),
        ({"with source: recall spun": 0.9, "accuracy": 0.5}, ["mine", "other"]),
        ({"honest_kept": 0.97}, ["mine", "other"]),
    ],
)
def test_floors_hold_every_figure_that_they_name(
    floors: dict[str, float], fallen: list[str]
) -> None:
    found = [one.figure for one in check_floors(floors, [compared(), compared("other")])]
    assert len(found) == len(fallen)
    assert all(figure.startswith(name) for figure, name in zip(found, fallen, strict=True))


@pytest.mark.parametrize("name", ["macro_f", "f1", "theirs: with source: macro_f1", "log_loss"])
def test_a_floor_that_holds_nothing_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match=f"the floor '{name}' is of no figure .* macro_f1"):
        check_floors({name: 0.5}, [compared()])


def test_floors_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert read_floors(path) == {}
    path.write_text(json.dumps({"macro_f1": 1, "recall spun": 0.5}), encoding="utf-8")
    assert read_floors(path) == {"macro_f1": 1.0, "recall spun": 0.5}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{cut", "cannot be read"),
        ("[]", "expected names of figures and their least values"),
        ('{"macro_f1": "high"}', "expected names of figures"),
        ('{"macro_f1": 90}', "expected names of figures"),
        ('{"macro_f1": true}', "expected names of figures"),
        ('{"macro_f1": NaN}', "expected names of figures"),
    ],
)
def test_floors_that_are_none_are_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match=message):
        read_floors(path)
