"""A model is loaded whole or not at all: every part, and every fault that a part can have."""

import json
import pickle
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier
from skops.io import dump

from copydesk.errors import InvalidModel
from copydesk.features import FEATURE_NAMES
from copydesk.models import (
    DEFAULT_MODEL,
    check_encoder,
    load_estimators,
    load_model,
    read_manifest,
    record_part,
)
from copydesk.models.parts import BESIDE, CARD_FILES, DECIDING, check_parts
from copydesk.predict import Scorer

PARTS = (*DECIDING, *BESIDE)
Loader = Callable[[Path], object]
LOADERS: tuple[Loader, ...] = (load_model, load_estimators, Scorer.load)


class Trap:
    """Shows whether a pickle was loaded."""

    sprung = False

    def __setstate__(self, state: object) -> None:
        Trap.sprung = True


@pytest.fixture
def model(artifact: Path, tmp_path: Path) -> Path:
    """An artifact with every part that there is."""
    folder = Path(shutil.copytree(artifact, tmp_path / "model"))
    for part in BESIDE:
        np.savez(folder / part, numbers=np.arange(3))
        record_part(folder, part)
    return folder


def trap() -> bytes:
    caught = Trap()
    caught.__dict__["bait"] = 1
    return pickle.dumps(caught)


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    change(fields)
    path.write_text(json.dumps(fields), encoding="utf-8")


def test_the_parts_of_this_test_are_those_of_an_artifact(model: Path) -> None:
    assert set(PARTS) == set(read_manifest(model).files)
    assert {*PARTS, "manifest.json"} == {path.name for path in model.iterdir()}


@pytest.mark.parametrize("load", LOADERS)
def test_a_whole_model_is_loaded(load: Loader, model: Path) -> None:
    assert load(model)


def flip_first(path: Path) -> None:
    flip(path, 0)


