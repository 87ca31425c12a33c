"""Probes: the features that a model is fed are those that it was made for."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.features import FEATURE_NAMES
from copydesk.models import artifact as artifact_module
from copydesk.models import load_model, probes, record_probes
from copydesk.models.judgement import UNCREDITED
from copydesk.models.probes import PAIRS, Probe, Shift, check_probes, measure_probes
from copydesk.predict import Scorer, classifier
from copydesk.types import LABELS, Article

MEANT = """
Models are fed other features than they were made for. Train the released model again; where the
move is meant, and the gate holds without, let it be: from copydesk.models import record_probes;
record_probes()"""


@pytest.fixture
def copied(artifact: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(artifact, tmp_path / "model"))


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, float], None]:
    """Let a feature be another amount than it is."""

    def move_feature(name: str, by: float) -> None:
        extract = probes.extract_features

        def extract_moved(comparison: object) -> NDArray[np.float64]:
            row = extract(comparison)  # type: ignore[arg-type]
            row[FEATURE_NAMES.index(name)] += by
            return row

        monkeypatch.setattr(probes, "extract_features", extract_moved)

    return move_feature


def test_the_released_model_is_fed_what_it_was_made_for() -> None:
    shifts = check_probes(load_model())
    assert not shifts, "\n".join(map(str, shifts)) + MEANT


def test_the_released_model_keeps_every_pair() -> None:
    kept = load_model().manifest.probes
    assert set(kept) == set(PAIRS)
    for probe in kept.values():
        assert sum(probe.probabilities) == pytest.approx(1, abs=1e-6)


def test_some_pair_gives_every_feature_a_value_of_its_own() -> None:
    rows = [probe.features for probe in load_model().manifest.probes.values()]
    plain = {None, 0.0, 1.0}
    unseen = [
        name for name, *values in zip(FEATURE_NAMES, *rows, strict=True) if set(values) <= plain
    ]
    assert unseen == []


def test_the_pairs_are_what_they_are_called() -> None:
    found = {
        name: LABELS[int(np.argmax(probe.probabilities))]
        for name, probe in load_model().manifest.probes.items()
    }
    assert found == {"edited": "edited_wire", "spun": "spun", "alone": "original"}


def test_a_probe_goes_the_way_of_scoring_but_for_credits(
    artifact: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifier, "find_credit_rates", lambda *_: UNCREDITED)
    model = load_model(artifact)
    for name, (text, source) in PAIRS.items():
        verdict = Scorer(model).label_pair(
            Article("a", text), None if source is None else Article("s", source)
        )
        kept = model.manifest.probes[name].probabilities
        assert list(verdict.probabilities.values()) == pytest.approx(kept, abs=1e-6)


def test_a_feature_that_moved_is_named(artifact: Path, move: Callable[[str, float], None]) -> None:
    move("containment_5", 0.25)
    shifts = check_probes(load_model(artifact))
    (edited,) = (s for s in shifts if (s.pair, s.name) == ("edited", "containment_5"))
    assert edited.was is not None
    assert edited.now == pytest.approx(edited.was + 0.25)
    assert str(edited) == f"edited: containment_5: {edited.was:.4g} → {edited.now:.4g}"
    # Alone there is no containment to move.
    assert {shift.pair for shift in shifts} <= {"edited", "spun"}
    assert {shift.name for shift in shifts} <= {"containment_5", *(f"p_{x}" for x in LABELS)}
    assert "p_edited_wire" in {shift.name for shift in shifts if shift.pair == "edited"}


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        (0.5, 0.50004, False),
        (0.5, 0.5002, True),
        (50.0, 50.004, False),
        (50.0, 50.006, True),
        (0.0, 0.00009, False),
        (0.0, -0.00011, True),
        (None, None, False),
        (None, 0.0, True),
        (0.0, None, True),
    ],
)
def test_what_counts_as_moved(was: float | None, now: float | None, moved: bool) -> None:
    rest = (0.0,) * (len(FEATURE_NAMES) - 1)
    p = (0.2, 0.3, 0.5)
    found = list(probes._find_shifts("x", Probe((was, *rest), p), Probe((now, *rest), p)))
    assert found == ([Shift("x", FEATURE_NAMES[0], was, now)] if moved else [])


def test_nothing_is_shown_where_nothing_was() -> None:
    assert str(Shift("alone", "drift_mean", None, 0.125)) == "alone: drift_mean: nothing → 0.125"


def test_saving_measures_what_is_saved(artifact: Path) -> None:
    model = load_model(artifact)
    assert model.manifest.probes == measure_probes(model.judge, model.style, "static")
    assert check_probes(model) == ()
    for probe in model.manifest.probes.values():
        assert sum(probe.probabilities) == pytest.approx(1, abs=1e-6)


def test_what_is_missing_is_null_in_the_manifest(artifact: Path) -> None:
    fields = json.loads((artifact / "manifest.json").read_text(encoding="utf-8"))
    alone = dict(zip(FEATURE_NAMES, fields["probes"]["alone"]["features"], strict=True))
    assert alone["drift_mean"] is None
    assert alone["first_person"] > 0


def test_loading_measures_nothing(artifact: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a cold start has no time for probes")

    monkeypatch.setattr(artifact_module, "measure_probes", refuse)
    assert load_model(artifact).manifest.probes


def test_recording_changes_the_probes_only(
    copied: Path, move: Callable[[str, float], None]
) -> None:
    before = load_model(copied).manifest
    move("containment_5", 0.25)
    assert check_probes(load_model(copied))
    after = record_probes(copied)
    assert after == load_model(copied).manifest
    assert check_probes(load_model(copied)) == ()
    assert after.probes != before.probes
    assert replace(after, probes=before.probes) == before
