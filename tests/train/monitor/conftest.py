"""Output records, and what they carry."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from copydesk.train.monitor.records import Collector, Scored
from copydesk.types import LABELS, Evidence, Finding, Source, Span, Verdict

Make = Callable[..., Scored]
MakeRecords = Callable[..., list[dict[str, Any]]]


def draw_record(rng: np.random.Generator, number: int, shares: tuple[float, ...]) -> dict[str, Any]:
    label = LABELS[int(rng.choice(3, p=shares))]
    p = np.sort(rng.dirichlet((1, 1, 6)))[::-1]
    others = [other for other in LABELS if other is not label]
    probabilities = dict(zip([label, *others], p.tolist(), strict=True))
    has_source = bool(rng.random() < 0.6)
    credits = ["Northwire"] if rng.random() < 0.3 else []
    span = Span("Northwire", 0, 9)
    verdict = Verdict(
        id=f"a{number}",
        label=label,
        probabilities=probabilities,
        label_set=(label, others[0]) if rng.random() < 0.1 else (label,),
        source=Source("w", float(rng.beta(5, 2))) if has_source else None,
        evidence=Evidence(
            coverage=float(rng.beta(2, 2)) if has_source else None,
            credits=tuple(Finding("credit", span, detail=name) for name in credits),
        ),
        model_id="drawn-1",
    )
    day = f"2026-03-{number % 28 + 1:02}T08:00Z"
    record = {**verdict.to_dict(), "published": day}
    return {**record, "url": f"https://paper{int(rng.integers(8))}.example/{number}"}


@pytest.fixture(scope="session")
def make_records() -> MakeRecords:
    """Draw output records, the same for a seed."""

    def make(n: int, seed: int = 0, shares: tuple[float, ...] = (0.6, 0.3, 0.1)) -> Any:
        rng = np.random.default_rng(seed)
        return [draw_record(rng, number, shares) for number in range(n)]

    return make


@pytest.fixture(scope="session")
def make_scored(make_records: MakeRecords) -> Make:
    """Collect what drawn records carry, each changed by a function."""

    def make(
        n: int,
        seed: int = 0,
        change: Callable[[dict[str, Any]], object] = lambda _: None,
        n_rejected: int | None = 0,
        **options: Any,
    ) -> Scored:
        collector = Collector()
        for record in make_records(n, seed, **options):
            change(record)
            collector.add(record)
        return collector.scored(n_rejected)

    return make
