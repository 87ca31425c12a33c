"""Figures by hand, beside scikit-learn's, and of sums."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, log_loss, precision_score, recall_score

from copydesk.train.evaluation.sums import Said, describe, figures_of, losses, sums_of_texts

P = np.array(
    [
        [0.96, 0.03, 0.01],  # right
        [0.01, 0.02, 0.97],  # an original, surely called spun
        [0.10, 0.75, 0.15],  # right
        [0.20, 0.10, 0.70],  # right
        [0.45, 0.15, 0.40],  # a spun text called original
    ]
)
Y = np.array([0, 0, 1, 2, 2])
SETS = np.array([[1, 0, 0], [0, 0, 1], [0, 1, 1], [0, 0, 1], [1, 0, 1]], bool)
STORIES = np.array(["a", "a", "b", "b", "c"])


def said(**changed: Any) -> Said:
    return Said(**({"probabilities": P, "y": Y, "groups": STORIES} | changed))


def figures(one: Said) -> dict[str, float]:
    return {k: float(v) for k, v in figures_of(sums_of_texts(one).sum(axis=0)).items()}


def test_figures_by_hand() -> None:
    found = figures(said(in_set=SETS, source_right=np.array([np.nan, np.nan, 1.0, 0.0, 1.0])))
    assert found["accuracy"] == pytest.approx(3 / 5)
    # F1: original 2 * 1 / (2 + 2), edited 1, spun 2 * 1 / (2 + 2).
    assert found["macro_f1"] == pytest.approx((0.5 + 1 + 0.5) / 3)
    assert found["precision spun"] == pytest.approx(1 / 2)
    assert found["recall original"] == pytest.approx(1 / 2)
    assert found["honest_called_spun"] == pytest.approx(1 / 3)
    assert found["sure_and_wrong"] == pytest.approx(1 / 5)
    first = 0.04**2 + 0.03**2 + 0.01**2
    second = 0.99**2 + 0.02**2 + 0.97**2
    third = 0.1**2 + 0.25**2 + 0.15**2
    fourth = 0.2**2 + 0.1**2 + 0.3**2
    last = 0.45**2 + 0.15**2 + 0.6**2
    assert found["brier"] == pytest.approx((first + second + third + fourth + last) / 5)
    # Bins: 0.96 and 0.97, one of them right; 0.75 and 0.70, both right; 0.45, wrong.
    expected = abs(1.93 - 1) + abs(1.45 - 2) + 0.45
    assert found["calibration_error"] == pytest.approx(expected / 5)
    assert [found[f"covered {name}"] for name in ("original", "edited_wire", "spun")] == [0.5, 1, 1]
    assert found["mean_labels spun"] == pytest.approx(1.5)
    assert found["mean_labels original"] == 1.0
    assert found["source_right"] == pytest.approx(2 / 3)


def test_what_was_not_asked_is_not_a_number() -> None:
    found = figures(said())
    assert {name for name, value in found.items() if np.isnan(value)} == {
        *(f"{f} {label}" for f in ("covered", "mean_labels") for label in LABEL_NAMES),
        "source_right",
    }


LABEL_NAMES = ("original", "edited_wire", "spun")


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 30))
def test_figures_are_scikit_learn_s(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    p, y = rng.dirichlet(np.ones(3), n), rng.integers(0, 3, n)
    found = figures(said(probabilities=p, y=y, groups=np.full(n, "a")))
    called, present = p.argmax(axis=1), np.unique(y)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        f1 = f1_score(y, called, labels=present, average="macro")
        recalls = recall_score(y, called, labels=[0, 1, 2], average=None, zero_division=np.nan)
        precisions = precision_score(
            y, called, labels=[0, 1, 2], average=None, zero_division=np.nan
        )
    assert found["log_loss"] == pytest.approx(log_loss(y, p, labels=[0, 1, 2]))
    assert found["macro_f1"] == pytest.approx(f1 if len(present) > 1 else np.nan, nan_ok=True)
    for i, name in enumerate(LABEL_NAMES):
        assert found[f"recall {name}"] == pytest.approx(recalls[i], nan_ok=True)
        assert found[f"precision {name}"] == pytest.approx(precisions[i], nan_ok=True)


def test_sums_of_parts_are_those_of_the_whole() -> None:
    whole = said(in_set=SETS)
    parts = [whole.rows(name == STORIES) for name in ("a", "b", "c")]
    np.testing.assert_allclose(
        sum(sums_of_texts(part).sum(axis=0) for part in parts), sums_of_texts(whole).sum(axis=0)
    )


def test_a_text_drawn_twice_counts_twice() -> None:
    drawn = np.array([0, 0, 3])
    twice = sums_of_texts(said())[drawn].sum(axis=0)
    weights = np.array([2.0, 0.0, 0.0, 1.0, 0.0])
    np.testing.assert_allclose(weights @ np.nan_to_num(sums_of_texts(said())), np.nan_to_num(twice))


def test_described_as_plain_data() -> None:
    found = describe(said(in_set=SETS))
    assert found["n"] == 5
    assert found["recall"] == {"original": 0.5, "edited_wire": 1.0, "spun": 0.5}
    assert found["source_right"] is None
    assert found["called"]["original"] == {"original": 1, "edited_wire": 0, "spun": 1}
    assert found["reliability"] == [
        {"n": 1, "confidence": 0.45, "accuracy": 0.0},
        {"n": 2, "confidence": 0.725, "accuracy": 1.0},
        {"n": 2, "confidence": 0.965, "accuracy": 0.5},
    ]
    honest = describe(said().rows(Y == 2))
    assert set(honest["called"]) == {"spun"}
    assert honest["honest_called_spun"] is None


def test_the_loss_of_an_impossible_label_has_a_bound() -> None:
    worst = losses(np.array([[1.0, 0.0, 0.0]]), np.array([2]))
    assert worst.tolist() == [pytest.approx(36.04, abs=0.01)]
