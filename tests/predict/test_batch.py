"""Batches over processes give what one process gives, in order."""

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from copydesk.errors import InvalidInput, MissingPackage
from copydesk.predict import Scorer
from copydesk.predict.batch import label_batch
from copydesk.predict.jobs import pipeline, workers
from copydesk.seeds.corpus.readers import read_articles
from copydesk.types import Article, Rejected, Verdict


def many(bridge: dict[str, Article], n_articles: int) -> Iterator[Article]:
    """Articles that differ, every seventh of which cannot be judged."""
    bases = list(bridge.values())
    for i in range(n_articles):
        base = bases[i % len(bases)]
        text = "Too short." if i % 7 == 3 else f"{base.text} It was bulletin number {i}."
        yield replace(base, id=f"n{i}", text=text)


@pytest.mark.parametrize("sources", ["others", "none", "given"])
def test_two_processes_give_what_one_gives(
    scorer: Scorer, bridge: dict[str, Article], sources: str
) -> None:
    pool = {"others": None, "none": [], "given": [bridge["wire"], bridge["frost"]]}[sources]
    expected = list(label_batch(scorer, many(bridge, 50), pool))
    assert [item.id for item in expected] == [f"n{i}" for i in range(50)]
    assert sum(isinstance(item, Rejected) for item in expected) == 7
    assert list(label_batch(scorer, many(bridge, 50), pool, n_jobs=2, chunk_size=8)) == expected


def test_others_answer_who_derives_from_whom(
    scorer: Scorer, bridge: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [replace(article, source_id=None) for article in many(bridge, 24)]
    expected = list(scorer.label(articles))
    assert any(isinstance(item, Verdict) and item.source for item in expected)

    def here(_: Scorer, __: object) -> None:
        raise AssertionError("this process is asked of no pair")

    monkeypatch.setattr(pipeline, "_PAIRS_AT_A_TIME", 3)
    monkeypatch.setattr(Scorer, "answer_pairs", here)
    assert list(label_batch(scorer, articles, n_jobs=2)) == expected


def test_one_process_labels_as_it_reads(scorer: Scorer, bridge: dict[str, Article]) -> None:
    read: list[str] = []

    def endless() -> Iterator[Article]:
        while True:
            read.append(f"n{len(read)}")
            yield replace(bridge["frost"], id=read[-1])

    found = list(islice(label_batch(scorer, endless(), []), 3))
    assert [item.id for item in found] == ["n0", "n1", "n2"]
    assert len(read) == 3


def test_nothing_in_nothing_out(scorer: Scorer) -> None:
    assert list(label_batch(scorer, [], None, n_jobs=2)) == []


def test_input_that_breaks_off_is_an_error_in_two_processes(
    scorer: Scorer, bridge: dict[str, Article], tmp_path: Path
) -> None:
    # More chunks than may wait: the last are read while others are judged.
    lines = [json.dumps({"id": article.id, "text": article.text}) for article in many(bridge, 60)]
    raw = gzip.compress("\n".join(lines).encode(), compresslevel=0)
    (tmp_path / "cut.jsonl.gz").write_bytes(raw[:-400])
    articles = (
        item
        for item in read_articles([str(tmp_path / "cut.jsonl.gz")])
        if isinstance(item, Article)
    )
    with pytest.raises(InvalidInput, match="cannot be read: Compressed file ended"):
        list(label_batch(scorer, articles, [], n_jobs=2, chunk_size=2))


def test_missing_dask_names_the_extra(
    scorer: Scorer, bridge: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPackage, match=r"pip install 'copydesk\[cluster\]'"):
        list(label_batch(scorer, bridge.values(), [], cluster="tcp://127.0.0.1:1"))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_scheduler_that_does_not_answer_is_named(
    address: str, scorer: Scorer, bridge: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(workers, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(InvalidInput, match=f"no dask scheduler answers at {address}"):
        list(label_batch(scorer, bridge.values(), [], cluster=address))
