"""From the answers to three questions to the probabilities of the labels.

Does the article derive from the candidate? If so, who reworded it: a desk or a machine? And what
does the text say by itself? With the first answer's probability d, the labels' are

    p = d * p(label | derived) + (1 - d) * p(label | text):

a candidate from which the article does not derive leaves the verdict to the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from copydesk.models.binary import BinaryModel
from copydesk.models.design import FloatArray
from copydesk.types import LABELS, Label

Shares = tuple[float, float, float]
"""Of the labels, in their order; only ratios mean anything."""


class Situation(StrEnum):
    """What is known of an article's source."""

    COMPARED = "compared"  # beside a candidate that it may derive from
    UNSEARCHED = "unsearched"  # alone: nobody looked for a source
    NOTHING_RELATED = "nothing_related"  # alone: searched for, and no report of the event is there
    RELATED = "related"  # alone: searched for, and only other reports of the event are there


# What of the texts of each situation is original, edited_wire and spun before they are read: shares
# of real pages of 2025 that derive from none at hand, in folders that hold half of what was
# published on an event (benchmarks/priors.py). Where nothing was searched, two in three of those by
# hand are copies there, for the events were chosen by their copies; two in seven are taken to be.
# A candidate that nobody searched for, and that turns out not to be the source, tells no more.
PRIORS: Mapping[Situation, Shares] = {
    Situation.COMPARED: (0.6, 0.24, 0.16),
    Situation.UNSEARCHED: (0.6, 0.24, 0.16),
    Situation.NOTHING_RELATED: (0.65, 0.14, 0.21),
    Situation.RELATED: (0.69, 0.15, 0.16),
}
# Of texts of each label, how many bear no credit that tells (benchmarks/credit_rates.py).
UNCREDITED: Shares = (0.9692, 0.6895, 0.88)
LIKELY = 0.5
# Of candidates that somebody names or keeps as sources, so many are: few are handed over the wrong
# way round.
PRIOR_FIRST = 0.98
# Of pages that derive from another at hand, so many are spun: one in six of those of 2025, twice as
# many in folders that hold a farm's. As if it were half, desks' copies were called spun.
PRIOR_REWORDED = 0.25
_LEAST = 1e-12
_EDITED_WIRE, _SPUN = LABELS.index(Label.EDITED_WIRE), LABELS.index(Label.SPUN)


@dataclass(frozen=True, slots=True, eq=False)
class QuestionProbabilities:
    """Answers to the questions, each a probability of yes, float64 of shape (n_samples,).

    Parameters
    ----------
    derives : ndarray
        That the article derives from the candidate, or that from it; 0 where there is none.
    reworded : ndarray
        That a machine reworded it, if it derives; as if half of all such texts were machines'.
    machine : ndarray
        That a machine wrote it, by the text itself; as if half of all texts were machines'.
    first : ndarray
        That the candidate came before the article, if one derives from the other.
    """

    derives: FloatArray
    reworded: FloatArray
    machine: FloatArray
    first: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """The classifiers of the questions; see ``QuestionProbabilities``."""

    derives: BinaryModel
    reworded: BinaryModel
    machine: BinaryModel
    first: BinaryModel

    def answer(self, X: FloatArray, has_candidate: bool) -> QuestionProbabilities:
        """Answer the questions.

        Parameters
        ----------
        X : ndarray of float64, shape (n_samples, n_features)
            Feature rows in the order of the registry.
        has_candidate : bool
            Whether they are of pairs; without a candidate only the text is asked.
        """
        machine = self.machine.predict_proba(X)
        if not has_candidate:
            nothing = np.zeros(len(X))
            return QuestionProbabilities(nothing, nothing, machine, nothing)
        return QuestionProbabilities(
            self.derives.predict_proba(X),
            self.reworded.predict_proba(X),
            machine,
            self.first.predict_proba(X),
        )


