"""Labels that only one outlet, engine or data set has."""

import pytest

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.check.one_hand import find_one_hand, outlet_of
from copydesk.types import LABELS, Article, Label

ORIGINAL, EDITED, SPUN = LABELS


def record(
    label: Label, *, outlet: str | None = None, url: str | None = None, **fields: str
) -> CorpusRecord:
    article = Article("a", "text", outlet=outlet, url=url)
    return CorpusRecord(article, label, "s", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "outlet"),
    [
        ({"outlet": "Echo", "url": "https://www.a.example/x"}, "Echo"),
        ({"url": "https://www.a.example/x"}, "a.example"),
        ({"url": "no address"}, None),
        ({"url": "http://[bad"}, None),
        ({}, None),
    ],
)
def test_an_outlet_is_named_or_in_the_address(fields: dict[str, str], outlet: str | None) -> None:
    assert outlet_of(record(SPUN, **fields)) == outlet


def said(records: list[CorpusRecord]) -> list[str]:
    return list(map(str, find_one_hand(records)))


def test_a_label_of_one_outlet_is_told() -> None:
    spun = [record(SPUN, outlet="Buzz")] * 5
    others = [record(ORIGINAL, outlet="Echo"), record(ORIGINAL, outlet="Post")] * 3
    end = ", and nothing else is"
    assert said([*spun, *others]) == [f"all 5 spun texts are of the outlet 'Buzz'{end}"]
    assert said([*spun, *others, record(EDITED, outlet="Buzz")]) == [
        "all 5 spun texts are of the outlet 'Buzz'"
    ]
    assert said([*spun, *others, record(SPUN, outlet="Echo")]) == []


def test_few_texts_and_texts_that_do_not_say_tell_nothing() -> None:
    assert said([record(SPUN, outlet="Buzz")] * 4) == []
    mostly = [record(SPUN, outlet="Buzz")] * 8
    assert len(said([*mostly, *[record(SPUN)] * 2])) == 1
    assert said([*mostly, *[record(SPUN)] * 3]) == []


def test_engines_and_data_sets_are_hands_too() -> None:
    spun = [record(SPUN, engine="thesaurus", dataset="farm")] * 5
    others = [record(ORIGINAL, dataset="press")] * 2
    assert [one.kind for one in find_one_hand([*spun, *others])] == ["engine", "data set"]


def test_one_data_set_for_everything_tells_no_label() -> None:
    assert said([*[record(SPUN)] * 5, *[record(ORIGINAL)] * 5]) == []
