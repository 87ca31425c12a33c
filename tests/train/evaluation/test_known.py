"""What a model learned is left out, with the stories that it is of."""

from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.errors import InvalidInput, InvalidModel
from copydesk.models import DEFAULT_MODEL
from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus, read_starter
from copydesk.train.base import read_base
from copydesk.train.evaluation.known import (
    MIN_LEFT,
    check_unseen,
    leave_out_known,
    read_known_texts,
)
from copydesk.train.pairs import hash_beginning
from copydesk.types import Article, Label


def short(text: str) -> str:
    return hash_beginning(text)[:16]


def test_a_model_knows_what_it_was_trained_on(small_model: Path, small_corpus: Path) -> None:
    records = read_corpus([small_corpus])
    unseen = leave_out_known(records, read_known_texts(small_model))
    assert (unseen.records, unseen.n_known) == ((), len(records))
    assert unseen.n_left_out == len(records)


def test_it_does_not_know_other_stories(small_model: Path, unseen_corpus: Path) -> None:
    records = read_corpus([unseen_corpus])
    unseen = leave_out_known(records, read_known_texts(small_model))
    assert (unseen.records, unseen.n_left_out) == (records, 0)
    check_unseen(unseen, "m")


def test_what_the_style_score_learned_is_known_to_whoever_took_it_over(small_model: Path) -> None:
    known, released = read_known_texts(small_model), read_base(DEFAULT_MODEL, "static")
    rows = released.rows
    pages = set(rows.texts[rows.datasets == "gn25"].tolist())
    assert len(pages) > 200
    assert pages <= known | (pages - released.story_of_text.keys())
    # The starter corpus taught it nothing.
    starter = {short(record.article.text) for record in read_starter()}
    assert starter <= read_known_texts(DEFAULT_MODEL)
    assert not starter <= known


def test_a_model_without_rows_is_refused(small_model: Path, tmp_path: Path) -> None:
    for path in small_model.iterdir():
        if path.name != "rows.npz":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(InvalidModel, match=r"has no rows\.npz"):
        read_known_texts(tmp_path)


def records_of(*of: tuple[str, str, str | None]) -> tuple[CorpusRecord, ...]:
    return tuple(
        CorpusRecord(Article(f"r{i}", text, source_text=source), Label.SPUN, story)
        for i, (story, text, source) in enumerate(of)
    )


def test_the_whole_story_of_a_known_text_is_left_out() -> None:
    records = records_of(
        ("ferry", "The ferry sank.", None),
        ("ferry", "The boat went down.", None),
        ("mine", "The pit caved in.", "The mine collapsed."),
        ("zoo", "The panda escaped.", None),
        ("park", "The bear fled.", "The panda escaped."),
    )

    def left(*known: str) -> list[str]:
        unseen = leave_out_known(records, frozenset(map(short, known)))
        return [record.story for record in unseen.records]

    assert left() == ["ferry", "ferry", "mine", "zoo", "park"]
    assert left("The  ferry\nsank.") == ["mine", "zoo", "park"]
    assert left("The mine collapsed.") == ["ferry", "ferry", "zoo", "park"]
    # Stories that share a text are one.
    assert left("The bear fled.") == ["ferry", "ferry", "mine"]
    unseen = leave_out_known(
        records, frozenset([short("The ferry sank."), short("The bear fled.")])
    )
    assert (unseen.n_known, unseen.n_of_known_stories) == (2, 2)


def many(n: int) -> tuple[CorpusRecord, ...]:
    return records_of(*((f"s{i % 5}", f"text number {i}", None) for i in range(n)))


def test_hardly_any_left_is_refused() -> None:
    first = frozenset([short("The ferry sank.")])
    ferry = records_of(("ferry", "The ferry sank.", None))
    ferry = (replace(ferry[0], article=replace(ferry[0].article, id="ferry")),)
    few = leave_out_known((*ferry, *many(MIN_LEFT - 1)), first)
    with pytest.raises(InvalidInput, match=r"m learned 1 of 20 texts, .* 19 texts are left, exp"):
        check_unseen(few, "m")
    check_unseen(leave_out_known((*ferry, *many(MIN_LEFT)), first), "m")
    # Nobody is refused who brings few texts that are all new.
    check_unseen(leave_out_known(many(6), first), "m")


def test_one_story_is_refused() -> None:
    with pytest.raises(InvalidInput, match="a corpus needs at least two stories"):
        check_unseen(leave_out_known(records_of(("a", "one", None)), frozenset()), "m")
