"""``copydesk correct``: labels that a person gave to what was scored, as a corpus to learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.errors import InvalidInput
from copydesk.stopping import why_no_room
from copydesk.terminal import json_line, say, visible
from copydesk.texts_at_hand import open_texts
from copydesk.types import Article, Rejected, Verdict

if TYPE_CHECKING:
    from copydesk.train.corrections.match import Matched, Taken, TextsAtHand
    from copydesk.train.corrections.read import Correction

EXIT_SOME_REJECTED = 1
EXIT_USAGE = 2
_SHOWN = 10


def correct(
    scored: Annotated[
        Path,
        typer.Argument(
            metavar="SCORED", help="What copydesk label --out wrote: .jsonl, .csv, .parquet."
        ),
    ],
    labels: Annotated[
        str,
        typer.Option(
            "--labels",
            help="Table or JSON Lines with id and the right label, maybe note and "
            "correct_source_id; a label like the model's confirms that.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The corpus, .jsonl; default SCORED with .corpus.jsonl."),
    ] = None,
    articles: Annotated[
        list[str] | None,
        typer.Option(
            "--articles",
            help="What was labelled, for the texts; default the sources; again for more.",
        ),
    ] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option("--sources", help="Files or stores with the sources; again for more."),
    ] = None,
    id_field: Annotated[
        str | None, typer.Option("--id-field", help="What --labels calls the id.")
    ] = None,
    label_field: Annotated[
        str | None, typer.Option("--label-field", help="What --labels calls the right label.")
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option("--model", help="Whose known texts to compare with; default the released."),
    ] = None,
) -> None:
    """Turn corrections of scored articles into a corpus that copydesk train reads."""
    from copydesk.train.corrections.match import match_corrections
    from copydesk.train.corrections.read import read_corrections

    if not articles and not sources:
        raise InvalidInput(
            "correct needs the texts, which scored files do not hold: give --articles with what "
            "was labelled, and --sources where there were any"
        )
    target = out or scored.with_suffix(".corpus.jsonl")
    if target.suffix != ".jsonl":
        raise InvalidInput(f"--out {target} is of no kind that is written; expected .jsonl")
    read = read_corrections(labels, id_field, label_field)
    if not read.corrections and not read.rejected:
        raise InvalidInput(f"{labels} holds no correction: nothing to do")
    verdicts, unscored = _find_scored(scored, read.corrections)
    with ExitStack() as stack:
        matched = match_corrections(
            read.corrections, verdicts, unscored, _texts(articles, sources, stack)
        )
    taken, contradicted = _set_contradictions_aside(matched, model)
    rejected = [*read.rejected, *matched.rejected, *contradicted]
    _write(target, taken, rejected)
    _report(target, taken, rejected, matched.n_repeated, read.n_empty)
    if not taken:
        raise typer.Exit(EXIT_USAGE)
    raise typer.Exit(EXIT_SOME_REJECTED if rejected else 0)


def _find_scored(
    scored: Path, corrections: Sequence[Correction]
) -> tuple[dict[str, Verdict], dict[str, str]]:
    """Find the verdicts that corrections name, and why others were not scored."""
    from copydesk.predict.report.scored import read_rejects
    from copydesk.predict.scored_tables import read_scored_file

    wanted = {correction.id for correction in corrections}
    verdicts = {one.id: one for one in read_scored_file(scored) if one.id in wanted}
    return verdicts, {one.id: one.reason for one in read_rejects(scored) if one.id in wanted}


def _texts(articles: list[str] | None, sources: list[str] | None, stack: ExitStack) -> TextsAtHand:
    from copydesk.predict.report.item import find_candidate, is_source_of, is_text_of
    from copydesk.train.corrections.match import TextsAtHand

    get_source = open_texts(sources or [], stack)
    get_article = open_texts(articles, stack) if articles else get_source

    def get(article_id: str) -> Article | None:
        return get_source(article_id) or get_article(article_id)

    def article(verdict: Verdict) -> Article | None:
        found = get_article(verdict.id)
        return found if found is not None and is_text_of(verdict, found) else None

    def candidate(verdict: Verdict, article: Article) -> Article | None:
        found = find_candidate(verdict, article, get)
        return found if found is not None and is_source_of(verdict, found) else None

    return TextsAtHand(article, candidate, get)


def _set_contradictions_aside(
    matched: Matched, model: Path | None
) -> tuple[list[Taken], list[Rejected]]:
    """Show labels that contradict each other or what a model learned; take none of a pair."""
    from copydesk.features import load_encoder
    from copydesk.models import DEFAULT_MODEL
    from copydesk.train.corrections.contradictions import (
        find_contradictions,
        find_known_contradictions,
    )
    from copydesk.train.duplicates import find_same_texts, take_fingerprints
    from copydesk.train.learned import learned_labels

    records = [item.record for item in matched.taken]
    texts = [record.article.text for record in records]
    prints = take_fingerprints([record.article for record in records], load_encoder())
    found = find_contradictions(records, find_same_texts(texts, prints))
    aside: dict[str, str] = {}
    for one in found:
        if one.is_sure:
            for record in (one.one, one.other):
                reason = f"labels of the same text contradict each other: {one}: give one"
                aside.setdefault(record.article.id, reason)
    kept = [item for item in matched.taken if item.record.article.id not in aside]
    known = find_known_contradictions(
        [item.record for item in kept], learned_labels(model or DEFAULT_MODEL)
    )
    say_list("contradict each other, and are not taken", [one for one in found if one.is_sure])
    say_list(
        "differ though the texts are nearly the same; taken, for one may be a copy or a light spin "
        "of the other: correct_source_id says so",
        [one for one in found if not one.is_sure],
    )
    say_list("are not those that the model learned for these texts; yours are taken", list(known))
    return kept, [Rejected(article_id, reason) for article_id, reason in aside.items()]


def say_list(what: str, items: Sequence[object]) -> None:
    """Say how many labels are so, and show the first of them."""
    if not items:
        return
    say(f"copydesk: {len(items)} pairs of labels {what}:")
    for item in items[:_SHOWN]:
        say(f"  {item}")
    if len(items) > _SHOWN:
        say(f"  and {len(items) - _SHOWN} more")


def _write(target: Path, taken: Sequence[Taken], rejected: Sequence[Rejected]) -> None:
    """Write corpus and rejects; each is whole or as it was."""
    from copydesk.predict.atomic import writing
    from copydesk.train.corrections.write import corpus_line

    rejects = Path(f"{target}.rejected.jsonl")
    files: dict[Path, list[Mapping[str, Any]]] = {
        rejects: [asdict(reject) for reject in rejected],
        target: [corpus_line(item) for item in taken],
    }
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for path, records in files.items():
            if not records:
                path.unlink(missing_ok=True)
                continue
            with writing(path) as stream:
                stream.writelines(f"{json_line(record)}\n".encode() for record in records)
    except OSError as error:
        if why_no_room(error):
            raise
        raise InvalidInput(f"--out {target} cannot be written: {error.strerror}") from error


def _report(
    target: Path,
    taken: Sequence[Taken],
    rejected: Sequence[Rejected],
    n_repeated: int,
    n_empty: int,
) -> None:
    """Say what came of it: counts, a table of what changed to what, what to do next."""
    from rich.console import Console

    from copydesk.correct_page import change_table, correction_lines

    where = f", reasons in {target}.rejected.jsonl" if rejected else ""
    say(f"{len(taken)} taken, {len(rejected)} rejected{where}")
    for reject in rejected[:_SHOWN]:
        is_row = reject.reason.startswith(reject.id)  # without an id it is named by its place
        say(f"  {reject.reason}" if is_row else f"  {reject.id}: {reject.reason}")
    if len(rejected) > _SHOWN:
        say(f"  and {len(rejected) - _SHOWN} more")
    if taken:
        Console().print(change_table(taken))
    for line in correction_lines(taken, n_repeated, n_empty):
        print(line)
    if taken:
        print(visible(f"{target}: copydesk check {target} looks it over, and"))
        print(visible(f"copydesk train --corpus {target} --base released --out DIR learns it"))
