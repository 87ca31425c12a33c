"""A store's encoder: its vectors can be compared only with those of the same one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from copydesk.errors import InvalidStore
from copydesk.features import Encoder
from copydesk.seeds.search.fingerprint import QuantizedVector, cosine_similarity, quantize

_PROBE = "Divers found cracks in two of the nine piers of the bridge, the ministry said on Tuesday."
_SAME_ENCODER = 0.999


class StoreEncoder:
    """Which encoder a store was made with, and what that made of a sentence.

    Parameters
    ----------
    folder : Path
        The store's.
    about : mapping
        What it says of itself.
    """

    def __init__(self, folder: Path, about: Mapping[str, bytes]) -> None:
        self._folder = folder
        self.name = about["encoder"].decode()
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


def describe_encoder(encoder: Encoder) -> dict[str, bytes]:
    """Give what a new store is to say of its encoder."""
    return {"encoder": encoder.name.encode(), "probe": _encode_probe(encoder).tobytes()}


def _encode_probe(encoder: Encoder) -> QuantizedVector:
    return quantize(encoder.encode([_PROBE])[0])
