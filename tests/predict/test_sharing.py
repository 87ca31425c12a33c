"""Scorers and stores shared by threads, processes and clusters: all give what one thread gives."""

import pickle
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.errors import InvalidStore
from copydesk.predict import Scorer, predict
from copydesk.predict import scorer as scorer_module
from copydesk.predict.batch import label_batch
from copydesk.predict.jobs.worker import Setup, find_worker
from copydesk.seeds.store import Store
from copydesk.types import Article, Rejected, Verdict

Bridge = dict[str, Article]
Outcome = list[Verdict | Rejected]

PLACES = ("Aldmoor", "Brenwick", "Carrow", "Dunmere", "Eskvale", "Farholt", "Grenby")
N_WIRES = 300
N_ARTICLES = 1000


def wire(i: int) -> Article:
    place = PLACES[i % len(PLACES)]
    return Article(
        f"w{i}",
        f"The port of {place} handled {i + 100} tonnes of barley and {i * i} of timber in week "
        f"{i}, its harbour master said on Friday, and {i + 7} vessels called there.",
    )


def rewrite(i: int) -> Article:
    """Every third a copy, every third reworded, the others too short to be judged."""
    text = wire(i % N_WIRES).text
    if i % 3 == 1:
        text = text.replace("handled", "processed").replace("its harbour", "the port's harbour")
    return Article(f"a{i}", "Too short." if i % 3 == 2 else f"{text} It was notice {i // N_WIRES}.")


def many() -> Iterator[Article]:
    return map(rewrite, range(N_ARTICLES))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 300 wires."""
    folder = tmp_path_factory.mktemp("port") / "store"
    with Store.write(folder) as store:
        store.add(map(wire, range(N_WIRES)))
    return folder


@pytest.fixture(scope="module")
def expected(scorer: Scorer, folder: Path) -> Outcome:
    """What one thread makes of all articles with the store."""
    with Store.read(folder) as store:
        found = list(scorer.label(many(), store))
    sources = {item.source.id for item in found if isinstance(item, Verdict) and item.source}
    assert len(sources) > N_WIRES / 3
    assert sum(isinstance(item, Rejected) for item in found) == len(range(2, N_ARTICLES, 3))
    return found


def test_two_processes_search_a_store_for_themselves(
    scorer: Scorer, folder: Path, expected: Outcome
) -> None:
    with Store.read(folder) as store:
        assert list(label_batch(scorer, many(), store, n_jobs=2)) == expected


def test_the_folder_is_found_from_anywhere(
    scorer: Scorer, folder: Path, expected: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(label_batch(scorer, [rewrite(0)], [], n_jobs=2))  # the processes begin somewhere else
    monkeypatch.chdir(folder.parent)
    with Store.read(folder.name) as store:
        found = list(label_batch(scorer, map(rewrite, range(70)), store, n_jobs=2))
    assert found == expected[:70]


def test_two_processes_search_a_list_for_themselves(scorer: Scorer) -> None:
    wires, articles = [wire(i) for i in range(40)], [rewrite(i) for i in range(400)]
    one = list(scorer.label(articles, wires))
    assert list(label_batch(scorer, articles, wires, n_jobs=2)) == one


def test_a_cluster_that_does_not_see_the_store_gets_pairs(
    scorer: Scorer, folder: Path, expected: Outcome
) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
        ) as cluster,
        Store.read(folder) as store,
    ):
        articles = map(rewrite, range(400))
        found = list(label_batch(scorer, articles, store, cluster=cluster.scheduler_address))
    assert found == expected[:400]


def test_threads_label_one_article_at_a_time(
    scorer: Scorer, folder: Path, expected: Outcome
) -> None:
    # As a web server does: one scorer, one store, a thread for each request.
    def respond(article: Article) -> Verdict | Rejected:
        (item,) = scorer.label([article], sources=store)
        return item

    with Store.read(folder) as store, ThreadPoolExecutor(8) as threads:
        assert list(threads.map(respond, many())) == expected


def test_threads_load_the_released_model_once(
    scorer: Scorer, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Scorer] = []

    def load_slowly() -> Scorer:
        time.sleep(0.05)
        loaded.append(scorer)
        return scorer

    def ask(_: int) -> Verdict:
        barrier.wait(10)
        return predict(bridge["spun"].text)

    monkeypatch.setattr(scorer_module, "_default_scorer", [])
    monkeypatch.setattr(Scorer, "load", load_slowly)
    barrier = threading.Barrier(6)
    with ThreadPoolExecutor(6) as threads:
        verdicts = list(threads.map(ask, range(6)))
    assert len(loaded) == 1
    assert verdicts == [verdicts[0]] * 6


def test_a_scorer_can_be_sent_to_another_process(scorer: Scorer, bridge: Bridge) -> None:
    sent = pickle.loads(pickle.dumps(scorer))
    assert sent.label_pair(bridge["spun"], bridge["wire"]) == scorer.label_pair(
        bridge["spun"], bridge["wire"]
    )


def test_an_outdated_store_is_refused_before_any_work(
    scorer: Scorer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing() -> Iterator[Article]:
        raise AssertionError("nothing is to be read")
        yield

    with Store.read(folder) as store:
        monkeypatch.setitem(store._about, "reading", b"other")
        for n_jobs in (1, 2):
            with pytest.raises(InvalidStore, match="read articles in another way"):
                list(label_batch(scorer, nothing(), store, n_jobs=n_jobs))


def test_a_process_opens_a_store_once_a_run(scorer: Scorer, tmp_path: Path, bridge: Bridge) -> None:
    here = tmp_path / "s"
    named = [replace(bridge["spun"], source_id="same")] * 8
    for name in ("wire", "frost"):
        with Store.write(here) as store:
            store.add([replace(bridge[name], id="same")])
            expected = list(scorer.label(named, store))
            # A chunk an article: both processes have work in both runs.
            assert list(label_batch(scorer, named, store, n_jobs=2, chunk_size=1)) == expected
        setup = Setup(name, scorer.model, stores=(here,))
        assert find_worker(setup) is find_worker(setup)
        here.rename(tmp_path / f"was-{name}")
