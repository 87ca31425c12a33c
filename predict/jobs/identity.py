"""What a job is: all that its results depend on, and in words what of it is another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version

from copydesk.models import Model
from copydesk.models.parts import DECIDING
from copydesk.seeds.corpus.files import InputFile
from copydesk.seeds.corpus.opening import open_bytes

Identity = Mapping[str, Mapping[str, str]]
"""By kind of thing (model, store, option, input), then by name: what it is."""

_BLOCK_BYTES = 1 << 20
_NAMED = 3


def identify_model(model: Model) -> dict[str, str]:
    """Say which model decides: its id, and a digest of what decides in it.

    What it learned from decides nothing: a job goes on where only that was added to a model.
    """
    manifest = model.manifest
    files = sorted((name, manifest.files[name]) for name in DECIDING)
    what = files, sorted(manifest.thresholds.items())
    digest = hashlib.sha256(repr(what).encode()).hexdigest()
    return {"model": f"{manifest.model_id} ({digest[:12]})"}


def identify_files(files: Iterable[InputFile]) -> dict[str, str]:
    """Say what files hold: their size and the beginning of their SHA-256."""
    return {file.path: _identify(file.path) for file in files}


def _identify(path: str) -> str:
    digest, n_bytes = hashlib.sha256(), 0
    with open_bytes(path) as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
            n_bytes += len(block)
    return f"{n_bytes:,} bytes, SHA-256 {digest.hexdigest()[:16]}"


def copydesk_version() -> dict[str, str]:
    """Say which copydesk this is."""
    return {"copydesk": version("copydesk")}


def differences(before: Identity, now: Identity) -> Iterator[str]:
    """Say in words what differs between two jobs.

    Examples
    --------
    >>> was = {"option": {"--keep": "url"}, "input": {"a.jsonl": "7 bytes"}}
    >>> list(differences(was, {"option": {"--keep": "url"}, "input": {"b.jsonl": "7 bytes"}}))
    ['input a.jsonl (7 bytes) is missing', 'input b.jsonl (7 bytes) is new']
    """
    for kind in {**before, **now}:
        old, new = before.get(kind, {}), now.get(kind, {})
        changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        for name in changed[:_NAMED]:
            thing = name if name == kind else f"{kind} {name}"
            if name not in new:
                yield f"{thing} ({old[name]}) is missing"
            elif name not in old:
                yield f"{thing} ({new[name]}) is new"
            else:
                yield f"{thing} was {old[name]}, is {new[name]}"
        if len(changed) > _NAMED:
            yield f"{len(changed) - _NAMED} more of kind {kind}"
