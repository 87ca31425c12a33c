"""From answers to labels: by hand, and what holds for any answers."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from copydesk.models.judgement import (
    PRIOR_REWORDED,
    PRIORS,
    UNCREDITED,
    Judge,
    QuestionProbabilities,
    Shares,
    Situation,
    derives_from,
    probabilities_in,
    reworded_by_machine,
    weigh,
    weigh_text,
)
from copydesk.predict.credits_rule import RATES
from copydesk.types import LABELS, Label

P = st.floats(0, 1)
POSITIVE = st.floats(0.001, 1)
TEXTS = st.tuples(POSITIVE, POSITIVE, POSITIVE).map(lambda w: tuple(x / sum(w) for x in w))
EDITED, SPUN = LABELS.index(Label.EDITED_WIRE), LABELS.index(Label.SPUN)

law = settings(deadline=None, derandomize=True)


def weighed(derives: float, reworded: float, of_text: Shares) -> NDArray[np.float64]:
    return weigh(np.array([derives]), np.array([reworded]), np.array([of_text]))[0]


def test_labels_by_hand() -> None:
    # Half of it is what the text says, of the other half a quarter is spun.
    np.testing.assert_allclose(
        weighed(0.5, 0.25, (0.6, 0.3, 0.1)), [0.3, 0.15 + 0.375, 0.05 + 0.125]
    )


def test_rows_are_weighed_each_by_itself() -> None:
    derives, reworded = np.array([0.0, 1.0]), np.array([0.9, 0.25])
    of_text = np.array([[0.6, 0.3, 0.1], [0.2, 0.2, 0.6]])
    assert weigh(derives, reworded, of_text).tolist() == [[0.6, 0.3, 0.1], [0.0, 0.75, 0.25]]
    assert of_text.tolist() == [[0.6, 0.3, 0.1], [0.2, 0.2, 0.6]]


def answers(derives: float, reworded: float, machine: float, first: float) -> QuestionProbabilities:
    return QuestionProbabilities(*(np.array([p]) for p in (derives, reworded, machine, first)))


def test_which_came_first_is_weighed_with_what_is_known_before() -> None:
    # Odds of 9 to 1 before reading, of 1 to 3 by the texts: 3 to 1.
    found = derives_from(answers(0.8, 0.0, 0.0, 0.25), prior_first=0.9)
    assert found[0] == pytest.approx(0.8 * 0.75)


@law
@given(P, P)
def test_dates_leave_nothing_to_the_texts(derives: float, first: float) -> None:
    asked = answers(derives, 0.0, 0.0, min(max(first, 0.01), 0.99))
    assert derives_from(asked, prior_first=1.0)[0] == pytest.approx(derives)
    assert derives_from(asked, prior_first=0.0)[0] == 0.0


@law
@given(P, P, P)
def test_the_surer_a_candidate_came_first_the_more_it_is_the_source(
    derives: float, first: float, later: float
) -> None:
    low, high = sorted((first, later))
    one, other = (derives_from(answers(derives, 0.0, 0.0, p))[0] for p in (low, high))
    assert one <= other + 1e-12
    assert other <= derives + 1e-12


def test_of_what_derives_a_quarter_is_spun_before_it_is_read() -> None:
    # Odds of 1 to 3 before reading, of 9 to 1 by the texts: 3 to 1.
    assert reworded_by_machine(answers(1.0, 0.9, 0.0, 1.0))[0] == pytest.approx(0.75)
    assert reworded_by_machine(answers(1.0, 0.5, 0.0, 1.0))[0] == pytest.approx(PRIOR_REWORDED)
    for sure in (0.0, 1.0):
        assert reworded_by_machine(answers(1.0, sure, 0.0, 1.0))[0] == sure


@pytest.mark.parametrize("situation", Situation)
def test_all_of_it_together_by_hand(situation: Situation) -> None:
    asked = answers(0.8, 0.9, 0.4, 0.25)
    of_text = weigh_text(asked.machine, PRIORS[situation])
    expected = weigh(derives_from(asked), reworded_by_machine(asked), of_text)
    np.testing.assert_array_equal(probabilities_in(situation, asked), expected)


@law
@given(P, P, TEXTS)
def test_probabilities_sum_to_one(derives: float, reworded: float, of_text: Shares) -> None:
    found = weighed(derives, reworded, of_text)
    assert found.sum() == pytest.approx(1.0)
    assert (found >= 0).all()


@law
@given(P, TEXTS)
def test_what_does_not_derive_is_what_the_text_says(reworded: float, of_text: Shares) -> None:
    assert weighed(0.0, reworded, of_text).tolist() == list(of_text)


@law
@given(P, TEXTS)
def test_what_derives_for_certain_is_never_original(reworded: float, of_text: Shares) -> None:
    assert weighed(1.0, reworded, of_text).tolist() == [0.0, 1 - reworded, reworded]


@law
@given(P, P, TEXTS)
def test_a_mixture_is_no_surer_than_the_surer_of_its_parts(
    derives: float, reworded: float, of_text: Shares
) -> None:
    found = weighed(derives, reworded, of_text)
    for i, derived in enumerate((0.0, 1 - reworded, reworded)):
        low, high = sorted((derived, of_text[i]))
        assert low - 1e-12 <= found[i] <= high + 1e-12


@law
@given(P, P, P, TEXTS)
def test_the_surer_that_it_derives_the_less_it_is_original(
    derives: float, more: float, reworded: float, of_text: Shares
) -> None:
    low, high = sorted((derives, more))
    one, other = weighed(low, reworded, of_text), weighed(high, reworded, of_text)
    assert one[0] >= other[0] - 1e-12
    # A label goes up where it is likelier of what derives than by the text, else down.
    for label, derived in ((EDITED, 1 - reworded), (SPUN, reworded)):
        assert (other[label] - one[label]) * (derived - of_text[label]) >= -1e-12


@law
@given(P, P, P, TEXTS)
def test_the_surer_a_machine_reworded_it_the_more_it_is_spun(
    derives: float, reworded: float, more: float, of_text: Shares
) -> None:
    low, high = sorted((reworded, more))
    assert weighed(derives, low, of_text)[SPUN] <= weighed(derives, high, of_text)[SPUN] + 1e-12


def test_what_a_text_says_by_hand() -> None:
    # 0.6 by hand, of priors and rates 0.5 x 0.1 and 0.3 x 0.9; 0.4 a machine's, 0.2 x 0.1.
    weights = np.array([0.6 * 0.05, 0.6 * 0.27, 0.4 * 0.02])
    found = weigh_text(np.array([0.4]), (0.5, 0.3, 0.2), (0.1, 0.9, 0.1))
    np.testing.assert_allclose(found[0], weights / weights.sum())


@law
@given(st.lists(P, min_size=1, max_size=5), st.sampled_from(Situation))
def test_what_texts_say_sums_to_one(machine: list[float], situation: Situation) -> None:
    found = weigh_text(np.array(machine), PRIORS[situation])
    np.testing.assert_allclose(found.sum(axis=1), 1.0)
    assert (found >= 0).all()


@law
@given(P, P, st.sampled_from(Situation), st.sampled_from([UNCREDITED, *RATES.values()]))
def test_the_more_a_text_is_a_machine_s_the_more_it_is_spun(
    machine: float, more: float, situation: Situation, rates: Shares
) -> None:
    found = weigh_text(np.sort([machine, more]), PRIORS[situation], rates)
    assert found[0, SPUN] <= found[1, SPUN]


@law
@given(st.floats(0, 0.999), st.sampled_from(Situation))
def test_by_hand_means_copy_or_original_as_often_as_before(
    machine: float, situation: Situation
) -> None:
    original, edited, _ = weigh_text(np.array([machine]), PRIORS[situation])[0]
    expected = PRIORS[situation][0] * UNCREDITED[0] / (PRIORS[situation][1] * UNCREDITED[1])
    assert original / edited == pytest.approx(expected)


@pytest.mark.parametrize("situation", Situation)
def test_priors_sum_to_one(situation: Situation) -> None:
    assert sum(PRIORS[situation]) == pytest.approx(1.0)


def test_beside_a_candidate_that_is_no_source_no_more_is_known_than_unsearched() -> None:
    assert PRIORS[Situation.COMPARED] == PRIORS[Situation.UNSEARCHED]


def test_what_is_without_a_credit_is_what_the_rates_leave() -> None:
    left = 1 - np.sum([*RATES.values()], axis=0)
    assert np.round(left, 4).tolist() == list(UNCREDITED)


def test_without_a_candidate_only_the_text_is_asked(
    judge: Judge, rows: NDArray[np.float64]
) -> None:
    alone = judge.answer(rows, has_candidate=False)
    beside = judge.answer(rows, has_candidate=True)
    np.testing.assert_array_equal(alone.machine, beside.machine)
    for name in ("derives", "reworded", "first"):
        assert not getattr(alone, name).any()


def test_beside_a_candidate_every_question_is_asked(
    judge: Judge, rows: NDArray[np.float64]
) -> None:
    found = judge.answer(rows, has_candidate=True)
    for field in fields(QuestionProbabilities):
        expected = getattr(judge, field.name).predict_proba(rows)
        np.testing.assert_array_equal(getattr(found, field.name), expected)
        assert expected.min() < 0.5 < expected.max()
