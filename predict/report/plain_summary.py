"""A verdict as plain text, to be pasted into an e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.predict.explain_page import in_relation
from copydesk.predict.headline import headline
from copydesk.predict.reasons.reasons import strongest
from copydesk.predict.report.item import ReportItem
from copydesk.types import Article, Finding

_PROOFS = 3


def plain_summary(item: ReportItem) -> str:
    """Say in plain text what an article is, why, and what proves it."""
    return "\n".join(_lines(item))


def _lines(item: ReportItem) -> Iterator[str]:
    verdict, explanation = item.verdict, item.explanation
    yield f"Article: {_name(item.article, verdict.id)}"
    if verdict.source is not None:
        candidate = None if explanation is None else explanation.candidate
        yield f"Compared with: {_name(candidate, verdict.source.id)}"
    yield ""
    yield from headline(verdict)
    if explanation is not None:
        yield from explanation.reversed_order
        reasons = strongest(verdict, explanation.reasons)
        if reasons:
            yield ""
            yield "Why:"
        for number, reason in enumerate(reasons, start=1):
            yield f"{number}. {in_relation(explanation, reason.text)}"
    evidence = verdict.evidence
    yield from _proofs("Altered quotations:", evidence.altered_quotes)
    yield from _proofs("Damaged names:", evidence.corrupted_names)
    yield from _proofs("Changed numbers:", evidence.changed_numbers)
    if verdict.warnings:
        yield ""
        yield "Notes:"
        yield from (f"- {warning}" for warning in verdict.warnings)
    yield ""
    yield f"Labelled by copydesk, model {verdict.model_id}."


def _proofs(title: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    told = [finding for finding in findings if finding.source is not None]
    if not told:
        return
    yield ""
    yield title
    for finding in told[:_PROOFS]:
        assert finding.source is not None
        yield f"- article: “{_line(finding.article.text)}”"
        yield f"  source:  “{_line(finding.source.text)}”"
    if len(told) > _PROOFS:
        yield f"- and {len(told) - _PROOFS} more"


def _name(article: Article | None, article_id: str) -> str:
    if article is None:
        return article_id
    parts = [article.headline, article.outlet, article.url]
    parts.append(None if article.published is None else str(article.published))
    known = [_line(part) for part in parts if part]
    return f"{article_id} ({', '.join(known)})" if known else article_id


def _line(text: str) -> str:
    return " ".join(text.split()).strip('“”"')
