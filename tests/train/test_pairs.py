"""Training pairs by hand, and the laws of groups and strangers."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.labelled import CorpusRecord, Provenance, read_starter
from copydesk.train.pairs import Pair, PairKind, build_pairs, story_groups
from copydesk.types import Article, Label

Records = tuple[CorpusRecord, ...]
BROUGHT = "a text brought along"


def pairs_of(pairs: tuple[Pair, ...], article_id: str, kind: PairKind) -> list[str | None]:
    wanted = f"text of {article_id}"
    return [pair.source_text for pair in pairs if pair.text == wanted and pair.kind is kind]


def test_derivatives_meet_their_source(records: Records) -> None:
    pairs = build_pairs(records)
    for article_id in ("f-edit", "f-spun", "f-spun2"):
        assert pairs_of(pairs, article_id, PairKind.SOURCE) == ["text of f-wire"]
    for article_id in ("m-spun", "m-edit"):
        assert pairs_of(pairs, article_id, PairKind.SOURCE) == [BROUGHT]
    for article_id in ("f-wire", "f-own", "m-wire", "z-wire", "z-lost"):
        assert pairs_of(pairs, article_id, PairKind.SOURCE) == []


def test_every_text_is_judged_alone_once(records: Records) -> None:
    alone = Counter(p.text for p in build_pairs(records) if p.kind is PairKind.ALONE)
    expected = {record.article.text for record in records} | {BROUGHT, "a  text\nbrought along"}
    assert alone == dict.fromkeys(expected, 1)


def test_one_text_in_four_meets_a_stranger(records: Records) -> None:
    met: Counter[str] = Counter()
    for seed in range(100):
        pairs = [p for p in build_pairs(records, seed) if p.kind is PairKind.UNRELATED]
        assert len({p.text for p in pairs}) == len(pairs)
        met.update(p.text for p in pairs)
    assert set(met) == {r.article.text for r in records}
    assert 0.2 < met.total() / (100 * len(records)) < 0.3


def test_what_engines_made_meets_strangers_only_where_nothing_else_does(records: Records) -> None:
    derived = [record for record in records if record.label is not Label.ORIGINAL]
    for human in (derived[:1], []):
        made = [
            record if record in human else replace(record, provenance=Provenance.ENGINE)
            for record in records
        ]
        pairs = [pair for seed in range(20) for pair in build_pairs(made, seed)]
        strangers = {p.provenance for p in pairs if p.kind is PairKind.UNRELATED}
        assert (Provenance.ENGINE in strangers) is not bool(human)


def test_originals_meet_the_sources_of_their_story(records: Records) -> None:
    pairs = build_pairs(records)
    assert pairs_of(pairs, "f-own", PairKind.RELATED) == ["text of f-wire"]
    assert pairs_of(pairs, "f-wire", PairKind.RELATED) == []  # others derive from it
    assert pairs_of(pairs, "z-wire", PairKind.RELATED) == []


def test_derivatives_meet_a_text_of_their_story_that_is_not_their_source(records: Records) -> None:
    for seed in range(10):
        pairs = build_pairs(records, seed)
        (related,) = pairs_of(pairs, "f-edit", PairKind.RELATED)
        assert related in {"text of f-spun", "text of f-spun2", "text of f-own"}
        assert pairs_of(pairs, "z-lost", PairKind.RELATED) == ["text of z-wire"]
        assert pairs_of(pairs, "m-edit", PairKind.RELATED) == ["text of m-wire"]


def test_an_original_with_a_source_named_is_related_to_it(records: Records) -> None:
    own = replace(
        records[4], article=Article("f-own", "text of f-own", source_text="a handout of the firm")
    )
    pairs = build_pairs((*records[:4], own, *records[5:]))
    related = pairs_of(pairs, "f-own", PairKind.RELATED)
    assert related == ["a handout of the firm"]  # nothing else of its story
    assert pairs_of(pairs, "f-own", PairKind.SOURCE) == []


def test_a_source_meets_one_edit_and_one_spin_of_it_and_stays_original(records: Records) -> None:
    reversed_pairs = [p for p in build_pairs(records) if p.kind is PairKind.REVERSED]
    assert [(p.text, p.source_text) for p in reversed_pairs] == [
        ("text of f-wire", "text of f-edit"),
        ("text of f-wire", "text of f-spun"),
        (BROUGHT, "text of m-spun"),
        (BROUGHT, "text of m-edit"),
        ("a  text\nbrought along", "text of p-spun"),
    ]
    assert {p.label for p in reversed_pairs} == {Label.ORIGINAL}
    assert {p.engine for p in reversed_pairs} == {"source"}


def test_an_original_is_no_reverse_of_what_it_stands_beside(records: Records) -> None:
    own = replace(records[4], article=Article("f-own", "text of f-own", source_id="f-wire"))
    pairs = build_pairs((*records[:4], own, *records[5:]))
    assert pairs_of(pairs, "f-own", PairKind.RELATED) == ["text of f-wire"]
    assert "text of f-own" not in pairs_of(pairs, "f-wire", PairKind.REVERSED)


@pytest.mark.parametrize("article_id", ["f-wire", "f-edit", "m-spun", "z-lost"])
def test_a_report_of_the_event_that_a_record_brings_is_related(
    article_id: str, records: Records
) -> None:
    told = tuple(
        replace(r, related_text="a report of it") if r.article.id == article_id else r
        for r in records
    )
    before, after = build_pairs(records), build_pairs(told)
    assert "a report of it" in pairs_of(after, article_id, PairKind.RELATED)
    assert "a report of it" not in pairs_of(after, article_id, PairKind.SOURCE)
    # Nobody labelled it: it is not judged by itself.
    assert "a report of it" not in {pair.text for pair in after}
    assert len(after) == len(before) + 1


def test_a_derivative_is_no_original_even_as_a_source(records: Records) -> None:
    again = replace(records[2], article=Article("f-again", "text of f-again", source_id="f-spun2"))
    pairs = build_pairs((*records, again))
    assert pairs_of(pairs, "f-spun2", PairKind.REVERSED) == []
    assert {p.label for p in pairs if p.text == "text of f-spun2"} == {Label.SPUN}


def test_labels_and_origins_are_the_article_s(records: Records) -> None:
    by_text = {record.article.text: record for record in records}
    for pair in build_pairs(records):
        if pair.text in by_text and pair.kind is not PairKind.REVERSED:
            record = by_text[pair.text]
            assert pair.label is record.label
            assert pair.engine == (record.engine or record.label)
            assert pair.dataset == record.dataset


def test_stories_with_a_text_in_common_are_one_group(records: Records) -> None:
    groups: dict[str, set[str]] = {}
    for pair in build_pairs(records):
        groups.setdefault(pair.text, set()).add(pair.group)
    assert {len(found) for found in groups.values()} == {1}
    group = {text.removeprefix("text of "): found.pop() for text, found in groups.items()}
    assert group["m-wire"] == group["m-spun"] == group["p-spun"] == group[BROUGHT]
    assert group["f-wire"] == group["f-own"] == group["f-spun"]
    assert len({group["f-wire"], group["m-wire"], group["z-wire"]}) == 3


def test_groups_join_across_a_chain_of_stories(records: Records) -> None:
    def spun(article_id: str, story: str, source_text: str) -> CorpusRecord:
        article = Article(article_id, f"text of {article_id}", source_text=source_text)
        return CorpusRecord(article, Label.SPUN, story)

    chain = [
        spun("a1", "a", "first text"),
        spun("b1", "b", "second text"),
        spun("c1", "c", "third text"),
        spun("a2", "a", "second text"),
        spun("c2", "c", "second text"),
    ]
    groups = {pair.text: pair.group for pair in build_pairs([*chain, *records[:5]])}
    assert len({groups[f"text of {name}"] for name in ("a1", "b1", "c1", "a2", "c2")}) == 1
    assert groups["text of a1"] != groups["text of f-wire"]


def test_a_related_text_in_common_joins_stories(records: Records) -> None:
    reports = ("a report of it", " a report\nof it")
    told = [
        replace(record, related_text=report)
        for record, report in zip((records[0], records[-1]), reports, strict=True)
    ]
    groups = story_groups((*told, *records[1:-1]))
    assert groups["f-wire"] == groups["f-spun"] == groups["z-lost"] == groups["z-wire"]
    assert groups["f-wire"] != groups["m-wire"]


def test_stories_of_a_data_set_are_joined_by_the_beginning_of_their_names(
    records: Records,
) -> None:
    parts = [
        replace(records[-1], article=Article(name, f"{name} {name}"), story=name, dataset=dataset)
        for name, dataset in (
            ("doc1-a", "parts"),
            ("doc1-b", "parts"),
            ("doc2-a", "parts"),
            ("other", "parts"),
            ("doc3-a", "whole"),
            ("doc3-b", "whole"),
        )
    ]
    groups = story_groups(parts, {"parts": r"doc\d"})
    assert groups["doc1-a"] == groups["doc1-b"]
    assert len({groups[name] for name in ("doc1-a", "doc2-a", "other", "doc3-a", "doc3-b")}) == 5
    assert len(set(story_groups(parts).values())) == len(parts)


def test_groups_that_are_given_are_taken(records: Records) -> None:
    ids = [record.article.id for record in records]
    groups = {key: "m" if key.startswith(("m", "p")) else key[0] for key in ids}
    pairs = build_pairs(records, groups={key: f"group {of}" for key, of in groups.items()})
    assert {pair.group for pair in pairs} == {"group f", "group m", "group z"}


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.integers(0, 10_000))
def test_strangers_come_from_other_groups(seed: int) -> None:
    groups: dict[str, str] = {}
    pairs = build_pairs(read_small(), seed)
    for pair in pairs:
        groups.setdefault(pair.text, pair.group)
    for pair in pairs:
        assert groups[pair.text] == pair.group
        if pair.source_text is not None:
            same = groups[pair.source_text] == pair.group
            assert same == (pair.kind is not PairKind.UNRELATED)


@cache
def read_small() -> tuple[CorpusRecord, ...]:
    """Three stories of the starter corpus, read once."""
    starter = read_starter()
    stories = sorted({record.story for record in starter})[:3]
    return tuple(record for record in starter if record.story in stories)


def test_same_seed_gives_the_same_pairs(records: Records) -> None:
    assert build_pairs(records, 3) == build_pairs(records, 3)
    strangers = {
        tuple(p.source_text for p in build_pairs(records, seed) if p.kind is PairKind.UNRELATED)
        for seed in range(5)
    }
    assert len(strangers) > 1


def test_one_story_has_no_strangers(records: Records) -> None:
    with pytest.raises(InvalidInput, match="a corpus needs at least two stories"):
        build_pairs(records[:5])
