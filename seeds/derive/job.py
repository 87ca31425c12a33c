"""The job: sources in, a labelled corpus of them and their derivatives out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np
from joblib import Parallel, delayed

from copydesk.errors import InvalidInput
from copydesk.features import load_encoder, read_document
from copydesk.features.read.encoder import FloatArray
from copydesk.seeds.corpus.labelled import Provenance
from copydesk.seeds.derive.changes import Change, Derivative
from copydesk.seeds.derive.engine import check_strength
from copydesk.seeds.derive.judge import refuse_derivative, refuse_source
from copydesk.seeds.derive.partners import find_partners
from copydesk.seeds.derive.registry import ENGINES, EngineEntry, choose_engines
from copydesk.types import Article, Label, Rejected

CORPUS_NAME = "corpus.jsonl"
DEFAULT_STRENGTHS = (0.1, 0.5)
_CHUNK = 50


@dataclass(frozen=True, slots=True)
class DerivedCorpus:
    """What came of a job; the numbers add up.

    Parameters
    ----------
    path : Path
        The corpus.
    rejects_path : Path
        What was rejected or left out, with reasons; there only if anything was.
    n_sources, n_rejected_sources : int
        Sources read and used, sources rejected.
    n_derivatives, n_left_out : int
        Derivatives written; those left out since the engine found nothing to do or too little.
        Together they are sources x engines used x strengths.
    counts : dict of str to int
        Derivatives written, by engine.
    engines_left_out, missing_packages : tuple of str
        Engines that were not used, where none were named, and the Debian packages that they lack.
    """

    path: Path
    rejects_path: Path
    n_sources: int
    n_rejected_sources: int
    n_derivatives: int
    n_left_out: int
    counts: dict[str, int]
    engines_left_out: tuple[str, ...]
    missing_packages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    engine: str
    strength: float
    seed: int
    sources: tuple[Article, ...]
    partners: tuple[Article | None, ...]
    stories: tuple[str, ...]


Record = dict[str, object]


def derive_corpus(
    items: Iterable[Article | Rejected],
    out: Path,
    *,
    engines: Sequence[str] = (),
    strengths: Sequence[float] = DEFAULT_STRENGTHS,
    random_state: int = 0,
    n_jobs: int = 1,
) -> DerivedCorpus:
    """Make labelled derivatives of sources and write both as a corpus to train on.

    Parameters
    ----------
    items : iterable of Article or Rejected
        Sources, and what a reader could not read.
    out : Path
        Folder for ``corpus.jsonl``; made where it is missing. Rejects stand beside it, in
        ``<out>.rejected.jsonl``.
    engines : sequence of str
        Names in ``ENGINES``; for none, all whose Debian packages are installed.
    strengths : sequence of float
        In (0, 1]; each source is derived from by each engine at each of them.
    random_state : int
        Seed.
    n_jobs : int
        Processes, as joblib counts them.

    Raises
    ------
    InvalidInput
        An engine is unknown, a strength is no share, there is no source to derive from, or the
        folder cannot be written.
    MissingPackage
        An engine is named that needs a Debian package that is not installed.
    """
    choice = choose_engines(engines)
    for strength in strengths:
        if check_strength(strength) == 0:
            raise InvalidInput(
                "strength is 0, which changes nothing: expected more than 0, up to 1"
            )
    if len(set(strengths)) < len(strengths) or not strengths:
        raise InvalidInput(f"strengths are {list(strengths)}, expected different shares")
    sources, vectors, rejects = _sort_out(items)
    if not sources:
        reasons = f" ({len(rejects)} rejected; the first: {rejects[0].reason})" if rejects else ""
        raise InvalidInput(f"no source to derive from{reasons}")
    path, rejects_path = out / CORPUS_NAME, out.with_name(f"{out.name}.rejected.jsonl")
    unfinished = _make_place(path)
    n_rejected_sources = len(rejects)
    partners = find_partners(np.vstack(vectors)) if any(e.make_pair for e in choice.entries) else []
    stories = _stories(sources, partners)
    tasks = _plan(choice.entries, sources, partners, stories, strengths, random_state)
    counts: Counter[str] = Counter()
    results = Parallel(n_jobs=n_jobs, return_as="generator")(delayed(_run)(t) for t in tasks)
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            for source in sources:
                _write_line(file, _source_record(source, stories[source.id]))
            for records, left_out in results:
                rejects += left_out
                for record in records:
                    counts[str(record["engine"])] += 1
                    _write_line(file, record)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _write_rejects(rejects_path, rejects)
    return DerivedCorpus(
        path,
        rejects_path,
        len(sources),
        n_rejected_sources,
        counts.total(),
        len(rejects) - n_rejected_sources,
        dict(counts),
        choice.left_out,
        choice.missing_packages,
    )


def _sort_out(
    items: Iterable[Article | Rejected],
) -> tuple[list[Article], list[FloatArray], list[Rejected]]:
    """Give the sources that can be derived from, their documents' vectors, and the others."""
    encoder = load_encoder()
    sources: list[Article] = []
    vectors: list[FloatArray] = []
    rejects: list[Rejected] = []
    texts: dict[str, str] = {}
    for item in items:
        if isinstance(item, Rejected):
            rejects.append(item)
            continue
        document = read_document(item.text, encoder)
        reason = refuse_source(document)
        if reason is None and item.text in texts:
            reason = f"the text is that of {texts[item.text]!r}"
        if reason is None:
            texts[item.text] = item.id
            sources.append(item)
            vectors.append(document.vector)
        else:
            rejects.append(Rejected(item.id, reason))
    return sources, vectors, rejects


