"""The index file: whole or not at all on the disk, and searched like vectors in memory."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.errors import InvalidStore
from copydesk.seeds.store.index_file import IndexFile

N, DIMENSION = 300, 32


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.int8]:
    return np.random.default_rng(0).integers(-127, 128, (N, DIMENSION), dtype=np.int8)


def cosines(vectors: NDArray[np.int8], wanted: NDArray[np.int8]) -> NDArray[np.float64]:
    unit = vectors / np.linalg.norm(vectors.astype(float), axis=1, keepdims=True)
    return unit @ (wanted / np.linalg.norm(wanted.astype(float)))


def test_many_vectors_are_searched_with_less_effort(
    tmp_path: Path, vectors: NDArray[np.int8], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = IndexFile(tmp_path, DIMENSION)
    state = file.extend(None, [(np.arange(N), vectors)], N - 1)
    few = file.open(state)
    monkeypatch.setattr("copydesk.seeds.search.vectors._MANY", N)
    many = file.open(state)
    assert few.effort == 96 > many.effort == 64


def test_what_is_mapped_and_what_was_added_are_one(
    tmp_path: Path, vectors: NDArray[np.int8]
) -> None:
    file = IndexFile(tmp_path, DIMENSION)
    keys = np.arange(N) * 3
    state = file.extend(None, [(keys[:200], vectors[:200])], 597)
    assert file.read_state() == state
    index = file.open(state)
    index.add(keys[200:], vectors[200:])
    assert len(index) == N
    for wanted in vectors[::29]:
        found, similarities = index.search(wanted, 12)
        exact = np.sort(cosines(vectors, wanted))[::-1][:12]
        np.testing.assert_allclose(similarities, exact, atol=1e-3)
        np.testing.assert_allclose(cosines(vectors[found // 3], wanted), similarities, atol=1e-3)


def test_a_file_is_extended_and_the_old_one_goes(tmp_path: Path, vectors: NDArray[np.int8]) -> None:
    file = IndexFile(tmp_path, DIMENSION)
    first = file.extend(None, [(np.arange(100), vectors[:100])], 99)
    reader = file.open(first)
    second = file.extend(first, [(np.arange(100, N), vectors[100:])], N - 1)
    assert (second.through, second.n_vectors) == (N - 1, N)
    assert {path.name for path in tmp_path.iterdir()} == {"index.json", second.file}
    assert file.open(second).search(vectors[250], 1)[0].tolist() == [250]
    # Whoever has the old one mapped goes on with it.
    assert reader.search(vectors[50], 1)[0].tolist() == [50]


def test_there_may_be_no_file(tmp_path: Path) -> None:
    file = IndexFile(tmp_path, DIMENSION)
    assert file.read_state() is None
    assert len(file.open(None)) == 0


@pytest.mark.parametrize("damage", ["cut", "bit", "gone", "record", "fields"])
def test_damage_is_named(damage: str, tmp_path: Path, vectors: NDArray[np.int8]) -> None:
    file = IndexFile(tmp_path, DIMENSION)
    state = file.extend(None, [(np.arange(N), vectors)], N - 1)
    path, record = tmp_path / state.file, tmp_path / "index.json"
    raw = path.read_bytes()
    if damage == "cut":
        path.write_bytes(raw[:-100])
    elif damage == "bit":
        path.write_bytes(raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:])
    elif damage == "gone":
        path.unlink()
    elif damage == "record":
        record.write_text("{")
    else:
        record.write_text(json.dumps({"file": "x"}))
    message = "cannot be read" if damage == "gone" else "is damaged"
    with pytest.raises(InvalidStore, match=message):
        file.read_state()


def test_a_file_of_another_kind_is_refused(tmp_path: Path, vectors: NDArray[np.int8]) -> None:
    file = IndexFile(tmp_path, DIMENSION)
    state = file.extend(None, [(np.arange(N), vectors)], N - 1)
    with pytest.raises(InvalidStore, match="300 vectors of 32 components, expected 300 of 16"):
        IndexFile(tmp_path, 16).open(state)
    (tmp_path / state.file).write_bytes(b"no index" * 100)
    with pytest.raises(InvalidStore, match="is no index of this usearch"):
        file.open(state)


def test_what_cannot_be_written_leaves_the_old_file(
    tmp_path: Path, vectors: NDArray[np.int8]
) -> None:
    file = IndexFile(tmp_path, DIMENSION)
    state = file.extend(None, [(np.arange(100), vectors[:100])], 99)
    (tmp_path / "index.partial").mkdir()  # no file can be written there
    with pytest.raises(OSError, match=r"index\.partial"):
        file.extend(state, [(np.arange(100, N), vectors[100:])], N - 1)
    assert file.read_state() == state
