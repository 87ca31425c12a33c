"""Several stores searched as one give what one with all their articles gives."""

from pathlib import Path

import pytest

from copydesk.errors import InvalidInput, InvalidStore
from copydesk.features import load_encoder
from copydesk.seeds.search.fingerprint import read_fingerprint
from copydesk.seeds.store import Store
from copydesk.seeds.store.stores import StoreGroup, open_stores
from copydesk.types import Article

PLACES = ("Aldmoor", "Brenwick", "Carrow", "Dunmere", "Eskvale", "Farholt", "Grenby")


def wire(i: int) -> Article:
    place = PLACES[i % len(PLACES)]
    return Article(
        f"w{i}",
        f"The port of {place} handled {i + 100} tonnes of barley and {i * i} of timber in week "
        f"{i}, its harbour master said on Friday, and {i + 7} vessels called there.",
    )


def fill(folder: Path, *numbers: int) -> Path:
    with Store.write(folder) as store:
        store.add(map(wire, numbers))
    return folder


@pytest.fixture
def shards(tmp_path: Path) -> list[Path]:
    """Three stores, the second of which has an article of the first, too."""
    return [
        fill(tmp_path / "a", *range(0, 20)),
        fill(tmp_path / "b", 3, *range(20, 40)),
        fill(tmp_path / "c", *range(40, 60)),
    ]


def test_a_group_finds_what_one_store_finds(shards: list[Path], tmp_path: Path) -> None:
    encoder = load_encoder()
    with Store.read(fill(tmp_path / "all", *range(60))) as whole:
        group = open_stores(shards)
        assert isinstance(group, StoreGroup)
        for i in range(0, 60, 3):
            copy = Article(f"a{i}", f"{wire(i).text} It was notice {i}.")
            wanted = read_fingerprint(copy, encoder)
            found = group.find(wanted)
            assert found[0].id == f"w{i}"
            assert found == whole.find(wanted)
        group.close()


def test_articles_are_taken_from_the_first_store_that_has_them(shards: list[Path]) -> None:
    group = open_stores(shards)
    assert group.get("w3") == wire(3)
    assert group.get("w45") == wire(45)
    assert group.get("gone") is None
    assert len(group) == 61
    assert [article.id for article in group.articles()][:2] == ["w0", "w1"]
    group.close()


def test_a_group_of_empty_stores_is_empty(tmp_path: Path) -> None:
    group = open_stores([fill(tmp_path / "a"), fill(tmp_path / "b")])
    assert not group
    assert group.find(read_fingerprint(wire(1), load_encoder())) == ()
    group.close()
    group = open_stores([fill(tmp_path / "a"), fill(tmp_path / "c", 1)])
    assert group
    group.close()


def test_one_folder_is_a_store(shards: list[Path]) -> None:
    with open_stores(shards[:1]) as store:
        assert isinstance(store, Store)


def test_a_store_that_is_named_twice_is_refused(shards: list[Path]) -> None:
    with pytest.raises(InvalidInput, match="/a is named twice"):
        open_stores([*shards, shards[0]])


def test_a_folder_that_is_no_store_is_refused(shards: list[Path], tmp_path: Path) -> None:
    with pytest.raises(InvalidStore, match="gone is no store"):
        open_stores([*shards, tmp_path / "gone"])


def test_the_state_tells_what_came_and_went(shards: list[Path]) -> None:
    states = []
    for change in (lambda s: None, lambda s: s.add([wire(70)]), lambda s: s.remove(["w70"])):
        with Store.write(shards[0]) as store:
            change(store)
            states.append(store.state())
    assert len(set(states)) == 3
    assert states[0].startswith("20 articles, 20 ever added, ")
    assert states[2].startswith("20 articles, 21 ever added, ")
