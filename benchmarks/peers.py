"""Other ways of finding and comparing copies, each as it is used: a pair, or one against many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from datasketch import MinHash, MinHashLSH
from rapidfuzz import fuzz
from rensa import RMinHash, RMinHashLSH
from sklearn.feature_extraction.text import TfidfVectorizer

from copydesk.features.read.encoder import load_encoder
from copydesk.features.read.sentences import TOKEN, split_sentences

N_PERMUTATIONS = 128
SHINGLE_WORDS = 5
LSH_THRESHOLD = 0.2
_N_BANDS = 64

ComparePair = Callable[[str, str], float]
"""Says how alike a text and its source are."""

FindSource = Callable[[str], int | None]
"""Gives the place of the source among those that were prepared, if any is found."""


def shingles(text: str) -> set[str]:
    """Give a text's word 5-grams."""
    words = TOKEN.findall(text.lower())
    return {
        " ".join(words[i : i + SHINGLE_WORDS])
        for i in range(max(len(words) - SHINGLE_WORDS + 1, 1))
    }


def _minhash(text: str) -> MinHash:
    found = MinHash(num_perm=N_PERMUTATIONS)
    found.update_batch([shingle.encode() for shingle in shingles(text)])
    return found


def _rensa(text: str) -> RMinHash:
    found = RMinHash(num_perm=N_PERMUTATIONS, seed=0)
    found.update(list(shingles(text)))
    return found


def _containment(text: str, source: str) -> float:
    own = shingles(text)
    return len(own & shingles(source)) / len(own)


def _drift(text: str, source: str) -> float:
    """Give the mean drift of a text's sentences, encoded by MiniLM."""
    encoder = load_encoder("minilm")
    vectors, others = (
        encoder.encode([one[a:b] for a, b in split_sentences(one, 0, len(one))])
        for one in (text, source)
    )
    return float(1 - (vectors @ others.T).max(axis=1).mean())


PAIRS: dict[str, ComparePair] = {
    "5-gram containment": _containment,
    "rapidfuzz ratio": fuzz.ratio,
    "datasketch MinHash": lambda text, source: _minhash(text).jaccard(_minhash(source)),
    "rensa RMinHash": lambda text, source: _rensa(text).jaccard(_rensa(source)),
    "MiniLM sentence drift": _drift,
}


def datasketch_lsh(sources: Sequence[str]) -> FindSource:
    """Index sources by MinHash and LSH; of those found the one with the most in common."""
    index = MinHashLSH(threshold=LSH_THRESHOLD, num_perm=N_PERMUTATIONS)
    hashes = [_minhash(source) for source in sources]
    for place, one in enumerate(hashes):
        index.insert(place, one)

    def find(text: str) -> int | None:
        wanted = _minhash(text)
        found = index.query(wanted)
        return max(found, key=lambda place: wanted.jaccard(hashes[place]), default=None)

    return find


def rensa_lsh(sources: Sequence[str]) -> FindSource:
    """Index sources by rensa's RMinHash and LSH."""
    index = RMinHashLSH(LSH_THRESHOLD, N_PERMUTATIONS, _N_BANDS)
    hashes = [_rensa(source) for source in sources]
    for place, one in enumerate(hashes):
        index.insert(place, one)

    def find(text: str) -> int | None:
        wanted = _rensa(text)
        found = index.query(wanted)
        return max(found, key=lambda place: wanted.jaccard(hashes[place]), default=None)

    return find


def inverted_index(sources: Sequence[str]) -> FindSource:
    """Index sources by their 5-grams; the one that has most of the text's."""
    places = defaultdict(list)
    for place, source in enumerate(sources):
        for shingle in shingles(source):
            places[shingle].append(place)

    def find(text: str) -> int | None:
        counts = Counter(place for one in shingles(text) for place in places.get(one, ()))
        return max(counts, key=counts.__getitem__, default=None)

    return find


def tf_idf(sources: Sequence[str]) -> FindSource:
    """Weigh words by TF-IDF; the source with the largest cosine."""
    vectorizer = TfidfVectorizer(sublinear_tf=True)
    matrix = vectorizer.fit_transform(sources)

    def find(text: str) -> int | None:
        cosines = (matrix @ vectorizer.transform([text]).T).toarray().ravel()
        return int(np.argmax(cosines))

    return find


SEARCHES: dict[str, Callable[[Sequence[str]], FindSource]] = {
    "datasketch MinHash + LSH": datasketch_lsh,
    "rensa RMinHash + LSH": rensa_lsh,
    "5-grams, inverted index": inverted_index,
    "TF-IDF cosine": tf_idf,
}
