"""What a model might have said of twelve stories, by hand."""

from collections.abc import Callable

import pytest

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.outcomes import Gathered, Outcome, gather
from copydesk.types import LABELS, Article, Evidence, Label, Source, Verdict

N_STORIES = 12


@pytest.fixture
def corpus() -> tuple[CorpusRecord, ...]:
    """Of each story an original, an edit and a spin; the first half of one data set."""
    return tuple(
        CorpusRecord(
            Article(
                f"{i}-{label}", f"{label} {i} " + "word " * (100 + 300 * j), outlet=f"Echo {i}"
            ),
            label,
            f"story {i}",
            engine=f"engine {label}",
            dataset="one" if i < N_STORIES // 2 else "two",
            beat="sport" if i == 0 else None,
        )
        for i in range(N_STORIES)
        for j, label in enumerate(LABELS)
    )


def say(record: CorpusRecord, given: Label, p: float = 0.8, source: str | None = None) -> Verdict:
    """A verdict that gives a label so much, the others half of the rest each."""
    rest = (1 - p) / 2
    return Verdict(
        record.article.id,
        given,
        {label: p if label is given else rest for label in LABELS},
        (given,),
        None if source is None else Source(source, 0.5),
        Evidence(),
        "m",
    )


@pytest.fixture
def outcome() -> Callable[..., Outcome]:
    def make(
        records: tuple[CorpusRecord, ...],
        row: int,
        view: View = View.FOUND,
        given: Label | None = None,
        p: float = 0.8,
    ) -> Outcome:
        record = records[row]
        derives = record.label is not Label.ORIGINAL
        named = "wire" if derives else None
        right = given is None
        verdict = say(record, given or record.label, p, "wire" if derives and right else None)
        return Outcome(view, row, verdict, named)

    return make


@pytest.fixture
def gathered(
    corpus: tuple[CorpusRecord, ...], outcome: Callable[..., Outcome]
) -> dict[View, Gathered]:
    """All right with the source given; found, the spins of the first four stories are missed."""
    outcomes = [outcome(corpus, row, View.WITH_SOURCE) for row in range(len(corpus))]
    for row, record in enumerate(corpus):
        missed = record.label is Label.SPUN and row < 12
        given = Label.ORIGINAL if missed else None
        outcomes.append(outcome(corpus, row, View.FOUND, given, 0.6 + row / 100))
    return gather(outcomes, corpus, {r.article.id: r.story for r in corpus})
