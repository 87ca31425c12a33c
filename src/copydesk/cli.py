"""The ``copydesk`` command."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer

import copydesk
from copydesk.check_command import check
from copydesk.correct_command import correct
from copydesk.errors import CopydeskError, InvalidInput, RunFailed
from copydesk.evaluate_command import evaluate
from copydesk.explain_command import explain
from copydesk.label_command import (
    EXIT_ALL_SCORED,
    EXIT_SOME_REJECTED,
    EXIT_USAGE,
    check_jobs,
    label,
)
from copydesk.models_command import models_history, promote, rollback
from copydesk.monitor_command import MonitorCommand, monitor
from copydesk.report_command import report
from copydesk.seeds_command import seeds_app
from copydesk.status_command import status
from copydesk.stopping import (
    EXIT_FAILED,
    EXIT_INTERRUPTED,
    EXIT_TERMINATED,
    Terminated,
    leave_standard_output,
    stopping_on_sigterm,
    why_no_room,
)
from copydesk.terminal import say, say_skipped
from copydesk.train_command import train

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Labels news articles original, edited_wire or spun, and shows why.",
)
app.add_typer(seeds_app, name="seeds")


def main() -> None:
    """Run the command; every error is one line; code 2 is the user's to mend, 3 is not."""
    # A worker whose caches have grown ends after its task and another begins: nothing is lost.
    warnings.filterwarnings("ignore", message="A worker stopped while some jobs", module="joblib")
    try:
        with stopping_on_sigterm():
            app()
    except RunFailed as error:
        say(f"copydesk: {error}")
        sys.exit(EXIT_FAILED)
    except CopydeskError as error:
        say(f"copydesk: {error}")
        sys.exit(EXIT_USAGE)
    except OSError as error:
        reason = why_no_room(error)
        if reason is None:
            raise
        leave_standard_output()
        say(f"copydesk: {reason}")
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except Terminated:
        sys.exit(EXIT_TERMINATED)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"copydesk {copydesk.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


app.command()(label)
app.command()(explain)
app.command()(report)
app.command()(status)
app.command()(correct)
app.command()(check)
app.command()(promote)
app.command()(rollback)
app.command("models")(models_history)
app.command(cls=MonitorCommand)(monitor)
app.command()(train)
app.command()(evaluate)


@app.command()
def derive(
    sources: Annotated[
        list[str],
        typer.Option("--sources", help="Wire copy to derive from, in any form of INPUT."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for the corpus.")],
    engines: Annotated[
        str | None,
        typer.Option(
            "--engines",
            help="Names with commas between; default all whose Debian packages are installed.",
        ),
    ] = None,
    strengths: Annotated[
        str, typer.Option("--strengths", help="Shares above 0, up to 1, with commas between.")
    ] = "0.1,0.5",
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of all engines.")] = 0,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = 1,
) -> None:
    """Make labelled derivatives of your own wire copy, to train on."""
    from copydesk.seeds.corpus.files import list_files
    from copydesk.seeds.corpus.readers import read_articles
    from copydesk.seeds.derive.debian import install_command
    from copydesk.seeds.derive.job import derive_corpus

    check_jobs(jobs)
    say_skipped(list_files(sources).skipped)
    made = derive_corpus(
        read_articles(sources),
        out,
        engines=[name.strip() for name in engines.split(",")] if engines else (),
        strengths=_shares(strengths),
        random_state=seed,
        n_jobs=jobs,
    )
    if made.engines_left_out:
        say(
            f"copydesk: {len(made.engines_left_out)} engines left out "
            f"({', '.join(made.engines_left_out)}), they need Debian packages that are not "
            f"installed: {install_command(made.missing_packages)}"
        )
    rejected = f", {made.n_rejected_sources} rejected" if made.n_rejected_sources else ""
    left_out = f", {made.n_left_out} left out" if made.n_left_out else ""
    where = f"; reasons in {made.rejects_path}" if rejected or left_out else ""
    say(
        f"{made.path}: {made.n_sources} sources{rejected}, {made.n_derivatives} derivatives"
        f"{left_out}{where}"
    )
    if made.n_derivatives == 0:
        raise typer.Exit(EXIT_USAGE)
    raise typer.Exit(EXIT_SOME_REJECTED if made.n_rejected_sources else EXIT_ALL_SCORED)


def _shares(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise InvalidInput(
            f"--strengths is {text!r}, expected shares with commas between, such as 0.1,0.5"
        ) from None
