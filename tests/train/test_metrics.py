"""Measures by hand."""

import re

import numpy as np
import pytest

from copydesk.train.metrics import calibration_error, measure
from copydesk.train.report import format_metrics

P = np.array(
    [
        [0.85, 0.10, 0.05],  # right
        [0.15, 0.80, 0.05],  # an original taken for edited
        [0.10, 0.75, 0.15],  # right
        [0.20, 0.10, 0.70],  # right
        [0.05, 0.10, 0.85],  # right
    ]
)
Y = np.array([0, 0, 1, 2, 2])


def test_measure_by_hand() -> None:
    found = measure(P, Y)
    assert (found["n"], found["accuracy"]) == (5, 0.8)
    assert found["recall"] == {"original": 0.5, "edited_wire": 1.0, "spun": 1.0}
    # F1: original 2 * 1 / (2 + 1), edited 2 * 1 / (1 + 2), spun 1.
    assert found["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3, abs=1e-4)
    true = np.array([0.85, 0.15, 0.75, 0.70, 0.85])
    assert found["log_loss"] == pytest.approx(-np.log(true).mean(), abs=1e-4)
    # Bins: 0.70 and 0.75 both right; 0.80, 0.85, 0.85 with two of three right.
    expected = abs(0.725 - 1.0) * 2 / 5 + abs(2.5 / 3 - 2 / 3) * 3 / 5
    assert found["calibration_error"] == pytest.approx(expected, abs=1e-4)


def test_confidences_a_tenth_apart_are_in_different_bins() -> None:
    p = np.array([[0.65, 0.35, 0.0], [0.75, 0.25, 0.0]])
    # One right, one wrong: together they would be off by 0.2 only.
    assert calibration_error(p, np.array([0, 1])) == pytest.approx((0.35 + 0.75) / 2)


def test_labels_that_do_not_occur_are_none() -> None:
    found = measure(P[:3], Y[:3])
    assert found["recall"] == {"original": 0.5, "edited_wire": 1.0, "spun": None}
    assert found["macro_f1"] == pytest.approx(2 / 3, abs=1e-4)


def test_a_single_label_has_no_macro_f1() -> None:
    found = measure(P[3:], Y[3:])
    assert found["macro_f1"] is None
    assert (found["accuracy"], found["recall"]["spun"]) == (1.0, 1.0)
    assert len(format_metrics({"spun only": found}).splitlines()) == 2


def test_right_and_sure_has_no_error() -> None:
    P_sure = np.eye(3)[[0, 1, 2]]
    assert calibration_error(P_sure, np.array([0, 1, 2])) == 0.0
    assert calibration_error(P_sure, np.array([1, 2, 0])) == 1.0


def test_metrics_are_one_line_each() -> None:
    text = format_metrics(
        {"with source": measure(P, Y), "withheld": measure(P[:3], Y[:3]), "other": {"n": 3}}
    )
    heading, *lines = [re.split(r"  +", line.strip()) for line in text.splitlines()]
    rows = [dict(zip(heading, cells[1:], strict=True)) for cells in lines]
    assert [cells[0] for cells in lines] == ["with source", "withheld"]
    assert (rows[0]["n"], rows[0]["macro-F1"], rows[0]["recall original"]) == (
        *("5", "0.778", "0.500"),
    )
    assert (rows[1]["n"], rows[1]["macro-F1"], rows[1]["recall spun"]) == ("3", "0.667", "-")
    assert len({len(line) for line in text.splitlines()}) == 1