def weigh_text(machine: FloatArray, prior: Shares, rates: Shares = UNCREDITED) -> FloatArray:
    """Weigh what a text says by itself.

    That a desk's copy is a copy its text does not say, but for a credit: what is not a machine's is
    divided by how many texts are copies and by how many of each kind bear such a credit (Bayes).

    Parameters
    ----------
    machine : ndarray of float64, shape (n_samples,)
        As in ``QuestionProbabilities``.
    prior : tuple of float
        Shares of the labels before a text is read.
    rates : tuple of float
        How many texts of each label bear a credit as this one does.

    Returns
    -------
    ndarray of float64, shape (n_samples, 3)
        In the order of the labels, summing to 1.

    Examples
    --------
    >>> weigh_text(np.array([0.5]), (0.5, 0.3, 0.2), (0.1, 0.9, 0.1)).round(2).tolist()
    [[0.15, 0.79, 0.06]]
    """
    by_hand = (1 - machine)[:, None]
    likelihood = np.hstack([by_hand, by_hand, machine[:, None]])
    weighed = likelihood * np.array(prior) * np.array(rates)
    return np.asarray(weighed / weighed.sum(axis=1, keepdims=True))


def derives_from(answers: QuestionProbabilities, prior_first: float = PRIOR_FIRST) -> FloatArray:
    """Give the probabilities that articles derive from their candidates, and not these from them.

    Parameters
    ----------
    answers : QuestionProbabilities
        Of n_samples rows.
    prior_first : float
        Probability that the candidate came first, before the texts are read.

    Returns
    -------
    ndarray of float64, shape (n_samples,)

    Examples
    --------
    >>> half, none = np.array([0.5]), np.array([0.0])
    >>> derives_from(QuestionProbabilities(half, none, none, half), 0.9)
    array([0.45])
    """
    before = prior_first * answers.first
    after = (1 - prior_first) * (1 - answers.first)
    return np.asarray(answers.derives * before / np.maximum(before + after, _LEAST))


def reworded_by_machine(answers: QuestionProbabilities) -> FloatArray:
    """Give the probabilities that machines reworded the articles that derive.

    Examples
    --------
    >>> half, none = np.array([0.5]), np.array([0.0])
    >>> reworded_by_machine(QuestionProbabilities(none, half, none, none))
    array([0.25])
    """
    machine = PRIOR_REWORDED * answers.reworded
    desk = (1 - PRIOR_REWORDED) * (1 - answers.reworded)
    return np.asarray(machine / np.maximum(machine + desk, _LEAST))


def weigh(derives: FloatArray, reworded: FloatArray, of_text: FloatArray) -> FloatArray:
    """Give the probabilities of the labels.

    Parameters
    ----------
    derives : ndarray of float64, shape (n_samples,)
        That articles derive from their candidates.
    reworded : ndarray of float64, shape (n_samples,)
        That machines reworded them, if they derive.
    of_text : ndarray of float64, shape (n_samples, 3)
        What the texts say by themselves; see ``weigh_text``.

    Returns
    -------
    ndarray of float64, shape (n_samples, 3)
        In the order of the labels, summing to 1.
    """
    found = (1 - derives)[:, None] * of_text
    found[:, _EDITED_WIRE] += derives * (1 - reworded)
    found[:, _SPUN] += derives * reworded
    return np.asarray(found)


def probabilities_in(situation: Situation, answers: QuestionProbabilities) -> FloatArray:
    """Give the probabilities of the labels of texts without credits that tell.

    Parameters
    ----------
    situation : Situation
        What is known of all of them.
    answers : QuestionProbabilities
        Of n_samples rows.

    Returns
    -------
    ndarray of float64, shape (n_samples, 3)
        In the order of the labels, summing to 1.
    """
    of_text = weigh_text(answers.machine, PRIORS[situation])
    return weigh(derives_from(answers), reworded_by_machine(answers), of_text)
