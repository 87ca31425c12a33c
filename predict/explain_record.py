"""An explanation as plain data, for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from copydesk.predict.explanation import Explanation
from copydesk.predict.headline import headline
from copydesk.predict.reasons.contributions import QuestionAccount
from copydesk.predict.reasons.reasons import Reason, against, strongest
from copydesk.predict.writers import verdict_record


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """Turn an explanation into plain data: the output record, and what shows why.

    Parameters
    ----------
    explanation : Explanation
        Any. The ``accounts`` of its record add up to each answer's log-odds.
    """
    verdict, candidate = explanation.verdict, explanation.candidate
    return {
        **verdict_record(verdict),
        "headline": list(headline(verdict)),
        "answers": None if verdict.answers is None else asdict(verdict.answers),
        "compared_with": None if candidate is None else candidate.id,
        "reasons": list(map(reason_record, strongest(verdict, explanation.reasons))),
        "against": list(map(reason_record, against(verdict, explanation.reasons))),
        "order": list(explanation.reversed_order),
        "sentences": [{**asdict(pair), "kind": str(pair.kind)} for pair in explanation.pairs],
        "accounts": list(map(_account_record, explanation.accounts)),
    }


def reason_record(reason: Reason) -> dict[str, Any]:
    """Turn a reason into plain data."""
    return {
        "question": str(reason.question),
        "topic": str(reason.topic),
        "log_odds": reason.log_odds,
        "text": reason.text,
        "speaks_for": reason.speaks_for,
    }


def _account_record(account: QuestionAccount) -> dict[str, Any]:
    return {
        "question": str(account.question),
        "log_odds": account.log_odds,
        "base": account.base,
        "prior": account.prior,
        "contributions": dict(account.contributions),
    }
