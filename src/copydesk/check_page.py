"""What ``copydesk check`` shows: counts, then problems with examples, then likely label errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from copydesk.terminal import one_line, visible
from copydesk.types import LABELS

if TYPE_CHECKING:
    from copydesk.train.check.result import CorpusCheck, LikelyError, Problem

_SHOWN = 5
_SHOWN_ERRORS = 20
_SHOWN_NAMES = 6
_EXAMPLE_CHARS = 140
_STYLES = {"warning": "yellow", "unusable": "bold red"}


def check_page(found: CorpusCheck, *, is_whole: bool = False) -> RenderableType:
    """Lay out what was found.

    Parameters
    ----------
    found : CorpusCheck
        Of a corpus.
    is_whole : bool
        Whether every record concerned is named, or the first few.
    """
    return Group(*_parts(found, is_whole))


def _parts(found: CorpusCheck, is_whole: bool) -> Iterator[RenderableType]:
    known = f", {found.n_known} of them with a text that the model has learned"
    yield Text(
        f"{found.n_records} records of {found.n_stories} stories" + (known if found.n_known else "")
    )
    yield _label_table(found)
    for name in ("outlet", "engine", "dataset"):
        line = _count_line(found, name)
        if line is not None:
            yield line
    for probe in found.formatting:
        yield Text(f"formatting alone tells {probe.label} with AUC {probe.auc:.2f}", "dim")
    for problem in found.problems:
        yield from _problem(problem, None if is_whole else _SHOWN)
    if found.likely_errors:
        yield _error_table(found.likely_errors if is_whole else found.likely_errors[:_SHOWN_ERRORS])
    if not found.problems:
        yield Text("nothing found that speaks against training on it", "green")


def _label_table(found: CorpusCheck) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("label", no_wrap=True)
    table.add_column("records", justify="right")
    table.add_column("stories", justify="right")
    for label in map(str, LABELS):
        table.add_row(label, str(found.counts["label"][label]), str(found.stories[label]))
    return table


def _count_line(found: CorpusCheck, name: str) -> Text | None:
    counts = found.counts[name]
    if not counts:
        return None
    shown = ", ".join(f"{value} {count}" for value, count in counts.most_common(_SHOWN_NAMES))
    rest = len(counts) - _SHOWN_NAMES
    n_without = found.n_records - counts.total()
    parts = [f"{name}: {shown}"]
    parts += [f"{rest} more"] if rest > 0 else []
    parts += [f"{n_without} without"] if n_without else []
    return Text(visible(", ".join(parts)))


def _problem(problem: Problem, n_shown: int | None) -> Iterator[Text]:
    yield Text.assemble((str(problem.weight), _STYLES[problem.weight]), f": {problem.message}")
    if problem.kind == "label errors":
        return  # a table of its own
    for example in problem.examples[:n_shown]:
        yield Text(f"  {visible(one_line(example, _EXAMPLE_CHARS))}", "dim")
    n_more = len(problem.examples) - len(problem.examples[:n_shown])
    if n_more:
        yield Text(f"  and {n_more} more (--all)", "dim")


def _error_table(errors: Sequence[LikelyError]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("id", overflow="fold")
    table.add_column("given", no_wrap=True)
    table.add_column("p", justify="right")
    table.add_column("likely", no_wrap=True)
    table.add_column("p", justify="right")
    for error in errors:
        table.add_row(
            Text(visible(error.id)),
            error.given,
            f"{error.p_given:.2f}",
            error.likely,
            f"{error.p_likely:.2f}",
        )
    return table
