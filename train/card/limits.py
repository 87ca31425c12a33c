"""What whoever uses a model has to know of it: sentences that its figures give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_MIN_RECALL = 0.8
_MAX_HONEST_CALLED_SPUN = 0.03
_MAX_CALIBRATION_ERROR = 0.05
_COVERAGE_SLACK = 0.03
_MIN_TEXTS = 10
_MAX_PARTS = 5


def find_limits(metrics: Mapping[str, Any], coverage: float) -> list[str]:
    """Find what figures warn of.

    Parameters
    ----------
    metrics : mapping of str to Any
        ``views``: figures by situation, as ``copydesk.train.evaluation.result.measure_said`` gives
        them, and maybe ``slices``; what a view lacks is passed over.
    coverage : float
        What prediction sets promise, in (0, 1).

    Returns
    -------
    list of str
        A line for each situation: labels that are missed, honest texts called spun, probabilities
        that are off, sets that do not hold what they promise; then weak parts of the corpus.

    Examples
    --------
    >>> figures = {"n": 40, "recall": {"spun": 0.5}, "honest_called_spun": 0.1}
    >>> for sentence in find_limits({"views": {"alone": figures}}, 0.9):
    ...     print(sentence)
    Alone: 50% of spun texts are called something else; 10.0% of honest texts are called spun.
    """
    found = {name: list(_of_view(of, coverage)) for name, of in metrics["views"].items()}
    lines = [f"{_begin(name)}: {'; '.join(said)}." for name, said in found.items() if said]
    return [*lines, *_of_parts(metrics.get("slices") or {})]


def _begin(sentence: str) -> str:
    return f"{sentence[0].upper()}{sentence[1:]}"


def _of_view(figures: Mapping[str, Any], coverage: float) -> Iterator[str]:
    called = figures.get("called") or {}
    for label, recall in figures["recall"].items():
        n = sum(called[label].values()) if label in called else _MIN_TEXTS
        if recall is not None and recall < _MIN_RECALL and n >= _MIN_TEXTS:
            yield f"{1 - recall:.0%} of {label} texts are called {_most_called(called, label)}"
    honest = figures.get("honest_called_spun")
    if honest is not None and honest > _MAX_HONEST_CALLED_SPUN:
        yield f"{honest:.1%} of honest texts are called spun"
    error = figures.get("calibration_error")
    if error is not None and error > _MAX_CALIBRATION_ERROR:
        yield f"probabilities are off by {error:.0%} on average{_direction(figures)}"
    for label, share in (figures.get("covered") or {}).items():
        if share is not None and share < coverage - _COVERAGE_SLACK:
            yield f"sets hold the true label of {share:.0%} of {label} texts, not {coverage:.0%}"


def _most_called(called: Mapping[str, Mapping[str, int]], label: str) -> str:
    others = {name: n for name, n in called.get(label, {}).items() if name != label and n}
    if not others:
        return "something else"
    most = max(others, key=lambda name: others[name])
    return f"something else, {others[most]} of {sum(others.values())} of them {most}"


def _direction(figures: Mapping[str, Any]) -> str:
    bins = figures.get("reliability") or []
    n = sum(one["n"] for one in bins)
    if not n:
        return ""
    gap = sum(one["n"] * (one["confidence"] - one["accuracy"]) for one in bins) / n
    return ", too sure" if gap > 0 else ", less sure than right"


def _of_parts(slices: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    weak = [
        (part["accuracy"], f"{kind} {name}, {view}: {part['accuracy']:.0%} of {part['n']} right.")
        for kind, parts in slices.items()
        for name, views in parts.items()
        for view, part in views.items()
        if part["n"] >= _MIN_TEXTS and part["accuracy"] < _MIN_RECALL
    ]
    shown = [_begin(text) for _, text in sorted(weak)[:_MAX_PARTS]]
    more = len(weak) - len(shown)
    if more:
        shown.append(f"{more} more parts of the corpus are below {_MIN_RECALL:.0%}.")
    return shown
