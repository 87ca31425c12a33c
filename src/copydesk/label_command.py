"""``copydesk label``: articles of an input labelled, in one go or as a job that can go on."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.defaults import CHUNK_SIZE
from copydesk.errors import InvalidInput
from copydesk.label_run import LabelRequest, run_label
from copydesk.model_option import ModelOption
from copydesk.report_command import check_report_path, report
from copydesk.stopping import (
    EXIT_INTERRUPTED,
    EXIT_TERMINATED,
    Terminated,
    leave_standard_output,
)
from copydesk.terminal import say

if TYPE_CHECKING:
    from copydesk.seeds.corpus.field_map import FieldMap

EXIT_ALL_SCORED = 0
EXIT_SOME_REJECTED = 1
EXIT_USAGE = 2


def _field_option(name: str) -> typer.models.OptionInfo:
    flag = f"--{name.replace('_', '-')}-field"
    option: typer.models.OptionInfo = typer.Option(
        flag, metavar="NAME", help=f"What the input calls {name}."
    )
    return option


def label(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help=".txt, .md, .html, .jsonl, .json, .csv, .tsv (also .gz, .zst), .parquet, a folder "
            "or quoted pattern of them, a URL that fsspec reads, or - for JSON Lines on standard "
            "input.",
        ),
    ],
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--sources",
            help="What the articles may derive from: in any form of INPUT, or stores; again for "
            "more.",
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", help="Target, .jsonl, .csv or .parquet; default a table.")
    ] = None,
    model: ModelOption = None,
    no_sources: Annotated[
        bool, typer.Option("--no-sources", help="Judge each article alone.")
    ] = False,
    job_dir: Annotated[
        Path | None,
        typer.Option(
            "--job-dir", help="Folder that keeps what is done: the same command goes on there."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=-1, help="Processes; -1 for all cores.")] = 1,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Address of a dask scheduler to work on.")
    ] = None,
    chunk_size: Annotated[
        int, typer.Option("--chunk-size", min=1, help="Records a process is given at a time.")
    ] = CHUNK_SIZE,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="FIELD",
            help="Fields of the input to copy into the output, with commas between or again for "
            'more; default url,headline,outlet; "" for none.',
        ),
    ] = None,
    texts: Annotated[
        str | None,
        typer.Option("--texts", help="Write the texts that offsets refer to, a .jsonl."),
    ] = None,
    text_field: Annotated[str | None, _field_option("text")] = None,
    id_field: Annotated[str | None, _field_option("id")] = None,
    published_field: Annotated[str | None, _field_option("published")] = None,
    headline_field: Annotated[str | None, _field_option("headline")] = None,
    url_field: Annotated[str | None, _field_option("url")] = None,
    outlet_field: Annotated[str | None, _field_option("outlet")] = None,
    source_id_field: Annotated[str | None, _field_option("source_id")] = None,
    source_text_field: Annotated[str | None, _field_option("source_text")] = None,
    verbose: Annotated[
        int, typer.Option("-v", "--verbose", count=True, help="Log what happens; -vv more.")
    ] = 0,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Say nothing on standard error but errors.")
    ] = False,
    report_page: Annotated[
        Path | None,
        typer.Option("--report", help="A page for a browser that shows why, .html; needs --out."),
    ] = None,
) -> None:
    """Label articles; without --sources the other articles of the input are the candidates."""
    if sources and no_sources:
        raise InvalidInput("--sources and --no-sources contradict each other: give one of them")
    check_jobs(jobs)
    if report_page is not None:
        _check_report(report_page, out)
    _log_to_standard_error(verbose, quiet)
    names = {
        "text": text_field,
        "id": id_field,
        "published": published_field,
        "headline": headline_field,
        "url": url_field,
        "outlet": outlet_field,
        "source_id": source_id_field,
        "source_text": source_text_field,
    }
    request = LabelRequest(
        inputs=tuple(inputs),
        sources=tuple(sources or ()),
        are_alone=no_sources,
        out=out,
        texts=texts,
        model=model,
        job_dir=job_dir,
        n_jobs=jobs,
        cluster=cluster,
        chunk_size=chunk_size,
        fields=_field_map(names, keep),
        is_quiet=quiet,
    )
    with _stops_in_words(job_dir):
        tally = run_label(request)
    if tally.n_labelled + tally.n_rejected == 0:
        raise InvalidInput("the input holds no record: nothing to label")
    if report_page is not None:
        report(Path(str(out)), report_page, sources, inputs, model)
    if tally.n_labelled == 0:
        raise typer.Exit(EXIT_USAGE)
    raise typer.Exit(EXIT_SOME_REJECTED if tally.n_rejected else EXIT_ALL_SCORED)


def _check_report(page: Path, out: str | None) -> None:
    """Refuse a report that could not be made of the output."""
    if out is None or not out.endswith(".jsonl"):
        raise InvalidInput("--report shows what --out wrote: give --out FILE.jsonl too")
    check_report_path(page)


def check_jobs(jobs: int) -> None:
    """Refuse a number of processes that means nothing."""
    if jobs == 0:
        raise InvalidInput("--jobs is 0, expected a number of processes, or -1 for all cores")


def _log_to_standard_error(verbose: int, quiet: bool) -> None:
    if verbose and quiet:
        raise InvalidInput("--verbose and --quiet contradict each other: give one of them")
    if verbose:
        logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s: %(message)s")
        logging.getLogger("copydesk").setLevel(logging.INFO if verbose == 1 else logging.DEBUG)


def _field_map(names: Mapping[str, str | None], keep: Sequence[str] | None) -> FieldMap:
    from copydesk.predict.fields import DEFAULT_KEEP, FIELDS
    from copydesk.seeds.corpus.field_map import FieldMap

    kept: tuple[str, ...] = DEFAULT_KEEP
    if keep is not None:
        listed = (name.strip() for option in keep for name in option.split(","))
        kept = tuple(dict.fromkeys(name for name in listed if name))
    taken = [name for name in kept if name in FIELDS]
    if taken:
        raise InvalidInput(f"--keep {taken[0]}: the output has a field of that name already")
    return FieldMap({ours: theirs for ours, theirs in names.items() if theirs}, kept)


@contextmanager
def _stops_in_words(job_dir: Path | None) -> Iterator[None]:
    """Say in a line how a run stopped that was stopped."""
    go_on = f"; the same command goes on in {job_dir}" if job_dir else ""
    try:
        yield
    except KeyboardInterrupt:
        say(f"copydesk: stopped by an interrupt{go_on}")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    except Terminated:
        say(f"copydesk: stopped by a signal to terminate{go_on}")
        raise typer.Exit(EXIT_TERMINATED) from None
    except BrokenPipeError:
        # Whoever read standard output is gone; nothing may be flushed to it any more.
        leave_standard_output()
        raise typer.Exit(EXIT_USAGE) from None
