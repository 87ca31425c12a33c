"""A store's encoder: its vectors can be compared only with those of the same one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np

from copydesk.errors import InvalidStore
from copydesk.features import Encoder
from copydesk.seeds.search.fingerprint import QuantizedVector, cosine_similarity, quantize
from copydesk.seeds.store.database import transaction

_PROBE = "Divers found cracks in two of the nine piers of the bridge, the ministry said on Tuesday."
_SAME_ENCODER = 0.999


class StoreEncoder:
    """Which encoder a store was made with, and what that made of a sentence.

    Parameters
    ----------
    folder : Path
        The store's.
    connection : sqlite3.Connection
        To its database.

    Raises
    ------
    InvalidStore
        The store does not say.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        about = dict(connection.execute("SELECT name, value FROM about"))
        if not about:
            raise InvalidStore(f"{folder} was never finished: copydesk seeds add {folder} goes on")
        self._folder = folder
        self.name = bytes(about["encoder"]).decode()
        self._probe: QuantizedVector = np.frombuffer(about["probe"], np.int8)

    @property
    def dimension(self) -> int:
        """Of its vectors."""
        return len(self._probe)

    def check(self, encoder: Encoder) -> None:
        """Refuse another encoder, or another version of it.

        Raises
        ------
        InvalidStore
            Says how to make a store that fits.
        """
        is_same = cosine_similarity(_encode_probe(encoder), self._probe) > _SAME_ENCODER
        if encoder.name == self.name and is_same:
            return
        raise InvalidStore(
            f"{self._folder} was made with the encoder {self.name}, expected "
            f"{encoder.name} as it is installed here: copydesk seeds add NEW {self._folder} "
            f"--encoder {encoder.name} makes a store that fits of the same articles"
        )


def describe_encoder(connection: sqlite3.Connection, encoder: Encoder) -> None:
    """Write down the encoder of a new store."""
    with transaction(connection):
        connection.executemany(
            "INSERT INTO about VALUES (?, ?)",
            [("encoder", encoder.name.encode()), ("probe", _encode_probe(encoder).tobytes())],
        )


def _encode_probe(encoder: Encoder) -> QuantizedVector:
    return quantize(encoder.encode([_PROBE])[0])
