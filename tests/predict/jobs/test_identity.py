"""What a job depends on of a model: what decides, and nothing that only lies beside it."""

from dataclasses import replace

import pytest

from copydesk.models import Model
from copydesk.models.parts import BESIDE, DECIDING
from copydesk.predict import Scorer
from copydesk.predict.jobs.identity import identify_model


@pytest.fixture
def model(scorer: Scorer) -> Model:
    return scorer.model


def with_files(model: Model, **changes: str) -> Model:
    files = {**model.manifest.files, **changes}
    return replace(model, manifest=replace(model.manifest, files=files))


@pytest.mark.parametrize("part", DECIDING)
def test_a_part_that_decides_makes_another_job(part: str, model: Model) -> None:
    assert identify_model(with_files(model, **{part: "0" * 64})) != identify_model(model)


@pytest.mark.parametrize("part", BESIDE)
def test_what_a_model_learned_from_makes_no_other_job(part: str, model: Model) -> None:
    assert identify_model(with_files(model, **{part: "0" * 64})) == identify_model(model)


def test_thresholds_make_another_job(model: Model) -> None:
    thresholds = dict.fromkeys(model.manifest.thresholds, (0.5, 0.5, 0.5))
    other = replace(model, manifest=replace(model.manifest, thresholds=thresholds))
    assert identify_model(other) != identify_model(model)
