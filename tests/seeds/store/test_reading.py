"""Stores made by another version: read and made anew, but neither searched nor added to."""

import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.errors import InvalidStore
from copydesk.features import load_encoder
from copydesk.features.read import document, word_forms
from copydesk.features.read.word_cache import WordCache
from copydesk.seeds.search import fingerprint as fingerprint_module
from copydesk.seeds.search.fingerprint import read_fingerprint
from copydesk.seeds.store import Store
from copydesk.seeds.store.reading import find_outdated, reading_digest
from copydesk.types import Article

Bridge = dict[str, Article]
WAY_OUT = r"read articles in another way: copydesk seeds add NEW .*old makes a store that fits"


def current_digest() -> bytes:
    return reading_digest.__wrapped__()


@pytest.fixture(params=["another digest", "format 1"])
def old(request: pytest.FixtureRequest, tmp_path: Path, bridge: Bridge) -> Path:
    """A store as another version of copydesk left it."""
    with Store.write(tmp_path / "old") as store:
        store.add([bridge["wire"], bridge["frost"]])
    connection = sqlite3.connect(tmp_path / "old" / "articles.sqlite", isolation_level=None)
    if request.param == "another digest":
        connection.execute("UPDATE about SET value = x'00' WHERE name = 'reading'")
    else:
        connection.execute("DELETE FROM about WHERE name = 'reading'")
        connection.execute("ALTER TABLE fingerprints RENAME COLUMN source_likeness TO standing")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    return tmp_path / "old"


def test_its_articles_are_read(old: Path, bridge: Bridge) -> None:
    with Store.read(old) as store:
        assert len(store) == 2
        assert list(store.articles()) == [bridge["wire"], bridge["frost"]]
        assert store.get("frost") == bridge["frost"]


def test_it_is_not_searched(old: Path, bridge: Bridge) -> None:
    wanted = read_fingerprint(bridge["spun"], load_encoder())
    with Store.read(old) as store:
        with pytest.raises(InvalidStore, match=WAY_OUT):
            store.find(wanted)
        with pytest.raises(InvalidStore, match=WAY_OUT):
            store.check_encoder(load_encoder())


def test_nothing_is_added_to_it(old: Path, bridge: Bridge) -> None:
    with pytest.raises(InvalidStore, match=WAY_OUT), Store.write(old) as store:
        store.add([bridge["staff"]])
    with Store.read(old) as store:
        assert len(store) == 2


def test_verify_reports_it(old: Path) -> None:
    with Store.read(old) as store:
        check = store.verify()
    assert check.n_articles == 2
    (problem,) = check.problems
    assert "copydesk seeds add NEW" in problem


def test_the_way_out_names_an_encoder_that_is_not_the_usual_one() -> None:
    about = {"encoder": b"minilm", "probe": b""}
    assert find_outdated(Path("s"), {**about, "reading": reading_digest()}) is None
    outdated = find_outdated(Path("s"), about)
    assert outdated is not None
    assert "copydesk seeds add NEW s --encoder minilm makes" in outdated


def test_the_digest_is_the_same_each_time() -> None:
    assert current_digest() == current_digest() == reading_digest()
    assert len(reading_digest()) == 32


@pytest.mark.parametrize("change", ["tokens", "stems", "names", "hashes", "weights"])
def test_any_change_of_how_articles_are_read_shows(
    change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_digest()
    if change == "tokens":
        monkeypatch.setattr(document, "TOKEN", re.compile(r"[^\W\d]+|\d+"))
    elif change == "stems":
        monkeypatch.setattr(word_forms, "_FORMS", WordCache(word_forms._describe))
        monkeypatch.setattr(word_forms, "stem", lambda word: word[:5])
    elif change == "names":
        find = document.find_names
        monkeypatch.setattr(document, "find_names", lambda *args: find(*args)[1:])
    elif change == "hashes":
        monkeypatch.setattr(fingerprint_module, "_MIX", fingerprint_module._MIX[::-1])
    else:
        measure = fingerprint_module.measure_source_likeness
        monkeypatch.setattr(
            fingerprint_module,
            "measure_source_likeness",
            lambda *args: measure(*args) + 0.002,
        )
    assert current_digest() != before


def test_an_article_of_the_old_store_is_found_in_the_new(old: Path, bridge: Bridge) -> None:
    with Store.read(old) as store, Store.write(old.parent / "new") as new:
        assert new.add(store.articles()).n_added == 2
        spun = replace(bridge["spun"], source_id=None)
        found = new.find(read_fingerprint(spun, load_encoder()))
        assert [one.id for one in found] == ["bridge-wire"]
