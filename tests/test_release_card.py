"""The released model's card is that of the committed results and of the model that lies there."""

import json
import subprocess
import sys
from pathlib import Path

import yaml

from copydesk.models import DEFAULT_MODEL, read_manifest

ROOT = Path(__file__).parents[1]


def test_the_card_is_current() -> None:
    script = ROOT / "benchmarks" / "release_card.py"
    result = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert result.returncode == 0, "run python benchmarks/release_card.py"


def test_the_card_names_the_model_its_data_and_its_figures() -> None:
    manifest = read_manifest(DEFAULT_MODEL)
    metrics = json.loads((DEFAULT_MODEL / "metrics.json").read_text(encoding="utf-8"))
    card = (DEFAULT_MODEL / "CARD.md").read_text(encoding="utf-8")
    assert metrics["model_id"] == manifest.model_id
    assert metrics["data"].keys() == manifest.data.keys()
    for name, of in metrics["data"].items():
        assert of["sha256"] == manifest.data[name]["sha256"]  # type: ignore[index]
        assert f"| {name} | {of['records']:,} | `{of['sha256'][:16]}` |" in card
    gate = json.loads((ROOT / "benchmarks" / "results" / "gate.json").read_text(encoding="utf-8"))
    folder = metrics["views"]["real pages of an event as a folder: source found"]
    assert folder["called"] == gate["folders"]["gn25 folder"]["called"]
    _, front, _ = card.split("---\n", 2)
    assert yaml.safe_load(front)["license"] == "apache-2.0"
