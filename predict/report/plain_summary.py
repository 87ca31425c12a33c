"""A verdict as plain text, to be pasted into an e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.predict.explain_page import in_relation
from copydesk.predict.headline import headline
from copydesk.predict.reasons.reasons import strongest
from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.proofs import find_proofs
from copydesk.types import Article


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
    yield from _proofs(item)
    if verdict.warnings:
        yield ""
        yield "Notes:"
        yield from (f"- {warning}" for warning in verdict.warnings)
    yield ""
    yield f"Labelled by copydesk, model {verdict.model_id}."


def _proofs(item: ReportItem) -> Iterator[str]:
    proofs = find_proofs(item)
    if not proofs:
        return
    yield ""
    yield "Proofs:"
    other = "source: " if item.verdict.source is not None else "another:"
    for number, proof in enumerate(proofs, start=1):
        if proof.source is None or proof.source.text == proof.article.text:
            yield f"{number}. {proof.says}: “{_line(proof.article.text)}”"
            continue
        yield f"{number}. {proof.says}"
        yield f"   article: “{_line(proof.article.text)}”"
        yield f"   {other} “{_line(proof.source.text)}”"
    evidence = item.verdict.evidence
    counts = [
        f"{len(found)} {noun}{'s' if len(found) > 1 else ''}"
        for found, noun in (
            (evidence.altered_quotes, "altered quotation"),
            (evidence.corrupted_names, "damaged name"),
            (evidence.changed_numbers, "changed number"),
        )
        if found
    ]
    if counts:
        yield f"Found in all: {', '.join(counts)}."


def _name(article: Article | None, article_id: str) -> str:
    if article is None:
        return article_id
    parts = [article.headline, article.outlet, article.url]
    parts.append(None if article.published is None else str(article.published))
    known = [_line(part) for part in parts if part]
    return f"{article_id} ({', '.join(known)})" if known else article_id


def _line(text: str) -> str:
    return " ".join(text.split()).strip('“”"')
