"""Sentences and tables of figures."""

from typing import Any

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation import table
from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.outcomes import Gathered
from copydesk.train.evaluation.result import measure_corpus

Corpus = tuple[CorpusRecord, ...]
Views = dict[View, Gathered]


def test_the_sentence_that_matters(corpus: Corpus, gathered: Views) -> None:
    measured = measure_corpus(gathered, corpus)
    low, high = measured["source found"]["intervals"]["macro_f1"]
    assert table.headline(measured, "m-1") == (
        "m-1 labels 89% of 36 texts right where sources are looked for among all of them "
        f"(macro-F1 0.89; 95 % interval over 12 stories {low:.2f} to {high:.2f}), and 0.0% of "
        "honest texts are called spun. Least is known where the source is given: 100% right."
    )


def test_the_weakest_situation_is_named(corpus: Corpus, gathered: Views) -> None:
    found = gathered[View.FOUND]
    weak = {**gathered, View.WITHHELD: Gathered(found.rows[:3], found.said.rows(found.rows < 3))}
    sentence = table.headline(measure_corpus(weak, corpus), "m-1")
    assert sentence.endswith("Least is known where no other text is at hand: 67% right.")


def test_few_stories_are_said(corpus: Corpus, gathered: Views) -> None:
    few = {
        view: Gathered(one.rows[:6], one.said.rows(one.rows < 6)) for view, one in gathered.items()
    }
    sentence = table.headline(measure_corpus(few, corpus), "m-1")
    assert "interval over" not in sentence
    assert "The texts are of 2 stories, too few for intervals" in sentence


def test_situations_are_a_line_each(corpus: Corpus, gathered: Views) -> None:
    measured = measure_corpus(gathered, corpus)
    heading, given, found = table.view_table(measured).splitlines()
    assert heading.split()[:3] == ["n", "macro-F1", "(95"]
    assert given.startswith("with source")
    assert given.split()[2:4] == ["36", "1.000"]
    # Of 36 texts, 32 have a set that holds the label; all sets have one label.
    assert found.split()[-5:-3] == ["0.889", "1.00"]


def test_who_was_called_what(corpus: Corpus, gathered: Views) -> None:
    figures = measure_corpus(gathered, corpus)["source found"]
    lines = [line.split() for line in table.confusion_table(figures, "source found").splitlines()]
    assert lines[0] == ["source", "found:", "called", "original", "edited_wire", "spun"]
    assert lines[3] == ["spun", "4", "0", "8"]


def test_parts_of_few_texts_are_counted_only(corpus: Corpus, gathered: Views) -> None:
    lines = table.slice_table(measure_corpus(gathered, corpus)["slices"]).splitlines()
    (spun,) = (line for line in lines if line.startswith("engine engine spun"))
    assert spun.split()[3:5] == ["12", "1.000"]
    assert "0.667" in spun.split()
    assert "outlet: 12 more in --out" in lines
    assert "beat: 1 more in --out" in lines
    assert not any(line.startswith("outlet Echo") for line in lines)


def compared(difference: float, interval: list[float] | None) -> dict[str, Any]:
    figure = {"difference": difference, "interval": interval}
    return {"source found": {"n": 50, "macro_f1": figure, "accuracy": figure}}


def test_which_of_two_models_is_better_is_one_sentence() -> None:
    better = table.comparison_sentence(compared(0.05, [0.01, 0.09]), "a", "b")
    assert better == (
        "a is better than b on the same 50 texts where sources are looked for among all of them: "
        "macro-F1 +0.050, 95 % interval +0.010 to +0.090."
    )
    worse = table.comparison_sentence(compared(-0.05, [-0.09, -0.01]), "a", "b")
    assert worse.startswith("a is worse than b ")
    unsure = table.comparison_sentence(compared(0.05, [-0.01, 0.09]), "a", "b")
    assert unsure.startswith("a and b cannot be told apart ")
    few = table.comparison_sentence(compared(0.05, None), "a", "b")
    assert few.endswith("stories are too few to say whether that is chance.")
    assert "a has +0.050 macro-F1 beside b" in few


def test_differences_are_a_line_for_each_situation() -> None:
    heading, line = table.comparison_table(compared(0.05, [0.01, 0.09])).splitlines()
    assert "macro_f1" in heading.split()
    assert "+0.050 (+0.010 to +0.090)" in line
    assert line.split()[-1] == "-"
