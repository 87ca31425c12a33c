"""Probabilities by what has not learned a text."""

import numpy as np

from copydesk.features import FEATURE_NAMES
from copydesk.models import load_model
from copydesk.models.judgement import Situation, probabilities_in
from copydesk.train.check.estimates import by_model, out_of_fold

N = 90


def rows(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = np.arange(N) % 3
    X = rng.normal(size=(N, len(FEATURE_NAMES)))
    X += 3 * (y == 2)[:, None]
    X[:, ::2] += 3 * (y > 0)[:, None]
    return X, y, np.array([f"s{i // 3}" for i in range(N)])


def test_a_model_is_asked_as_for_a_verdict() -> None:
    judge = load_model().judge
    X = rows()[0]
    compared = by_model(judge, X, compared=True)
    answers = judge.answer(X, has_candidate=True)
    np.testing.assert_allclose(compared, probabilities_in(Situation.COMPARED, answers))
    alone = by_model(judge, X, compared=False)
    np.testing.assert_allclose(alone[:, 1], answers.machine)
    np.testing.assert_allclose(alone.sum(axis=1), 1)


def test_out_of_fold_probabilities_tell_the_labels() -> None:
    X, y, groups = rows()
    compared = out_of_fold(X, y, groups, compared=True)
    np.testing.assert_allclose(compared.sum(axis=1), 1)
    assert (compared.argmax(axis=1) == y).mean() > 0.9
    alone = out_of_fold(X, y, groups, compared=False)
    assert ((alone[:, 1] > 0.5) == (y == 2)).mean() > 0.9


def test_a_story_is_not_judged_by_what_has_learned_it() -> None:
    X, y, _ = rows()
    X = np.random.default_rng(0).normal(size=X.shape)
    # One label a story, and a trait by which each story is known: nothing of that is of use.
    groups = np.array([f"s{i % 15}" for i in range(N)])
    y = np.array([i % 15 % 3 for i in range(N)])
    X[:, 0] = [100 * (i % 15) for i in range(N)]
    found = out_of_fold(X, y, groups, compared=True)
    assert (found.argmax(axis=1) == y).mean() < 0.75


def test_too_few_stories_give_nothing() -> None:
    X, y, _ = rows()
    few = np.array([f"s{i % 4}" for i in range(N)])
    for compared in (True, False):
        assert np.isnan(out_of_fold(X, y, few, compared=compared)).any(axis=1).all()


def test_without_originals_edits_and_spins_are_told_apart() -> None:
    X, y, groups = rows()
    few = (y > 0) | np.isin(groups, ["s0", "s1"])
    found = out_of_fold(X[few], y[few], groups[few], compared=True)
    is_original = y[few] == 0
    assert np.isnan(found[is_original]).any(axis=1).all()
    assert (found[~is_original].argmax(axis=1) == y[few][~is_original]).mean() > 0.9
    assert (found[~is_original, 0] == 0).all()
