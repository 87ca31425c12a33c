"""Static vectors tuned on paraphrases: a spun sentence lies nearest to the one it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from copydesk.features import load_encoder, read_document
from copydesk.features.read.encoder import static_sentence_transformer
from copydesk.train.pairs import Pair, PairKind

# Data sets of spun texts; those left out show what carries over.
TUNED_ON = ("l2r", "raidar")
_MIN_SIMILARITY = 0.5
_MIN_TOKENS = 5
_BATCH = 256
_EPOCHS = 4
_LEARNING_RATE = 5e-4
_SHARPNESS = 20.0


def tune_static(
    pairs: Sequence[Pair], datasets: Sequence[str], folder: Path, random_state: int = 0
) -> None:
    """Tune the static vectors and save them as a SentenceTransformer.

    The loss is that of contrasting each sentence with all others of its batch, both ways (van den
    Oord et al. 2018).

    Parameters
    ----------
    pairs : sequence of Pair
        Those of texts beside their sources are learned from.
    datasets : sequence of str
        Which data sets' pairs.
    folder : Path
        Where to save.
    random_state : int
        Seed of the batches.
    """
    static = static_sentence_transformer()[0]
    sentences = _paraphrases(pairs, datasets)
    tokens = [
        [static.tokenizer.encode(text, add_special_tokens=False).ids for text in two]
        for two in sentences
    ]
    vectors = torch.nn.EmbeddingBag.from_pretrained(
        static.embedding.weight.detach().clone(), freeze=False, mode="mean"
    )
    optimizer = torch.optim.Adam(vectors.parameters(), lr=_LEARNING_RATE)
    rng = np.random.default_rng(random_state)

    def encode(ids: list[list[int]]) -> torch.Tensor:
        starts = np.cumsum([0, *(len(one) for one in ids[:-1])])
        flat = torch.tensor([token for one in ids for token in one])
        return torch.nn.functional.normalize(vectors(flat, torch.tensor(starts)), dim=1)

    for _ in range(_EPOCHS):
        order = rng.permutation(len(tokens))
        for first in range(0, len(order) - _BATCH + 1, _BATCH):
            batch = [tokens[i] for i in order[first : first + _BATCH]]
            spun, source = (encode([two[side] for two in batch]) for side in (0, 1))
            scores, right = _SHARPNESS * spun @ source.T, torch.arange(_BATCH)
            loss = torch.nn.functional.cross_entropy(scores, right)
            loss = loss + torch.nn.functional.cross_entropy(scores.T, right)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    module = StaticEmbedding(static.tokenizer, embedding_weights=vectors.weight.detach().numpy())
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))


def _paraphrases(pairs: Sequence[Pair], datasets: Sequence[str]) -> list[tuple[str, str]]:
    """Give spun sentences, each with the source's sentence that it is closest to."""
    encoder, found = load_encoder(), []
    for pair in pairs:
        if pair.kind is not PairKind.SOURCE or pair.dataset not in datasets:
            continue
        spun, source = (
            read_document(text, encoder) for text in (pair.text, pair.source_text or "")
        )
        if not spun.sentences or not source.sentences:
            continue
        similarity = spun.vectors @ source.vectors.T
        for sentence, scores in zip(spun.sentences, similarity, strict=True):
            best = source.sentences[int(scores.argmax())]
            if scores.max() > _MIN_SIMILARITY and sentence.n_tokens >= _MIN_TOKENS:
                one = spun.text[sentence.start : sentence.end]
                found.append((one, source.text[best.start : best.end]))
    return found
