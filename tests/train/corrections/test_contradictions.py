"""Labels of the same text that contradict each other, or what a model learned."""

from collections.abc import Mapping

import pytest

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.corrections.contradictions import (
    find_contradictions,
    find_known_contradictions,
)
from copydesk.train.duplicates import SameTexts
from copydesk.train.learned import KnownText
from copydesk.train.pairs import short_hash
from copydesk.types import LABELS, Article, Label

ORIGINAL, EDITED, SPUN = LABELS


def record(
    article_id: str, label: Label, *, source_id: str | None = None, source_text: str | None = None
) -> CorpusRecord:
    article = Article(article_id, f"text  of\n{article_id}", None, source_id=source_id)
    if source_text is not None:
        article = Article(article_id, article.text, source_text=source_text)
    return CorpusRecord(article, label, "s")


def said(one: CorpusRecord, other: CorpusRecord, overlap: float) -> list[tuple[str, bool]]:
    found = find_contradictions([one, other], [SameTexts(0, 1, overlap)])
    return [(str(pair), pair.is_sure) for pair in found]


def test_the_same_text_has_one_label() -> None:
    found = said(record("a", ORIGINAL), record("b", EDITED), 1.0)
    assert found == [("a is original and b is edited_wire: the same text", True)]
    assert said(record("a", SPUN), record("b", SPUN), 1.0) == []


@pytest.mark.parametrize("label", [ORIGINAL, EDITED])
def test_what_is_nearly_a_spun_text_is_spun(label: Label) -> None:
    found = said(record("a", label), record("b", SPUN), 0.92)
    assert found == [(f"a is {label} and b is spun: 92% the same wording", True)]


def test_a_copy_may_be_nearly_what_was_copied() -> None:
    found = said(record("a", ORIGINAL), record("b", EDITED), 0.95)
    assert [is_sure for _, is_sure in found] == [False]


@pytest.mark.parametrize("label", [ORIGINAL, EDITED])
def test_a_light_spin_may_be_nearly_a_copy_of_its_source(label: Label) -> None:
    found = said(record("a", label), record("b", SPUN), 0.8)
    assert found == [(f"a is {label} and b is spun: 80% the same wording", False)]


@pytest.mark.parametrize("given", [{"source_id": "w"}, {"source_text": "the  wire"}])
def test_derivatives_of_one_source_contradict_each_other_where_they_are_one_text(
    given: dict[str, str],
) -> None:
    one, other = record("a", EDITED, **given), record("b", SPUN, **given)
    assert said(one, other, 0.8) == []
    assert len(said(one, other, 0.92)) == 1
    another = {key: f"{value} of another" for key, value in given.items()}
    assert len(said(one, record("b", SPUN, **another), 0.8)) == 1


@pytest.mark.parametrize(
    "derivative",
    [
        record("b", EDITED, source_id="a"),
        record("b", SPUN, source_text="text of a"),
    ],
)
def test_a_source_and_what_derives_from_it_contradict_nothing(derivative: CorpusRecord) -> None:
    assert said(record("a", ORIGINAL), derivative, 0.9) == []
    assert said(derivative, record("a", ORIGINAL), 1.0) == []


@pytest.mark.parametrize(
    ("label", "known", "n_found"),
    [
        (SPUN, KnownText(frozenset({EDITED}), False), 1),
        (SPUN, KnownText(frozenset({EDITED, SPUN}), False), 0),
        (EDITED, KnownText(frozenset({ORIGINAL}), False), 1),
        # A desk's copy begins as the source that the model knows.
        (EDITED, KnownText(frozenset({ORIGINAL}), True), 0),
        (SPUN, KnownText(frozenset({ORIGINAL}), True), 1),
    ],
)
def test_labels_that_a_model_learned_otherwise(
    label: Label, known: KnownText, n_found: int
) -> None:
    texts: Mapping[str, KnownText] = {short_hash("text of a"): known}
    found = list(find_known_contradictions([record("a", label), record("z", label)], texts))
    assert len(found) == n_found
    for one in found:
        assert str(one).startswith(f"a is {label}, the model learned it as ")
