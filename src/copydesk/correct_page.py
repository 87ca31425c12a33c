"""What ``copydesk correct`` says of corrections: a table of changes, counts in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from copydesk.types import LABELS

if TYPE_CHECKING:
    from rich.table import Table

    from copydesk.train.corrections.match import Taken


def change_table(taken: Sequence[Taken]) -> Table:
    """Tabulate how many corrections lead from which label to which.

    Parameters
    ----------
    taken : sequence of Taken
        Any number.
    """
    from rich.table import Table

    from copydesk.train.corrections.match import count_changes

    counts = count_changes(taken)
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("the model said", no_wrap=True)
    for label in LABELS:
        table.add_column(f"is {label}", justify="right", no_wrap=True)
    for was in LABELS:
        table.add_row(str(was), *(_cell(counts[was, label], was is label) for label in LABELS))
    return table


def _cell(count: int, is_same: bool) -> str:
    if not count:
        return "-"
    return f"({count})" if is_same else str(count)


def correction_lines(taken: Sequence[Taken], n_repeated: int, n_empty: int) -> Iterator[str]:
    """Give what is to be known of corrections, a sentence each.

    Parameters
    ----------
    taken : sequence of Taken
        What became records.
    n_repeated, n_empty : int
        Corrections that another one says too, and rows without a label.
    """
    n_same = sum(not item.is_change for item in taken)
    if n_same:
        yield (
            f"{n_same} of {len(taken)} change nothing, in brackets above: what confirms the "
            "model's label is learned as well"
        )
    elif taken:
        yield (
            "every correction changes a label: a model measured on nothing else looks worse than "
            "it is, so confirm some that it got right, too"
        )
    if n_repeated:
        yield f"{n_repeated} said again what another one says: each article is taken once"
    if n_empty:
        yield f"{n_empty} without a label passed over"
    n_alone = sum(item.lacks_source for item in taken)
    if n_alone:
        yield (
            f"{n_alone} of the derivatives without a source, or with none at hand (--sources): "
            "such a text teaches only what it says by itself"
        )
    n_related = sum(item.record.related_text is not None for item in taken)
    if n_related:
        yield (
            f"{n_related} of the originals learned beside the text that was found for it, as one "
            "from which it does not derive"
        )
