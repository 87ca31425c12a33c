"""The account of an answer adds up to it, exactly."""

import numpy as np
import pytest

from copydesk.features import extract_features
from copydesk.models.design import logit
from copydesk.models.judgement import PRIOR_FIRST, QuestionProbabilities, derives_from
from copydesk.predict import Scorer
from copydesk.predict.explanation import explain_verdict
from copydesk.predict.reasons.contributions import CREDIT, Question, account_for_credit
from copydesk.predict.reasons.topics import add_up
from copydesk.types import Article


def as_array(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([value])


@pytest.mark.parametrize("name", ["edited", "spun", "staff", "frost"])
def test_accounts_reproduce_the_answers_of_real_verdicts(
    name: str, scorer: Scorer, bridge: dict[str, Article]
) -> None:
    # Without dates, which would settle the order.
    article, wire = (Article(key, bridge[key].text) for key in (name, "wire"))
    verdict = scorer.label_pair(article, wire)
    explanation = explain_verdict(scorer, verdict, article, wire)
    by_question = {account.question: account for account in explanation.accounts}
    for account in explanation.accounts:
        added = account.base + account.prior + sum(account.contributions.values())
        assert added == pytest.approx(account.log_odds, abs=1e-9)
    answers = verdict.answers
    assert answers is not None
    assert answers.reworded is not None
    machine, reworded = by_question[Question.MACHINE], by_question[Question.REWORDED]
    assert machine.log_odds == pytest.approx(float(logit(as_array(answers.machine))[0]), abs=1e-6)
    assert reworded.log_odds == pytest.approx(float(logit(as_array(answers.reworded))[0]), abs=1e-6)
    derives, first = by_question[Question.DERIVES], by_question[Question.FIRST]
    none = np.zeros(1)
    told = QuestionProbabilities(
        as_array(derives.probability), none, none, as_array(first.probability)
    )
    assert answers.derives == pytest.approx(derives_from(told, PRIOR_FIRST)[0], abs=1e-9)


def test_accounts_reproduce_the_classifiers(scorer: Scorer, bridge: dict[str, Article]) -> None:
    comparison = scorer.compare_texts(bridge["spun"].text, bridge["wire"].text)
    row = extract_features(comparison)[None, :]
    verdict = scorer.label_pair(bridge["spun"], bridge["wire"])
    explanation = explain_verdict(scorer, verdict, bridge["spun"], bridge["wire"])
    judge = scorer.model.judge
    models = {
        Question.DERIVES: judge.derives,
        Question.FIRST: judge.first,
        Question.REWORDED: judge.reworded,
        Question.MACHINE: judge.machine,
    }
    found = {account.question: account for account in explanation.accounts}
    for question, model in models.items():
        expected = model.log_odds(row)[0]
        account = found[question]
        beside = account.prior + account.contributions.get(CREDIT, 0.0)
        assert account.log_odds - beside == pytest.approx(expected, abs=1e-9)


def test_alone_only_the_text_and_its_credit_are_asked(
    scorer: Scorer, bridge: dict[str, Article]
) -> None:
    verdict = scorer.label_pair(bridge["staff"], None)
    explanation = explain_verdict(scorer, verdict, bridge["staff"], None)
    questions = [account.question for account in explanation.accounts]
    assert questions == [Question.MACHINE, Question.COPIED]


def test_reasons_of_a_question_add_up_with_its_base(
    scorer: Scorer, bridge: dict[str, Article]
) -> None:
    verdict = scorer.label_pair(bridge["spun"], bridge["wire"])
    explanation = explain_verdict(scorer, verdict, bridge["spun"], bridge["wire"])
    for account in explanation.accounts:
        told = sum(r.log_odds for r in explanation.reasons if r.question is account.question)
        assert account.base + account.prior + told == pytest.approx(account.log_odds, abs=1e-9)


def test_credit_is_weighed_by_odds() -> None:
    account = account_for_credit((0.5, 0.25, 0.25), (0.1, 0.6, 0.1))
    assert np.exp(account.log_odds) == pytest.approx(0.5 * 6)
    assert add_up(account.contributions).keys() == {"credits"}
