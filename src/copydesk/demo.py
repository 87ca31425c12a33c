"""The demonstration: stories of the starter corpus labelled as one batch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rich.console import Console

from copydesk.predict.scorer import Scorer
from copydesk.predict.summary import verdict_table
from copydesk.predict.writers import Output
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.types import Rejected

_N_STORIES = 3
_OUT = "out/labels.jsonl"


def main() -> None:
    """Label a sample, the articles of a story being each other's candidates."""
    console = Console()
    records = read_starter()
    stories = sorted({record.story for record in records})
    chosen = stories[:: len(stories) // _N_STORIES][:_N_STORIES]
    sample = [record for record in records if record.story in chosen]
    # What the corpus knows of sources is withheld: they are found among the other articles.
    articles = [replace(record.article, source_id=None) for record in sample]
    items = list(Scorer.load().label(articles))
    console.print(verdict_table(items))
    with Output(_OUT) as output:
        for item in items:
            output.write(item)
    truth = {record.article.id: record.label for record in sample}
    right = sum(not isinstance(item, Rejected) and item.label is truth[item.id] for item in items)
    console.print(
        f"\n{output.n_labelled} articles of {len(chosen)} stories labelled, {right} as their "
        "authors meant them (the released model has seen these stories; make gate measures on "
        "others)"
    )
    console.print(f"written to {Path(_OUT)}; next: copydesk explain, copydesk label --help")


if __name__ == "__main__":
    main()
