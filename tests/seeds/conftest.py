"""Fingerprints by hand: how far two texts share vectors, trigrams, content words and names."""

from collections.abc import Callable

import numpy as np
import pytest

from copydesk.seeds.search.fingerprint import Fingerprint, quantize

MakePrint = Callable[..., Fingerprint]


def make_print(
    key: str,
    *,
    similarity: float = 1.0,
    trigrams: range = range(20),
    stems: range = range(20),
    names: range = range(4),
    published: float | None = None,
    source_id: str | None = None,
    likeness: float = 0.0,
    n_words: int = 350,
    facts: tuple[int, ...] = (),
) -> Fingerprint:
    """A text at a cosine similarity to ``similarity=1`` texts; 350 words count for nothing."""
    vector = np.array([similarity, np.sqrt(1 - similarity**2), 0, 0], np.float32)
    hashes = (np.array(part, np.uint16) for part in (trigrams, stems, names))
    when = None if published is None else (published, published)
    held = np.array(facts, np.uint32)
    return Fingerprint(key, source_id, when, quantize(vector), *hashes, n_words, likeness, held)


@pytest.fixture(scope="session", name="make_print")
def make_print_fixture() -> MakePrint:
    return make_print