def _make_place(path: Path) -> Path:
    """Make the corpus's folder; gives the file to write until all is well."""
    unfinished = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch()
        unfinished.unlink()
    except OSError as error:
        raise InvalidInput(f"{path.parent} cannot be written: {error.strerror}") from error
    return unfinished


def _stories(sources: Sequence[Article], partners: Sequence[int | None]) -> dict[str, str]:
    """Give each source's story: its own id, or the first one's of two that share texts."""
    stories = {source.id: source.id for source in sources}
    for i, other in enumerate(partners):
        if other is not None:
            stories[sources[i].id] = sources[min(i, other)].id
    return stories


def _plan(
    entries: Sequence[EngineEntry],
    sources: Sequence[Article],
    partners: Sequence[int | None],
    stories: Mapping[str, str],
    strengths: Sequence[float],
    seed: int,
) -> list[_Task]:
    # All engines on some sources before the next ones: their pages are read once.
    others = [None if i is None else sources[i] for i in partners] or [None] * len(sources)
    return [
        _Task(
            entry.name,
            strength,
            seed,
            tuple(sources[i : i + _CHUNK]),
            tuple(others[i : i + _CHUNK]),
            tuple(stories[source.id] for source in sources[i : i + _CHUNK]),
        )
        for i in range(0, len(sources), _CHUNK)
        for entry in entries
        for strength in strengths
    ]


def _run(task: _Task) -> tuple[list[Record], list[Rejected]]:
    entry = ENGINES[task.engine]
    records: list[Record] = []
    left_out: list[Rejected] = []
    for i, base, derivative in _derive(entry, task):
        source = task.sources[i]
        record_id = f"{source.id}/{entry.name}/{task.strength:g}"
        if derivative is None:
            left_out.append(Rejected(record_id, "the engine needs a second source, there is none"))
            continue
        reason = refuse_derivative(base, derivative, entry.label)
        if reason is not None:
            left_out.append(Rejected(record_id, reason))
            continue
        records.append(
            {
                "id": record_id,
                "text": derivative.text,
                "source_id": source.id,
                "label": entry.label.value,
                "story": task.stories[i],
                "engine": entry.name,
                "provenance": Provenance.ENGINE.value,
                "strength": task.strength,
                "changes": [_change_record(change) for change in derivative.changes],
            }
        )
    return records, left_out


def _derive(entry: EngineEntry, task: _Task) -> Iterator[tuple[int, str, Derivative | None]]:
    """Give for each source the text that was changed and what became of it."""
    texts = [source.text for source in task.sources]
    if entry.make is not None:
        derived = entry.make(task.strength, task.seed).derive_many(texts)
        yield from zip(range(len(texts)), texts, derived, strict=True)
    elif entry.make_pair is not None:
        paired = [(i, p.text) for i, p in enumerate(task.partners) if p is not None]
        bases = [other if entry.on_other else texts[i] for i, other in paired]
        others = [texts[i] if entry.on_other else other for i, other in paired]
        derived = entry.make_pair(task.strength, task.seed).derive_many(bases, others)
        made = {i: (base, one) for (i, _), base, one in zip(paired, bases, derived, strict=True)}
        for i, text in enumerate(texts):
            yield i, *made.get(i, (text, None))


def _source_record(source: Article, story: str) -> Record:
    optional = {
        "headline": source.headline,
        "url": source.url,
        "outlet": source.outlet,
        "published": None if source.published is None else source.published.isoformat(),
    }
    return {
        "id": source.id,
        "text": source.text,
        **{name: value for name, value in optional.items() if value is not None},
        "label": Label.ORIGINAL.value,
        "story": story,
        "engine": "wire",
        "provenance": Provenance.HUMAN.value,
    }


def _change_record(change: Change) -> Record:
    return {
        "kind": change.kind,
        "start": change.start,
        "before": change.before,
        "after": change.after,
    }


def _write_line(file: TextIO, record: Record) -> None:
    file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _write_rejects(path: Path, rejects: Sequence[Rejected]) -> None:
    path.unlink(missing_ok=True)
    if rejects:
        with path.open("w", encoding="utf-8") as file:
            for reject in rejects:
                _write_line(file, {"id": reject.id, "reason": reject.reason})
