"""What a model learned is known by it, and left out with its whole story."""

import json
import shutil
from pathlib import Path

from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus
from copydesk.train.base import short_hash
from copydesk.train.learned import learned_texts, leave_out_learned
from copydesk.types import Article, Label


def record(article_id: str, story: str, text: str, source: str | None = None) -> CorpusRecord:
    return CorpusRecord(Article(article_id, text, source_text=source), Label.SPUN, story)


def test_a_model_knows_every_text_that_it_learned(small_model: Path, small_corpus: Path) -> None:
    learned = learned_texts(small_model)
    assert learned is not None
    records = read_corpus([small_corpus])
    assert {short_hash(record.article.text) for record in records} <= learned
    assert leave_out_learned(records, learned) == ()


def test_it_knows_no_other(small_model: Path, gate_corpus: Path) -> None:
    learned = learned_texts(small_model)
    assert learned is not None
    records = read_corpus([gate_corpus])
    assert leave_out_learned(records, learned) == records


def without(model: Path, target: Path, *parts: str) -> Path:
    """Copy a model without some of its parts."""
    model = Path(shutil.copytree(model, target))
    path = model / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    for part in parts:
        (model / part).unlink()
        del fields["files"][part]
    path.write_text(json.dumps(fields), encoding="utf-8")
    return model


def test_older_models_tell_by_their_rows(small_model: Path, tmp_path: Path) -> None:
    older = without(small_model, tmp_path / "model", "reference.npz")
    assert learned_texts(older) == learned_texts(small_model)


def test_a_model_without_rows_does_not_say(small_model: Path, tmp_path: Path) -> None:
    bare = without(small_model, tmp_path / "model", "rows.npz", "reference.npz")
    assert learned_texts(bare) is None


def test_a_story_is_left_out_with_any_text_of_it() -> None:
    records = [
        record("a", "ferry", "It ran aground.", "The ferry ran aground."),
        record("b", "ferry", "Another telling."),
        record("c", "mine", "The mine closed."),
        # A story of another name, with a text of the first.
        record("d", "harbour", "It ran aground."),
    ]
    for text in ("It ran  aground.", "The ferry ran aground.", "Another telling."):
        kept = leave_out_learned(records, [short_hash(text)])
        assert [one.article.id for one in kept] == ["c"]
    assert leave_out_learned(records, []) == tuple(records)
