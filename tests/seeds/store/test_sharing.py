"""Stores shared: by threads, by processes, and by both while somebody makes or fills them."""

import gc
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.errors import InvalidStore
from copydesk.features import load_encoder
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.search.vectors import VectorIndex, new_index
from copydesk.seeds.store import Store
from copydesk.seeds.store import index as store_index
from copydesk.seeds.store.index_file import IndexFile
from copydesk.types import Article

Bridge = dict[str, Article]

PLACES = ("Aldmoor", "Brenwick", "Carrow", "Dunmere", "Eskvale", "Farholt", "Grenby")
GOODS = ("barley", "timber", "copper", "wool", "salt")
N_ARTICLES = 2000


def bulletin(i: int) -> Article:
    place, good = PLACES[i % len(PLACES)], GOODS[i % len(GOODS)]
    return Article(
        f"b{i}",
        f"The port of {place} handled {i + 100} tonnes of {good} in week {i}, its harbour master "
        f"said on Friday, and {i + 7} vessels called there, most of them from {PLACES[i % 6]}.",
    )


def wanted(article: Article) -> Fingerprint:
    return read_fingerprint(replace(article, id="copy"), load_encoder())


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of 2,000 bulletins."""
    folder = tmp_path_factory.mktemp("port") / "store"
    with Store.write(folder) as store:
        assert store.add(map(bulletin, range(N_ARTICLES))).n_added == N_ARTICLES
    return folder


@pytest.fixture
def small(tmp_path: Path, bridge: Bridge) -> Path:
    with Store.write(tmp_path / "s") as store:
        store.add([bridge["wire"], bridge["frost"]])
    return tmp_path / "s"


def test_many_threads_find_what_one_finds(port: Path) -> None:
    articles = [bulletin(i) for i in range(0, N_ARTICLES, 4)]
    prints = [wanted(article) for article in articles]
    with Store.read(port) as store:
        alone = [store.find(one) for one in prints]
    with Store.read(port) as store, ThreadPoolExecutor(8) as threads:
        assert list(threads.map(store.find, prints)) == alone
        got = list(threads.map(store.get, (article.id for article in articles)))
        assert got == articles
    assert sum(bool(found) for found in alone) == len(articles)


def test_threads_add_and_none_loses_anything(tmp_path: Path) -> None:
    with Store.write(tmp_path / "s") as store, ThreadPoolExecutor(4) as threads:
        parts = [map(bulletin, range(start, 600, 4)) for start in range(4)]
        assert sum(done.n_added for done in threads.map(store.add, parts)) == 600
        assert store.remove(["b0"]) == ()
        found = list(threads.map(store.find, [wanted(bulletin(i)) for i in range(0, 600, 50)]))
        assert [one[0].id for one in found[1:]] == [f"b{i}" for i in range(50, 600, 50)]
        assert "b0" not in {one.id for one in found[0]}
        check = store.verify()
    assert (check.n_articles, check.problems) == (599, ())


def test_a_thread_reads_on_where_another_stopped(port: Path) -> None:
    with Store.read(port) as store:
        reading: Iterator[Article] = store.articles()
        first = [next(reading) for _ in range(10)]
        with ThreadPoolExecutor(1) as thread:
            rest = thread.submit(list, reading).result()
    assert [one.id for one in first + rest] == [f"b{i}" for i in range(N_ARTICLES)]


def test_a_connection_for_each_thread_and_all_are_closed(small: Path) -> None:
    store = Store.read(small)
    barrier = threading.Barrier(5)

    def hold(_: int) -> tuple[int, object]:
        connection = store._connection
        assert store._connection is connection
        barrier.wait(10)
        return len(store), connection

    with ThreadPoolExecutor(5) as threads:
        held = list(threads.map(hold, range(5)))
        assert [count for count, _ in held] == [2] * 5
        assert len({id(connection) for _, connection in held}) == 5
        assert len(store._connections) == 6
        store.close()
        assert len(store._connections) == 0
        with pytest.raises(InvalidStore, match="is closed"):
            threads.submit(len, store).result()


def test_a_thread_that_ends_lets_go_of_its_connection(small: Path) -> None:
    with Store.read(small) as store:
        for _ in range(5):
            thread = threading.Thread(target=store.get, args=("frost",))
            thread.start()
            thread.join()
        gc.collect()
        assert len(store._connections) == 1


def test_readers_in_threads_see_what_others_add(small: Path, bridge: Bridge) -> None:
    spun = wanted(bridge["spun"])
    with Store.read(small) as store, ThreadPoolExecutor(1) as thread:

        def ids() -> list[list[str]]:
            return [
                [one.id for one in found]
                for found in (store.find(spun), thread.submit(store.find, spun).result())
            ]

        assert ids() == [["bridge-wire"], ["bridge-wire"]]
        with Store.write(small) as writer:
            writer.remove(["bridge-wire"])
            assert ids() == [[], []]
            writer.add([replace(bridge["wire"], id="again")])
            assert thread.submit(store.find, spun).result()[0].id == "again"
            assert ids() == [["again"], ["again"]]


def run_together(folder: Path, *scripts: str, n_rounds: int) -> None:
    """Run scripts in processes, each of whose calls of ``together`` waits for the others."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SHARED + script, str(folder), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number, script in enumerate(scripts)
    ]
    for _ in range(n_rounds):
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in running:
            assert process.stdin is not None
            print(file=process.stdin, flush=True)
    for process in running:
        process.communicate(timeout=60)
    assert [process.returncode for process in running] == [0] * len(scripts)


