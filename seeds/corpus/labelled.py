"""Labelled corpora: records with a label, a story and, for derivatives, an engine."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path

from copydesk.errors import InvalidInput, InvalidRecord
from copydesk.seeds.corpus.records import parse_article
from copydesk.types import LABELS, Article, Label, Rejected

_SUFFIXES = (".jsonl", ".jsonl.gz")


class Provenance(StrEnum):
    """How a text came into a corpus."""

    HUMAN = "human"  # found: published by others, whatever made it
    ENGINE = "engine"  # made by one of copydesk's engines from another text
    WRITTEN = "written"  # written for the corpus


@dataclass(frozen=True, slots=True)
class CorpusRecord:
    """One labelled text.

    Parameters
    ----------
    article : Article
        The text; ``source_text`` or ``source_id`` says what it derives from, neither that its
        source is not in the corpus or that it has none.
    label : Label
        How it came to be.
    story : str
        The event; all texts of a story stay on one side of every split.
    engine : str or None
        What made it: ``wire``, the kind of edit, of report or of spin.
    dataset : str
        Where it comes from: the record's field ``dataset``, or else the name of the file or
        folder that was read. Whole data sets are left out in evaluation.
    provenance : Provenance
        How it came into the corpus; found, where the record does not say.
    related_text : str or None
        Another report of the event that it does not derive from.
    beat : str or None
        What it is about, such as courts or sport; figures are given by it where records say.
    """

    article: Article
    label: Label
    story: str
    engine: str | None = None
    dataset: str = "corpus"
    provenance: Provenance = Provenance.HUMAN
    related_text: str | None = None
    beat: str | None = None


def read_corpus(paths: Iterable[Path], dataset: str | None = None) -> tuple[CorpusRecord, ...]:
    """Read and check a labelled corpus from JSON Lines files and folders of them.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders.
    dataset : str, optional
        Name of the data set of records that do not say; by default that of the path.

    Raises
    ------
    InvalidInput
        A path is missing, a folder or the whole corpus is empty.
    InvalidRecord
        A record is wrong, or an id stands twice, or a source is missing; says where.

    Examples
    --------
    >>> len({record.story for record in read_starter()}) >= 12
    True
    """
    paths = list(paths)
    records = tuple(
        record
        for path in paths
        for file in _corpus_files(path)
        for record in _read_file(file, dataset or _name_of(path))
    )
    if not records:
        raise InvalidInput(f"no record in {', '.join(map(str, paths)) or 'no file'}")
    check_sources(records)
    return records


def read_lines(paths: Iterable[Path]) -> Iterator[CorpusRecord | Rejected]:
    """Read the records of labelled corpora one by one, wrong ones too: for who wants to know all.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders.

    Yields
    ------
    CorpusRecord or Rejected
        One for each line; of one that is wrong, where it stands and why. Ids and sources are not
        checked, see ``check_sources``.

    Raises
    ------
    InvalidInput
        A path is missing or cannot be read, or a folder is empty.
    """
    for path in paths:
        for file in _corpus_files(path):
            yield from _read_any(file, _name_of(path))


def read_starter() -> tuple[CorpusRecord, ...]:
    """Read the starter corpus that comes with copydesk."""
    with as_file(files("copydesk.seeds") / "starter") as folder:
        return read_corpus([folder])


def parse_record(record: Mapping[str, object], dataset: str = "corpus") -> CorpusRecord:
    """Turn a record into a labelled text.

    Raises
    ------
    InvalidRecord
        A field is missing or of the wrong kind.
    """
    article = parse_article(record)
    if article.notes:
        raise InvalidRecord(article.notes[0].removesuffix(": ignored"))
    label = record.get("label")
    if not isinstance(label, str) or label not in set(LABELS):
        expected = ", ".join(LABELS)
        raise InvalidRecord(f"field label is {label!r}, expected one of: {expected}")
    story = record.get("story")
    if not isinstance(story, str) or not story:
        raise InvalidRecord(f"field story is {story!r}, expected a non-empty string")
    engine = record.get("engine")
    if engine is not None and not isinstance(engine, str):
        raise InvalidRecord(f"field engine is {engine!r}, expected a string or nothing")
    provenance = record.get("provenance", Provenance.HUMAN)
    if not isinstance(provenance, str) or provenance not in set(Provenance):
        expected = ", ".join(Provenance)
        raise InvalidRecord(f"field provenance is {provenance!r}, expected one of: {expected}")
    related_text = record.get("related_text")
    if related_text is not None and not isinstance(related_text, str):
        raise InvalidRecord(f"field related_text is {related_text!r}, expected a string or nothing")
    name, beat = record.get("dataset"), record.get("beat")
    return CorpusRecord(
        article,
        Label(label),
        story,
        engine,
        name if isinstance(name, str) else dataset,
        Provenance(provenance),
        related_text,
        beat if isinstance(beat, str) else None,
    )


def check_sources(records: Sequence[CorpusRecord]) -> None:
    """Check that ids are unique and that each ``source_id`` is there or brings its text.

    Raises
    ------
    InvalidRecord
        Names the id.
    """
    seen: set[str] = set()
    for record in records:
        if record.article.id in seen:
            raise InvalidRecord(f"id {record.article.id!r} stands twice; ids must be unique")
        seen.add(record.article.id)
    for record in records:
        source_id = record.article.source_id
        if source_id == record.article.id:
            raise InvalidRecord(f"{source_id!r} names itself as its source")
        if source_id and record.article.source_text is None and source_id not in seen:
            raise InvalidRecord(
                f"the source {source_id!r} of {record.article.id!r} is not in the corpus: "
                "add it, give source_text, or leave source_id out"
            )


def find_ambiguous_ids(records: Iterable[CorpusRecord]) -> list[str]:
    """Give the ids that stand for different texts, in the order of their second text.

    Examples
    --------
    >>> made = [CorpusRecord(Article("a", text), Label.SPUN, "s") for text in ("x", "x", "y")]
    >>> find_ambiguous_ids(made[:2]), find_ambiguous_ids(made)
    ([], ['a'])
    """
    texts: dict[str, str] = {}
    found: dict[str, None] = {}
    for record in records:
        article = record.article
        if texts.setdefault(article.id, article.text) != article.text:
            found[article.id] = None
    return list(found)


def _corpus_files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(file for file in path.iterdir() if file.name.endswith(_SUFFIXES))
        if not found:
            raise InvalidInput(f"{path} holds no {' or '.join(_SUFFIXES)} file")
        return found
    if not path.exists():
        raise InvalidInput(f"{path} does not exist")
    return [path]


def _name_of(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


def _read_file(path: Path, dataset: str) -> Iterator[CorpusRecord]:
    for item in _read_any(path, dataset):
        if isinstance(item, Rejected):
            raise InvalidRecord(f"{item.id}: {item.reason}")
        yield item


def _read_any(path: Path, dataset: str) -> Iterator[CorpusRecord | Rejected]:
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            yield from _parse_lines(lines, path, dataset)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error


def _parse_lines(
    lines: Iterable[bytes], path: Path, dataset: str
) -> Iterator[CorpusRecord | Rejected]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise InvalidRecord("not a JSON object")
            yield parse_record(record, dataset)
        except (ValueError, RecursionError) as error:
            yield Rejected(f"{path}:{number}", str(error))
