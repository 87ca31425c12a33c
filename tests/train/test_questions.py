"""The questions: which pairs teach each, what is right of them, by which features."""

from dataclasses import fields

import numpy as np
import pytest

from copydesk.features import FEATURE_NAMES, FEATURES, NEEDS_SOURCE
from copydesk.models.judgement import Judge
from copydesk.train.dataset import Dataset
from copydesk.train.pairs import PairKind
from copydesk.train.questions import QUESTIONS
from copydesk.types import LABELS, Label

CREDITS = {"republication", "credit_line", "dateline", "agency"}


@pytest.fixture(scope="module")
def every_pair() -> Dataset:
    """A row for each kind of pair with each label."""
    rows = [(str(kind), i) for kind in PairKind for i in range(len(LABELS))]
    kinds, y = zip(*rows, strict=True)
    names, X = np.array([*map(str, range(len(rows)))]), np.zeros((len(rows), 1))
    return Dataset(X, X, np.array(y), names, np.array(kinds), *[names] * 4)


def answers(question: str, dataset: Dataset) -> dict[str, dict[str, bool]]:
    """The answer for each label by the kinds of pairs that teach a question."""
    asked = QUESTIONS[question]
    found: dict[str, dict[str, bool]] = {}
    taught, yes = asked.rows(dataset), asked.is_yes(dataset)
    for i in np.flatnonzero(taught):
        found.setdefault(str(dataset.kinds[i]), {})[LABELS[dataset.y[i]]] = bool(yes[i])
    return found


SPUN = {label: label is Label.SPUN for label in LABELS}
YES, NO = dict.fromkeys(LABELS, True), dict.fromkeys(LABELS, False)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "derives",
            {"source": YES, "in_part": YES}
            | dict.fromkeys(("related", "unrelated", "hard_negative"), NO),
        ),
        ("reworded", {"source": SPUN, "in_part": SPUN}),
        ("machine", {"alone": SPUN}),
        ("first", {"source": YES, "reversed": NO}),
    ],
)
def test_which_pairs_teach_a_question_and_what_is_right(
    question: str, expected: dict[str, dict[str, bool]], every_pair: Dataset
) -> None:
    assert answers(question, every_pair) == expected


def test_questions_are_those_of_a_judge() -> None:
    assert list(QUESTIONS) == [field.name for field in fields(Judge)]


def test_a_question_about_the_pair_is_asked_by_what_needs_a_source() -> None:
    assert QUESTIONS["derives"].columns.tolist() == np.flatnonzero(NEEDS_SOURCE).tolist()


def test_a_text_alone_is_asked_about_by_what_it_has_but_its_credits() -> None:
    names = [FEATURE_NAMES[i] for i in QUESTIONS["machine"].columns]
    alone = [feature.name for feature in FEATURES if not feature.needs_source]
    assert set(alone) > CREDITS
    assert names == [name for name in alone if name not in CREDITS]


@pytest.mark.parametrize("question", ["reworded", "first"])
def test_what_was_done_is_asked_by_everything(question: str) -> None:
    assert QUESTIONS[question].columns.tolist() == list(range(len(FEATURES)))