SHARED = """\
import sys
from copydesk.features import load_encoder
from copydesk.seeds.search.fingerprint import read_fingerprint
from copydesk.seeds.store import Store
from copydesk.types import Article

folder, number = sys.argv[1], int(sys.argv[2])
load_encoder().encode(["warm"])


def bulletin(i, name):
    return Article(name, f"The port handled {i + 100} tonnes of barley, {i * i} of timber and {i} "
        f"of salt in week {i}, its harbour master said on Friday, and {i + 7} vessels called.")


def together():
    print("ready", flush=True)
    sys.stdin.readline()


"""
ADD_ONE_BY_ONE = """\
with Store.write(folder) as store:
    together()
    for i in range(25):
        store.add([bulletin(i, f"b{i}")])
"""
READ_MEANWHILE = """\
with Store.read(folder) as store:
    together()
    seen = set()
    while "b24" not in seen:
        ids = {article.id for article in store.articles()}
        assert ids >= seen
        seen = ids
        for i in range(0, 25, 5):
            if f"b{i}" in seen:
                found = store.find(read_fingerprint(bulletin(i, "copy"), load_encoder()))
                assert found[0].id == f"b{i}", (i, found)
"""
MAKE_STORES = """\
for i in range(12):
    together()
    with Store.write(f"{folder}/s{i}") as store:
        assert store.add([bulletin(number, f"b{number}")]).n_added == 1
"""


def test_two_read_while_one_writes(small: Path) -> None:
    run_together(small, ADD_ONE_BY_ONE, READ_MEANWHILE, READ_MEANWHILE, n_rounds=1)


def test_processes_make_one_store_at_the_same_moment(tmp_path: Path) -> None:
    run_together(tmp_path, *[MAKE_STORES] * 3, n_rounds=12)
    for i in range(12):
        with Store.read(tmp_path / f"s{i}") as store:
            assert {article.id for article in store.articles()} == {"b0", "b1", "b2"}
            assert store.verify().problems == ()


def test_threads_make_one_store_at_the_same_moment(tmp_path: Path) -> None:
    def make(i: int) -> int:
        barrier.wait(10)
        with Store.write(tmp_path / "s") as store:
            return store.add([bulletin(i)]).n_added

    barrier = threading.Barrier(6)
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(make, range(6))) == [1] * 6
    with Store.read(tmp_path / "s") as store:
        assert (len(store), store.verify().problems) == (6, ())


