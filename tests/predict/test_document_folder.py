"""Documents in files: what comes back is what was read, and what cannot be kept is not there."""

import pickle
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.features import Document, load_encoder, read_document
from copydesk.predict import Scorer
from copydesk.predict.document_folder import DocumentFolder
from copydesk.types import Article


@pytest.fixture
def text(bridge: dict[str, Article]) -> str:
    return bridge["wire"].text


@pytest.fixture
def document(text: str) -> Document:
    return read_document(text, load_encoder())


def test_what_was_put_comes_back(text: str, document: Document, tmp_path: Path) -> None:
    DocumentFolder(tmp_path, 0).put(text, document)
    found = DocumentFolder(tmp_path, 0).get(text)
    assert found is not None
    for field in fields(Document):
        one, other = getattr(found, field.name), getattr(document, field.name)
        if isinstance(other, np.ndarray):
            np.testing.assert_array_equal(one, other)
        elif field.name != "normalized":
            assert one == other
    assert found.text == document.text
    assert found.normalized.raw_span(10, 40) == document.normalized.raw_span(10, 40)
    assert DocumentFolder(tmp_path, 0).get(f"{text} ") is None


def test_texts_that_no_encoding_has_are_kept_too(document: Document, tmp_path: Path) -> None:
    documents = DocumentFolder(tmp_path, 0)
    documents.put("half a pair: \ud800", document)
    assert documents.get("half a pair: \ud800") is not None


@pytest.mark.parametrize("damage", [b"", b"\x80\x05", pickle.dumps("no document")])
def test_what_is_damaged_is_not_there(
    damage: bytes, text: str, document: Document, tmp_path: Path
) -> None:
    documents = DocumentFolder(tmp_path, 0)
    documents.put(text, document)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert documents.get(text) is None


def test_nothing_is_written_where_little_is_free(
    text: str, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [50, 49]

    def usage(_: Path) -> Any:
        return type("Usage", (), {"free": free.pop(0)})

    monkeypatch.setattr(shutil, "disk_usage", usage)
    documents = DocumentFolder(tmp_path, min_free=50)
    documents.put(text, document)
    documents.put("another text", document)
    assert documents.get(text) is not None
    assert documents.get("another text") is None


def test_what_holds_in_one_process_only_is_not_kept(
    text: str, document: Document, tmp_path: Path
) -> None:
    assert len(document.codes) > 0  # by Python's own hashes, which others do not share
    documents = DocumentFolder(tmp_path, 0)
    documents.put(text, document)
    found = documents.get(text)
    assert found is not None
    assert set(vars(found)) == {field.name for field in fields(Document)}


def test_a_folder_that_is_gone_is_no_error(text: str, document: Document, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    documents = DocumentFolder(folder, 0)
    folder.rmdir()
    documents.put(text, document)
    assert documents.get(text) is None


def test_a_disk_that_is_full_leaves_nothing_behind(
    text: str, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        write(path, content[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    DocumentFolder(tmp_path, 0).put(text, document)
    assert list(tmp_path.iterdir()) == []


def test_scorers_that_share_a_folder_read_a_text_once(
    scorer: Scorer, bridge: dict[str, Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = scorer.label_pair(bridge["edited"], bridge["wire"])
    first = Scorer(scorer.model, DocumentFolder(tmp_path, 0))
    assert first.label_pair(bridge["edited"], bridge["wire"]) == expected

    def read(*_: object) -> None:
        raise AssertionError("this was read before")

    monkeypatch.setattr("copydesk.predict.classifier.read_document", read)
    other = Scorer(scorer.model, DocumentFolder(tmp_path, 0))
    assert other.label_pair(bridge["edited"], bridge["wire"]) == expected
