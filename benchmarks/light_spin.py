"""Light thesaurus spinning: about every eighth word changed, on wires that no model has seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from data import Measured, families_of
from left_out_engines import called_spun
from rapidfuzz.distance import Levenshtein

from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.dataset import build_dataset, concatenate
from copydesk.train.materials import draw_wires
from copydesk.train.pairs import Pair, PairKind, hash_beginning
from copydesk.types import Article, Label

SEED = 1
# At these strengths they change 10 to 15 words in 100; the others are made of these two.
_STRENGTHS = {"wordnet": 0.25, "mythes": 0.25, "neighbours": 0.4}
_N_DRAWN = 120


def measure_light_spin(measured: Measured) -> dict[str, dict[str, float]]:
    """Measure recall by models that have learned from thesaurus engines, and that have not.

    Parameters
    ----------
    measured : Measured
        No wire among its records is spun.
    """
    recipe, materials, derived = measured.recipe, measured.materials, measured.derived
    assert recipe.derive is not None
    learned = {r.article.source_text or r.article.text for r in materials.derived_records}
    known = {hash_beginning(text) for text in learned}
    drawn = draw_wires(recipe.derive, materials.records, measured.data, SEED, _N_DRAWN)
    wires = [wire for wire in drawn if hash_beginning(wire.text) not in known]
    pairs, changed = spin(wires)
    spun = build_dataset(pairs, recipe.encoder, materials.styles, n_jobs=-1)
    others = derived.rows(families_of(derived) != "thesaurus")
    found: dict[str, dict[str, float]] = {
        name: {"n": int((spun.engines == name).sum()), "words_changed": round(share, 3)}
        for name, share in changed.items()
    }
    for key, training in (("recall", derived), ("recall_never_seen_a_thesaurus", others)):
        right = called_spun(concatenate([measured.real, training]), spun)
        for name, figures in found.items():
            figures[key] = round(float(right[spun.engines == name].mean()), 3)
    return found


def spin(wires: Sequence[Article]) -> tuple[list[Pair], dict[str, float]]:
    """Spin wires with each engine; gives pairs, and each engine's median share of words changed."""
    pairs, changed = [], {}
    for name, strength in _STRENGTHS.items():
        make = ENGINES[name].make
        assert make is not None
        made = make(strength, SEED).derive_many([wire.text for wire in wires])
        shares = []
        for wire, one in zip(wires, made, strict=True):
            kind = PairKind.SOURCE
            pairs.append(Pair(one.text, wire.text, kind, Label.SPUN, wire.id, name, "light_spin"))
            words, new = wire.text.split(), one.text.split()
            shares.append(Levenshtein.normalized_distance(words, new))
        changed[name] = float(np.median(shares))
    return pairs, changed
