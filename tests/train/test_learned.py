"""What a model learned is known by it, and left out with its whole story."""

from collections.abc import Callable
from pathlib import Path

from copydesk.models import DEFAULT_MODEL
from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus, read_starter
from copydesk.train.base import read_base
from copydesk.train.learned import learned_texts, leave_out_learned
from copydesk.train.pairs import short_hash
from copydesk.types import Article, Label


def test_a_model_knows_every_text_that_it_learned(small_model: Path, small_corpus: Path) -> None:
    learned = learned_texts(small_model)
    assert learned is not None
    records = read_corpus([small_corpus])
    assert {short_hash(record.article.text) for record in records} <= learned
    unseen = leave_out_learned(records, learned)
    assert (unseen.records, unseen.n_known) == ((), len(records))
    assert unseen.n_left_out == len(records)


def test_it_knows_no_other(small_model: Path, gate_corpus: Path) -> None:
    learned = learned_texts(small_model)
    assert learned is not None
    records = read_corpus([gate_corpus])
    unseen = leave_out_learned(records, learned)
    assert (unseen.records, unseen.n_left_out) == (records, 0)


def test_older_models_tell_by_their_rows(
    small_model: Path, without_parts: Callable[..., Path]
) -> None:
    older = without_parts(small_model, "reference.npz")
    learned, everything = learned_texts(older), learned_texts(small_model)
    assert learned is not None
    assert everything is not None
    base = read_base(small_model, "static")
    assert learned == base.story_of_text.keys() | set(base.rows.texts.tolist())
    assert learned < everything  # its style score has no rows


def test_a_model_without_rows_does_not_say(
    small_model: Path, without_parts: Callable[..., Path]
) -> None:
    bare = without_parts(small_model, "rows.npz", "reference.npz")
    assert learned_texts(bare) is None


def test_what_the_style_score_learned_is_known_to_whoever_took_it_over(small_model: Path) -> None:
    known, of_released = learned_texts(small_model), learned_texts(DEFAULT_MODEL)
    assert known is not None
    assert of_released is not None
    rows = read_base(DEFAULT_MODEL, "static").rows
    pages = set(rows.texts[rows.datasets == "gn25"].tolist())
    assert len(pages) > 200
    assert pages <= known
    # The starter corpus taught it nothing.
    starter = {short_hash(record.article.text) for record in read_starter()}
    assert starter <= of_released
    assert not starter <= known


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
        unseen = leave_out_learned(records, frozenset(map(short_hash, known)))
        return [record.story for record in unseen.records]

    assert left() == ["ferry", "ferry", "mine", "zoo", "park"]
    assert left("The  ferry\nsank.") == ["mine", "zoo", "park"]
    assert left("The mine collapsed.") == ["ferry", "ferry", "zoo", "park"]
    # Stories that share a text are one.
    assert left("The bear fled.") == ["ferry", "ferry", "mine"]
    unseen = leave_out_learned(
        records, frozenset([short_hash("The ferry sank."), short_hash("The bear fled.")])
    )
    assert (unseen.n_known, unseen.n_of_known_stories) == (2, 2)
