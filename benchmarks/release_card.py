"""Write the released model's card from the gate's results: ``python benchmarks/release_card.py``.

``CARD.md``, ``metrics.json`` and a plot are written into ``models/default``; with ``--check`` it is
only said whether they are up to date. What the model decides by is not touched.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from data import RESULTS, ROOT
from readme_figures import FOLDERS, GIVEN

from copydesk.models import Manifest, read_manifest
from copydesk.models.parts import CARD_FILES
from copydesk.train.card.write import write_card

_MODEL = ROOT / "models" / "default"
_DATA = ROOT / "train" / "DATA.md"
_MISSING = (
    ("gn25 related", "real pages, source missing beside another report"),
    ("farm related", "a farm's pages, source missing beside another report"),
    ("public withheld", "all public data, alone"),
    ("starter withheld", "starter corpus, alone"),
)
_HOW = (
    "Measured by `make gate` with models of the same recipe, on stories and data sets that the "
    "model in question was never trained on; the released one learned from all of them. Intervals "
    "are percentile bootstraps over stories; texts of a single label have no macro-F1."
)
_RETRAIN = (
    "`make release-model` with the data of `train/DATA.md`, by the recipe `train/released.toml`. "
    "For a model that also knows your texts: `copydesk train --corpus PATH... --base released "
    "--out DIR`."
)
_KEPT = (
    *("n", "accuracy", "macro_f1", "recall", "log_loss", "calibration_error"),
    *("honest_called_spun", "sure_and_wrong", "called", "reliability"),
)


def release_metrics(gate: dict[str, Any], manifest: Manifest) -> dict[str, Any]:
    """Put the gate's figures into the form of cards."""
    shown = [
        *((f"{name}: source given", gate[section][view]) for section, view, name in GIVEN),
        *((f"{name}: source found", gate["folders"][view]) for view, name in FOLDERS),
        *((name, gate["source missing, stories left out"][view]) for view, name in _MISSING),
    ]
    alone = gate["text alone, data sets left out"]
    worst = min(alone, key=lambda name: float(alone[name]["spun_auc"]))
    engines = gate["left-out engines"]
    missed = min(engines, key=lambda name: float(engines[name]["recall"]))
    return {
        "how": _HOW,
        "views": {name: _view(figures) for name, figures in shown},
        "data": describe_release_data(manifest),
        "notes": [
            gate["note"],
            "By the text alone, spins of a kind that was never learned are told from real texts "
            f"with an AUC of {alone[worst]['spun_auc']:.2f} at worst (`{worst}`).",
            f"Of engines never met, `{missed}` is found least: {engines[missed]['recall']:.0%}.",
        ],
    }


def _view(figures: dict[str, Any]) -> dict[str, Any]:
    bounds = figures.get("macro_f1_95")
    kept = {name: figures[name] for name in _KEPT if name in figures}
    return {**kept, "intervals": {"macro_f1": bounds} if bounds else {}}


def describe_release_data(manifest: Manifest) -> dict[str, dict[str, Any]]:
    """Give what DATA.md says of each data set that the model learned, with the manifest's digests.

    Raises
    ------
    KeyError
        DATA.md does not name one.
    """
    rows = re.findall(r"(?m)^\| (\w+) \| [\d,]+ \| `\w+` \| (.+) \|$", _DATA.read_text("utf-8"))
    told = {name: cells.split(" | ") for name, cells in rows}
    found = {}
    for name, of in manifest.data.items():
        assert isinstance(of, dict)
        _, what, licence, _ = told[name]
        found[name] = {
            "records": of["rows"],
            "sha256": of["sha256"],
            "what and when": what,
            "licence as found": licence,
        }
    return found


def write(folder: Path) -> None:
    """Write the card of the released model into a folder."""
    gate = json.loads((RESULTS / "gate.json").read_text(encoding="utf-8"))
    manifest = read_manifest(_MODEL)
    metrics = release_metrics(gate, manifest)
    write_card(folder, manifest, metrics, retrain=_RETRAIN, licence="apache-2.0")


def main() -> int:
    """Write; with ``--check``, only say whether what is there is up to date."""
    if "--check" not in sys.argv:
        write(_MODEL)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        return int(any(_read(Path(folder) / name) != _read(_MODEL / name) for name in CARD_FILES))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
