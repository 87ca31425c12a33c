"""Figures for the terminal: the sentence that matters, then tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from copydesk.train.evaluation.asked import View
from copydesk.train.evaluation.bootstrap import MIN_STORIES
from copydesk.types import LABELS

_HEADINGS = (
    *("", "n", "macro-F1 (95 %)"),
    *(f"recall {label}" for label in LABELS),
    *("honest called spun", "sets hold it", "labels a set", "log-loss", "Brier", "cal. error"),
)
_MAX_PARTS = 8
_MIN_TEXTS = 5
_MAX_NAME_CHARS = 40


def headline(measured: Mapping[str, Any], model_id: str) -> str:
    """Say in a sentence or two how good a model is on a corpus.

    Parameters
    ----------
    measured : mapping of str to Any
        As ``copydesk.train.evaluation.result.measure_corpus`` gives it.
    model_id : str
        The model's.
    """
    view = next(str(v) for v in (View.FOUND, *View) if str(v) in measured)
    figures = measured[view]
    parts = [
        f"{model_id} labels {figures['accuracy']:.0%} of {figures['n']:,} texts right where "
        f"{_SITUATIONS[View(view)]}{_macro_f1(figures)}"
    ]
    if figures["honest_called_spun"] is not None:
        parts.append(f"{figures['honest_called_spun']:.1%} of honest texts are called spun")
    sentence = ", and ".join(parts) + "."
    others = [str(v) for v in View if str(v) in measured and str(v) != view]
    if others:
        weakest = min(others, key=lambda name: float(measured[name]["accuracy"]))
        sentence += (
            f" Least is known where {_SITUATIONS[View(weakest)]}: "
            f"{measured[weakest]['accuracy']:.0%} right."
        )
    if figures["n_stories"] < MIN_STORIES:
        sentence += (
            f" The texts are of {figures['n_stories']} stories, too few for intervals: other "
            "stories may give other figures."
        )
    return sentence


_SITUATIONS = {
    View.WITH_SOURCE: "the source is given",
    View.FOUND: "sources are looked for among all of them",
    View.MISSING: "the source is missing beside another report of the event",
    View.WRONG: "a text of another story is given as the source",
    View.WITHHELD: "no other text is at hand",
}


def _macro_f1(figures: Mapping[str, Any]) -> str:
    if figures["macro_f1"] is None:
        return ""
    bounds = figures["intervals"].get("macro_f1")
    shown = (
        f"; 95 % interval over {figures['n_stories']} stories {bounds[0]:.2f} to {bounds[1]:.2f}"
        if bounds
        else ""
    )
    return f" (macro-F1 {figures['macro_f1']:.2f}{shown})"


def view_table(measured: Mapping[str, Any]) -> str:
    """Lay out the figures of every situation, a line each."""
    views = [str(view) for view in View if str(view) in measured]
    return lay_out_table([_HEADINGS, *((name, *_view_cells(measured[name])) for name in views)])


def _view_cells(figures: Mapping[str, Any]) -> tuple[str, ...]:
    covered, n_labels = (_mean_over_texts(figures, name) for name in ("covered", "mean_labels"))
    return (
        str(figures["n"]),
        with_interval(figures, "macro_f1", ".3f"),
        *(_number(figures["recall"][str(label)], ".3f") for label in LABELS),
        _number(figures["honest_called_spun"], ".3f"),
        _number(covered, ".3f"),
        _number(n_labels, ".2f"),
        _number(figures["log_loss"], ".3f"),
        _number(figures["brier"], ".3f"),
        _number(figures["calibration_error"], ".3f"),
    )


def _mean_over_texts(figures: Mapping[str, Any], name: str) -> float | None:
    """Average a figure that is given by label over all texts."""
    counts = {label: sum(called.values()) for label, called in figures["called"].items()}
    there = {label: v for label, v in figures[name].items() if v is not None and label in counts}
    n = sum(counts[label] for label in there)
    return sum(v * counts[label] for label, v in there.items()) / n if n else None


def confusion_table(figures: Mapping[str, Any], name: str) -> str:
    """Lay out how many texts of each label were called what, in one situation."""
    called = figures["called"]
    return lay_out_table(
        [
            (f"{name}: called", *map(str, LABELS)),
            *(
                (label, *(str(of_label[str(other)]) for other in LABELS))
                for label, of_label in called.items()
            ),
        ]
    )


def slice_table(slices: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """Lay out the largest parts of each kind, a line each; of fewer than five texts in none."""
    rows: list[Sequence[str]] = [
        ("", "n", "right with source (95 %)", "right, source found (95 %)", "honest called spun")
    ]
    for kind, parts in slices.items():
        large = [name for name, part in parts.items() if _count(part) >= _MIN_TEXTS][:_MAX_PARTS]
        for name in large:
            part = parts[name]
            line = " ".join(name.split())
            shown = line if len(line) <= _MAX_NAME_CHARS else f"{line[: _MAX_NAME_CHARS - 1]}…"
            views = [part.get(str(view)) for view in (View.WITH_SOURCE, View.FOUND)]
            last = next((view for view in reversed(views) if view is not None), None)
            rows.append(
                (
                    f"{kind} {shown}",
                    "0" if last is None else str(last["n"]),
                    *("-" if v is None else with_interval(v, "accuracy", ".3f") for v in views),
                    "-" if last is None else _number(last["honest_called_spun"], ".3f"),
                )
            )
        if len(parts) > len(large):
            rows.append((f"{kind}: {len(parts) - len(large)} more in --out", *[""] * 4))
    return lay_out_table(rows)


def _count(part: Mapping[str, Any]) -> int:
    return max((int(view["n"]) for view in part.values()), default=0)


def comparison_sentence(compared: Mapping[str, Any], one: str, other: str) -> str:
    """Say in a sentence which of two models is better on the same texts, if that is sure.

    Parameters
    ----------
    compared : mapping of str to Any
        As ``copydesk.train.evaluation.result.compare_models`` gives it.
    one, other : str
        Ids of the models.
    """
    view = next(str(v) for v in (View.FOUND, *View) if str(v) in compared)
    name = "macro_f1" if "macro_f1" in compared[view] else "accuracy"
    difference, bounds = (compared[view][name][part] for part in ("difference", "interval"))
    shown = {"macro_f1": "macro-F1", "accuracy": "accuracy"}[name]
    where = f"on the same {compared[view]['n']:,} texts where {_SITUATIONS[View(view)]}"
    if bounds is None:
        return (
            f"{where[0].upper()}{where[1:]}, {one} has {difference:+.3f} {shown} beside {other}; "
            "stories are too few to say whether that is chance."
        )
    shown_bounds = f"95 % interval {bounds[0]:+.3f} to {bounds[1]:+.3f}"
    if bounds[0] <= 0 <= bounds[1]:
        return (
            f"{one} and {other} cannot be told apart {where}: {shown} {difference:+.3f}, "
            f"{shown_bounds}."
        )
    better = "better" if difference > 0 else "worse"
    return f"{one} is {better} than {other} {where}: {shown} {difference:+.3f}, {shown_bounds}."


def comparison_table(compared: Mapping[str, Any]) -> str:
    """Lay out the differences between two models, a line for each situation."""
    names = ("macro_f1", "accuracy", "honest_called_spun", "log_loss", "calibration_error")
    rows: list[Sequence[str]] = [("difference (95 %)", "n", *names)]
    for view, of_view in compared.items():
        cells = [_difference(of_view[name]) if name in of_view else "-" for name in names]
        rows.append((view, str(of_view["n"]), *cells))
    return lay_out_table(rows)


def _difference(found: Mapping[str, Any]) -> str:
    bounds = found["interval"]
    shown = f" ({bounds[0]:+.3f} to {bounds[1]:+.3f})" if bounds else ""
    return f"{found['difference']:+.3f}{shown}"


def with_interval(figures: Mapping[str, Any], name: str, form: str) -> str:
    """Show a figure with its interval, where it has one."""
    bounds = figures["intervals"].get(name)
    shown = f" ({bounds[0]:.2f}-{bounds[1]:.2f})" if bounds else ""
    return f"{_number(figures[name], form)}{shown}"


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def lay_out_table(rows: Sequence[Sequence[str]]) -> str:
    """Align the columns of a table, the first to the left.

    Examples
    --------
    >>> print(lay_out_table([("", "n"), ("long", "3")]))
          n
    long  3
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
