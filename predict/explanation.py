"""An explanation: one verdict with all that shows why, for the terminal and for reports."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from copydesk.errors import InvalidArticle
from copydesk.features import Comparison, extract_features
from copydesk.models.judgement import PRIORS, Situation, reworded_by_machine
from copydesk.predict.credits_rule import find_credit_rates, weigh_lost_credit
from copydesk.predict.reasons.contributions import (
    Question,
    QuestionAccount,
    account_for,
    account_for_credit,
)
from copydesk.predict.reasons.counts import count_pair, count_text
from copydesk.predict.reasons.pair_phrases import pair_phrases
from copydesk.predict.reasons.reasons import Reason, find_reasons
from copydesk.predict.reasons.text_phrases import text_phrases
from copydesk.predict.scorer import Scorer
from copydesk.predict.sentence_pairs import SentencePair, pair_sentences
from copydesk.predict.text_order import find_reversed_order
from copydesk.types import Article, Verdict


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict and why it is what it is.

    Parameters
    ----------
    verdict : Verdict
        What is explained.
    article : Article
        What was judged.
    candidate : Article or None
        What it was compared with: its source, or another report of the event.
    pairs : tuple of SentencePair
        The article's sentences beside the candidate's; empty without one.
    accounts : tuple of QuestionAccount
        Each answer taken apart, exactly.
    reasons : tuple of Reason
        The same by topic, in sentences, the weightiest first.
    reversed_order : tuple of str
        Why the candidate looks like the later of the two texts; empty where it does not.
    """

    verdict: Verdict
    article: Article
    candidate: Article | None
    pairs: tuple[SentencePair, ...] = ()
    accounts: tuple[QuestionAccount, ...] = ()
    reasons: tuple[Reason, ...] = ()
    reversed_order: tuple[str, ...] = ()


def explain_verdict(
    scorer: Scorer, verdict: Verdict, article: Article, candidate: Article | None
) -> Explanation:
    """Explain a verdict of a scorer.

    Parameters
    ----------
    scorer : Scorer
        The one that gave the verdict: with another model, the account would be another's.
    verdict : Verdict
        To be explained.
    article : Article
        What was judged.
    candidate : Article or None
        What the verdict calls its source or a related report.

    Raises
    ------
    InvalidArticle
        The article cannot be judged. A candidate that cannot be read is left out.
    """
    comparison = _compare(scorer, article, candidate)
    pair = comparison.with_source
    row = extract_features(comparison)
    document = comparison.article
    judge = scorer.model.judge
    if pair is None:
        accounts = account_for(judge, row, has_candidate=False)
    else:
        reworded = float(reworded_by_machine(judge.answer(row[None, :], has_candidate=True))[0])
        credit_odds = weigh_lost_credit(reworded, document.credits, pair.source.credits)
        accounts = account_for(judge, row, has_candidate=True, credit_odds=credit_odds)
    rates = find_credit_rates(article, document.credits)
    situation = Situation(verdict.answers.situation) if verdict.answers else Situation.UNSEARCHED
    accounts = (*accounts, account_for_credit(PRIORS[situation], rates))
    of_text = count_text(comparison)
    of_pair = () if pair is None else pair_phrases(count_pair(pair, verdict.evidence), of_text)
    reversed_order: tuple[str, ...] = ()
    if pair is not None and candidate is not None and verdict.source is not None:
        (first,) = (a.probability for a in accounts if a.question is Question.FIRST)
        reversed_order = find_reversed_order(article, candidate, (document, pair.source), first)
    return Explanation(
        verdict=verdict,
        article=article,
        candidate=candidate if pair is not None else None,
        pairs=pair_sentences(comparison),
        accounts=accounts,
        reasons=find_reasons(accounts, of_pair, text_phrases(of_text)),
        reversed_order=reversed_order,
    )


def _compare(scorer: Scorer, article: Article, candidate: Article | None) -> Comparison:
    if candidate is not None:
        # It is the candidate's text, or the article's: that the last line refuses again.
        with suppress(InvalidArticle):
            return scorer.compare_texts(article.text, candidate.text)
    return scorer.compare_texts(article.text, None)
