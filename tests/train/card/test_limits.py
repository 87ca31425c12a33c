"""Limits are what the figures say."""

from typing import Any

from copydesk.train.card.limits import find_limits

FINE = {
    "n": 60,
    "recall": {"original": 0.9, "edited_wire": 0.95, "spun": None},
    "honest_called_spun": 0.01,
    "calibration_error": 0.02,
    "covered": {"original": 0.88, "edited_wire": 0.9, "spun": None},
}


def limits(changed: dict[str, Any]) -> list[str]:
    return find_limits({"views": {"source found": FINE | changed}}, 0.9)


def test_figures_that_are_fine_warn_of_nothing() -> None:
    assert limits({}) == []


def test_labels_that_are_missed_and_for_what() -> None:
    missed = {"original": 0.9, "edited_wire": 0.95, "spun": 0.6}
    called = {"spun": {"original": 5, "edited_wire": 3, "spun": 12}}
    assert limits({"recall": missed}) == [
        "Source found: 40% of spun texts are called something else."
    ]
    assert limits({"recall": missed, "called": called}) == [
        "Source found: 40% of spun texts are called something else, 5 of 8 of them original."
    ]
    # Of nine texts a share says little.
    few = {"spun": {"original": 4, "edited_wire": 0, "spun": 5}}
    assert limits({"recall": missed, "called": few}) == []


def test_honest_texts_called_spun_and_sets_that_promise_too_much() -> None:
    assert limits({"honest_called_spun": 0.045, "covered": {"original": 0.8, "spun": 0.88}}) == [
        "Source found: 4.5% of honest texts are called spun; sets hold the true label of 80% of "
        "original texts, not 90%."
    ]


def test_probabilities_that_are_off_and_in_which_direction() -> None:
    bins = [
        {"n": 30, "confidence": 0.9, "accuracy": 0.7},
        {"n": 10, "confidence": 0.5, "accuracy": 0.6},
    ]
    assert limits({"calibration_error": 0.12}) == [
        "Source found: probabilities are off by 12% on average."
    ]
    assert limits({"calibration_error": 0.12, "reliability": bins}) == [
        "Source found: probabilities are off by 12% on average, too sure."
    ]
    assert limits({"calibration_error": 0.12, "reliability": bins[1:]}) == [
        "Source found: probabilities are off by 12% on average, less sure than right."
    ]


def test_weak_parts_are_named_weakest_first() -> None:
    def part(accuracy: float, n: int = 20) -> dict[str, Any]:
        return {"source found": {"n": n, "accuracy": accuracy}}

    parts = {f"e{i}": part(0.7 + i / 100) for i in range(7)} | {"few": part(0.1, 9)}
    found = find_limits(
        {"views": {}, "slices": {"engine": parts, "beat": {"sport": part(0.9)}}}, 0.9
    )
    assert found[0] == "Engine e0, source found: 70% of 20 right."
    assert len(found) == 6
    assert found[-1] == "2 more parts of the corpus are below 80%."
