"""Floors: least values that no candidate's figures may fall below, as a file has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.errors import InvalidInput
from copydesk.train.promotion.contest import Comparison
from copydesk.types import LABELS, Label

_SEPARATOR = ": "


@dataclass(frozen=True, slots=True)
class Fallen:
    """A figure of a candidate below its floor."""

    figure: str
    value: float
    at_least: float

    def __str__(self) -> str:
        return f"{self.figure} is {self.value:.3f}, floor {self.at_least:g}"


def read_floors(path: Path) -> dict[str, float]:
    """Read the floors of a models folder: by a figure's name, its least value.

    Parameters
    ----------
    path : Path
        JSON such as ``{"macro_f1": 0.9, "mine: with source: recall spun": 0.8}``. A name may leave
        out what stands before it, and then is of every gate set and view.

    Returns
    -------
    dict of str to float
        Empty where there is no file.

    Raises
    ------
    InvalidInput
        It cannot be read, or holds something else.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InvalidInput(f"the floors {path} cannot be read: {error}") from error
    is_table = isinstance(found, dict)
    if not is_table or not all(_is_share(value) for value in found.values()):
        raise InvalidInput(
            f"the floors {path} hold {found!r}, expected names of figures and their least values "
            "in [0, 1]"
        )
    return {str(name): float(value) for name, value in found.items()}


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def figures_of(comparisons: Sequence[Comparison]) -> dict[str, float]:
    """Give a candidate's figures by their names, each the better the higher.

    Returns
    -------
    dict of str to float
        ``macro_f1``, ``accuracy``, ``recall LABEL`` and ``honest_kept`` (the share of originals and
        edits that are not called spun) of each gate set and view, in [0, 1].
    """
    return {
        _SEPARATOR.join((comparison.name, name)): value
        for comparison in comparisons
        for name, value in _figures(comparison).items()
    }


def _figures(comparison: Comparison) -> dict[str, float]:
    measured: Mapping[str, Any] = comparison.candidate
    recall = measured["recall"]
    has_honest = any(recall[label] is not None for label in LABELS if label is not Label.SPUN)
    kept = 1 - comparison.differences["honest_called_spun"].candidate
    found = {
        "macro_f1": measured["macro_f1"],
        "accuracy": measured["accuracy"],
        **{f"recall {label}": share for label, share in recall.items()},
        "honest_kept": kept if has_honest else None,
    }
    return {name: float(value) for name, value in found.items() if value is not None}


def check_floors(
    floors: Mapping[str, float], comparisons: Sequence[Comparison]
) -> tuple[Fallen, ...]:
    """Find the figures that fell below a floor.

    Raises
    ------
    InvalidInput
        A floor names no figure that was measured: it would hold nothing.

    Examples
    --------
    >>> check_floors({}, ())
    ()
    """
    figures = figures_of(comparisons)
    fallen = []
    for name, at_least in floors.items():
        meant = [f for f in figures if f == name or f.endswith(f"{_SEPARATOR}{name}")]
        if not meant:
            raise InvalidInput(
                f"the floor {name!r} is of no figure that was measured; there are: "
                f"{', '.join(figures) or 'none'}"
            )
        fallen += [Fallen(f, figures[f], at_least) for f in meant if figures[f] < at_least]
    return tuple(fallen)