def test_a_store_that_another_makes_at_this_moment_is_no_foreign_folder(
    tmp_path: Path, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    iterdir = Path.iterdir

    def made_meanwhile(folder: Path) -> Iterator[Path]:
        monkeypatch.setattr(Path, "iterdir", iterdir)
        with Store.write(folder) as store:
            store.add([bridge["wire"]])
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", made_meanwhile)
    with Store.write(tmp_path / "s") as store:
        assert len(store) == 1


def test_one_waits_while_another_writes_the_index(small: Path) -> None:
    with Store.write(small) as store, ThreadPoolExecutor(1) as thread:
        with IndexFile(small, 256).writing():
            updating = thread.submit(store.update_index)
            assert not wait([updating], timeout=0.2).done
        updating.result()


FORKING = """\
import os, sys
from copydesk.seeds.store import Store

with Store.read(sys.argv[1]) as store:
    connection = store._connection
    child = os.fork()
    if child == 0:
        ok = store._connection is not connection and store.get("frost") is not None
        store.close()
        os._exit(0 if ok else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert store.get("frost") is not None
"""


def test_a_fork_opens_a_connection_of_its_own(small: Path) -> None:
    subprocess.run([sys.executable, "-c", FORKING, str(small)], check=True, timeout=60)


def test_the_index_is_opened_once_for_all_threads(
    port: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    read_state = IndexFile.read_state

    def note(file: IndexFile) -> object:
        opened.append(file)
        return read_state(file)

    monkeypatch.setattr(IndexFile, "read_state", note)
    with Store.read(port) as store, ThreadPoolExecutor(6) as threads:
        list(threads.map(store.find, [wanted(bulletin(i)) for i in range(12)]))
    assert len(opened) == 1


def test_a_new_index_file_in_place_of_the_one_that_is_being_opened(
    small: Path, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_index, "_MAX_LATE", 0)
    first = IndexFile.open
    extended: list[int] = []

    def replaced_meanwhile(file: IndexFile, state: object) -> VectorIndex:
        if state is not None and not extended:
            extended.append(1)
            with Store.write(small) as writer:
                writer.add([bridge["staff"]])
        return first(file, state)

    monkeypatch.setattr(IndexFile, "open", replaced_meanwhile)
    with Store.read(small) as store:
        opened = store.index.open_file()
    assert (opened.trouble, opened.through, len(opened.index)) == (None, 3, 3)


def test_the_index_file_ends_where_it_says(
    small: Path, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An article that another process adds while the file is being made is not in it.
    monkeypatch.setattr(store_index, "_MAX_LATE", 0)
    extend = IndexFile.extend

    def added_meanwhile(file: IndexFile, state: object, batches: object, through: int) -> object:
        monkeypatch.setattr(IndexFile, "extend", extend)
        with Store.read(small) as reader:
            before = len(reader)
        connection_store = Store.write(small)
        connection_store.add([bridge["edited"]])
        assert len(connection_store) == before + 1
        connection_store._connections.close()
        return extend(file, state, batches, through)

    monkeypatch.setattr(IndexFile, "extend", added_meanwhile)
    with Store.write(small) as store:
        store.add([bridge["staff"]])
    with Store.read(small) as store:
        opened = store.index.open_file()
        assert (opened.through, len(opened.index)) == (3, 3)
        assert len(store.index.current()) == 4


class OneAtATime:
    """A usearch index that notices two look-ups at once."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._in_use = threading.Lock()

    def __len__(self) -> int:
        return len(self._index)

    def search(self, *args: Any, **options: Any) -> Any:
        assert self._in_use.acquire(blocking=False)
        time.sleep(0.001)
        self._in_use.release()
        return self._index.search(*args, **options)


def test_threads_share_an_index_while_it_grows() -> None:
    vectors = np.random.default_rng(0).integers(-127, 128, (200, 32), np.int8)
    mapped = new_index(32)
    mapped.add(np.arange(100), vectors[:100], threads=1)
    index = VectorIndex(32, OneAtATime(mapped))

    def grow() -> None:
        for i in range(100, 200):
            index.add(np.array([i]), vectors[i : i + 1])

    with ThreadPoolExecutor(5) as threads:
        growing = threads.submit(grow)
        found = list(threads.map(lambda i: int(index.search(vectors[i], 1)[0][0]), range(100)))
        growing.result()
    assert found == list(range(100))
    assert len(index) == 200
