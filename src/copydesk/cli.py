"""The ``copydesk`` command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import copydesk
from copydesk.errors import CopydeskError, InvalidInput
from copydesk.seeds_command import seeds_app
from copydesk.terminal import say, say_skipped
from copydesk.types import Article, Rejected, Verdict

if TYPE_CHECKING:
    from copydesk.seeds.store import Store

EXIT_ALL_SCORED = 0
EXIT_SOME_REJECTED = 1
EXIT_USAGE = 2

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Labels news articles original, edited_wire or spun, and shows why.",
)
app.add_typer(seeds_app, name="seeds")


def main() -> None:
    """Run the command; every error that is the user's to mend is one line and exit code 2."""
    try:
        app()
    except CopydeskError as error:
        say(f"copydesk: {error}")
        sys.exit(EXIT_USAGE)
    except KeyboardInterrupt:
        sys.exit(130)


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


ModelOption = Annotated[Path | None, typer.Option("--model", help="Folder of a trained model.")]


@app.command()
def label(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help=".txt, .md, .html, .jsonl(.gz/.zst), .json, .csv, .tsv, .parquet, a folder of "
            "them, or - for JSON Lines on standard input.",
        ),
    ],
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--sources", help="What the articles may derive from, in any form of INPUT, or a store."
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", help="Target, .jsonl, .csv or .parquet; default a table.")
    ] = None,
    model: ModelOption = None,
    no_sources: Annotated[
        bool, typer.Option("--no-sources", help="Judge each article alone.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = 1,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Address of a dask scheduler to work on.")
    ] = None,
) -> None:
    """Label articles; without --sources the other articles of the input are the candidates."""
    from copydesk.predict.batch import label_batch
    from copydesk.predict.scorer import Scorer
    from copydesk.predict.writers import Output
    from copydesk.seeds.corpus.files import list_files
    from copydesk.seeds.corpus.readers import read_articles

    if sources and no_sources:
        raise InvalidInput("--sources and --no-sources contradict each other: give one of them")
    _check_jobs(jobs)
    scorer = Scorer.load(model) if model else Scorer.load()
    given = _open_sources(sources, context) if sources else None
    rejects: list[Rejected] = []
    say_skipped(list_files(inputs).skipped)
    articles = _split(read_articles(inputs), rejects)
    verdicts = label_batch(scorer, articles, [] if no_sources else given, jobs, cluster)
    # The list of rejects is complete once the last article is read.
    results = _with_progress(chain(verdicts, rejects))
    if out is None:
        n_labelled, n_rejected = _print_table(results)
    else:
        try:
            with Output(out) as output:
                for item in results:
                    output.write(item)
        except BrokenPipeError:
            # Whoever read standard output is gone; nothing may be flushed to it any more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(EXIT_USAGE) from None
        n_labelled, n_rejected = output.n_labelled, output.n_rejected
        where = f", reasons in {output.rejects_name}" if n_rejected else ""
        say(f"{n_labelled} labelled, {n_rejected} rejected{where}")
    if n_labelled + n_rejected == 0:
        raise InvalidInput("the input holds no record: nothing to label")
    if n_labelled == 0:
        raise typer.Exit(EXIT_USAGE)
    raise typer.Exit(EXIT_SOME_REJECTED if n_rejected else EXIT_ALL_SCORED)


@app.command()
def explain(
    article_file: Annotated[str, typer.Argument(metavar="INPUT", help="A file with one article.")],
    source: Annotated[
        str | None, typer.Option("--source", help="A file with the text it may derive from.")
    ] = None,
    model: ModelOption = None,
) -> None:
    """Show one article's verdict with all its evidence."""
    from rich.console import Console

    from copydesk.predict.scorer import Scorer
    from copydesk.predict.summary import explain as lay_out

    scorer = Scorer.load(model) if model else Scorer.load()
    article = _only_article(article_file)
    if source is not None:
        candidate: Article | None = _only_article(source)
    elif article.source_text is not None:
        candidate = Article(article.source_id or "given", article.source_text)
    else:
        candidate = None
    Console().print(lay_out(scorer.label_pair(article, candidate)))


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

    _check_jobs(jobs)
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


