"""The demonstration: a batch as people have it, labelled and shown as a report."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from rich.console import Console

from copydesk.predict.report.item import find_candidate, make_item
from copydesk.predict.report.page import write_report
from copydesk.predict.scorer import Scorer
from copydesk.predict.summary import verdict_table
from copydesk.predict.writers import Output
from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus
from copydesk.types import Rejected, Verdict

_OUT = "out/labels.jsonl"
REPORT = Path("out/report.html")
_TITLE = "copydesk report: Port Ellery, 14 and 15 October 2025"


def main() -> None:
    """Label the batch, its articles being each other's candidates, and write the report."""
    console = Console()
    records = read_batch()
    # What the batch knows of sources is withheld: they are found among the other articles.
    articles = [replace(record.article, source_id=None) for record in records]
    scorer = Scorer.load()
    items = list(scorer.label(articles))
    console.print(verdict_table(items))
    with Output(_OUT) as output:
        for item in items:
            output.write(item)
    by_id = {article.id: article for article in articles}
    shown = [
        make_item(scorer, item, by_id[item.id], find_candidate(item, by_id[item.id], by_id.get))
        for item in items
        if isinstance(item, Verdict)
    ]
    rejects = [item for item in items if isinstance(item, Rejected)]
    write_report(REPORT, shown, rejects, title=_TITLE)
    console.print(
        f"\n{output.n_labelled} articles labelled, {_as_meant(records, items)}; {len(rejects)} "
        "rejected.\nThe texts are invented, and the released model has not seen them."
    )
    console.print(
        f"written to {Path(_OUT)}; open {REPORT} in a browser to see why; next: copydesk explain, "
        "copydesk label --help"
    )


def read_batch() -> tuple[CorpusRecord, ...]:
    """Read the batch that comes with copydesk: texts about one event, with what they are."""
    with as_file(files("copydesk.seeds") / "demo") as folder:
        return read_corpus([folder])


def _as_meant(records: tuple[CorpusRecord, ...], items: list[Verdict | Rejected]) -> str:
    """Say how many labels are those that the texts' author meant, and how many of them unsure."""
    truth = {record.article.id: record.label for record in records}
    right = [v for v in items if isinstance(v, Verdict) and v.label is truth[v.id]]
    unsure = ", ".join(verdict.id for verdict in right if len(verdict.label_set) > 1)
    return f"{len(right)} as their author meant them" + (f" (unsure: {unsure})" if unsure else "")


if __name__ == "__main__":
    main()
