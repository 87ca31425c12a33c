"""``copydesk check``: what a corpus holds, and what would go wrong in training."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.progress import Progress
from copydesk.terminal import json_line

if TYPE_CHECKING:
    from copydesk.train.check.result import CorpusCheck

EXIT_WARNINGS = 1
EXIT_UNUSABLE = 2


def check(
    corpus: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPUS...", help="Labelled JSON Lines, or folders of them, as for train."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    whole: Annotated[bool, typer.Option("--all", help="Name every record concerned.")] = False,
    model: Annotated[
        Path | None,
        typer.Option("--model", help="Folder of the model to start from; default the released."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = -1,
) -> None:
    """Look a corpus over before it is learned: code 0 all well, 1 warnings, 2 unusable."""
    from copydesk.label_command import check_jobs

    check_jobs(jobs)
    found = _check(corpus, model, jobs)
    if as_json:
        from copydesk.train.check.report import check_record

        print(json_line(check_record(found)))
    else:
        from rich.console import Console

        from copydesk.check_page import check_page

        Console().print(check_page(found, is_whole=whole))
    if found.problems:
        raise typer.Exit(EXIT_UNUSABLE if found.is_unusable else EXIT_WARNINGS)


def _check(corpus: list[Path], model: Path | None, jobs: int) -> CorpusCheck:
    from copydesk.models import DEFAULT_MODEL, load_model
    from copydesk.train.check.corpus_check import check_corpus
    from copydesk.train.learned import learned_labels, learned_texts

    folder = model or DEFAULT_MODEL
    loaded, known = load_model(folder), learned_labels(folder)
    learned = learned_texts(folder) or frozenset()
    with Progress(None, doing="reading") as progress:

        def on_read(n_more: int, n_records: int) -> None:
            progress.set_total(n_records)
            progress.advance(n_more)

        return check_corpus(corpus, loaded, known, learned, jobs, on_read)
