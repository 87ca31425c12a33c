"""What is handed over and is no text and no article: each is refused in a sentence that helps."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from copydesk.errors import InvalidArticle
from copydesk.predict import Scorer, predict
from copydesk.predict.batch import label_batch
from copydesk.types import Article, Rejected, Verdict

Bridge = dict[str, Article]

TEXT = (
    "The lock keepers of the Orla canal will work through the night until the barges that wait "
    "above the weir are through, their union said on Thursday."
)
RECORD = {"id": "a", "text": TEXT}
FRAME = pd.DataFrame([RECORD])
LABEL_FRAME = "Scorer.label_frame labels a DataFrame"
MAKE_ONE = "Article(**record) makes one, or parse_article of copydesk.seeds.corpus.records"
DECODE = "decode it first, as decode_text of copydesk.seeds.corpus.encodings does"
READ = "read_articles of copydesk.seeds.corpus.readers reads files"


@pytest.mark.parametrize(
    ("value", "came", "to_do"),
    [
        (None, "missing (None)", "leave out what has no text"),
        (float("nan"), "missing (nan)", "leave out what has no text"),
        (pd.NA, "missing (<NA>)", "leave out what has no text"),
        (pd.NaT, "missing (NaT)", "leave out what has no text"),
        (RECORD, "a dict", MAKE_ONE),
        (FRAME, "a DataFrame", LABEL_FRAME),
        (FRAME["text"], "a Series", LABEL_FRAME),
        (TEXT.encode(), "bytes", DECODE),
        (bytearray(TEXT, "utf-8"), "a bytearray", DECODE),
        ([TEXT], "a list", "Scorer.label labels several articles"),
        (iter([TEXT]), "a list_iterator", "Scorer.label labels several articles"),
        (np.array([TEXT]), "a ndarray", "Scorer.label labels several articles"),
        (7, "an int, 7", "pass the article's text"),
        (0.5, "a float, 0.5", "pass the article's text"),
        (Path("a.txt"), "a PosixPath", READ),
        (Rejected("a", "empty"), "a Rejected", "a was rejected before (empty), leave it out"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_text_of_another_kind_is_refused(value: object, came: str, to_do: str) -> None:
    said = f"text is {came}, expected a string or an Article: {to_do}"
    with pytest.raises(InvalidArticle, match=f"^{re.escape(said)}$"):
        predict(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (float("nan"), "missing (nan), expected a string or an Article: pass None where there is"),
        (RECORD, f"a dict, expected a string or an Article: {MAKE_ONE}"),
        (FRAME, f"a DataFrame, expected a string or an Article: {LABEL_FRAME}"),
        (b"x", f"bytes, expected a string or an Article: {DECODE}"),
        ([TEXT], "a list, expected a string or an Article: Scorer.label(articles, sources) search"),
        (7, "an int, 7, expected a string or an Article: pass the source's text"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_source_of_another_kind_is_refused(value: object, said: str) -> None:
    with pytest.raises(InvalidArticle, match=f"^source is {re.escape(said)}"):
        predict(TEXT, source=value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "is missing (None), expected an iterable of Article: pass a list of them"),
        (TEXT, "is a str, expected an iterable of Article: predict(text) labels one text"),
        (RECORD, "is a dict, expected an iterable of Article: [Article(**record)] holds one"),
        (FRAME, f"is a DataFrame, expected an iterable of Article: {LABEL_FRAME}"),
        (FRAME["text"], f"is a Series, expected an iterable of Article: {LABEL_FRAME}"),
        (b"x", f"is bytes, expected an iterable of Article: {DECODE}"),
        (Path("a"), f"is a PosixPath, expected an iterable of Article: {READ}"),
        (Article("a", TEXT), "is an Article, expected an iterable of Article: put it into a list"),
        (7, "is an int, 7, expected an iterable of Article: [Article('a1', text)] holds one"),
        ([TEXT], "[0] is a str, expected an Article: Article('a1', text) makes one of a text"),
        ([Article("a", TEXT), RECORD], f"[1] is a dict, expected an Article: {MAKE_ONE}"),
        ([None], "[0] is missing (None), expected an Article: leave out what has no text"),
        ([FRAME], f"[0] is a DataFrame, expected an Article: {LABEL_FRAME}"),
        ([[Article("a", TEXT)]], "[0] is a list, expected an Article: hand over articles, not"),
        ([Article(None, TEXT)], "[0]: field id is missing, expected a non-empty string"),  # type: ignore[arg-type]
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("n_jobs", [None, 2])
def test_no_articles_are_refused_at_the_call(
    value: object, said: str, n_jobs: int | None, scorer: Scorer
) -> None:
    with pytest.raises(InvalidArticle, match=f"^articles ?{re.escape(said)}"):
        if n_jobs is None:
            scorer.label(value)  # type: ignore[arg-type]
        else:
            list(label_batch(scorer, value, n_jobs=n_jobs))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("wire.store", "is a str, expected a Store, an iterable of Article or None: Store.read of"),
        (float("nan"), "is missing (nan), expected a Store, an iterable of Article or None: pass"),
        (FRAME, f"is a DataFrame, expected a Store, an iterable of Article or None: {LABEL_FRAME}"),
        (RECORD, "is a dict, expected a Store, an iterable of Article or None: [Article(**record)"),
        ([TEXT], "[0] is a str, expected an Article: Article('a1', text) makes one of a text"),
        ([RECORD], f"[0] is a dict, expected an Article: {MAKE_ONE}"),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("n_jobs", [None, 2])
def test_no_sources_are_refused_at_the_call(
    value: object, said: str, n_jobs: int | None, scorer: Scorer
) -> None:
    with pytest.raises(InvalidArticle, match=f"^sources ?{re.escape(said)}"):
        if n_jobs is None:
            scorer.label([Article("a", TEXT)], value)  # type: ignore[arg-type]
        else:
            list(label_batch(scorer, [Article("a", TEXT)], value, n_jobs=n_jobs))  # type: ignore[arg-type]


def test_a_stream_is_checked_as_it_is_read(scorer: Scorer) -> None:
    def stream() -> Iterator[object]:
        yield Article("a", TEXT)
        yield RECORD

    labelled = scorer.label(stream(), sources=[])  # type: ignore[arg-type]
    assert next(labelled).id == "a"
    with pytest.raises(InvalidArticle, match=r"^articles\[1\] is a dict"):
        next(labelled)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "text is missing (None), expected a string: leave out what has no text"),
        (float("nan"), "text is missing (nan), expected a string: leave out what has no text"),
        (b"x", f"text is bytes, expected a string: {DECODE}"),
        (["x", "y"], "text is a list, expected a string: join its parts"),
        ({"body": "x"}, "text is a dict, expected a string: take the text out of it"),
        (7, "text is an int, 7, expected a string: pass the article's text"),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("n_jobs", [1, 2])
@pytest.mark.parametrize("sources", [None, []], ids=["each other", "alone"])
def test_an_article_without_a_text_is_a_reject_of_its_batch(
    text: object, said: str, n_jobs: int, sources: list[Article] | None, scorer: Scorer
) -> None:
    bad = Article("bad", text)  # type: ignore[arg-type]
    batch = [Article("a", TEXT), bad, Article("z", TEXT)]
    first, reject, last = label_batch(scorer, batch, sources, n_jobs=n_jobs)
    assert reject == Rejected("bad", said)
    assert (first.id, last.id) == ("a", "z")
    assert isinstance(first, Verdict)
    with pytest.raises(InvalidArticle, match=f"^{re.escape(said)}$"):
        predict(bad)


def test_a_source_without_a_text_is_refused() -> None:
    no_text = Article("w", None)  # type: ignore[arg-type]
    with pytest.raises(InvalidArticle, match="source cannot be compared with: text is missing"):
        predict(TEXT, source=no_text)


@pytest.mark.parametrize("text", [None, b"x", FRAME], ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_source_without_a_text_costs_no_verdict(
    text: object, n_jobs: int, scorer: Scorer, bridge: Bridge
) -> None:
    sources = [Article("w", text), bridge["wire"]]  # type: ignore[arg-type]
    articles = [Article("a", bridge["spun"].text), Article("b", TEXT, source_id="w")]
    found, named = label_batch(scorer, articles, sources, n_jobs=n_jobs)
    assert isinstance(found, Verdict)
    assert found.source is not None
    assert found.source.id == "bridge-wire"
    assert isinstance(named, Verdict)
    assert named.warnings[0].startswith("judged alone: the source cannot be compared with: text is")


def test_ids_that_are_numbers_are_text(scorer: Scorer) -> None:
    (item,) = scorer.label([Article(7, TEXT)])  # type: ignore[arg-type]
    assert item.id == "7"


@pytest.mark.parametrize(
    ("field", "value", "note"),
    [
        ("headline", float("nan"), None),
        ("published", pd.NaT, None),
        ("published", "soon", "field published is 'soon', expected ISO 8601 such as"),
        ("outlet", 7, "field outlet is 7, expected a string or nothing: ignored"),
        ("source_text", b"x", "field source_text is b'x', expected a string or nothing: ignored"),
        ("source_text", FRAME, "field source_text is id text 0 a The lock keepers"),
    ],
)
@pytest.mark.parametrize("ask", ["predict", "label"])
def test_other_fields_that_cannot_be_used_are_left_out_and_noted(
    field: str, value: object, note: str | None, ask: str, scorer: Scorer
) -> None:
    article = Article("a", TEXT, **{field: value})  # type: ignore[arg-type]
    item = predict(article) if ask == "predict" else next(scorer.label([article]))
    expected = predict(Article("a", TEXT))
    assert isinstance(item, Verdict)
    assert item.probabilities == expected.probabilities
    told = item.warnings[: len(item.warnings) - len(expected.warnings)]
    assert [part.startswith(note or "") for part in told] == [True] * (note is not None)


def test_a_day_in_words_of_iso_8601_is_a_day(scorer: Scorer, bridge: Bridge) -> None:
    wire = Article("w", bridge["wire"].text, published="2026-03-03")  # type: ignore[arg-type]
    early = Article("a", bridge["spun"].text, published=date(2026, 3, 2))
    (item,) = scorer.label([early], [wire])
    assert isinstance(item, Verdict)
    assert item.source is None


@pytest.mark.parametrize("call", [lambda s, x: s.label_pair(x, None), lambda s, x: s.label([x])])
def test_public_methods_refuse_what_is_no_article(
    call: Callable[[Scorer, object], object], scorer: Scorer
) -> None:
    with pytest.raises(InvalidArticle, match=r"is a str, expected an Article: Article\('a1', text"):
        call(scorer, TEXT)
