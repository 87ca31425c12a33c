"""Records by hand: two stories that share a source text, one that does not."""

import pytest

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.types import Article, Label


def record(
    article_id: str,
    label: str,
    story: str,
    *,
    source_id: str | None = None,
    source_text: str | None = None,
    engine: str | None = None,
    dataset: str = "one",
) -> CorpusRecord:
    article = Article(
        article_id, f"text of {article_id}", source_id=source_id, source_text=source_text
    )
    return CorpusRecord(article, Label(label), story, engine, dataset)


@pytest.fixture
def records() -> tuple[CorpusRecord, ...]:
    return (
        record("f-wire", "original", "ferry", engine="wire"),
        record("f-edit", "edited_wire", "ferry", source_id="f-wire", engine="edit_light"),
        record("f-spun", "spun", "ferry", source_id="f-wire", engine="spin_light"),
        record("f-spun2", "spun", "ferry", source_id="f-wire"),
        record("f-own", "original", "ferry"),
        record("m-wire", "original", "mine"),
        record("m-spun", "spun", "mine", source_text="a text brought along", dataset="two"),
        record("m-edit", "edited_wire", "mine", source_text="a text brought along"),
        # Another data set tells the same text under another story.
        record("p-spun", "spun", "pit", source_text="a  text\nbrought along", dataset="three"),
        record("z-wire", "original", "zoo"),
        record("z-lost", "spun", "zoo"),
    )
