"""Verdicts for the terminal: a table of many, tables of what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from copydesk.models.judgement import LIKELY, Situation
from copydesk.terminal import one_line, visible
from copydesk.types import LABELS, Evidence, Finding, Label, Rejected, Verdict

LABEL_STYLES = {Label.ORIGINAL: "green", Label.EDITED_WIRE: "cyan", Label.SPUN: "bold red"}
_SHOWN_CHARS = 160
_CREDIT_CHARS = 30
_GROUPS = (
    ("altered_quotes", "Altered quotes"),
    ("corrupted_names", "Corrupted names"),
    ("changed_numbers", "Changed numbers"),
    ("oddities", "Oddities"),
    ("house_style", "House style"),
    ("credits", "Credits"),
    ("repeated_blocks", "Repeated"),
)


def evidence_line(evidence: Evidence) -> str:
    """Say in one line what speaks loudest.

    Examples
    --------
    >>> evidence_line(Evidence(coverage=0.9, verbatim_share=0.5, reworded_share=0.1))
    '50% verbatim, 30% tightened, 10% reworded'
    """
    parts = []
    if evidence.coverage is not None:
        parts.append(derivation_line(evidence))
    for name, noun in (("altered_quotes", "altered quote"), ("changed_numbers", "changed number")):
        # Two renderings of one utterance are no alteration.
        found = getattr(evidence, name)
        count = sum(finding.kind != "rendered_differently" for finding in found)
        if count:
            parts.append(f"{count} {noun}{'s' if count > 1 else ''}")
    names = evidence.corrupted_names
    if names:
        first = names[0]
        parts.append(f"{first.article.text} for {first.source.text if first.source else '?'}")
    kinds = Counter(finding.kind for finding in evidence.oddities)
    parts += [f"{n} {_noun(kind, n)}" for kind, n in kinds.most_common(2)]
    if evidence.credits:
        parts.append(f"credit: {one_line(evidence.credits[0].article.text, _CREDIT_CHARS)}")
    return ", ".join(parts) or "nothing odd, no source"


def derivation_line(evidence: Evidence) -> str:
    """Say what became of the source's sentences, in shares of the article's words."""
    verbatim, reworded = evidence.verbatim_share or 0.0, evidence.reworded_share or 0.0
    tightened = max((evidence.coverage or 0.0) - verbatim - reworded, 0.0)
    shares = (("verbatim", verbatim), ("tightened", tightened), ("reworded", reworded))
    shown = [f"{share:.0%} {word}" for word, share in shares if share >= 0.005]
    return ", ".join(shown) or "nothing of the source"


def shares_line(verdict: Verdict) -> str | None:
    """Say how much of an article its source has, and as what; None without a source."""
    evidence = verdict.evidence
    if verdict.source is None or evidence.coverage is None:
        return None
    share = f"{evidence.coverage:.0%} of its words are in sentences that the source has too"
    return f"{share}: {derivation_line(evidence)}"


def _noun(kind: str, count: int) -> str:
    return kind.replace("_", " ") + ("s" if count > 1 else "")


def verdict_table(items: Iterable[Verdict | Rejected]) -> Table:
    """Tabulate verdicts: what is sure of the label, probabilities, source, a line of evidence."""
    table = Table(box=None, expand=True, padding=(0, 1, 0, 0))
    table.add_column("label", no_wrap=True)
    for heading in ("orig.", "wire", "spun"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("article, what it derives from, evidence", ratio=1)
    for item in items:
        if isinstance(item, Rejected):
            reason = Text.assemble(visible(item.id), "\n", (visible(item.reason), "dim"))
            table.add_row(Text("rejected", "yellow"), "", "", "", reason)
            continue
        table.add_row(
            _label_cell(item),
            *(f"{item.probabilities[label]:.2f}" for label in LABELS),
            Text.assemble(
                (visible(item.id), "bold"),
                f"  {visible(source_line(item))}",
                "\n",
                (visible(evidence_line(item.evidence)), "dim"),
            ),
        )
    return table


def _label_cell(verdict: Verdict) -> Text:
    if len(verdict.label_set) == 1:
        return Text(verdict.label, LABEL_STYLES[verdict.label])
    return Text.assemble(("unsure", "yellow"), "\n", (" or ".join(verdict.label_set), "dim"))


def source_line(verdict: Verdict) -> str:
    """Say what an article derives from, and how sure that is.

    Examples
    --------
    >>> from copydesk.predict import predict
    >>> source_line(predict("The ferry ran aground off the island on Monday night, and all of the "
    ...     "people on board were taken to the shore by fishing boats, the coast guard said."))
    'no source: none was searched for'
    """
    answers = verdict.answers
    sure = "" if answers is None or answers.derives is None else f" ({answers.derives:.2f})"
    if verdict.source is not None:
        derives = answers is None or answers.derives is None or answers.derives >= LIKELY
        return f"{'from' if derives else 'not from'} {verdict.source.id}{sure}"
    if verdict.related is not None:
        return f"no source: {verdict.related.id} is another report{sure}"
    searched = answers is not None and answers.situation != Situation.UNSEARCHED
    return f"no source: {'nothing near it' if searched else 'none was searched for'}"


def findings_tables(evidence: Evidence) -> Iterator[RenderableType]:
    """Tabulate what was found, a table for each kind of thing."""
    for name, title in _GROUPS:
        findings: tuple[Finding, ...] = getattr(evidence, name)
        if findings:
            yield _findings_table(f"{title} ({len(findings)})", findings)


def _findings_table(title: str, findings: Iterable[Finding]) -> Table:
    findings = list(findings)
    table = Table(title=title, title_justify="left", title_style="bold", expand=True, box=None)
    table.add_column("kind", style="dim", no_wrap=True)
    table.add_column("at", style="dim", justify="right", no_wrap=True)
    table.add_column("article", ratio=1)
    has_source = any(finding.source for finding in findings)
    if has_source:
        table.add_column("source", ratio=1)
    for finding in findings:
        cells = [
            finding.kind,
            str(finding.article.start),
            one_line(finding.article.text, _SHOWN_CHARS),
        ]
        if has_source:
            cells.append(one_line(finding.source.text, _SHOWN_CHARS) if finding.source else "")
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table
