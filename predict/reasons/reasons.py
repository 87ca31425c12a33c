"""Reasons: what pushed each answer, by topic, each with a sentence that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from copydesk.models.judgement import LIKELY
from copydesk.predict.reasons.contributions import Question, QuestionAccount
from copydesk.predict.reasons.phrase import Phrase
from copydesk.predict.reasons.topics import Topic, add_up
from copydesk.types import Label, Verdict

N_STRONGEST = 5
_MIN_FOR = 0.05
_MIN_AGAINST = 0.5
_MAX_AGAINST = 2
# Of the five reasons, how many are kept for the question asked second.
_KEPT_FOR_SECOND = 2
_SPEAKS_FOR = {
    Question.DERIVES: ("it derives from it", "it does not derive from it"),
    Question.FIRST: ("the other text came first", "the article came first"),
    Question.REWORDED: ("a machine reworded it", "a desk edited it"),
    Question.MACHINE: ("a machine wrote it", "a person wrote it"),
    Question.COPIED: ("it is an agency’s copy", "it is its own report"),
}
_USUAL = {
    Question.DERIVES: ("texts made from each other", "texts that owe each other nothing"),
    Question.FIRST: ("a text made from the other", "the text that the other was made from"),
    Question.REWORDED: ("machines’ rewrites", "desks’ edits"),
    Question.MACHINE: ("machines’ texts", "people’s texts"),
    Question.COPIED: ("agencies’ copies", "own reports"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """What a topic adds to an answer.

    Parameters
    ----------
    question : Question
        What was asked.
    topic : Topic
        What of the texts was looked at.
    log_odds : float
        What it adds; above 0 it speaks for yes.
    text : str
        A sentence on what is seen.
    """

    question: Question
    topic: Topic
    log_odds: float
    text: str

    @property
    def speaks_for(self) -> str:
        """What it makes likelier, as half a sentence."""
        return _SPEAKS_FOR[self.question][0 if self.log_odds > 0 else 1]


def find_reasons(
    accounts: Iterable[QuestionAccount],
    of_pair: Sequence[Phrase],
    of_text: Sequence[Phrase],
) -> tuple[Reason, ...]:
    """Say what pushed each answer, the weightiest first.

    Parameters
    ----------
    accounts : iterable of QuestionAccount
        Exact: the reasons of a question, its base and its prior add up to its log-odds.
    of_pair, of_text : sequence of Phrase
        What is seen beside the source, and in the text alone.
    """
    found = [
        Reason(
            account.question, topic, added, _say(account.question, topic, added, of_pair, of_text)
        )
        for account in accounts
        for topic, added in add_up(account.contributions).items()
        if added
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason.log_odds)))


def strongest(verdict: Verdict, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Choose the five reasons that speak loudest for a verdict.

    Parameters
    ----------
    verdict : Verdict
        Says which answers the label comes from.
    reasons : sequence of Reason
        Of all questions, the weightiest first.
    """
    first, second = _deciding(verdict)
    of_first = [reason for reason in reasons if _speaks_with(reason, first)]
    of_second = [
        reason for reason in reasons if second is not None and _speaks_with(reason, second)
    ]
    n_second = min(len(of_second), max(_KEPT_FOR_SECOND, N_STRONGEST - len(of_first)))
    kept = _told_once(of_first)[: N_STRONGEST - n_second]
    seen = {reason.text for reason in kept}
    others = [reason for reason in _told_once(of_second) if reason.text not in seen]
    return (*kept, *others[:n_second])


def against(verdict: Verdict, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Choose what speaks loudest against a verdict: two at most, none that hardly weighs."""
    sides = [side for side in _deciding(verdict) if side is not None]
    found = [
        reason
        for reason in reasons
        if abs(reason.log_odds) >= _MIN_AGAINST
        and any(reason.question is q and (reason.log_odds > 0) is not yes for q, yes in sides)
    ]
    told = {reason.text for reason in strongest(verdict, reasons)}
    new = [reason for reason in _told_once(found) if reason.text not in told]
    return tuple(new[:_MAX_AGAINST])


_Side = tuple[Question, bool]


def _deciding(verdict: Verdict) -> tuple[_Side, _Side | None]:
    """Name the questions that a label comes from, with their answers, the weightier first."""
    answers, is_spun = verdict.answers, verdict.label is Label.SPUN
    if answers is None and verdict.source is not None and verdict.label is not Label.ORIGINAL:
        return (Question.REWORDED, is_spun), (Question.DERIVES, True)
    if answers is not None and answers.derives is not None:
        if answers.derives >= LIKELY:
            return (Question.REWORDED, is_spun), (Question.DERIVES, True)
        return (Question.MACHINE, is_spun), (Question.DERIVES, False)
    if is_spun:
        return (Question.MACHINE, True), None
    return (Question.MACHINE, False), (Question.COPIED, verdict.label is Label.EDITED_WIRE)


def _speaks_with(reason: Reason, side: _Side) -> bool:
    question, yes = side
    weighs = abs(reason.log_odds) >= _MIN_FOR
    return weighs and reason.question is question and (reason.log_odds > 0) is yes


def _told_once(reasons: Iterable[Reason]) -> list[Reason]:
    return list({reason.text: reason for reason in reversed(list(reasons))}.values())[::-1]


def _say(
    question: Question,
    topic: Topic,
    added: float,
    of_pair: Sequence[Phrase],
    of_text: Sequence[Phrase],
) -> str:
    """Choose the phrase that tells what the contribution tells; a general one where none does."""
    wanted = 1 if added > 0 else -1
    for phrase in _phrases_on(question, topic, of_pair, of_text):
        tells = phrase.derives if question is Question.DERIVES else phrase.machine
        if question is Question.COPIED:
            tells = -phrase.machine
        if tells == wanted:
            return phrase.text
    return f"What is measured of its {topic} is usual in {_USUAL[question][0 if added > 0 else 1]}."


def _phrases_on(
    question: Question, topic: Topic, of_pair: Sequence[Phrase], of_text: Sequence[Phrase]
) -> Iterator[Phrase]:
    of_both = (*of_pair, *of_text)
    for phrase in of_text if question in (Question.MACHINE, Question.COPIED) else of_both:
        if phrase.topic is topic:
            yield phrase
