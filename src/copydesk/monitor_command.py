"""``copydesk monitor``: whether what is scored now is like what was scored or learned before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from copydesk.errors import CopydeskError, InvalidInput
from copydesk.model_option import ModelOption
from copydesk.monitor_features import read_feature_rows
from copydesk.report_command import check_report_path
from copydesk.stopping import EXIT_FAILED
from copydesk.terminal import say, visible
from copydesk.texts_at_hand import GetText, open_texts

if TYPE_CHECKING:
    from copydesk.train.monitor.monitor import Monitored
    from copydesk.train.monitor.records import Record, Scored

EXIT_NO_ANSWER = EXIT_FAILED
_DEFAULT_SAMPLE = 2000
_SHOWN = 30


class MonitorCommand(TyperCommand):
    """A command whose codes 0, 1 and 2 are answers: wrong usage ends with 3, as a failure does."""

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Parse the command line."""
        try:
            return super().make_context(*arguments, **options)
        except _usage_error() as error:
            error.exit_code = EXIT_NO_ANSWER  # type: ignore[attr-defined]
            raise


def _usage_error() -> type[Exception]:
    """Give the class of errors of usage; typer carries one of its own or click's, by version."""
    kinds = [kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "UsageError"]
    (kind,) = kinds
    assert issubclass(kind, Exception)
    return kind


def monitor(
    scored: Annotated[
        Path, typer.Argument(metavar="SCORED", help="What copydesk label --out wrote, .jsonl.")
    ],
    model: ModelOption = None,
    reference: Annotated[
        Path | None,
        typer.Option(
            "--reference", metavar="SCORED", help="What was scored before, to compare with."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DAY",
            help="Only what was published since that day, as label --keep published keeps it; "
            "without --reference, what was published before is compared with.",
        ),
    ] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", help="Files or stores with the articles: compares features."),
    ] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option("--sources", help="Files or stores with the sources; default the articles."),
    ] = None,
    sample: Annotated[
        int, typer.Option("--sample", min=1, help="Articles to read features of, at most.")
    ] = _DEFAULT_SAMPLE,
    page: Annotated[
        Path | None, typer.Option("--report", help="A page for a browser, .html.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare what is scored now with what was scored before and with what the model learned.

    Exit code 0: nothing has moved; 1: watch; 2: act; 3: no answer, wrong usage included.
    """
    try:
        found = _monitor(scored, model, reference, since, articles, sources, sample)
        if page is not None:
            _write_page(page, found, scored)
    except CopydeskError as error:
        say(f"copydesk: {error}")
        raise typer.Exit(EXIT_NO_ANSWER) from None
    if as_json:
        print(json.dumps(_as_json(found)))
    else:
        for line in _lines(found):
            print(visible(line))
    raise typer.Exit(int(found.level))


def _monitor(
    scored: Path,
    model: Path | None,
    reference: Path | None,
    since: str | None,
    articles: list[str] | None,
    sources: list[str] | None,
    sample: int,
) -> Monitored:
    from copydesk.models import find_model
    from copydesk.models.reference import load_reference
    from copydesk.train.monitor.monitor import monitor as compare

    if sources and not articles:
        raise InvalidInput("--sources goes with --articles: features are of both texts")
    folder = (model or find_model()).resolve()
    learned = load_reference(folder)
    with ExitStack() as stack:
        get_article = open_texts(articles, stack) if articles else None
        now, before, kept = _read(scored, reference, since, get_article, sample)
        rows = None
        if get_article is not None and learned is not None and kept:
            get_source = open_texts(sources, stack) if sources else get_article
            rows = read_feature_rows(folder, kept, get_article, get_source)
    return compare(now, before=before, reference=learned, rows=rows)


def _read(
    scored: Path,
    reference: Path | None,
    since: str | None,
    get_article: GetText | None,
    sample: int,
) -> tuple[Scored, Scored | None, list[Record]]:
    """Read what is scored now, what was scored before, and a sample of the former to look at."""
    from copydesk.train.monitor.records import Collector, count_rejected, day_of, read_records
    from copydesk.train.monitor.sample import Sample

    first = None if since is None else _check_day(since)
    now, earlier = Collector(), Collector()
    kept: Sample[Record] = Sample(sample)
    n_undated = 0
    for record in read_records(scored):
        if first is not None:
            day = day_of(record) or _day_of_text(record, get_article)
            if day is None:
                n_undated += 1
                continue
            if day < first:
                earlier.add(record)
                continue
        now.add(record)
        if get_article is not None:
            kept.add(record)
    if n_undated:
        say(
            f"copydesk: {n_undated} records bear no date and are left out: label with --keep "
            "published, or give --articles"
        )
    is_now = now.scored(None if first else count_rejected(scored))
    if reference is not None:
        before = Collector()
        for record in read_records(reference):
            before.add(record)
        return is_now, before.scored(count_rejected(reference)), kept.items
    return is_now, None if first is None else earlier.scored(None), kept.items


def _check_day(since: str) -> str:
    from copydesk.train.monitor.records import day_of

    if day_of({"published": since}) != since:
        raise InvalidInput(f"--since is {since!r}, expected a day such as 2026-03-02")
    return since


def _day_of_text(record: Record, get_article: GetText | None) -> str | None:
    from copydesk.train.monitor.records import day_of

    article = None if get_article is None else get_article(str(record["id"]))
    return None if article is None else day_of({"published": article.published})


def _write_page(page: Path, found: Monitored, scored: Path) -> None:
    from copydesk.monitor_page import render_page

    check_report_path(page)
    page.write_text(render_page(found, title=f"copydesk monitor: {scored.name}"), encoding="utf-8")
    say(f"{page}: {len(found.figures)} figures")


def _as_json(found: Monitored) -> dict[str, Any]:
    figures = []
    for figure in found.figures:
        record = asdict(figure)
        shift = record.pop("shift")
        index = None if shift is None else round(shift["index"], 6)
        distance = None if shift is None else shift["distance"]
        figures.append({**record, "level": str(figure.level), "psi": index, "ks": distance})
    return {
        "level": str(found.level),
        "exit_code": int(found.level),
        "said": found.say(),
        "n_articles": found.n_articles,
        "notes": list(found.notes),
        "figures": figures,
    }


def _lines(found: Monitored) -> Iterator[str]:
    from copydesk.train.monitor.table import format_figures

    shares = [figure for figure in found.figures if figure.now is not None]
    moved = [figure for figure in found.moved if figure.now is None]
    yield from format_figures([*shares, *islice(moved, _SHOWN)]).split("\n")
    if len(moved) > _SHOWN:
        yield f"and {len(moved) - _SHOWN} more that have moved: --json or --report show all"
    for note in found.notes:
        yield f"note: {note}"
    yield found.say()
