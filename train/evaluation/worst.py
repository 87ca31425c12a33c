"""The texts that a model is most wrong about: whoever reads them learns more than by any figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.evaluation.outcomes import Gathered
from copydesk.train.evaluation.sums import losses
from copydesk.types import LABELS

N_WORST = 30
_N_WORDS = 40


def find_worst(
    gathered: Gathered, records: Sequence[CorpusRecord], n_worst: int = N_WORST
) -> list[dict[str, Any]]:
    """Find the texts whose true label was given the least probability.

    Parameters
    ----------
    gathered : Gathered
        What a model said in one situation.
    records : sequence of CorpusRecord
        The corpus.
    n_worst : int
        At most so many.

    Returns
    -------
    list of dict
        Worst first: ``id``, ``true``, ``given``, ``loss`` in nats, a probability by label,
        ``dataset``, ``engine``, ``story`` and the ``beginning`` of the text, forty words.
    """
    said = gathered.said
    loss = losses(said.probabilities, said.y)
    order = np.argsort(-loss, kind="stable")[:n_worst].tolist()
    rows = gathered.rows.tolist()
    return [
        {
            "id": (record := records[rows[i]]).article.id,
            "true": str(record.label),
            "given": str(LABELS[int(said.probabilities[i].argmax())]),
            "loss": round(float(loss[i]), 3),
            **{
                f"p_{label}": round(p, 4)
                for label, p in zip(LABELS, said.probabilities[i].tolist(), strict=True)
            },
            "dataset": record.dataset,
            "engine": record.engine,
            "story": record.story,
            "beginning": " ".join(record.article.text.split()[:_N_WORDS]),
        }
        for i in order
    ]
