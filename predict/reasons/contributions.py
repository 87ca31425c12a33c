"""The exact account of a model's answers: what each feature added to the log-odds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from copydesk.features import FEATURE_NAMES
from copydesk.models.binary import BinaryModel
from copydesk.models.design import FloatArray, expit
from copydesk.models.judgement import PRIOR_REWORDED, Judge, Shares
from copydesk.types import LABELS, Label

CREDIT = "credit"
_ORIGINAL, _EDITED_WIRE = LABELS.index(Label.ORIGINAL), LABELS.index(Label.EDITED_WIRE)


class Question(StrEnum):
    """What a model is asked of an article."""

    DERIVES = "derives"  # does one of the two texts derive from the other?
    FIRST = "first"  # if so, did the candidate come first?
    REWORDED = "reworded"  # if so, did a machine reword it?
    MACHINE = "machine"  # did a machine write it, by the text alone?
    COPIED = "copied"  # if not, is it an agency's copy, by the credit that it bears?


@dataclass(frozen=True, slots=True)
class QuestionAccount:
    """One answer, taken apart: ``base``, ``prior`` and ``contributions`` add up to ``log_odds``.

    Parameters
    ----------
    question : Question
        What was asked.
    base : float
        Log-odds before anything of the texts is looked at.
    prior : float
        Log-odds for how often the answer is yes in life, where training had it half and half.
    contributions : mapping of str to float
        By feature, what it adds; features that the question does not look at are left out.
    """

    question: Question
    base: float
    prior: float
    contributions: Mapping[str, float]

    @property
    def log_odds(self) -> float:
        """Log-odds of yes."""
        return self.base + self.prior + sum(self.contributions.values())

    @property
    def probability(self) -> float:
        """Probability of yes, in [0, 1]."""
        return float(expit(np.array(self.log_odds)))


def account_for(
    judge: Judge, row: FloatArray, has_candidate: bool, credit_odds: float = 1.0
) -> tuple[QuestionAccount, ...]:
    """Take the answers to all questions apart.

    Parameters
    ----------
    judge : Judge
        The classifiers.
    row : ndarray of float64, shape (n_features,)
        One feature row in the order of the registry.
    has_candidate : bool
        Whether it is of a pair; without a candidate only the text is asked.
    credit_odds : float
        What credits add to the odds that the candidate came first.
    """
    of_text = _account(Question.MACHINE, judge.machine, row)
    if not has_candidate:
        return (of_text,)
    odds = PRIOR_REWORDED / (1 - PRIOR_REWORDED)
    return (
        _account(Question.DERIVES, judge.derives, row),
        _account(Question.FIRST, judge.first, row, credit=float(np.log(credit_odds))),
        _account(Question.REWORDED, judge.reworded, row, prior=float(np.log(odds))),
        of_text,
    )


def _account(
    question: Question,
    model: BinaryModel,
    row: FloatArray,
    prior: float = 0.0,
    credit: float = 0.0,
) -> QuestionAccount:
    added = model.contributions(row[None, :])[0]
    asked = model.columns.tolist()
    return QuestionAccount(
        question=question,
        base=model.base,
        prior=prior,
        contributions={
            **{FEATURE_NAMES[i]: float(added[i]) for i in asked},
            **({CREDIT: credit} if credit else {}),
        },
    )


def account_for_credit(prior: Shares, rates: Shares) -> QuestionAccount:
    """Take apart whether a text that no machine wrote is a copy: all that is asked is its credit.

    Parameters
    ----------
    prior : tuple of float
        Shares of the labels before a text is read, in their order.
    rates : tuple of float
        How many texts of each label bear a credit as this one does.

    Examples
    --------
    >>> account = account_for_credit((0.5, 0.25, 0.25), (0.1, 0.6, 0.1))
    >>> round(account.probability, 2)
    0.75
    """
    return QuestionAccount(
        question=Question.COPIED,
        base=float(np.log(prior[_EDITED_WIRE] / prior[_ORIGINAL])),
        prior=0.0,
        contributions={CREDIT: float(np.log(rates[_EDITED_WIRE] / rates[_ORIGINAL]))},
    )
