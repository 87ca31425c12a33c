"""``copydesk promote``, ``rollback`` and ``models``: which model is current, and how it came so."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.errors import InvalidInput
from copydesk.label_command import check_jobs
from copydesk.terminal import say, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.models.history import Entry
    from copydesk.models.models_folder import ModelsFolder

EXIT_PROMOTED = 0
EXIT_NOT_PROMOTED = 1

ModelsOption = Annotated[
    Path | None,
    typer.Option("--models", envvar="COPYDESK_MODELS", help="The models folder."),
]


def promote(
    candidate: Annotated[
        Path, typer.Argument(metavar="CANDIDATE", help="Folder of a trained model.")
    ],
    gate: Annotated[
        list[Path] | None,
        typer.Option(
            "--gate",
            help="Labelled JSON Lines, or a folder of them, that both models are measured on; "
            "again for more. Those in the models folder's gate/ come to them.",
        ),
    ] = None,
    models: ModelsOption = None,
    force: Annotated[
        str | None,
        typer.Option(
            "--force", metavar="REASON", help="Promote whatever is measured; kept in the history."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = -1,
) -> None:
    """Make a model the current one, if it is not worse than that beyond noise and no floor falls.

    Exit code 0: promoted; 1: not, because it is worse; 2: nothing could be decided.
    """
    from copydesk.train.promotion.decision import format_decision
    from copydesk.train.promotion.promote import promote as promote_model

    check_jobs(jobs)
    done = promote_model(_open(models), candidate, gate or (), forced=force, n_jobs=jobs)
    for model_id in done.unknown:
        say(
            f"copydesk: warning: {model_id} does not say which texts it learned: none could be "
            "left out for it"
        )
    if done.decision.judged:
        print(visible_lines(format_decision(done.decision)))
    print(visible(done.entry.said))
    if done.entry.reason is not None:
        print(visible(f"forced: {done.entry.reason}"))
    raise typer.Exit(EXIT_PROMOTED if done.is_promoted else EXIT_NOT_PROMOTED)


def rollback(
    models: ModelsOption = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why; kept in the history.")
    ] = None,
) -> None:
    """Make the model current again that was so before the current one."""
    print(visible(_open(models).roll_back(reason).said))


def models_history(
    models: ModelsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show which model is current, and what was promoted, refused and gone back to."""
    folder = _open(models)
    entries, current = folder.history(), folder.current()
    if as_json:
        listed = [asdict(entry) for entry in entries]
        print(json.dumps({"current": str(current), "history": listed}))
        return
    for entry in entries:
        for line in _lines(entry):
            print(visible(line))
    print(visible(f"current: {current}"))


def _lines(entry: Entry) -> Iterator[str]:
    yield f"{entry.when}  {entry.action}  {entry.said}"
    if entry.reason is not None:
        yield f"  reason: {entry.reason}"


def visible_lines(text: str) -> str:
    """Write what steers a terminal as escapes, but for the ends of lines."""
    return "\n".join(map(visible, text.split("\n")))


def _open(path: Path | None) -> ModelsFolder:
    from copydesk.models.models_folder import ModelsFolder

    if path is None:
        raise InvalidInput("no models folder is named: give --models DIR, or set COPYDESK_MODELS")
    if path.exists() and not path.is_dir():
        raise InvalidInput(f"the models folder {path} is no folder")
    return ModelsFolder(path)