@app.command()
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
        Path | None, typer.Option("--cache", help="Folder for what takes long to make.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = -1,
) -> None:
    """Train a model, by labelled corpora or a recipe; print what it does on stories left out."""
    from copydesk.models import DEFAULT_MODEL
    from copydesk.train.job import train_model
    from copydesk.train.recipe import read_recipe, recipe_of
    from copydesk.train.report import format_metrics

    _check_jobs(jobs)
    _check_target(out)
    if (recipe is None) == (not corpus):
        raise InvalidInput("train needs --corpus or --recipe, one of them")
    if recipe is None:
        chosen = recipe_of(corpus or [], encoder=encoder or "static", random_state=seed or 0)
    elif encoder is not None or seed is not None:
        raise InvalidInput("--encoder and --seed go with --corpus: a recipe names its own")
    else:
        chosen = read_recipe(recipe)
    trained = train_model(
        chosen,
        out,
        data=data,
        base=DEFAULT_MODEL if base == "released" else Path(base) if base else None,
        cache=cache,
        n_jobs=jobs,
    )
    for warning in trained.warnings:
        say(f"copydesk: warning: {warning}")
    print(format_metrics(trained.manifest.metrics))
    of_base = f" and {trained.n_base_stories} of its base" if trained.n_base_stories else ""
    print(f"learned from {trained.n_stories} stories{of_base}")
    print(f"{out}: model {trained.manifest.model_id}")


@app.command()
def evaluate(
    model: Annotated[Path, typer.Option("--model", help="Folder of a trained model.")],
    corpus: Annotated[
        list[Path], typer.Option("--corpus", help="Labelled JSON Lines, or a folder of them.")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Write the figures as JSON.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = -1,
) -> None:
    """Measure a model on labelled corpora that it was not trained on."""
    from copydesk.models import check_probes, load_model
    from copydesk.train.job import evaluate_model
    from copydesk.train.report import format_metrics

    _check_jobs(jobs)
    if out is not None:
        _check_target(out)
    metrics = evaluate_model(model, corpus, n_jobs=jobs)
    if shifts := check_probes(load_model(model)):
        say(
            f"copydesk: {len(shifts)} features or probabilities of fixed texts are not what they "
            f"were when {model} was trained, the first is {shifts[0]}: train it again"
        )
    print(format_metrics(metrics))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")


def _check_jobs(jobs: int) -> None:
    if jobs == 0:
        raise InvalidInput("--jobs is 0, expected a number of processes, or -1 for all cores")


def _check_target(path: Path) -> None:
    """Refuse a target that cannot be written before the work, not after it."""
    ancestor = next(parent for parent in path.absolute().parents if parent.exists())
    if not (ancestor.is_dir() and os.access(ancestor, os.W_OK)):
        raise InvalidInput(f"--out {path} cannot be written: {ancestor} is no writable folder")


def _split(items: Iterable[Article | Rejected], rejects: list[Rejected]) -> Iterator[Article]:
    for item in items:
        if isinstance(item, Rejected):
            rejects.append(item)
        else:
            yield item


def _open_sources(paths: list[str], context: typer.Context) -> Store | list[Article]:
    """Open a store, or read files of articles."""
    from copydesk.seeds.corpus.files import list_files
    from copydesk.seeds.corpus.readers import read_articles
    from copydesk.seeds.store import Store, is_store

    if not any(map(is_store, paths)):
        say_skipped(list_files(paths).skipped)
        return _articles_only(read_articles(paths))
    if len(paths) > 1:
        raise InvalidInput(
            "--sources names a store and more: add the others to the store with copydesk seeds add"
        )
    store = Store.read(paths[0])
    context.call_on_close(store.close)
    if len(store) == 0:
        raise InvalidInput(
            f"{paths[0]} is empty: copydesk seeds add {paths[0]} INPUT fills it, --no-sources "
            "judges each article alone"
        )
    return store


def _articles_only(items: Iterable[Article | Rejected]) -> list[Article]:
    """Keep the sources that can be read; name the others on standard error."""
    rejects: list[Rejected] = []
    articles = list(_split(items, rejects))
    for reject in rejects:
        say(f"copydesk: source {reject.id} left out: {reject.reason}")
    if not articles:
        raise InvalidInput("no source could be read; --no-sources judges each article alone")
    return articles


def _shares(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise InvalidInput(
            f"--strengths is {text!r}, expected shares with commas between, such as 0.1,0.5"
        ) from None


def _only_article(path: str) -> Article:
    from copydesk.seeds.corpus.readers import read_articles

    items = list(read_articles([path]))
    for item in items:
        if isinstance(item, Rejected):
            raise InvalidInput(f"{path}: {item.reason}")
    if len(items) != 1 or not isinstance(items[0], Article):
        raise InvalidInput(f"{path} holds {len(items)} articles, expected one")
    return items[0]


def _with_progress(items: Iterable[Verdict | Rejected]) -> Iterator[Verdict | Rejected]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(
        items, "labelling", console=console, transient=True, disable=not console.is_terminal
    )


def _print_table(results: Iterable[Verdict | Rejected]) -> tuple[int, int]:
    from rich.console import Console

    from copydesk.predict.summary import verdict_table

    items = list(results)
    Console().print(verdict_table(items))
    n_rejected = sum(isinstance(item, Rejected) for item in items)
    return len(items) - n_rejected, n_rejected
