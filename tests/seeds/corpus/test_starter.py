"""The starter corpus keeps the promises of its records."""

from collections import Counter, defaultdict

import pytest

from copydesk.seeds.corpus.labelled import CorpusRecord, check_sources, read_starter
from copydesk.types import LABELS, Label

N_STORIES = 60
N_PER_STORY = 12
MIN_WORDS, MAX_WORDS = 80, 900
PREFIXES = {
    Label.ORIGINAL: ("wire", "original_"),
    Label.EDITED_WIRE: ("edit_",),
    Label.SPUN: ("spin_",),
}


@pytest.fixture(scope="module")
def records() -> tuple[CorpusRecord, ...]:
    return read_starter()


@pytest.fixture(scope="module")
def by_id(records: tuple[CorpusRecord, ...]) -> dict[str, CorpusRecord]:
    return {record.article.id: record for record in records}


def test_is_as_large_as_it_says(records: tuple[CorpusRecord, ...]) -> None:
    sizes = Counter(record.story for record in records)
    assert len(sizes) == N_STORIES
    assert set(sizes.values()) == {N_PER_STORY}
    assert len(records) >= 700
    assert {record.dataset for record in records} == {"starter"}


def test_ids_and_sources_are_in_order(records: tuple[CorpusRecord, ...]) -> None:
    check_sources(records)


def test_every_story_has_every_role(records: tuple[CorpusRecord, ...]) -> None:
    labels: dict[str, Counter[Label]] = defaultdict(Counter)
    wires: Counter[str] = Counter()
    for record in records:
        labels[record.story][record.label] += 1
        wires[record.story] += record.engine == "wire"
    assert {story for story, found in labels.items() if set(found) != set(LABELS)} == set()
    assert {story for story, found in labels.items() if min(found.values()) < 3} == set()
    assert set(wires.values()) == {1}


def test_engines_and_labels_agree(records: tuple[CorpusRecord, ...]) -> None:
    wrong = [r.article.id for r in records if not (r.engine or "").startswith(PREFIXES[r.label])]
    assert wrong == []


def test_derivatives_and_only_they_name_a_source(
    records: tuple[CorpusRecord, ...], by_id: dict[str, CorpusRecord]
) -> None:
    without: Counter[str] = Counter()
    for record in records:
        source_id = record.article.source_id
        if source_id is None:
            # A spun text may be made from one that is not at hand, as real ones are.
            assert record.label is not Label.EDITED_WIRE, record.article.id
            without[record.story] += record.label is Label.SPUN
            continue
        assert record.label is not Label.ORIGINAL, record.article.id
        source = by_id[source_id]
        assert source.story == record.story, record.article.id
        assert source.label is Label.ORIGINAL, record.article.id
    assert max(without.values()) <= 1


def test_derivatives_are_not_older_than_their_source(
    records: tuple[CorpusRecord, ...], by_id: dict[str, CorpusRecord]
) -> None:
    for record in records:
        assert record.article.published is not None, record.article.id
        if record.article.source_id:
            source = by_id[record.article.source_id].article
            assert source.published is not None
            assert record.article.published >= source.published, record.article.id


def test_texts_have_the_length_of_articles(records: tuple[CorpusRecord, ...]) -> None:
    lengths = {record.article.id: len(record.article.text.split()) for record in records}
    outside = {i: n for i, n in lengths.items() if not MIN_WORDS <= n <= MAX_WORDS}
    assert outside == {}


def test_no_text_stands_twice(records: tuple[CorpusRecord, ...]) -> None:
    texts = Counter(" ".join(record.article.text.split()) for record in records)
    assert max(texts.values()) == 1


def test_articles_say_where_they_come_from(records: tuple[CorpusRecord, ...]) -> None:
    bare = [r.article.id for r in records if not (r.article.headline and r.article.outlet)]
    assert bare == []
