"""What a scored file carries: the numbers, shares and names that can be monitored without texts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import InvalidInput
from copydesk.types import LABELS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHARES = ("coverage", "verbatim_share", "reworded_share")
_FINDINGS = (
    "altered_quotes",
    "corrupted_names",
    "changed_numbers",
    "oddities",
    "credits",
    "repeated_blocks",
    "house_style",
)
_ANSWERS = ("p_derives", "p_reworded", "p_machine")
NUMBERS: tuple[str, ...] = (
    *(f"p_{label}" for label in LABELS),
    *_ANSWERS,
    "source_similarity",
    *_SHARES,
    *_FINDINGS,
)
"""What is monitored as a number: probabilities, similarity, shares and counts of evidence."""

Record = Mapping[str, Any]
GetDay = Callable[[Record], str | None]


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What some records carry.

    Parameters
    ----------
    numbers : ndarray of float64, shape (n_records, n_numbers)
        In the order of ``NUMBERS``; NaN where a record has none.
    labels : ndarray of int64, shape (n_records,)
        Indices into ``LABELS``.
    has_candidate : ndarray of bool, shape (n_records,)
        Whether it was compared with a text, its source or another report.
    n_unsure, n_without_source : int
        How many.
    outlets, agencies : Counter
        How many records name an outlet (or else a domain), and an agency. One without counts
        under the empty name.
    models : Counter
        How many each model labelled.
    n_rejected : int or None
        How many could not be judged; None where that is not known.
    """

    numbers: NDArray[np.float64]
    labels: NDArray[np.int64]
    has_candidate: NDArray[np.bool_]
    n_unsure: int
    n_without_source: int
    outlets: Counter[str]
    agencies: Counter[str]
    models: Counter[str]
    n_rejected: int | None

    def __len__(self) -> int:
        return len(self.labels)


def read_records(path: Path) -> Iterator[Record]:
    """Read the records of a JSON Lines file that ``copydesk label --out`` wrote, one at a time.

    Raises
    ------
    InvalidInput
        It cannot be read, or a line is no output record.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _parse(line, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error


def _parse(line: str, where: str) -> Record:
    try:
        record = json.loads(line)
        _numbers_of(record)
        if record["label"] not in LABELS or not record["label_set"]:
            raise ValueError(f"label is {record['label']!r}")
        _ = record["id"], record["model_id"], record["source_id"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(
            f"{where} is no output record of copydesk label (.jsonl): {error!r}"
        ) from error
    found: Record = record
    return found


def count_rejected(path: Path) -> int:
    """Count the rejects beside a scored file: none, where there is no file of them.

    Examples
    --------
    >>> count_rejected(Path("nowhere.jsonl"))
    0
    """
    beside = Path(f"{path}.rejected.jsonl")
    try:
        with beside.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise InvalidInput(f"{beside} cannot be read: {error.strerror}") from error


class Collector:
    """Collects what records carry, without keeping them."""

    def __init__(self) -> None:
        self._numbers: list[NDArray[np.float64]] = []
        self._labels: list[int] = []
        self._has_candidate: list[bool] = []
        self._n_unsure = self._n_without_source = 0
        self._outlets: Counter[str] = Counter()
        self._agencies: Counter[str] = Counter()
        self._models: Counter[str] = Counter()

    def add(self, record: Record) -> None:
        """Take what a record carries."""
        self._numbers.append(np.array(_numbers_of(record)))
        self._labels.append(LABELS.index(record["label"]))
        self._has_candidate.append(has_candidate(record))
        self._n_unsure += len(record["label_set"]) > 1
        self._n_without_source += record["source_id"] is None
        self._outlets[outlet_of(record)] += 1
        self._agencies.update(agencies_of(record) or {""})
        self._models[str(record["model_id"])] += 1

    def scored(self, n_rejected: int | None) -> Scored:
        """Give what was collected."""
        numbers = np.array(self._numbers, np.float64).reshape(-1, len(NUMBERS))
        return Scored(
            numbers,
            np.array(self._labels, np.int64),
            np.array(self._has_candidate, bool),
            self._n_unsure,
            self._n_without_source,
            self._outlets,
            self._agencies,
            self._models,
            n_rejected,
        )


def has_candidate(record: Record) -> bool:
    """Say whether an article was compared with a text: its source, or a report of the event."""
    return record["source_id"] is not None or record.get("related_id") is not None


def outlet_of(record: Record) -> str:
    """Name who published an article: the outlet, else the domain, else nothing.

    Examples
    --------
    >>> outlet_of({"url": "https://www.Valley.example/a"}), outlet_of({"outlet": "The Valley"})
    ('valley.example', 'the valley')
    """
    named = record.get("outlet") or ""
    if not named and record.get("url"):
        try:
            named = urlsplit(str(record["url"])).hostname or ""
        except ValueError:
            named = ""
    return str(named).strip().casefold().removeprefix("www.")


def agencies_of(record: Record) -> set[str]:
    """Name the agencies that an article credits."""
    credits = record["evidence"].get("credits") or ()
    return {str(credit["detail"]) for credit in credits if credit.get("detail")}


def day_of(record: Record) -> str | None:
    """Give the day that a record was published, as YYYY-MM-DD; None where it does not say.

    Examples
    --------
    >>> day_of({"published": "2026-03-02T09:20Z"}), day_of({"published": "soon"}), day_of({})
    ('2026-03-02', None, None)
    """
    found = _DAY.match(str(record.get("published")))
    return found[0] if found else None


def _numbers_of(record: Record) -> list[float]:
    evidence = record["evidence"]
    return [
        *(float(record[f"p_{label}"]) for label in LABELS),
        *(_number(record.get(name)) for name in _ANSWERS),
        _number(record["source_similarity"]),
        *(_number(evidence.get(name)) for name in _SHARES),
        *(float(len(evidence.get(name) or ())) for name in _FINDINGS),
    ]


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)
