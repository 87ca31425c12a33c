"""Jobs of a few short articles, of which some cannot be judged."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from copydesk.predict.jobs.chunk import Item
from copydesk.predict.jobs.folder import JobFolder
from copydesk.predict.writers import Output
from copydesk.seeds.corpus.input_record import InputRecord
from copydesk.types import Article, Rejected

PLACES = ("Aldmoor", "Brenwick", "Carrow", "Dunmere", "Eskvale", "Farholt", "Grenby")
IDENTITY = {"input": {"in.jsonl": "7 bytes"}, "option": {"--keep": "desk"}}


def wire(i: int) -> Article:
    place = PLACES[i % len(PLACES)]
    return Article(
        f"w{i}",
        f"The port of {place} handled {i + 100} tonnes of barley and {i * i} of timber in week "
        f"{i}, its harbour master said on Friday, and {i + 7} vessels called there.",
    )


@pytest.fixture(scope="session")
def wires() -> list[Article]:
    return [wire(i) for i in range(12)]


@pytest.fixture(scope="session")
def items() -> list[Item]:
    """Thirty records: copies, texts that are too short, and what was rejected by the reader."""
    records: list[Item] = []
    for i in range(30):
        text = "Too short." if i % 7 == 3 else f"{wire(i % 12).text} It was notice {i}."
        records.append(InputRecord(Article(f"a{i}", text), {"desk": f"desk {i}"}))
    records[20] = Rejected("in.jsonl:21", "not a JSON object")
    return records


@pytest.fixture
def merged(tmp_path: Path) -> Callable[[JobFolder], dict[str, bytes]]:
    """Put a job's chunks together; give the files that come of it."""

    def merge(job: JobFolder) -> dict[str, bytes]:
        folder = tmp_path / "merged"
        with Output(f"{folder}/out.jsonl", ("desk",), f"{folder}/texts.jsonl") as output:
            job.merge(output)
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    return merge


def interrupted(items: list[Item], n_read: int) -> Iterator[Item]:
    yield from items[:n_read]
    raise KeyboardInterrupt("stopped here")


@pytest.fixture
def interrupt() -> Callable[[list[Item], int], Iterator[Item]]:
    """Read some records, then stop as on Ctrl-C."""
    return interrupted
