"""Verdicts read back from a file of output records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from copydesk.errors import InvalidInput
from copydesk.types import (
    LABELS,
    Answers,
    Evidence,
    Finding,
    Label,
    Rejected,
    Source,
    Span,
    Verdict,
)


def read_scored(path: str | Path) -> Iterator[Verdict]:
    """Read the verdicts of a JSON Lines file that ``copydesk label --out`` wrote.

    Raises
    ------
    InvalidInput
        The file cannot be read, or a line is no output record.
    """
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _read_line(line, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error


def read_rejects(path: str | Path) -> list[Rejected]:
    """Read the rejects that lie beside a file of output records, if any do.

    Raises
    ------
    InvalidInput
        The file cannot be read, or a line is no reject.
    """
    beside = Path(f"{path}.rejected.jsonl")
    if not beside.exists():
        return []
    rejects = []
    try:
        with beside.open(encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                record = json.loads(line)
                rejects.append(Rejected(str(record["id"]), str(record["reason"])))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InvalidInput(f"{beside} holds no rejects of copydesk label: {error!r}") from error
    return rejects


def _read_line(line: str, where: str) -> Verdict:
    try:
        return read_verdict(json.loads(line))
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(
            f"{where} is no output record of copydesk label (.jsonl): {error!r}"
        ) from error


def read_verdict(record: Mapping[str, Any]) -> Verdict:
    """Turn an output record into the verdict that it was; older ones have no answers.

    Parameters
    ----------
    record : mapping
        As ``copydesk.predict.writers.verdict_record`` gives it.
    """
    source_id, related_id = record["source_id"], record.get("related_id")
    similarity = record["source_similarity"]
    return Verdict(
        id=str(record["id"]),
        label=Label(record["label"]),
        probabilities={label: float(record[f"p_{label}"]) for label in LABELS},
        label_set=tuple(map(Label, record["label_set"])),
        source=None if source_id is None else Source(str(source_id), float(similarity or 0.0)),
        evidence=_read_evidence(record["evidence"]),
        model_id=str(record["model_id"]),
        warnings=tuple(map(str, record["warnings"])),
        story=record.get("story"),
        related=None if related_id is None else Source(str(related_id), 0.0),
        answers=_read_answers(record),
    )


def _read_answers(record: Mapping[str, Any]) -> Answers | None:
    if record.get("situation") is None or record.get("p_machine") is None:
        return None
    return Answers(
        situation=str(record["situation"]),
        machine=float(record["p_machine"]),
        derives=record.get("p_derives"),
        reworded=record.get("p_reworded"),
    )


def _read_evidence(record: Mapping[str, Any]) -> Evidence:
    known = {field.name for field in fields(Evidence)}
    values: dict[str, Any] = {
        name: tuple(map(_read_finding, value)) if isinstance(value, list) else value
        for name, value in record.items()
        if name in known
    }
    return Evidence(**values)


def _read_finding(record: Mapping[str, Any]) -> Finding:
    source = record["source"]
    return Finding(
        kind=str(record["kind"]),
        article=Span(**record["article"]),
        source=None if source is None else Span(**source),
        detail=record.get("detail"),
    )
