"""The manifest's file: written, read, and checked to fit this copydesk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES
from copydesk.models.manifest import FORMAT, Manifest, Probe
from copydesk.models.parts import MANIFEST, sha256_of
from copydesk.types import LABELS

SKLEARN = "scikit-learn"


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write what an artifact says of itself."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def record_part(folder: Path, file: str) -> Manifest:
    """Let a model's manifest name a part that was written beside the model.

    What the model says, and its id, stay as they are.

    Parameters
    ----------
    folder : Path
        The model's.
    file : str
        Name of the part, such as ``rows.npz``.

    Raises
    ------
    InvalidModel
        The folder has no manifest, or the part cannot be read.
    """
    manifest = read_manifest(folder)
    files = {**manifest.files, file: sha256_of(folder / file)}
    manifest = replace(manifest, files=files)
    write_manifest(folder, manifest)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Read what an artifact says of itself.

    Raises
    ------
    InvalidModel
        The folder is missing, damaged, or made for other features; says what to do.
    """
    path = folder / MANIFEST
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        made_as = fields["format"]
        manifest = _parse_manifest(fields) if made_as == FORMAT else None
    except FileNotFoundError:
        raise InvalidModel(
            f"{folder} is no model: it has no {MANIFEST}; copydesk train --out makes one"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidModel(f"{path} is damaged: {error}; train the model again") from error
    if manifest is None:
        raise InvalidModel(f"{folder} has format {made_as}, expected {FORMAT}: train it again")
    if manifest.features != FEATURE_NAMES:
        raise InvalidModel(
            f"{folder} was made for other features than this copydesk extracts "
            f"({len(manifest.features)}, expected {len(FEATURE_NAMES)}; "
            f"{_say_difference(manifest.features)}): train it again"
        )
    if manifest.labels != tuple(map(str, LABELS)):
        raise InvalidModel(
            f"{folder} was made for other labels than {', '.join(LABELS)}: train it again"
        )
    _check_sklearn(folder, manifest)
    for name, probe in manifest.probes.items():
        if (len(probe.features), len(probe.probabilities)) != (len(FEATURE_NAMES), len(LABELS)):
            raise InvalidModel(f"{path} is damaged: probe {name} is cut; train the model again")
    return manifest


def _parse_manifest(fields: Mapping[str, Any]) -> Manifest:
    probes = {
        name: Probe(tuple(probe["features"]), tuple(probe["probabilities"]))
        for name, probe in fields["probes"].items()
    }
    return Manifest(
        **{
            **fields,
            "features": tuple(fields["features"]),
            "labels": tuple(fields["labels"]),
            "thresholds": {name: tuple(of) for name, of in fields["thresholds"].items()},
            "versions": dict(fields["versions"]),
            "files": dict(fields["files"]),
            "probes": probes,
            "encoder_vector": tuple(map(float, fields.get("encoder_vector", ()))),
        }
    )


def _say_difference(features: tuple[str, ...]) -> str:
    missing = [name for name in FEATURE_NAMES if name not in features]
    unknown = [name for name in features if name not in FEATURE_NAMES]
    said = [
        *([f"{missing[0]} is missing"] if missing else []),
        *([f"{unknown[0]} is not known"] if unknown else []),
    ]
    return " and ".join(said) or "in another order"


def _check_sklearn(folder: Path, manifest: Manifest) -> None:
    """Refuse what another major version of scikit-learn made: its estimators mean other things."""
    made, here = str(manifest.versions.get(SKLEARN)), version(SKLEARN)
    major, _, _ = made.partition(".")
    if major != here.partition(".")[0]:
        raise InvalidModel(
            f"{folder} was made with scikit-learn {made}, installed is {here}: install "
            f"scikit-learn {major}, or train the model again"
        )
