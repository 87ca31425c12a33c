"""What is asked of each record, by hand."""

from dataclasses import replace

import pytest

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.asked import Asked, View, ask_given, lay_out
from copydesk.train.pairs import story_groups
from copydesk.types import Article, Label

Records = tuple[CorpusRecord, ...]


def ask(records: Records, seed: int = 0) -> list[Asked]:
    return ask_given(records, lay_out(records), story_groups(records), seed)


def sources(records: Records, view: View) -> dict[str, str | None]:
    return {
        one.article.id: None if one.source is None else one.source.id
        for one in ask(records)
        if one.view is view
    }


def test_a_folder_holds_every_text_once_and_says_nothing_of_sources(records: Records) -> None:
    twin = replace(records[2], article=replace(records[2].article, id="f-twin"))
    folder = lay_out((*records, twin))
    texts = [page.text for page in folder.pages]
    assert len(texts) == len(set(texts))
    assert {page.source_id for page in folder.pages} == {None}
    assert {page.source_text for page in folder.pages} == {None}
    assert folder.first == tuple(range(len(records)))
    # The text brought along is spaced in two ways: two pages, called by their digests.
    beside = [page for page in folder.pages if page.id.startswith("sha256-")]
    assert {page.text for page in beside} == {"a text brought along", "a  text\nbrought along"}
    named = {a.id: n and n.id for a, n in zip(folder.articles, folder.named, strict=True)}
    assert named["f-spun"] == named["f-twin"] == "f-wire"
    assert named["z-lost"] is None
    assert named["m-spun"] == beside[0].id


def test_an_id_of_a_record_is_not_given_to_a_source(records: Records) -> None:
    own = replace(records[6].article, source_id="f-wire")
    folder = lay_out((*records[:6], replace(records[6], article=own)))
    assert sorted(page.id for page in folder.pages).count("f-wire") == 1
    named = folder.named[6]
    assert named is not None
    assert named.id.startswith("sha256-")


def test_derivatives_are_given_their_source_and_originals_another_report(records: Records) -> None:
    given = sources(records, View.WITH_SOURCE)
    assert given["f-edit"] == given["f-spun"] == given["f-spun2"] == given["f-own"] == "f-wire"
    # Nothing derives from the reports of these; the first is itself what others derive from.
    assert "f-wire" not in given
    assert "m-wire" not in given
    assert "z-lost" not in given
    assert given["m-spun"] == given["m-edit"]


def test_what_an_original_names_is_given_as_another_report() -> None:
    def original(name: str, **of: str) -> CorpusRecord:
        return CorpusRecord(Article(name, f"text of {name}", **of), Label.ORIGINAL, name)

    named = original("a", source_text="another report of a")
    related = replace(original("b"), related_text="another report of b")
    found = {one.article.id: one for one in ask((named, related)) if one.view is View.WITH_SOURCE}
    assert found["a"].source is not None
    assert found["a"].source.text == "another report of a"
    assert found["b"].source is not None
    assert found["b"].source.text == "another report of b"
    others = {
        one.article.id: [page.text for page in one.others]
        for one in ask((named, related))
        if one.view is View.MISSING
    }
    assert others == {"a": ["another report of a"], "b": ["another report of b"]}


def test_where_the_source_is_missing_the_other_reports_of_the_event_are_there(
    records: Records,
) -> None:
    others = {
        one.article.id: {page.id for page in one.others}
        for one in ask(records)
        if one.view is View.MISSING
    }
    assert others["f-spun"] == others["f-edit"] == {"f-own"}
    assert others["f-own"] == {"f-wire"}
    assert others["f-wire"] == {"f-own"}
    assert others["z-lost"] == {"z-wire"}
    assert others["m-spun"] == {"m-wire"}
    assert "p-spun" not in others


def test_a_report_that_a_record_brings_is_there_too(records: Records) -> None:
    brings = replace(records[9 - 1], related_text="another paper's report")
    found = [one for one in ask((*records[:8], brings)) if one.view is View.MISSING]
    (one,) = (one for one in found if one.article.id == brings.article.id)
    assert "another paper's report" in {page.text for page in one.others}


@pytest.mark.parametrize("seed", range(5))
def test_wrong_candidates_are_of_another_group(records: Records, seed: int) -> None:
    groups = story_groups(records)
    pages = {page.id: page for page in lay_out(records).pages}
    texts_of_ferry = {f"text of {name}" for name in groups if groups[name] == groups["f-wire"]}
    for one in ask(records, seed):
        if one.view is View.WRONG and one.article.id.startswith("f-"):
            assert one.source is not None
            assert one.source.text not in texts_of_ferry
        if one.view is View.WRONG and one.article.id == "p-spun":
            assert one.source is not None
            # Its source is that of the mine's texts, spaced otherwise: no stranger.
            assert pages[one.source.id].text.split() != ["a", "text", "brought", "along"]


def test_strangers_are_drawn_by_the_seed(records: Records) -> None:
    assert ask(records, 1) == ask(records, 1)
    assert ask(records, 1) != ask(records, 2)


def test_a_text_that_stands_twice_is_asked_alone_once(records: Records) -> None:
    twin = replace(records[2], article=replace(records[2].article, id="f-twin"))
    asked = ask((*records, twin))
    alone = [one.article.id for one in asked if one.view is View.WITHHELD]
    assert len(alone) == len(records)
    assert "f-twin" not in alone
    assert [one.article.source_id for one in asked] == [None] * len(asked)
    assert [one.row for one in asked if one.article.id == "f-twin"] == [len(records)] * 2
