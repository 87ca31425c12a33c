"""Each text read once, beside its source where it has one."""

import numpy as np
import pytest

from copydesk.models import load_model
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.check.look import candidate_of, look_at, rows_of
from copydesk.train.dataset import build_dataset
from copydesk.train.pairs import Pair, PairKind
from copydesk.train.style import StyleModels
from copydesk.types import LABELS, Article, Label

ORIGINAL, EDITED, SPUN = LABELS


def record(
    article: Article, label: Label, source: str | None = None, related: str | None = None
) -> CorpusRecord:
    own = Article(article.id, article.text, source_text=source)
    return CorpusRecord(own, label, "s", related_text=related)


@pytest.mark.parametrize(
    ("label", "source", "related", "candidate"),
    [
        (SPUN, "source", "related", "source"),
        (SPUN, None, "related", None),
        (ORIGINAL, None, "related", "related"),
        (ORIGINAL, "other report", None, "other report"),
    ],
)
def test_what_a_text_is_compared_with(
    label: Label, source: str | None, related: str | None, candidate: str | None
) -> None:
    assert candidate_of(record(Article("a", "text"), label, source, related), {}) == candidate


def test_features_are_those_that_training_has(bridge: dict[str, Article]) -> None:
    style = load_model().style
    wire = bridge["wire"].text
    records = [
        record(bridge["spun"], SPUN, wire),
        record(bridge["frost"], ORIGINAL),
        record(Article("short", "Too short."), SPUN, wire),
        record(bridge["edited"], EDITED, "Too short."),
    ]
    n_read: list[int] = []
    looked = look_at(records, "static", style, on_read=n_read.append)
    pairs = [
        Pair(bridge["spun"].text, wire, PairKind.SOURCE, SPUN, "s", "e", "d"),
        Pair(bridge["frost"].text, None, PairKind.ALONE, ORIGINAL, "s", "e", "d"),
    ]
    wanted = build_dataset(pairs, "static", StyleModels(style)).X
    for one, row in zip(looked, wanted, strict=False):
        np.testing.assert_array_equal(one.row, row)
    assert [one.is_compared for one in looked] == [True, False, False, False]
    assert sum(n_read) == 4
    short, beside = looked[2:]
    assert short.problem == "text has 2 words, expected at least 20: too short to judge"
    assert (short.fingerprint, short.row) == (None, None)
    assert beside.source_problem == short.problem
    assert beside.problem is None
    assert [place for place, _ in rows_of(looked, compared=True)] == [0]
    assert [place for place, _ in rows_of(looked, compared=False)] == [1, 3]
