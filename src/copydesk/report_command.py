"""``copydesk report``: a page for a browser of what was scored before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.defaults import REPORT_LIMIT_MB
from copydesk.errors import InvalidInput
from copydesk.model_option import ModelOption, load_scorer
from copydesk.terminal import say
from copydesk.texts_at_hand import GetText, open_texts
from copydesk.types import Rejected, Verdict

if TYPE_CHECKING:
    from copydesk.predict.report.item import ReportItem
    from copydesk.predict.scorer import Scorer


def report(
    scored: Annotated[
        Path, typer.Argument(metavar="SCORED", help="What copydesk label --out wrote, .jsonl.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The page, .html.")],
    sources: Annotated[
        list[str] | None,
        typer.Option("--sources", help="Files or stores with the sources; again for more."),
    ] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", help="Files with the articles; default the sources."),
    ] = None,
    model: ModelOption = None,
    limit_mb: Annotated[
        int,
        typer.Option(
            "--limit-mb", min=1, help="Megabytes of details a page holds; more goes beside it."
        ),
    ] = REPORT_LIMIT_MB,
    title: Annotated[str, typer.Option("--title", help="Of the page.")] = "copydesk report",
) -> None:
    """Show what was scored before as a page: overview, table, both texts of every article."""
    from copydesk.predict.report.scored import read_rejects, read_scored

    check_report_path(out)
    verdicts, rejects = list(read_scored(scored)), read_rejects(scored)
    if not verdicts and not rejects:
        raise InvalidInput(f"{scored} holds no record: nothing to show")
    scorer = load_scorer(model)
    others = {v.model_id for v in verdicts} - {scorer.model.manifest.model_id}
    if others:
        say(
            f"copydesk: labelled by {', '.join(sorted(others))}, not by the model at hand: no "
            "reasons are shown; --model names the folder of the one that did"
        )
    with ExitStack() as stack:
        get_source = open_texts(sources or [], stack)
        get_article = open_texts(articles, stack) if articles else get_source
        write_pages(
            out, scorer, verdicts, rejects, get_article, get_source, limit_mb=limit_mb, title=title
        )


def check_report_path(out: Path) -> None:
    """Refuse a page that cannot be written before the work, not after it."""
    if out.suffix not in (".html", ".htm"):
        raise InvalidInput(f"the report {out} is of no kind that is written; expected .html")
    if out.is_dir():
        raise InvalidInput(f"the report {out} cannot be written: it is a folder")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"the report {out} cannot be written: {error.strerror}") from error


def write_pages(
    out: Path,
    scorer: Scorer,
    verdicts: Iterable[Verdict],
    rejects: Sequence[Rejected],
    get_article: GetText,
    get_source: GetText,
    *,
    limit_mb: int,
    title: str,
) -> None:
    """Write a report and say where it is, what it holds and what it lacks.

    Parameters
    ----------
    out : Path
        The main page.
    scorer : Scorer
        What explains the verdicts.
    verdicts, rejects
        What is shown.
    get_article, get_source : callable
        Look texts up by their ids.
    limit_mb : int
        Megabytes of details that a page holds.
    title : str
        Of the page.
    """
    from copydesk.predict.report.page import write_report

    items = list(_items(scorer, verdicts, get_article, get_source))
    written = write_report(out, items, rejects, title=title, limit_mb=limit_mb)
    n_missing = sum(item.article is None for item in items)
    beside = f" and {len(written.paths) - 1} pages beside it" if len(written.paths) > 1 else ""
    missing = f", {n_missing} without their texts" if n_missing else ""
    say(f"{out}{beside}: {len(items)} articles{missing}, {written.n_bytes / 1e6:.1f} MB")


def _items(
    scorer: Scorer, verdicts: Iterable[Verdict], get_article: GetText, get_source: GetText
) -> Iterator[ReportItem]:
    from copydesk.predict.report.item import find_candidate, make_item

    for verdict in verdicts:
        article = get_article(verdict.id)
        candidate = find_candidate(verdict, article, lambda i: get_source(i) or get_article(i))
        yield make_item(scorer, verdict, article, candidate)
