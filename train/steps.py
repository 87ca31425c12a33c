"""Steps of training: how far each is, and about how long the rest takes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_COSTS = "costs.json"
# A step is told by its own pace once so much of it is done; before, by what it is known to cost.
_TELLING_SHARE = 0.1


class Step(StrEnum):
    """What training does, in this order."""

    READ = "reading"
    PAIRS = "making pairs"
    FEATURES = "features"
    LEFT_OUT = "fitting with stories left out"
    COMPARE = "asking the model it starts from"
    FIT = "fitting on everything"
    SAVE = "saving"


# Seconds a unit on two cores: a record, a pair, a thousand rows of a fit.
_USUAL_COSTS: Mapping[Step, float] = {
    Step.READ: 0.001,
    Step.PAIRS: 0.006,
    Step.FEATURES: 0.011,
    Step.LEFT_OUT: 0.4,
    Step.COMPARE: 0.4,
    Step.FIT: 0.4,
    Step.SAVE: 3.0,
}


@dataclass(slots=True)
class _Progress:
    """How far a step is."""

    n_units: float = 0.0
    n_done: float = 0.0
    seconds: float = 0.0
    began: float | None = None


class Steps:
    """Keeps count of the steps of a training run.

    Parameters
    ----------
    on_change : callable
        Called with this object whenever something is done.
    costs : mapping of str to float, optional
        Seconds a unit of each step, as an earlier run measured them.
    clock : callable
        Gives seconds.
    """

    def __init__(
        self,
        on_change: Callable[[Steps], None] = lambda steps: None,
        costs: Mapping[str, float] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_change = on_change
        self._costs = {step: (costs or {}).get(str(step), _USUAL_COSTS[step]) for step in Step}
        self._clock = clock
        self._progress = {step: _Progress() for step in Step}
        self.current: Step | None = None

    def plan(self, step: Step, n_units: float) -> None:
        """Say how much of a step there will be; what it says last counts."""
        self._progress[step].n_units = n_units

    def begin(self, step: Step, n_units: float) -> None:
        """Begin a step that has so many units; the one before is done."""
        self._end()
        self.plan(step, n_units)
        self.current = step
        self._progress[step].began = self._clock()
        self._on_change(self)

    def advance(self, n_units: float = 1.0) -> None:
        """Say that so much more of the current step is done."""
        if self.current is not None:
            self._progress[self.current].n_done += n_units
            self._on_change(self)

    def finish(self) -> None:
        """Say that everything is done."""
        self._end()
        self.current = None

    def _end(self) -> None:
        if self.current is not None:
            progress = self._progress[self.current]
            progress.seconds = self._clock() - (progress.began or 0.0)
            progress.n_done = progress.n_units

    @property
    def place(self) -> tuple[int, int]:
        """The number of the current step, and of how many."""
        planned = [s for s in Step if self._progress[s].n_units or s is self.current]
        return planned.index(self.current) + 1 if self.current else len(planned), len(planned)

    @property
    def share_of_step(self) -> float:
        """How much of the current step is done, in [0, 1]."""
        if self.current is None:
            return 1.0
        progress = self._progress[self.current]
        return min(progress.n_done / progress.n_units, 1.0) if progress.n_units else 1.0

    @property
    def seconds_left(self) -> float:
        """About how many seconds the rest takes."""
        return sum(self._left(step) for step in Step)

    @property
    def share(self) -> float:
        """How much of the whole is done, by time, in [0, 1]."""
        spent = sum(p.seconds for p in self._progress.values())
        if self.current is not None:
            spent += self._clock() - (self._progress[self.current].began or 0.0)
        left = self.seconds_left
        return spent / (spent + left) if spent + left > 0 else 1.0

    def _left(self, step: Step) -> float:
        progress = self._progress[step]
        n_left = max(progress.n_units - progress.n_done, 0.0)
        if step is self.current and progress.n_done > _TELLING_SHARE * progress.n_units:
            spent = self._clock() - (progress.began or 0.0)
            return n_left * spent / progress.n_done
        return n_left * self._costs[step] * self._pace()

    def _pace(self) -> float:
        """How much longer than expected the steps took that are done."""
        done = [(s, p) for s, p in self._progress.items() if p.seconds > 0 and p.n_units]
        expected = sum(self._costs[step] * progress.n_units for step, progress in done)
        return sum(progress.seconds for _, progress in done) / expected if expected > 1 else 1.0

    def costs(self) -> dict[str, float]:
        """Give the seconds a unit of each step, as measured where there was something to do."""
        return {
            str(step): progress.seconds / progress.n_units
            if progress.n_units and progress.seconds
            else self._costs[step]
            for step, progress in self._progress.items()
        }


def read_costs(folder: Path | None) -> dict[str, float]:
    """Read what steps cost in an earlier run; nothing where that is not known."""
    if folder is None:
        return {}
    try:
        found = json.loads((folder / _COSTS).read_text(encoding="utf-8"))
        return {str(step): float(cost) for step, cost in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def write_costs(folder: Path | None, steps: Steps) -> None:
    """Keep what steps cost, for the next run."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f"{_COSTS}.partial"
        partial.write_text(json.dumps(steps.costs()), encoding="utf-8")
        partial.replace(folder / _COSTS)
