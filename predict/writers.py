"""Writers: verdicts to JSON Lines, CSV or Parquet, rejects beside them."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol, Self, TextIO

from copydesk.errors import InvalidInput
from copydesk.terminal import json_line
from copydesk.types import LABELS, Evidence, Rejected, Verdict

_SUFFIXES = (".jsonl", ".csv", ".parquet")
_STREAMS = {"-", "/dev/stdout", "/dev/stderr"}
_BATCH = 1000
FIELDS = (
    "id",
    "label",
    *(f"p_{label}" for label in LABELS),
    "label_set",
    "source_id",
    "source_similarity",
    "evidence",
    "warnings",
    "model_id",
    "story",
)


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """Turn a verdict into the output record, field by field as ``FIELDS`` has them.

    Examples
    --------
    >>> len(FIELDS)
    12
    """
    source = verdict.source
    return {
        "id": verdict.id,
        "label": str(verdict.label),
        **{f"p_{label}": verdict.probabilities[label] for label in LABELS},
        "label_set": [str(label) for label in verdict.label_set],
        "source_id": None if source is None else source.id,
        "source_similarity": None if source is None else source.similarity,
        "evidence": _evidence_record(verdict.evidence),
        "warnings": list(verdict.warnings),
        "model_id": verdict.model_id,
        "story": verdict.story,
    }


def _evidence_record(evidence: Evidence) -> dict[str, Any]:
    """Turn evidence into plain data; a finding without a detail has no such field."""
    record = asdict(evidence)
    for findings in record.values():
        for finding in findings if isinstance(findings, tuple) else ():
            if finding["detail"] is None:
                del finding["detail"]
    return record


class Writer(Protocol):
    """What verdicts are written to."""

    def write(self, record: Mapping[str, Any]) -> None:
        """Write one output record."""
        ...

    def close(self) -> None:
        """Write what is pending."""
        ...


class _JsonLines:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, record: Mapping[str, Any]) -> None:
        self._stream.write(json_line(record) + "\n")

    def close(self) -> None:
        self._stream.flush()


class _Csv:
    """Lists are joined by ``|``; evidence is a JSON object in its cell."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rows = csv.DictWriter(stream, FIELDS)
        self._rows.writeheader()

    def write(self, record: Mapping[str, Any]) -> None:
        lists = {name: "|".join(record[name]) for name in ("label_set", "warnings")}
        evidence = json.dumps(record["evidence"], ensure_ascii=False)
        self._rows.writerow({**record, **lists, "evidence": evidence})

    def close(self) -> None:
        self._stream.flush()


class _Parquet:
    """Evidence is a JSON object in a string column; lists are lists."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa  # deferred: only .parquet needs it
        import pyarrow.parquet as pq

        kinds: dict[str, pa.DataType] = {name: pa.string() for name in FIELDS}
        kinds |= dict.fromkeys((f"p_{label}" for label in LABELS), pa.float64())
        kinds |= dict.fromkeys(("label_set", "warnings"), pa.list_(pa.string()))
        kinds["source_similarity"] = pa.float64()
        self._schema = pa.schema(list(kinds.items()))
        self._table = pa.Table
        self._file = pq.ParquetWriter(path, self._schema)
        self._pending: list[Mapping[str, Any]] = []

    def write(self, record: Mapping[str, Any]) -> None:
        evidence = json.dumps(record["evidence"], ensure_ascii=False)
        self._pending.append({**record, "evidence": evidence})
        if len(self._pending) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._file.write_table(self._table.from_pylist(self._pending, schema=self._schema))
        self._pending.clear()

    def close(self) -> None:
        if self._pending:
            self._flush()
        self._file.close()


class Output:
    """Where the verdicts and rejects of a run go; counts them.

    Verdicts go to the target, rejects to ``<out>.rejected.jsonl``. Both are written to files
    beside them that take their names when all is written, so that a target is never half a
    result and never lies beside the rejects of another run. Where verdicts go to a stream,
    rejects go to standard error.
    """

    def __init__(self, out: str) -> None:
        self.n_labelled = 0
        self.n_rejected = 0
        self._path = None if out in _STREAMS else Path(out)
        self._reject_stream: TextIO | None = None
        if self._path is None:
            self._writer: Writer = _JsonLines(sys.stderr if out == "/dev/stderr" else sys.stdout)
            self._reject_stream = sys.stderr
            return
        if self._path.suffix not in _SUFFIXES:
            expected = ", ".join(_SUFFIXES)
            raise InvalidInput(f"--out {out} is of no kind that is written; expected {expected}")
        if self._path.is_dir():
            raise InvalidInput(f"--out {out} cannot be written: it is a folder")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = self._open(self._path.suffix, _partial(self._path))
        except OSError as error:
            raise InvalidInput(f"--out {out} cannot be written: {error.strerror}") from error

    @property
    def rejects_name(self) -> str:
        """Where a reader finds the rejects."""
        return "standard error" if self._path is None else str(self.rejected_path)

    @property
    def rejected_path(self) -> Path:
        """Where rejects go, with a file as target."""
        return Path(f"{self._path}.rejected.jsonl")

    def _open(self, suffix: str, path: Path) -> Writer:
        if suffix == ".parquet":
            return _Parquet(path)
        self._stream = path.open("w", encoding="utf-8", newline="" if suffix == ".csv" else None)
        return _Csv(self._stream) if suffix == ".csv" else _JsonLines(self._stream)

    def write(self, item: Verdict | Rejected) -> None:
        """Write a verdict or a reject."""
        if isinstance(item, Verdict):
            self._writer.write(verdict_record(item))
            self.n_labelled += 1
            return
        if self._reject_stream is None:
            self._reject_stream = _partial(self.rejected_path).open("w", encoding="utf-8")
        self._reject_stream.write(json_line(asdict(item)) + "\n")
        self.n_rejected += 1

    def close(self, complete: bool) -> None:
        """Finish: the target takes its name only where the run was complete."""
        self._writer.close()
        if self._path is None:
            return
        if self._reject_stream is not None:
            self._reject_stream.close()
        if hasattr(self, "_stream"):
            self._stream.close()
        for path in (self._path, self.rejected_path):
            if not complete:
                _partial(path).unlink(missing_ok=True)
            elif _partial(path).exists():
                _partial(path).replace(path)
            else:
                path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(complete=kind is None)


def _partial(path: Path) -> Path:
    return Path(f"{path}.partial")
