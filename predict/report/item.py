"""What a report is made of: verdicts, with their texts where these are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from copydesk.errors import InvalidArticle
from copydesk.predict.explanation import Explanation, explain_verdict
from copydesk.predict.matching import GIVEN_ID
from copydesk.predict.scorer import Scorer
from copydesk.types import Article, Finding, Verdict


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One article of a report.

    Parameters
    ----------
    verdict : Verdict
        What it was labelled.
    article : Article or None
        Its text and what is known of it; None where it is not at hand.
    explanation : Explanation or None
        What shows why; None where the text is not at hand.
    """

    verdict: Verdict
    article: Article | None = None
    explanation: Explanation | None = None

    @property
    def title(self) -> str:
        """Its headline, or else its id."""
        headline = None if self.article is None else self.article.headline
        return headline or self.verdict.id

    @property
    def outlet(self) -> str | None:
        """Who published it, where that is known."""
        return None if self.article is None else self.article.outlet

    @property
    def day(self) -> str | None:
        """When it was published, as YYYY-MM-DD, where that is known."""
        published = None if self.article is None else self.article.published
        return None if published is None else str(published)[:10]


def make_item(
    scorer: Scorer, verdict: Verdict, article: Article | None, candidate: Article | None
) -> ReportItem:
    """Explain a verdict for a report, as far as its texts are at hand.

    Parameters
    ----------
    scorer : Scorer
        Where it has another model than the verdict's, no reasons are given: they would be others.
    verdict : Verdict
        To be shown.
    article, candidate : Article or None
        The text that was judged, and what it was compared with. A text of that id which is not
        the one that was judged is taken for missing.
    """
    if article is None or not is_text_of(verdict, article):
        return ReportItem(verdict)
    if candidate is not None and not is_source_of(verdict, candidate):
        candidate = None
    try:
        explanation = explain_verdict(scorer, verdict, article, candidate)
    except InvalidArticle:
        return ReportItem(verdict, article)
    if verdict.model_id != scorer.model.manifest.model_id:
        explanation = replace(explanation, reasons=(), accounts=())
    return ReportItem(verdict, article, explanation)


def find_candidate(
    verdict: Verdict, article: Article | None, get_text: Callable[[str], Article | None]
) -> Article | None:
    """Find what an article was compared with: the text that it brought along, or one at hand."""
    near = verdict.source or verdict.related
    if near is None:
        return None
    brought = None if article is None else article.source_text
    if article is not None and brought is not None and near.id == (article.source_id or GIVEN_ID):
        return Article(near.id, brought)
    return get_text(near.id)


def is_text_of(verdict: Verdict, article: Article) -> bool:
    """Whether the text has what a verdict's evidence quotes, where that says it stands."""
    return all(
        article.text[found.article.start : found.article.end] == found.article.text
        for found in _findings(verdict)
    )


def is_source_of(verdict: Verdict, source: Article) -> bool:
    """Whether a source has what a verdict's evidence quotes of it, where that says it stands."""
    places = (f.source for f in _findings(verdict) if f.kind != "inconsistent_name")
    return all(span is None or source.text[span.start : span.end] == span.text for span in places)


def _findings(verdict: Verdict) -> Iterator[Finding]:
    evidence = verdict.evidence
    yield from (*evidence.altered_quotes, *evidence.corrupted_names, *evidence.changed_numbers)
    yield from (*evidence.oddities, *evidence.credits, *evidence.house_style)
