"""Figures of what scored files carry, compared with another file or the training reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from copydesk.models.reference import ALONE, BESIDE, Reference
from copydesk.train.monitor.figures import Count, Figure, share_figure
from copydesk.train.monitor.records import NUMBERS, Scored
from copydesk.train.monitor.spread import measure_shift, spread_of
from copydesk.types import LABELS

_MEANINGS = {
    "unsure": "more than one label in the set",
    "without source": "judged alone, or beside a text that is not its source",
    "rejected": "could not be judged",
}


def carried_figures(
    now: Scored, before: Scored | None, reference: Reference | None
) -> list[Figure]:
    """Compare what records carry.

    Parameters
    ----------
    now : Scored
        What is scored now.
    before : Scored or None
        What was scored before.
    reference : Reference or None
        Where there is no ``before``, shares of labels are compared with those of what the model
        learned; the rest is shown and not judged.

    Returns
    -------
    list of Figure
        Not judged yet.
    """
    found = list(_shares(now, before, reference))
    if before is not None:
        found += _numbers(now, before)
    return found


def _shares(now: Scored, before: Scored | None, reference: Reference | None) -> Iterator[Figure]:
    learned = None if reference is None or before is not None else _learned_labels(now, reference)
    for i, label in enumerate(LABELS):
        was = None if before is None else Count(int((before.labels == i).sum()), len(before))
        if learned is not None:
            was = learned[i]
        is_now = Count(int((now.labels == i).sum()), len(now))
        yield share_figure("labels", str(label), "share of all labelled", was, is_now)
    for name, count in (("unsure", _unsure), ("without source", _without_source)):
        was = None if before is None else count(before)
        yield share_figure("shares", name, _MEANINGS[name], was, count(now))
    if now.n_rejected is not None:
        was = None if before is None else _rejected(before)
        yield share_figure("shares", "rejected", _MEANINGS["rejected"], was, _count_rejected(now))
    if before is not None:
        yield from _new("new outlets", "outlet or domain that was not there before", before, now)
        yield from _new("new agencies", "credits an agency that was not there before", before, now)


def _learned_labels(now: Scored, reference: Reference) -> list[Count]:
    """Give how many rows bear each label; rows alone and beside a text as mixed as articles are."""
    share_beside = float(now.has_candidate.mean()) if len(now) else 0.0
    weights = {ALONE: 1 - share_beside, BESIDE: share_beside}
    rows = {kind: reference.n_rows[kind].astype(float) for kind in weights}
    shares = sum(weights[kind] * rows[kind] / max(rows[kind].sum(), 1) for kind in weights)
    spread = sum(weight**2 / max(rows[kind].sum(), 1) for kind, weight in weights.items())
    of = round(1 / spread) if spread else 0
    return [Count(round(share * of), of) for share in np.asarray(shares).tolist()]


def _unsure(scored: Scored) -> Count:
    return Count(scored.n_unsure, len(scored))


def _without_source(scored: Scored) -> Count:
    return Count(scored.n_without_source, len(scored))


def _rejected(scored: Scored) -> Count | None:
    return None if scored.n_rejected is None else _count_rejected(scored)


def _count_rejected(scored: Scored) -> Count:
    n_rejected = scored.n_rejected or 0
    return Count(n_rejected, n_rejected + len(scored))


def _new(name: str, meaning: str, before: Scored, now: Scored) -> Iterator[Figure]:
    """Compare how many records bear a name that was not there before with how many should.

    Of names that are seldom, some are always new: as many as stood once before (Good 1953).
    """
    is_outlet = name == "new outlets"
    was, are = (one.outlets if is_outlet else one.agencies for one in (before, now))
    named = Counter({key: n for key, n in are.items() if key})
    if not named:
        return
    n_new = sum(n for key, n in named.items() if key not in was)
    n_expected = sum(n == 1 for key, n in was.items() if key)
    of_before = sum(n for key, n in was.items() if key)
    known = Count(n_expected, of_before) if of_before else None
    figure = share_figure("shares", name, meaning, known, Count(n_new, named.total()))
    is_more = (figure.now or 0.0) > (figure.before or 0.0)
    yield figure if is_more or figure.p is None else replace(figure, p=1.0)


def _numbers(now: Scored, before: Scored) -> Iterator[Figure]:
    for i, name in enumerate(NUMBERS):
        was, values = before.numbers[:, i], now.numbers[:, i]
        if len(was) and not (np.isnan(was).all() and np.isnan(values).all()):
            yield Figure(
                "records",
                name,
                "as the records carry it",
                len(was),
                len(values),
                shift=measure_shift(spread_of(was), values),
            )
