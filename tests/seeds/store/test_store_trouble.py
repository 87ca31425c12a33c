"""Stores in trouble: what is said, and that nothing is lost."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from copydesk.errors import InvalidStore
from copydesk.features import load_encoder, read_document
from copydesk.features.read.encoder import StaticEncoder
from copydesk.seeds.search.fingerprint import fingerprint
from copydesk.seeds.store import Store
from copydesk.seeds.store import store as store_module
from copydesk.seeds.store.index_file import IndexFile
from copydesk.types import Article

Bridge = dict[str, Article]


@pytest.fixture
def filled(tmp_path: Path, bridge: Bridge) -> Path:
    folder = tmp_path / "wire.store"
    with Store.write(folder) as store:
        store.add([bridge["wire"], bridge["staff"]])
    return folder


def finds(store: Store, bridge: Bridge) -> bool:
    spun = replace(bridge["spun"], source_id=None)
    found = store.find(fingerprint(spun, read_document(spun.text, load_encoder())))
    return [one.id for one in found] == ["bridge-wire"]


def test_an_empty_store_finds_nothing(tmp_path: Path, bridge: Bridge) -> None:
    with Store.write(tmp_path / "s") as store:
        assert (len(store), store.verify().problems) == (0, ())
        assert not finds(store, bridge)
    with Store.read(tmp_path / "s") as store:
        assert not finds(store, bridge)


def test_a_folder_without_a_store(tmp_path: Path) -> None:
    with pytest.raises(InvalidStore, match="is no store; copydesk seeds add"):
        Store.read(tmp_path / "gone")
    (tmp_path / "letter.txt").write_text("Dear")
    with pytest.raises(InvalidStore, match="is no store and not empty"):
        Store.write(tmp_path)
    with pytest.raises(InvalidStore, match=r"letter\.txt.* cannot be made"):
        Store.write(tmp_path / "letter.txt" / "s")


def test_a_locked_store_can_be_read(filled: Path, bridge: Bridge) -> None:
    other = sqlite3.connect(filled / "articles.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store.read(filled) as store:
        assert finds(store, bridge)
    with pytest.raises(InvalidStore, match="is locked: another process is writing"):
        Store.write(filled, busy_seconds=0.01)
    other.execute("ROLLBACK")
    other.close()
    with Store.write(filled) as store:
        assert store.add([bridge["frost"]]).n_added == 1


def test_a_lock_taken_while_adding(filled: Path, bridge: Bridge) -> None:
    store = Store.write(filled, busy_seconds=0.01)
    other = sqlite3.connect(filled / "articles.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(InvalidStore, match=r"is locked.*; 0 articles of this run are in"):
        store.add([bridge["frost"]])
    other.close()
    assert store.add([bridge["frost"]]).n_added == 1
    store.close()


@pytest.mark.parametrize("damage", ["cut", "gone", "swapped", "record", "not usearch"])
def test_a_damaged_index_is_made_again(
    damage: str, filled: Path, bridge: Bridge, tmp_path: Path
) -> None:
    (path,) = filled.glob("vectors-*")
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-50])
    elif damage == "gone":
        path.unlink()
    elif damage == "record":
        (filled / "index.json").write_text("{}")
    elif damage == "swapped":
        IndexFile(filled, 256).extend(None, [(np.arange(9), np.ones((9, 256), np.int8))], 900)
    else:
        IndexFile(filled, 8).extend(None, [(np.arange(2), np.ones((2, 8), np.int8))], 2)
    with Store.read(filled) as store:
        (problem,) = store.verify().problems
        assert problem.endswith("it is made again from the articles")
        assert finds(store, bridge)
    Store.write(filled).close()
    with Store.read(filled) as store:
        assert store.verify().problems == ()
        assert finds(store, bridge)


def test_a_missing_index_is_made(filled: Path, bridge: Bridge) -> None:
    for path in [*filled.glob("vectors-*"), filled / "index.json"]:
        path.unlink()
    with Store.read(filled) as store:
        assert store.verify().problems == ()
        assert finds(store, bridge)
    Store.write(filled).close()
    assert (filled / "index.json").exists()


def test_a_full_disk_keeps_what_was_acknowledged(
    tmp_path: Path, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BATCH", 4)
    articles = [replace(bridge["wire"], id=f"w{i}") for i in range(200)]
    store = Store.write(tmp_path / "s")
    store._connection.execute("PRAGMA max_page_count = 40")
    with pytest.raises(InvalidStore, match=r"disk is full.*; (\d+) articles of this run are in"):
        store.add(articles)
    n_safe = len(store)
    assert 0 < n_safe < 200
    assert n_safe % 4 == 0
    assert store.verify() == store_module.Check(n_safe, ())
    store._connection.execute("PRAGMA max_page_count = 1000000")
    done = store.add(articles)
    assert (done.n_unchanged, done.n_added) == (n_safe, 200 - n_safe)
    store.close()


def test_an_index_that_cannot_be_written_loses_no_article(
    tmp_path: Path, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError("No space left on device")

    store = Store.write(tmp_path / "s")
    store.add([bridge["wire"]])
    with monkeypatch.context() as full:
        full.setattr(IndexFile, "extend", no_room)
        with pytest.raises(InvalidStore, match=r"No space left.*the articles are safe"):
            store.close()
    with Store.read(tmp_path / "s") as store:
        assert finds(store, bridge)


def test_an_error_in_a_with_statement_leaves_the_index_for_later(
    tmp_path: Path, bridge: Bridge
) -> None:
    with pytest.raises(KeyError, match="mine"), Store.write(tmp_path / "s") as store:
        store.add([bridge["wire"]])
        raise KeyError("mine")
    assert not list((tmp_path / "s").glob("vectors-*"))
    with Store.read(tmp_path / "s") as store:
        assert finds(store, bridge)


def test_a_file_that_is_no_database(filled: Path) -> None:
    (filled / "articles.sqlite").write_bytes(b"no database" * 1000)
    for opening in (Store.read, Store.write):
        with pytest.raises(InvalidStore, match="is damaged: restore its folder"):
            opening(filled)


def test_a_store_that_was_never_finished(tmp_path: Path, bridge: Bridge) -> None:
    # As a kill leaves it between the file and the one transaction that fills it.
    (tmp_path / "s").mkdir()
    sqlite3.connect(tmp_path / "s" / "articles.sqlite").execute("PRAGMA journal_mode = WAL")
    with pytest.raises(InvalidStore, match="was never finished"):
        Store.read(tmp_path / "s")
    with Store.write(tmp_path / "s") as store:
        assert store.add([bridge["wire"]]).n_added == 1


def test_a_store_is_made_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> bytes:
        raise KeyError("mine")

    with monkeypatch.context() as breaking:
        breaking.setattr(store_module, "reading_digest", broken)
        with pytest.raises(KeyError, match="mine"):
            Store.write(tmp_path / "s")
    with pytest.raises(InvalidStore, match="was never finished"):
        Store.read(tmp_path / "s")
    with Store.write(tmp_path / "s") as store:
        assert len(store) == 0


def test_a_closed_store_says_so(filled: Path) -> None:
    store = Store.read(filled)
    store.close()
    with pytest.raises(InvalidStore, match="is closed: open the store again"):
        len(store)


def test_a_database_that_was_cut_off(filled: Path) -> None:
    path = filled / "articles.sqlite"
    path.write_bytes(path.read_bytes()[:9000])
    with (
        pytest.raises(InvalidStore, match="is damaged: restore its folder"),
        Store.read(filled) as s,
    ):
        s.verify()


def test_another_format_is_refused(filled: Path) -> None:
    connection = sqlite3.connect(filled / "articles.sqlite")
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    for opening in (Store.read, Store.write):
        with pytest.raises(InvalidStore, match="has format 9, expected 2"):
            opening(filled)


def test_damaged_articles_are_named(filled: Path) -> None:
    connection = sqlite3.connect(filled / "articles.sqlite", isolation_level=None)
    connection.execute("UPDATE articles SET record = x'00' WHERE id = 'bridge-wire'")
    connection.execute("UPDATE articles SET sha256 = x'00' WHERE id = 'bridge-staff'")
    connection.execute("DELETE FROM fingerprints WHERE id = 'bridge-staff'")
    connection.close()
    with Store.read(filled) as store:
        check = store.verify()
    assert check.n_articles == 0
    assert [problem.split(":")[0] for problem in check.problems] == [
        "article 'bridge-wire' is damaged",
        "article 'bridge-staff' is damaged",
        "article 'bridge-staff' has no fingerprint",
    ]


class OtherEncoder(StaticEncoder):
    """Static vectors with another name, or turned round under the same name."""

    def __init__(self, name: str, turn: int) -> None:
        super().__init__()
        self.name = name
        self._turn = turn

    def encode(self, sentences):
        return np.roll(super().encode(sentences), self._turn, axis=1)[:, : 256 - self._turn]


@pytest.mark.parametrize(("name", "turn"), [("other", 0), ("static", 1)])
def test_another_encoder_is_refused_with_the_way_out(name: str, turn: int, filled: Path) -> None:
    with Store.read(filled) as store:
        store.check_encoder(load_encoder())
        with pytest.raises(
            InvalidStore, match=rf"encoder static.*copydesk seeds add NEW .* --encoder {name}"
        ):
            store.check_encoder(OtherEncoder(name, turn))


def test_a_writer_names_the_encoder_it_wants(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.write(filled, "static").close()
    monkeypatch.setattr(store_module, "load_encoder", lambda name: OtherEncoder(name, 0))
    with pytest.raises(InvalidStore, match="expected other"):
        Store.write(filled, "other")


def test_a_folder_that_cannot_be_written_and_was_left_half_way(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (filled / "articles.sqlite-wal").write_bytes(b"x")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(InvalidStore, match="open it once where it can be written"):
        Store.read(filled)
