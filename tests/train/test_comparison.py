"""Two models compared on the same texts."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from copydesk.train.comparison import (
    Comparison,
    Difference,
    as_given,
    compare_predictions,
    macro_f1,
    measure_both,
)
from copydesk.train.dataset import Dataset
from copydesk.train.pairs import PairKind
from copydesk.train.report import comparison_sentence, format_comparison

N_STORIES = 30


def probabilities(predicted: np.ndarray) -> np.ndarray:
    return np.where(np.eye(3, dtype=bool)[predicted], 0.8, 0.1)


def texts(right: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels, stories, and what a model says that is right so often."""
    rng = np.random.default_rng(seed)
    y = np.arange(4 * N_STORIES) % 3
    groups = np.array([f"s{i // 4}" for i in range(len(y))])
    wrong = (y + rng.integers(1, 3, len(y))) % 3
    return y, groups, probabilities(np.where(rng.random(len(y)) < right, y, wrong))


def test_macro_f1_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    for labels in ([0, 1, 2], [0, 2]):
        y, predicted = rng.choice(labels, 50), rng.integers(0, 3, 50)
        confusion = np.zeros((3, 3))
        np.add.at(confusion, (y, predicted), 1)
        expected = f1_score(y, predicted, labels=labels, average="macro")
        assert float(macro_f1(confusion)) == pytest.approx(expected)
    assert float(macro_f1(np.zeros((3, 3)))) == 0


def test_a_better_model_is_told_and_a_worse_one() -> None:
    y, groups, good = texts(0.95)
    bad = texts(0.6, seed=1)[2]
    found = compare_predictions(good, bad, y, groups)
    assert found.verdict == "better"
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < found.new - found.base < found.high
    assert (found.metric, found.n_texts, found.n_stories) == ("macro-F1", len(y), N_STORIES)
    turned = compare_predictions(bad, good, y, groups)
    assert turned.verdict == "worse"
    assert (turned.low, turned.high) == (pytest.approx(-found.high), pytest.approx(-found.low))


def test_models_that_are_alike_differ_by_noise_only() -> None:
    y, groups, one = texts(0.8)
    # As many errors of each kind, in other stories: labels come again after three texts.
    other = np.roll(one, 12, axis=0)
    assert not np.array_equal(one, other)
    found = compare_predictions(one, other, y, groups)
    assert found.verdict == "no difference beyond noise"
    assert found.new == found.base
    same = compare_predictions(one, one, y, groups)
    assert (same.low, same.high) == (0, 0)
    assert same.verdict == "no difference beyond noise"


def test_it_is_paired_and_stories_are_drawn_whole() -> None:
    y, groups, base = texts(0.8)
    # One text more is right in each story: far less than what stories differ by.
    new = base.copy()
    wrong = np.flatnonzero(base.argmax(axis=1) != y)
    for story in np.unique(groups):
        own = wrong[groups[wrong] == story]
        new[own[:1]] = probabilities(y)[own[:1]]
    assert compare_predictions(new, base, y, groups).verdict == "better"
    # All of the difference is in one story of the thirty: another draw may lack it.
    new = base.copy()
    new[groups == "s1"] = probabilities((y + 1) % 3)[groups == "s1"]
    found = compare_predictions(new, base, y, groups)
    assert found.verdict == "no difference beyond noise"
    assert found.new < found.base


def test_the_same_seed_draws_the_same() -> None:
    y, groups, one = texts(0.9)
    other = texts(0.8, seed=1)[2]
    assert compare_predictions(one, other, y, groups, 3) == compare_predictions(
        one, other, y, groups, 3
    )
    assert compare_predictions(one, other, y, groups, 3) != compare_predictions(
        one, other, y, groups, 4
    )


def test_few_stories_tell_nothing() -> None:
    y, groups, one = texts(0.9)
    few = np.array([f"s{i % 7}" for i in range(len(y))])
    found = compare_predictions(one, texts(0.3, seed=1)[2], y, few)
    assert (found.low, found.high) == (None, None)
    assert found.verdict == "too few stories to tell"
    assert compare_predictions(one, one, y, groups).low is not None


def test_of_one_label_the_accuracy_is_compared() -> None:
    y = np.full(40, 2)
    groups = np.array([f"s{i // 2}" for i in range(40)])
    new, base = probabilities(y), probabilities(np.where(np.arange(40) % 2, 2, 0))
    found = compare_predictions(new, base, y, groups)
    assert (found.metric, found.new, found.base) == ("accuracy", 1.0, 0.5)
    assert (found.low, found.high) == (0.5, 0.5)


def test_each_text_is_asked_as_it_is_given() -> None:
    rows = [
        ("a", PairKind.SOURCE, 2, "e"),
        ("a", PairKind.ALONE, 2, "e"),  # it stands beside its source
        ("b", PairKind.ALONE, 2, "e"),
        ("b", PairKind.UNRELATED, 2, "e"),
        ("c", PairKind.RELATED, 0, "e"),
        ("c", PairKind.ALONE, 0, "e"),
        ("d", PairKind.RELATED, 2, "e"),  # its source is not at hand
        ("d", PairKind.ALONE, 2, "e"),
        ("w", PairKind.ALONE, 0, "source"),  # nobody labelled it
    ]
    names, kinds, y, engines = zip(*rows, strict=True)
    X = np.zeros((len(rows), 1))
    same = np.array(["x"] * len(rows))
    dataset = Dataset(
        *(X, X, np.array(y), same, np.array([str(k) for k in kinds]), np.array(engines)),
        *(same, same, np.array(names)),
    )
    assert np.flatnonzero(as_given(dataset)).tolist() == [0, 2, 4, 7]


def comparison(difference: Difference, n_known: int = 0) -> Comparison:
    y, _, p = texts(0.9)
    both = measure_both(p, p, y)
    return Comparison("m-1", difference, n_known, both, both if n_known else {})


@pytest.mark.parametrize(
    ("low", "high", "n_known", "sentence"),
    [
        (
            0.02,
            0.18,
            0,
            "better than m-1: macro-F1 0.900, m-1 0.800 (difference +0.100, 95 % +0.020 to "
            "+0.180), on 40 texts of 9 stories, each judged by what had not learned its story",
        ),
        (-0.2, -0.1, 0, "worse than m-1: macro-F1 0.900"),
        (-0.2, 0.1, 0, "no difference beyond noise: macro-F1 0.900"),
        (None, None, 0, "too few stories to tell: macro-F1 0.900, m-1 0.800, on 40 texts"),
        (0.1, 0.2, 7, "; 7 of them m-1 had learned: there it was fitted anew without"),
    ],
)
def test_it_is_said_in_a_sentence(
    low: float | None, high: float | None, n_known: int, sentence: str
) -> None:
    found = comparison(Difference("macro-F1", 40, 9, 0.9, 0.8, low, high), n_known)
    assert sentence in comparison_sentence(found)
    shown = format_comparison(found).splitlines()
    assert shown[-1] == comparison_sentence(found)
    assert [line.split("  ")[0] for line in shown[1:3]] == [
        "your texts: m-1",
        "your texts: the new model",
    ]
    assert len(shown) == (6 if n_known else 4)
