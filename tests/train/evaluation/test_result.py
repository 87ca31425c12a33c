"""What was said becomes figures, parts, comparisons and a list of the worst."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.outcomes import Gathered, Outcome, count_rejected, gather
from copydesk.train.evaluation.result import compare_models, measure_corpus
from copydesk.train.evaluation.slices import length_band, measure_slices
from copydesk.train.evaluation.worst import find_worst
from copydesk.types import Label, Rejected

Corpus = tuple[CorpusRecord, ...]
Views = dict[View, Gathered]
Make = Callable[..., Outcome]


def test_outcomes_are_put_in_the_order_of_the_corpus(corpus: Corpus, outcome: Make) -> None:
    groups = {record.article.id: record.story for record in corpus}
    of_spin = outcome(corpus, 5, given=Label.ORIGINAL)
    mixed = [of_spin, outcome(corpus, 1), Outcome(View.FOUND, 3, Rejected("x", "too short"))]
    found = gather(mixed, corpus, groups)
    assert list(found) == [View.FOUND]
    assert found[View.FOUND].rows.tolist() == [1, 5]
    said = found[View.FOUND].said
    assert said.groups.tolist() == ["story 0", "story 1"]
    assert said.y.tolist() == [1, 2]
    np.testing.assert_allclose(said.probabilities, [[0.1, 0.8, 0.1], [0.8, 0.1, 0.1]])
    assert said.in_set is not None
    assert said.in_set.tolist() == [[False, True, False], [True, False, False]]
    assert said.source_right is not None
    assert said.source_right.tolist() == [1.0, 0.0]
    another = replace(outcome(corpus, 1), source_id="another wire")
    (found_another,) = gather([another], corpus, groups).values()
    assert found_another.said.source_right is not None
    assert found_another.said.source_right.tolist() == [0.0]


def test_a_text_that_is_rejected_in_several_situations_counts_once() -> None:
    outcomes = [Outcome(view, 3, Rejected("x", "too short")) for view in View]
    outcomes.append(Outcome(View.FOUND, 4, Rejected("y", "not English")))
    assert count_rejected(outcomes) == {"too short": 1, "not English": 1}


def test_a_corpus_is_measured_by_situation(corpus: Corpus, gathered: Views) -> None:
    found = measure_corpus(gathered, corpus)
    assert list(found) == ["with source", "source found", "slices"]
    assert found["with source"]["accuracy"] == 1.0
    assert found["source found"]["accuracy"] == pytest.approx(32 / 36, abs=1e-4)
    assert found["source found"]["recall"]["spun"] == pytest.approx(8 / 12, abs=1e-4)
    assert found["source found"]["source_right"] == pytest.approx(20 / 24, abs=1e-4)
    assert found["source found"]["n_stories"] == 12
    low, high = found["source found"]["intervals"]["recall"]["spun"]
    assert low < 8 / 12 < high
    assert found["source found"]["intervals"]["recall"]["edited_wire"] == [1.0, 1.0]


def test_parts_are_measured(corpus: Corpus, gathered: Views) -> None:
    slices = measure_slices(gathered, corpus)
    assert set(slices) == {"data set", "engine", "beat", "outlet", "length"}
    one, two = (slices["data set"][name]["source found"] for name in ("one", "two"))
    assert (one["n"], one["accuracy"]) == (18, pytest.approx(14 / 18, abs=1e-4))
    assert (two["n"], two["accuracy"], two["n_stories"]) == (18, 1.0, 6)
    assert one["intervals"] == {}
    engine = slices["engine"]["engine spun"]["source found"]
    assert engine["accuracy"] == pytest.approx(8 / 12, abs=1e-4)
    assert engine["intervals"]["accuracy"][0] < 8 / 12
    assert slices["beat"] == {"sport": slices["outlet"]["Echo 0"]}
    assert {name: part["with source"]["n"] for name, part in slices["length"].items()} == {
        "under 150 words": 12,
        "400 to 799 words": 24,
    }


@pytest.mark.parametrize(
    ("n_words", "band"),
    [
        (149, "under 150 words"),
        (150, "150 to 399 words"),
        (399, "150 to 399 words"),
        (400, "400 to 799 words"),
        (800, "800 words and more"),
    ],
)
def test_bands_of_length(n_words: int, band: str) -> None:
    assert length_band("word " * n_words) == band


def test_models_are_compared_on_what_both_judged(
    corpus: Corpus, gathered: Views, outcome: Make
) -> None:
    groups = {record.article.id: record.story for record in corpus}
    perfect = [outcome(corpus, row) for row in range(3, len(corpus))]
    other = gather(perfect, corpus, groups)
    found: Any = compare_models(gathered, other)
    assert list(found) == ["source found"]
    assert found["source found"]["n"] == 33
    # Three of the four spins that it misses are among these.
    assert found["source found"]["accuracy"]["difference"] == pytest.approx(-3 / 33, abs=1e-4)
    low, high = found["source found"]["accuracy"]["interval"]
    assert low < -3 / 33 < high <= 0
    assert found["source found"]["recall"]["edited_wire"]["difference"] == 0.0
    assert "covered" not in found["source found"]


def test_the_worst_come_first(corpus: Corpus, gathered: Views) -> None:
    worst = find_worst(gathered[View.FOUND], corpus, 5)
    # The surer of the wrong label, the worse.
    assert [one["id"] for one in worst[:4]] == ["3-spun", "2-spun", "1-spun", "0-spun"]
    first = worst[0]
    assert (first["true"], first["given"]) == ("spun", "original")
    assert first["p_original"] == pytest.approx(0.71)
    assert first["loss"] == pytest.approx(-np.log(0.145), abs=1e-3)
    assert first["beginning"].startswith("spun 3 word ")
    assert len(first["beginning"].split()) == 40
    assert len(worst) == 5
    assert worst[4]["loss"] <= worst[3]["loss"]
    assert len(find_worst(gathered[View.FOUND], corpus)) == 30
