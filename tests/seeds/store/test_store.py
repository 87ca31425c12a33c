"""The store: what is added is there, found and whole, whoever reads or writes meanwhile."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from copydesk.features import load_encoder
from copydesk.seeds.search.fingerprint import Fingerprint, read_fingerprint
from copydesk.seeds.search.pool import ArticlePool
from copydesk.seeds.store import Store, is_store
from copydesk.seeds.store import index as store_index
from copydesk.seeds.store.check import Check
from copydesk.types import Article

Bridge = dict[str, Article]

ADD_FOR_EVER = """\
import sys
from copydesk.seeds.store import Store
from copydesk.types import Article

text = "The crew of the ferry said on Monday that all of the {} people on board were taken off."
store = Store.write(sys.argv[1])
for i in range(100_000):
    store.add([Article(f"{i}-{k}", text.format(f"{i} and {k}") * 2) for k in range(5)])
    print(i, flush=True)
"""


def wanted(article: Article) -> Fingerprint:
    return read_fingerprint(replace(article, source_id=None), load_encoder())


def ids_found(store: Store, article: Article) -> list[str]:
    return [one.id for one in store.find(wanted(article))]


@pytest.fixture
def filled(tmp_path: Path, bridge: Bridge) -> Path:
    """A store of the bridge's wire story, a paper's own report and another story."""
    folder = tmp_path / "wire.store"
    with Store.write(folder) as store:
        store.add([bridge["wire"], bridge["staff"], bridge["frost"]])
    return folder


def test_what_is_added_is_there(filled: Path, bridge: Bridge) -> None:
    assert is_store(filled)
    assert not is_store(filled.parent)
    with Store.read(filled) as store:
        assert len(store) == 3
        assert list(store.articles()) == [bridge["wire"], bridge["staff"], bridge["frost"]]
        assert store.get("bridge-wire") == bridge["wire"]
        assert store.get("gone") is None
        assert store.verify() == Check(3, ())


def test_every_field_comes_back(tmp_path: Path, bridge: Bridge) -> None:
    noon = datetime(2026, 5, 12, 12, 0, 1, 500, tzinfo=UTC)
    full = Article("é\n", bridge["wire"].text, "Ä", "http://a.b", noon, "MNA", "w", "Some text.")
    with Store.write(tmp_path / "s") as store:
        store.add([full])
        assert list(store.articles()) == [full]


def test_notes_are_on_a_record_and_not_kept(filled: Path, bridge: Bridge) -> None:
    noted = replace(bridge["wire"], notes=("field url is 7: ignored",))
    with Store.write(filled) as store:
        assert store.add([noted]).n_unchanged == 1
        assert store.get("bridge-wire") == bridge["wire"]


def test_the_source_is_found(filled: Path, bridge: Bridge) -> None:
    with Store.read(filled) as store:
        assert ids_found(store, bridge["spun"]) == ["bridge-wire"]
        assert ids_found(store, bridge["edited"]) == ["bridge-wire"]
        assert ids_found(store, bridge["wire"]) == []
        assert ids_found(store, bridge["staff"]) == []


def test_a_store_finds_what_a_list_finds(filled: Path, bridge: Bridge) -> None:
    pool = ArticlePool([bridge["wire"], bridge["staff"], bridge["frost"]], wanted)
    with Store.read(filled) as store:
        for article in bridge.values():
            assert store.find(wanted(article)) == pool.find(wanted(article))


def test_adding_again_changes_nothing(filled: Path, bridge: Bridge) -> None:
    with Store.write(filled) as store:
        done = store.add([bridge["wire"], bridge["edited"]])
        assert (done.n_added, done.n_replaced, done.n_unchanged, done.rejected) == (1, 0, 1, ())
        assert len(store) == 4


def test_an_id_with_another_text_is_refused_or_replaced(filled: Path, bridge: Bridge) -> None:
    other = replace(bridge["spun"], id="bridge-wire", source_id=None)
    with Store.write(filled) as store:
        done = store.add([other])
        assert done.n_added == 0
        (reject,) = done.rejected
        assert reject.id == "bridge-wire"
        assert "in the store with another text" in reject.reason
        assert store.get("bridge-wire") == bridge["wire"]
        assert store.add([other], replace=True).n_replaced == 1
        assert store.get("bridge-wire") == other
        assert len(store) == 3


def test_ids_twice_in_one_run(tmp_path: Path, bridge: Bridge) -> None:
    twice = [bridge["wire"], bridge["wire"], replace(bridge["staff"], id="bridge-wire")]
    with Store.write(tmp_path / "s") as store:
        done = store.add(twice)
    assert (done.n_added, done.n_unchanged, len(done.rejected)) == (1, 1, 1)


def test_what_is_replaced_or_removed_is_found_no_more(filled: Path, bridge: Bridge) -> None:
    with Store.write(filled) as store:
        assert ids_found(store, bridge["spun"]) == ["bridge-wire"]
        store.add([replace(bridge["frost"], id="bridge-wire")], replace=True)
        assert ids_found(store, bridge["spun"]) == []
        store.add([bridge["wire"]], replace=True)
        assert ids_found(store, bridge["spun"]) == ["bridge-wire"]
        assert store.remove(["bridge-wire", "gone"]) == ("gone",)
        assert ids_found(store, bridge["spun"]) == []
        assert store.verify() == Check(2, ())


def test_what_cannot_be_compared_with_is_rejected(tmp_path: Path, bridge: Bridge) -> None:
    with Store.write(tmp_path / "s") as store:
        done = store.add([Article("short", "Too short."), bridge["wire"]])
        assert [(one.id, "2 words" in one.reason) for one in done.rejected] == [("short", True)]
        assert (done.n_added, len(store)) == (1, 1)


def test_readers_see_what_a_writer_adds(filled: Path, bridge: Bridge) -> None:
    with Store.read(filled) as early, Store.read(filled) as other, Store.write(filled) as writer:
        writer.remove(["bridge-wire"])
        assert [ids_found(s, bridge["spun"]) for s in (early, other, writer)] == [[], [], []]
        writer.add([bridge["wire"]])
        for store in (early, other, writer):
            assert ids_found(store, bridge["spun"]) == ["bridge-wire"]


def test_the_index_is_extended_and_made_again(
    filled: Path, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_index, "_MAX_LATE", 0)
    names = [path.name for path in filled.glob("vectors-*")]
    assert names == ["vectors-3.usearch"]
    with Store.write(filled) as store:
        store.add([bridge["edited"]])
    assert [path.name for path in filled.glob("vectors-*")] == ["vectors-4.usearch"]
    with Store.write(filled) as store:
        store.remove(["bridge-wire", "bridge-staff"])  # half of the index: it is made again
    with Store.read(filled) as store:
        assert ids_found(store, bridge["spun"]) == ["bridge-edited"]
        assert '"n_vectors": 2' in (filled / "index.json").read_text()


def test_few_new_vectors_wait_for_their_index(filled: Path, bridge: Bridge) -> None:
    with Store.write(filled) as store:
        store.add([replace(bridge["edited"], published=None)])
    assert [path.name for path in filled.glob("vectors-*")] == ["vectors-3.usearch"]
    with Store.read(filled) as store:
        store.find(wanted(bridge["spun"]))
        copy = replace(bridge["edited"], id="copy", published=None)
        assert ids_found(store, copy)[0] == "bridge-edited"


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    adding = subprocess.Popen(
        [sys.executable, "-c", ADD_FOR_EVER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert adding.stdout is not None
    for line in adding.stdout:
        if int(line) == 30:
            adding.send_signal(signal.SIGKILL)
            break
    acknowledged = [30, *map(int, adding.stdout.read().split())]
    adding.stdout.close()
    adding.wait()
    with Store.read(folder) as store:
        check = store.verify()
        assert check.problems == ()
        assert check.n_articles == len(store) >= 5 * (max(acknowledged) + 1)
        assert all(store.get(f"{i}-{k}") for i in range(max(acknowledged) + 1) for k in range(5))
    with Store.write(folder) as store:
        assert store.verify().problems == ()


def test_a_folder_that_cannot_be_written_is_read(
    filled: Path, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on shared storage: whatever the user may do, nothing is written or locked.
    monkeypatch.setattr(os, "access", lambda *_: False)
    before = {path.name: path.read_bytes() for path in filled.iterdir()}
    with Store.read(filled) as one, Store.read(filled) as other:
        assert ids_found(one, bridge["spun"]) == ids_found(other, bridge["spun"]) == ["bridge-wire"]
    assert {path.name: path.read_bytes() for path in filled.iterdir()} == before


@pytest.mark.parametrize(
    "published",
    [None, date(2025, 9, 5), datetime(2025, 9, 5, 9), datetime(2025, 9, 5, 9, tzinfo=UTC)],
)
def test_a_store_keeps_how_well_a_date_is_known(
    published: date | None, tmp_path: Path, bridge: Bridge
) -> None:
    article = replace(bridge["wire"], published=published)
    taken = read_fingerprint(article, load_encoder())
    with Store.write(tmp_path / "dated") as store:
        store.add([article])
        assert store.add([article]).n_unchanged == 1
        kept = store.get(article.id)
        ((_, held),) = store.fetch([1])
    assert kept == article
    assert type(kept.published) is type(published)  # type: ignore[union-attr]
    assert held.published == taken.published
    assert held.facts.tolist() == taken.facts.tolist()
    assert len(held.facts) > 5
