"""The record of a models folder: what was promoted, refused, gone back to; so what is current.

It is one file, replaced by rename: whoever reads it sees the record of before or that of after, and
the current model is what its entries say, so that neither can be behind the other.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from copydesk.errors import InvalidModel

FILE = "history.json"
FORMAT = 1


class Action(StrEnum):
    """What was done."""

    PROMOTED = "promoted"
    REFUSED = "refused"
    ROLLED_BACK = "rolled back"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record.

    Parameters
    ----------
    when : str
        UTC, as ISO 8601 has it.
    action : Action
        What was done.
    model_id : str
        The model that was promoted or refused, or that was gone back to.
    place : str or None
        Its folder below ``kept``; None for the released model, and for one that was refused.
    before : str
        Id of the model that was current then.
    said : str
        What came of it, in a sentence.
    reason : str or None
        Why somebody forced it or went back.
    figures : mapping of str to object
        What was measured, by gate set and view.
    """

    when: str
    action: Action
    model_id: str
    place: str | None
    before: str
    said: str
    reason: str | None = None
    figures: Mapping[str, object] = field(default_factory=dict)


def places(entries: Sequence[Entry]) -> tuple[str | None, ...]:
    """Give the models that can be gone back to, the current one last.

    Parameters
    ----------
    entries : sequence of Entry
        In the order of time.

    Returns
    -------
    tuple of str or None
        Their places; None, the released model, is the first.

    Examples
    --------
    >>> a, b = (Entry("", Action.PROMOTED, name, name, "", "") for name in "ab")
    >>> back = Entry("", Action.ROLLED_BACK, "a", "a", "b", "")
    >>> places([a, b]), places([a, b, back])
    ((None, 'a', 'b'), (None, 'a'))
    """
    found: list[str | None] = [None]
    for entry in entries:
        if entry.action is Action.PROMOTED:
            found.append(entry.place)
        elif entry.action is Action.ROLLED_BACK:
            found.pop()
    return tuple(found)


def read_history(folder: Path) -> tuple[Entry, ...]:
    """Read the record of a models folder; nothing where there is none.

    Raises
    ------
    InvalidModel
        It is damaged.
    """
    path = folder / FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        made_as = content["format"]
        entries = tuple(map(_read_entry, content["entries"])) if made_as == FORMAT else ()
        if made_as == FORMAT:
            places(entries)[-1]  # nobody goes back beyond the released model
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise InvalidModel(
            f"{path} is damaged ({error!r}): restore it, or name a model with --model or "
            "COPYDESK_MODEL"
        ) from error
    if made_as != FORMAT:
        raise InvalidModel(f"{path} has format {made_as}, expected {FORMAT}")
    return entries


def _read_entry(fields: Mapping[str, Any]) -> Entry:
    return Entry(**{**fields, "action": Action(fields["action"])})


def write_history(folder: Path, entries: Sequence[Entry]) -> None:
    """Write the record of a models folder: all of it or nothing, whenever the power goes."""
    content = {"format": FORMAT, "entries": [asdict(entry) for entry in entries]}
    handle, aside = tempfile.mkstemp(prefix=f"{FILE}.", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(json.dumps(content, indent=1) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        Path(aside).chmod(0o644)  # scorers of other users read it
        Path(aside).replace(folder / FILE)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    sync(folder)


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
