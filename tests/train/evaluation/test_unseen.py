"""Where hardly any text is left that a model has not learned, nothing is measured."""

from dataclasses import replace

import pytest

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.unseen import MIN_LEFT, check_unseen
from copydesk.train.learned import leave_out_learned
from copydesk.train.pairs import short_hash
from copydesk.types import Article, Label


def records_of(*of: tuple[str, str, str | None]) -> tuple[CorpusRecord, ...]:
    return tuple(
        CorpusRecord(Article(f"r{i}", text, source_text=source), Label.SPUN, story)
        for i, (story, text, source) in enumerate(of)
    )


def many(n: int) -> tuple[CorpusRecord, ...]:
    return records_of(*((f"s{i % 5}", f"text number {i}", None) for i in range(n)))


def test_hardly_any_left_is_refused() -> None:
    first = frozenset([short_hash("The ferry sank.")])
    ferry = records_of(("ferry", "The ferry sank.", None))
    ferry = (replace(ferry[0], article=replace(ferry[0].article, id="ferry")),)
    few = leave_out_learned((*ferry, *many(MIN_LEFT - 1)), first)
    with pytest.raises(InvalidInput, match=r"m learned 1 of 20 texts, .* 19 texts are left, exp"):
        check_unseen(few, "m")
    check_unseen(leave_out_learned((*ferry, *many(MIN_LEFT)), first), "m")
    # Nobody is refused who brings few texts that are all new.
    check_unseen(leave_out_learned(many(6), first), "m")


def test_one_story_is_refused() -> None:
    with pytest.raises(InvalidInput, match="a corpus needs at least two stories"):
        check_unseen(leave_out_learned(records_of(("a", "one", None)), frozenset()), "m")
