"""How articles are read: fingerprints can be compared only with those taken in the same way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from copydesk.features import read_document
from copydesk.features.read.encoder import STATIC, FloatArray
from copydesk.seeds.search.fingerprint import fingerprint
from copydesk.types import Article

READING = "reading"
"""Under which name a store's ``about`` table keeps the digest."""

# What a reader may take for a word, a name, a number, a quotation, a credit, a sentence's end, or
# no part of the article at all; in letters of several scripts and forms.
_PROBES = (
    "ORSA VELHA, Marrin (MNA) \u2014 Divers found cracks in two of the nine piers of the Tall "
    "Bridge on Tuesday, May 3, and it won't reopen before 2027, Deputy Minister Ana-Lucía "
    "O'Brannagh said.\n\n\u201cWe can\u2019t let another lorry cross,\u201d Ms. O'Brannagh told "
    "reporters. \u2018Not one,\u2019 she added.\n\nRepairs will cost 18.4 million kronor ($1.9m), "
    "about twenty-one per cent more than in 1,998 offers; U.S. firm Hallvorsen & Sons Inc. bid "
    "£3bn.\n\n(Reporting by Tomas Weld in Orsa; Editing by Ida Kroll)",
    "Share this story\nBy Ida Kroll, Marrin News Agency\n12 May 2026 | 09:30 GMT\n\n"
    'FROST KILLS HALF OF THE PEARS\n\nGrowers\' losses\u2026 "are the worst since the 1990s", '
    "says the farmers' union. The Farmers' Union of Kessia\u2014which speaks for 4,300 "
    "growers\u2014wants re-insurance; the co\u00adoperative doesn't.\n\n* Kessia\n* Lower Ostmark\n"
    "\nRead more: https://news.example/pears?id=7 or write to desk@news.example.\n\n"
    "Growers' losses\u2026 \"are the worst since the 1990s\", says the farmers' union.",
    "The ﬁrst of Zoe\u0308 Dvor\u030ca\u0301k's three novellas, \u201eNi\u017ein\u201c, was "
    "translated into \u4e2d\u6587 and \u0440\u0443\u0441\u0441\u043a\u0438\u0439 by J. R. van der "
    "Molen, 71, ex-editor of the St. Aldith Herald. It sold 5\u00a0000 copies at \u20ac12,50 each "
    "\u2013 \u00abpas mal\u00bb \u2013 and e-books, he's told \U0001f642.\n\nAsked whether he "
    'would retire, the translator articulated a ludicrous supposition: "[I] shall... perhaps!"',
)


class _NoVectors:
    """In place of an encoder: how vectors are made is kept apart."""

    name = "none"

    def encode(self, sentences: Sequence[str]) -> FloatArray:
        return np.zeros((len(sentences), 1), np.float32)


@cache
def reading_digest() -> bytes:
    """Digest what this version makes of texts that are full of what can be read in several ways.

    Whatever is changed in how words, stems, names or source likeness are made of a text gives
    another digest, where these texts show it.
    """
    digest = hashlib.sha256()
    for place, text in enumerate(_PROBES):
        taken = fingerprint(Article(str(place), text), read_document(text, _NoVectors()))
        for hashes in (taken.trigrams, taken.stems, taken.names):
            digest.update(hashes.astype("<u2").tobytes() + b"/")
        # In as many places as all machines agree on.
        digest.update(f"{taken.n_words} {taken.source_likeness:.3f};".encode())
    return digest.digest()


def find_outdated(folder: Path, about: Mapping[str, bytes]) -> str | None:
    """Say what to do with a store whose articles were read in another way; None if they were not.

    Parameters
    ----------
    folder : Path
        The store's.
    about : mapping
        What it says of itself.
    """
    if about.get(READING) == reading_digest():
        return None
    name = about["encoder"].decode()
    encoder = "" if name == STATIC else f" --encoder {name}"
    return (
        f"{folder} was made by a version of copydesk that read articles in another way: copydesk "
        f"seeds add NEW {folder}{encoder} makes a store that fits of the same articles"
    )
