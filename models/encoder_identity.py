"""Which encoder a model's features were made with: its name, and what it made of a sentence.

A name is not enough: behind it may lie another version, or other weights in the same folder.
"""

from __future__ import annotations

import numpy as np

from copydesk.errors import InvalidModel
from copydesk.features import Encoder
from copydesk.models.manifest import Manifest

_PROBE = "Divers found cracks in two of the nine piers of the bridge, the ministry said on Tuesday."
_SAME_ENCODER = 0.999
_DIGITS = 4


def describe_encoder(encoder: Encoder) -> tuple[float, ...]:
    """Give what an encoder makes of a fixed sentence, to four digits.

    Parameters
    ----------
    encoder : Encoder
        As ``copydesk.features.load_encoder`` gives it.

    Returns
    -------
    tuple of float
        A vector of length one, as long as the encoder's are.

    Examples
    --------
    >>> from copydesk.features import load_encoder
    >>> len(describe_encoder(load_encoder("static")))
    256
    """
    return tuple(round(x, _DIGITS) for x in encoder.encode([_PROBE])[0].tolist())


def check_encoder(manifest: Manifest, encoder: Encoder) -> None:
    """Refuse an encoder that a model was not made with.

    Parameters
    ----------
    manifest : Manifest
        The model's. Where it does not say what its encoder made of the sentence, as those of older
        models do not, only the name is looked at.
    encoder : Encoder
        The one to be used.

    Raises
    ------
    InvalidModel
        It bears another name, or gives another vector: cosine similarity of 0.999 or less.
    """
    if encoder.name != manifest.encoder:
        raise InvalidModel(
            f"{manifest.model_id} was made with the encoder {manifest.encoder}, not with "
            f"{encoder.name}: train it again"
        )
    if not manifest.encoder_vector:
        return
    then, now = np.array(manifest.encoder_vector), encoder.encode([_PROBE])[0]
    is_same = then.shape == now.shape and float(then @ now) > _SAME_ENCODER * float(
        np.linalg.norm(then) * np.linalg.norm(now)
    )
    if not is_same:
        raise InvalidModel(
            f"{manifest.model_id} was made with another encoder of the name {manifest.encoder} "
            "than is installed here: install the one that it was made with, or train it again"
        )
