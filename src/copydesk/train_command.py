"""``copydesk train``: a model of your corpora or of a recipe, with progress and a comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from copydesk.errors import InvalidInput
from copydesk.label_command import check_jobs
from copydesk.targets import check_target
from copydesk.terminal import say
from copydesk.train_progress import TrainProgress


def train(
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.")],
    corpus: Annotated[
        list[Path] | None,
        typer.Option("--corpus", help="Labelled JSON Lines, or a folder of them."),
    ] = None,
    recipe: Annotated[
        Path | None, typer.Option("--recipe", help="TOML that names corpora, weights and seeds.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="COPYDESK_DATA", help="What a recipe's paths are below."),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option("--base", help="A model's folder, or released: its rows are learned too."),
    ] = None,
    encoder: Annotated[
        str | None, typer.Option("--encoder", help="static, minilm, or any SentenceTransformer.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Seed of splits and of wrong candidates.")
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            help="Folder for what takes long to make: numbers and digests, of recipes also texts; "
            "default COPYDESK_CACHE or ~/.cache/copydesk.",
        ),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Make everything anew and keep nothing.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = -1,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Train a model, by labelled corpora or a recipe; print what it does on stories left out."""
    from copydesk.models import DEFAULT_MODEL
    from copydesk.train.cache import default_cache
    from copydesk.train.job import train_model
    from copydesk.train.recipe import read_recipe, recipe_of
    from copydesk.train.report import format_comparison, format_metrics
    from copydesk.train.steps import Steps, read_costs, write_costs

    check_jobs(jobs)
    check_target(out)
    if no_cache and cache is not None:
        raise InvalidInput("--cache and --no-cache contradict each other: give one of them")
    if (recipe is None) == (not corpus):
        raise InvalidInput("train needs --corpus or --recipe, one of them")
    if recipe is None:
        chosen = recipe_of(corpus or [], encoder=encoder or "static", random_state=seed or 0)
    elif encoder is not None or seed is not None:
        raise InvalidInput("--encoder and --seed go with --corpus: a recipe names its own")
    else:
        chosen = read_recipe(recipe)
    folder = None if no_cache else cache or default_cache()
    with TrainProgress(quiet=quiet) as progress:
        steps = Steps(progress.show, read_costs(folder))
        trained = train_model(
            chosen,
            out,
            data=data,
            base=DEFAULT_MODEL if base == "released" else Path(base) if base else None,
            cache=folder,
            n_jobs=jobs,
            steps=steps,
        )
    write_costs(folder, steps)
    for warning in trained.warnings:
        say(f"copydesk: warning: {warning}")
    print(format_metrics(trained.manifest.metrics))
    of_base = f" and {trained.n_base_stories} of its base" if trained.n_base_stories else ""
    print(f"learned from {trained.n_stories} stories{of_base}")
    if trained.comparison is not None:
        print(format_comparison(trained.comparison))
    elif base is not None:
        say(
            "copydesk: no comparison with the model it starts from: that has learned all of these "
            "stories, and hardly any other"
        )
    print(f"{out}: model {trained.manifest.model_id}")
