"""One article's view, as the plain data that the page's script lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from copydesk.predict.explain_page import in_relation
from copydesk.predict.explanation import Explanation
from copydesk.predict.headline import answer_lines, headline
from copydesk.predict.reasons.reasons import Reason, against, strongest
from copydesk.predict.report.differences import mark_differences
from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.offsets import Utf16Offsets
from copydesk.predict.report.plain_summary import plain_summary
from copydesk.predict.report.proofs import Proof, find_proofs
from copydesk.predict.sentence_pairs import SentencePair
from copydesk.predict.summary import shares_line
from copydesk.types import Article, Evidence, Finding, Span, Verdict

_GROUPS = (
    "altered_quotes",
    "corrupted_names",
    "changed_numbers",
    "oddities",
    "credits",
    "house_style",
    "repeated_blocks",
)
_Place = Callable[[Span], list[int]]


def detail_record(item: ReportItem, keep_text: Callable[[str], int]) -> dict[str, Any]:
    """Turn an article into what its view shows.

    Parameters
    ----------
    item : ReportItem
        Any; without its text, only the verdict and its evidence are shown.
    keep_text : callable
        Keeps a text beside the record and gives its number.
    """
    verdict, explanation = item.verdict, item.explanation
    article = item.article
    candidate = None if explanation is None else explanation.candidate
    text, other = (
        "" if article is None else article.text,
        "" if candidate is None else candidate.text,
    )
    place, other_place = _placer(text), _placer(other)
    return {
        "text": None if article is None else keep_text(article.text),
        "other": None if candidate is None else keep_text(candidate.text),
        "other_id": None if candidate is None else candidate.id,
        "other_name": None if candidate is None else _name(candidate),
        "is_source": verdict.source is not None,
        "headline": list(headline(verdict)),
        "answers": [list(line) for line in answer_lines(verdict)],
        "shares": shares_line(verdict),
        "reasons": [] if explanation is None else _reasons(explanation, strongest),
        "against": [] if explanation is None else _reasons(explanation, against),
        "order": [] if explanation is None else list(explanation.reversed_order),
        "proofs": [_proof(proof, place, other_place) for proof in find_proofs(item)],
        "warnings": list(verdict.warnings),
        "left_out": list(_left_out(item)),
        "pairs": [] if explanation is None else _pairs(explanation.pairs, place, other_place),
        "findings": _findings(verdict.evidence, place, other_place),
        "summary": plain_summary(item),
    }


def _placer(text: str) -> _Place:
    offset = Utf16Offsets(text)
    return lambda span: [offset(span.start), offset(span.end)]


def _name(article: Article) -> str:
    """Name the other text as its readers know it."""
    published = None if article.published is None else str(article.published)[:10]
    return ", ".join(filter(None, (article.headline, article.outlet, published))) or article.id


def _left_out(item: ReportItem) -> Iterator[str]:
    """Say what of the article cannot be shown, and what would show it."""
    near, explanation = item.verdict.source or item.verdict.related, item.explanation
    if item.article is None:
        yield "The text is not at hand, so only what was found in it is shown: give --articles."
        return
    if explanation is None:
        yield "The text cannot be read again, so reasons and sentences are left out."
        return
    if near is not None and explanation.candidate is None:
        yield f"The text of “{near.id}” is not at hand to be compared with: give --sources."
    if not explanation.accounts:
        yield "Another model labelled it, so its reasons are left out: give --model."


def _proof(proof: Proof, place: _Place, other_place: _Place) -> list[Any]:
    own, theirs = _differences(proof.article, proof.source)
    return [
        proof.says,
        own,
        place(proof.article),
        theirs,
        None if proof.source is None else other_place(proof.source),
    ]


def _differences(own: Span, theirs: Span | None) -> tuple[list[str], list[str] | None]:
    return ([own.text], None) if theirs is None else mark_differences(own.text, theirs.text)


def _reasons(
    explanation: Explanation, choose: Callable[[Verdict, Sequence[Reason]], tuple[Reason, ...]]
) -> list[list[Any]]:
    chosen = choose(explanation.verdict, explanation.reasons)
    return [
        [in_relation(explanation, reason.text), reason.speaks_for, round(reason.log_odds, 2)]
        for reason in chosen
    ]


def _pairs(pairs: Iterable[SentencePair], place: _Place, other_place: _Place) -> list[list[Any]]:
    return [
        [
            str(pair.kind),
            place(pair.article),
            None if pair.drift is None else round(pair.drift, 3),
            [other_place(span) for span in pair.source],
            [place(change.article) for change in pair.changes if change.article is not None],
            [other_place(change.source) for change in pair.changes if change.source is not None],
        ]
        for pair in pairs
    ]


def _findings(evidence: Evidence, place: _Place, other_place: _Place) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for group in _GROUPS:
        findings: tuple[Finding, ...] = getattr(evidence, group)
        if findings:
            found[group] = [_finding(finding, place, other_place) for finding in findings]
    return found


def _finding(finding: Finding, place: _Place, other_place: _Place) -> list[Any]:
    # Two spellings of a name within an article: both stand there.
    is_inside = finding.kind == "inconsistent_name"
    source = finding.source
    own, theirs = _differences(finding.article, source)
    return [
        finding.kind,
        own,
        place(finding.article),
        theirs,
        None if source is None or is_inside else other_place(source),
        finding.detail,
    ]