def flip_middle(path: Path) -> None:
    flip(path, path.stat().st_size // 2)


def flip_last(path: Path) -> None:
    flip(path, path.stat().st_size - 1)


def flip(path: Path, place: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def take_away(path: Path) -> None:
    path.unlink()


def forget(path: Path) -> None:
    edit(path.parent, lambda fields: fields["files"].pop(path.name))


def pickle_in_its_place(path: Path) -> None:
    path.write_bytes(trap())


FAULTS: dict[Callable[[Path], None], str] = {
    flip_first: "{0} is damaged: its SHA-256 is",
    flip_middle: "{0} is damaged: its SHA-256 is",
    flip_last: "{0} is damaged: its SHA-256 is",
    cut: "{0} is damaged: its SHA-256 is",
    take_away: "{0} cannot be read: No such file",
    pickle_in_its_place: "{0} is damaged: its SHA-256 is",
}


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("part", PARTS)
def test_each_fault_of_each_part_is_refused(
    part: str, fault: Callable[[Path], None], load: Loader, model: Path
) -> None:
    fault(model / part)
    with pytest.raises(InvalidModel, match=FAULTS[fault].format(part)):
        load(model)
    assert not Trap.sprung


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize("part", DECIDING)
def test_a_part_without_a_sum_is_refused(part: str, load: Loader, model: Path) -> None:
    forget(model / part)
    with pytest.raises(InvalidModel, match=f"{part} is damaged: .* the manifest, which has none"):
        load(model)


def test_rows_of_older_models_have_no_sum_and_are_taken(model: Path) -> None:
    forget(model / "rows.npz")
    assert load_model(model)


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize(
    "name", ["model.pkl", "model.joblib", ".hidden", "notes.md", "weights.npz.pickle", "weights"]
)
def test_a_pickle_under_any_name_is_refused(name: str, load: Loader, model: Path) -> None:
    (model / name).write_bytes(trap())
    with pytest.raises(InvalidModel, match=f"model holds '{name}', which its manifest does not"):
        load(model)
    record_part(model, name)
    with pytest.raises(InvalidModel, match=f"names a part '{name}' that this copydesk does not"):
        load(model)
    assert not Trap.sprung


@pytest.mark.parametrize("part", DECIDING)
def test_a_pickle_in_place_of_a_part_is_never_loaded(part: str, model: Path) -> None:
    (model / part).write_bytes(trap())
    record_part(model, part)  # whoever can write the part can write its sum
    load = load_estimators if part == "estimators.skops" else load_model
    with pytest.raises(InvalidModel, match=f"{part} is damaged"):
        load(model)
    assert not Trap.sprung


@pytest.mark.parametrize("part", ["weights.npz", "style.npz"])
def test_a_pickle_within_arrays_is_never_loaded(part: str, model: Path) -> None:
    with np.load(model / part) as arrays:
        values = dict(arrays)
    values[next(iter(values))] = np.array([Trap()], dtype=object)
    np.savez(model / part, **values)
    record_part(model, part)
    with pytest.raises(InvalidModel, match=f"{part} is damaged: Object arrays cannot be loaded"):
        load_model(model)
    assert not Trap.sprung


def test_a_pickle_within_the_estimators_is_never_loaded(model: Path) -> None:
    path = model / "estimators.skops"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    first = next(name for name in members if name.endswith(".npy"))
    pickled = model.parent / "pickled.npy"
    np.save(pickled, np.array([Trap()], dtype=object), allow_pickle=True)
    write_archive(path, {**members, first: pickled.read_bytes()})
    record_part(model, path.name)
    with pytest.raises(InvalidModel, match=r"estimators\.skops is damaged: Object arrays cannot"):
        load_estimators(model)
    write_archive(path, {**members, "more.pkl": trap()})
    record_part(model, path.name)
    with pytest.raises(InvalidModel, match=r"is not loaded: it holds a file more\.pkl, which no"):
        load_estimators(model)
    assert not Trap.sprung


def write_archive(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)


def shell(command: str) -> int:
    raise AssertionError("never called")


@pytest.mark.parametrize(
    ("strange", "named"),
    [
        # skops would make the first two without being told to trust them.
        (DecisionTreeClassifier(), "DecisionTreeClassifier made by ObjectNode"),
        (np.sin, "numpy.sin made by"),
        (shell, "shell made by FunctionNode"),
        ([LogisticRegression], r"_logistic\.LogisticRegression made by TypeNode"),
    ],
)
def test_types_that_no_model_is_made_of_are_named(strange: object, named: str, model: Path) -> None:
    dump({"derives": strange}, model / "estimators.skops")
    record_part(model, "estimators.skops")
    with pytest.raises(InvalidModel, match=f"is not loaded: it holds .*{named}"):
        load_estimators(model)


def test_a_harmless_type_made_in_another_way_is_refused(model: Path) -> None:
    """A loader that calls a function could be told to call it by the name of a harmless type."""
    path = model / "estimators.skops"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    schema = members["schema.json"].decode()
    told = schema.replace('"ObjectNode"', '"OperatorFuncNode"', 1)
    assert told != schema
    write_archive(path, {**members, "schema.json": told.encode()})
    record_part(model, path.name)
    with pytest.raises(InvalidModel, match=r"is not loaded: it holds .* made by OperatorFuncNode"):
        load_estimators(model)


@pytest.mark.parametrize("load", LOADERS)
def test_another_major_version_of_scikit_learn_is_refused(load: Loader, model: Path) -> None:
    major, minor = sklearn.__version__.split(".")[:2]
    edit(model, lambda fields: fields["versions"].update({"scikit-learn": f"{major}.99.0"}))
    assert load(model)
    edit(model, lambda fields: fields["versions"].update({"scikit-learn": f"{major}{minor}.0.1"}))
    message = rf"made with scikit-learn {major}{minor}\.0\.1, installed is {major}\.{minor}"
    with pytest.raises(InvalidModel, match=message):
        load(model)


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize(
    ("features", "said"),
    [
        (FEATURE_NAMES[1:], f"{FEATURE_NAMES[0]} is missing"),
        ((*FEATURE_NAMES, "clairvoyance"), "clairvoyance is not known"),
        (
            (*FEATURE_NAMES[:-1], "clairvoyance"),
            f"{FEATURE_NAMES[-1]} is missing and clairvoyance is not known",
        ),
        (FEATURE_NAMES[::-1], "in another order"),
    ],
)
def test_features_that_are_missing_or_not_known_are_named(
    features: tuple[str, ...], said: str, load: Loader, model: Path
) -> None:
    edit(model, lambda fields: fields.update(features=list(features)))
    with pytest.raises(InvalidModel, match=rf"made for other features .*; {said}\): train it"):
        load(model)


def test_an_encoder_of_the_same_name_with_other_vectors_is_refused(model: Path) -> None:
    manifest = read_manifest(model)
    assert len(manifest.encoder_vector) == 256
    edit(model, lambda fields: fields.update(encoder_vector=list(manifest.encoder_vector[::-1])))
    with pytest.raises(InvalidModel, match="another encoder of the name static than is installed"):
        Scorer.load(model)
    edit(model, lambda fields: fields.update(encoder_vector=[1.0]))
    with pytest.raises(InvalidModel, match="another encoder of the name static than is installed"):
        Scorer.load(model)
    edit(model, lambda fields: fields.pop("encoder_vector"))
    assert Scorer.load(model)


def test_an_encoder_of_another_name_is_refused(model: Path) -> None:
    class Other:
        name = "other"

        def encode(self, sentences: object) -> Any:
            raise AssertionError("its name is enough")

    with pytest.raises(InvalidModel, match="made with the encoder static, not with other: train"):
        check_encoder(read_manifest(model), Other())


def test_the_released_model_names_every_part_of_it() -> None:
    manifest = read_manifest(DEFAULT_MODEL)
    there = {path.name for path in DEFAULT_MODEL.iterdir()} - {*CARD_FILES}
    assert there == {*manifest.files, "manifest.json"}
    check_parts(DEFAULT_MODEL, manifest.files)
    assert len(manifest.encoder_vector) == 256


def test_a_link_is_followed_once(model: Path, artifact: Path, tmp_path: Path) -> None:
    link = tmp_path / "current"
    link.symlink_to(model)
    assert load_model(link).manifest == read_manifest(model)


def test_nothing_in_copydesk_loads_a_pickle_of_a_model() -> None:
    root = Path(__file__).parents[2]
    words = ("joblib.load", "from joblib import load", "pickle", "allow_pickle=True", "eval(")
    texts = {path: path.read_text(encoding="utf-8") for path in (root / "models").rglob("*.py")}
    assert len(texts) > 10
    loading = [(path, word) for path, text in texts.items() for word in words if word in text]
    assert [path.name for path, word in loading if word != "pickle"] == []
    # Of pickles, only what refuses them speaks.
    assert {path.name for path, _ in loading} == {"arrays.py", "audit.py"}
