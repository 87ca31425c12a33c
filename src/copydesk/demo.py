"""The demonstration: stories of the starter corpus labelled as one batch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rich.console import Console

from copydesk.predict.report.item import find_candidate, make_item
from copydesk.predict.report.page import write_report
from copydesk.predict.scorer import Scorer
from copydesk.predict.summary import verdict_table
from copydesk.predict.writers import Output
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.types import Rejected, Verdict

_N_STORIES = 3
_OUT = "out/labels.jsonl"
_REPORT = Path("out/report.html")


def main() -> None:
    """Label a sample, the articles of a story being each other's candidates."""
    console = Console()
    records = read_starter()
    stories = sorted({record.story for record in records})
    chosen = stories[:: len(stories) // _N_STORIES][:_N_STORIES]
    sample = [record for record in records if record.story in chosen]
    # What the corpus knows of sources is withheld: they are found among the other articles.
    articles = [replace(record.article, source_id=None) for record in sample]
    scorer = Scorer.load()
    items = list(scorer.label(articles))
    console.print(verdict_table(items))
    with Output(_OUT) as output:
        for item in items:
            output.write(item)
    by_id = {article.id: article for article in articles}
    verdicts = [item for item in items if isinstance(item, Verdict)]
    shown = [
        make_item(scorer, verdict, article, find_candidate(verdict, article, by_id.get))
        for verdict in verdicts
        if (article := by_id.get(verdict.id)) is not None
    ]
    write_report(_REPORT, shown, [item for item in items if isinstance(item, Rejected)])
    truth = {record.article.id: record.label for record in sample}
    right = sum(not isinstance(item, Rejected) and item.label is truth[item.id] for item in items)
    console.print(
        f"\n{output.n_labelled} articles of {len(chosen)} stories labelled, {right} as their "
        "authors meant them (the released model has seen these stories; make gate measures on "
        "others)"
    )
    console.print(
        f"written to {Path(_OUT)}; open {_REPORT} in a browser to see why; next: copydesk explain, "
        "copydesk label --help"
    )


if __name__ == "__main__":
    main()
