"""The models folder: one current model, a history, and nothing half done."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.errors import InvalidInput, InvalidModel
from copydesk.models import DEFAULT_MODEL, ModelsFolder, find_model, load_model
from copydesk.models.history import Action, Entry, places, read_history, write_history
from copydesk.models.models_folder import place_of
from copydesk.predict import Scorer

Make = Callable[[str], Path]


@pytest.fixture
def make(artifact: Path, tmp_path: Path) -> Make:
    """Make a model of a name; those of two names are two models."""

    def copy(name: str) -> Path:
        folder = Path(shutil.copytree(artifact, tmp_path / "trained" / name))
        path = folder / "manifest.json"
        fields = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**fields, "model_id": name}), encoding="utf-8")
        return folder

    return copy


@pytest.fixture
def folder(tmp_path: Path) -> ModelsFolder:
    return ModelsFolder(tmp_path / "models")


def promoted(place: str | None, model_id: str = "x") -> Entry:
    return Entry("2026-03-02T04:05:06+00:00", Action.PROMOTED, model_id, place, "y", "x replaces y")


def promote(folder: ModelsFolder, model: Path) -> str:
    place = folder.keep(model)
    folder.record(promoted(place, load_model(model).manifest.model_id), expected=folder.place())
    return place


def test_the_released_model_is_current_before_any_promotion(folder: ModelsFolder) -> None:
    assert folder.current() == DEFAULT_MODEL
    assert folder.history() == ()
    assert not folder.path.exists()


def test_a_promoted_model_is_a_copy_that_stays(folder: ModelsFolder, make: Make) -> None:
    model = make("first")
    place = promote(folder, model)
    assert place == place_of(model)
    assert place.startswith("first-")
    shutil.rmtree(model)
    assert load_model(folder.current()).manifest.model_id == "first"
    assert [entry.model_id for entry in folder.history()] == ["first"]


def test_keeping_twice_is_keeping_once(folder: ModelsFolder, make: Make) -> None:
    model = make("first")
    assert folder.keep(model) == folder.keep(model)
    assert len(list((folder.path / "kept").iterdir())) == 1


def test_only_the_parts_of_a_model_are_kept(folder: ModelsFolder, make: Make) -> None:
    model = make("first")
    kept = folder.folder_of(folder.keep(model))
    assert {path.name for path in kept.iterdir()} == {path.name for path in model.iterdir()}
    (model / "model.pkl").write_bytes(b"no part")
    with pytest.raises(InvalidModel, match=r"holds 'model\.pkl', which its manifest does not"):
        folder.keep(model)


def test_names_of_models_lead_nowhere_else(folder: ModelsFolder, make: Make) -> None:
    model = make("plain")
    path = model / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**fields, "model_id": "../../out side"}), encoding="utf-8")
    place = folder.keep(model)
    assert place.startswith(".._.._out_side-")
    assert folder.folder_of(place).parent == folder.path / "kept"


def test_a_damaged_copy_is_never_taken_for_whole(folder: ModelsFolder, make: Make) -> None:
    model = make("first")
    kept = folder.folder_of(folder.keep(model))
    (kept / "weights.npz").write_bytes(b"not whole")
    with pytest.raises(InvalidModel, match=r"weights\.npz is damaged"):
        folder.keep(model)


def test_rolling_back_leads_one_step_at_a_time(folder: ModelsFolder, make: Make) -> None:
    for name in ("first", "second", "third"):
        promote(folder, make(name))
    names = []
    for reason in ("too slow", None, None):
        entry = folder.roll_back(reason)
        assert (entry.action, entry.reason) == (Action.ROLLED_BACK, reason)
        names.append((entry.before, load_model(folder.current()).manifest.model_id))
    released = load_model(DEFAULT_MODEL).manifest.model_id
    assert names == [("third", "second"), ("second", "first"), ("first", released)]
    with pytest.raises(InvalidInput, match=r"nothing to go back to .*: the released model is"):
        folder.roll_back()
    assert [entry.said for entry in folder.history()][3] == (
        "second is current again, third no longer"
    )


def test_after_rolling_back_a_promotion_goes_on_from_there(
    folder: ModelsFolder, make: Make
) -> None:
    promote(folder, make("first"))
    promote(folder, make("second"))
    folder.roll_back()
    promote(folder, make("third"))
    folder.roll_back()
    assert load_model(folder.current()).manifest.model_id == "first"


def test_a_damaged_model_is_not_gone_back_to_but_can_be_left(
    folder: ModelsFolder, make: Make
) -> None:
    first, second = promote(folder, make("first")), promote(folder, make("second"))
    (folder.folder_of(second) / "style.npz").unlink()
    folder.roll_back()
    promote(folder, make("third"))
    (folder.folder_of(first) / "style.npz").unlink()
    before = folder.history()
    with pytest.raises(InvalidModel, match=r"style\.npz cannot be read"):
        folder.roll_back()
    assert folder.history() == before


def test_what_was_decided_beside_another_model_is_not_done(
    folder: ModelsFolder, make: Make
) -> None:
    place = promote(folder, make("first"))
    other = folder.keep(make("second"))
    with pytest.raises(InvalidInput, match=f"{place} became current in .* meanwhile: nothing was"):
        folder.record(promoted(other), expected=None)
    assert folder.place() == place
    refused = Entry("", Action.REFUSED, "second", None, "x", "no")
    folder.record(refused, expected=None)  # it changes nothing
    assert folder.place() == place
    assert folder.history()[-1] == refused


# Says what it expects to be current, waits for all to have done so, and then promotes.
_PROMOTE = """
import sys
from pathlib import Path
from copydesk.errors import InvalidInput
from copydesk.models import ModelsFolder
from copydesk.models.history import Action, Entry

folder, model = ModelsFolder(Path(sys.argv[1])), Path(sys.argv[2])
expected = folder.place()
print("ready", flush=True)
sys.stdin.readline()
place = folder.keep(model)
try:
    folder.record(Entry("", Action.PROMOTED, model.name, place, "x", "x"), expected)
except InvalidInput:
    folder.record(Entry("", Action.REFUSED, model.name, None, "x", "late"), expected)
"""


def test_of_two_promotions_at_once_one_is_done_and_both_are_recorded(
    folder: ModelsFolder, make: Make
) -> None:
    models = [make("first"), make("second"), make("first-again")]
    shutil.copyfile(models[0] / "manifest.json", models[2] / "manifest.json")
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _PROMOTE, str(folder.path), str(model)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for model in models
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.communicate("go\n")
    assert [process.returncode for process in processes] == [0, 0, 0]
    actions = sorted(str(entry.action) for entry in folder.history())
    assert actions == ["promoted", "refused", "refused"]
    assert load_model(folder.current())
    assert sorted(path.name for path in folder.path.iterdir()) == ["history.json", "kept", "lock"]


def test_whoever_reads_meanwhile_sees_a_whole_record(
    folder: ModelsFolder, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = promote(folder, make("first"))
    seen = []

    def replace(aside: Path, target: Path) -> Path:
        seen.append(ModelsFolder(folder.path).current())
        return Path(shutil.move(aside, target))

    monkeypatch.setattr(Path, "replace", replace)
    second = promote(folder, make("second"))
    assert [path.name for path in seen] == [first]
    assert folder.place() == second


def test_a_record_that_cannot_be_written_changes_nothing(
    folder: ModelsFolder, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    promote(folder, make("first"))
    before, names = folder.history(), sorted(folder.path.iterdir())

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("copydesk.models.history.os.fsync", refuse)
    with pytest.raises(InvalidInput, match="cannot be written: No space left on device"):
        folder.record(promoted(None), expected=folder.place())
    assert folder.history() == before
    assert sorted(folder.path.iterdir()) == names


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{cut", "history.json is damaged .*COPYDESK_MODEL"),
        ("[]", "history.json is damaged"),
        ('{"format": 1}', "history.json is damaged .*entries"),
        ('{"format": 1, "entries": [{"action": "promoted"}]}', "history.json is damaged"),
        ('{"format": 1, "entries": [{"action": "sold"}]}', "history.json is damaged .*sold"),
        ('{"format": 2, "entries": []}', "history.json has format 2, expected 1"),
    ],
)
def test_a_damaged_record_is_refused(content: str, message: str, folder: ModelsFolder) -> None:
    folder.path.mkdir()
    (folder.path / "history.json").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidModel, match=message):
        folder.current()


def test_going_back_beyond_the_released_model_is_damage(tmp_path: Path) -> None:
    write_history(tmp_path, [Entry("", Action.ROLLED_BACK, "a", None, "b", "")])
    with pytest.raises(InvalidModel, match=r"history\.json is damaged"):
        read_history(tmp_path)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    entries = (
        Entry("t", Action.PROMOTED, "a", "a-1", "z", "é", "because", {"g: v": {"low": -0.5}}),
        Entry("t", Action.ROLLED_BACK, "z", None, "a", "back"),
    )
    write_history(tmp_path, entries)
    assert read_history(tmp_path) == entries
    assert places(entries) == (None,)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set the variables that choose a model; those not given are unset."""

    def put(**values: Any) -> None:
        for name in ("COPYDESK_MODEL", "COPYDESK_MODELS"):
            monkeypatch.delenv(name, raising=False)
            if name in values:
                monkeypatch.setenv(name, str(values[name]))

    return put


def test_which_model_is_found_where_none_is_named(
    folder: ModelsFolder, make: Make, environment: Callable[..., None]
) -> None:
    environment()
    assert find_model() == DEFAULT_MODEL
    environment(COPYDESK_MODELS="", COPYDESK_MODEL="")
    assert find_model() == DEFAULT_MODEL
    model, other = make("first"), make("other")
    environment(COPYDESK_MODELS=folder.path)
    with pytest.raises(
        InvalidModel, match=r"COPYDESK_MODELS is .*models, which is no folder: make"
    ):
        find_model()
    folder.path.mkdir()
    assert find_model() == DEFAULT_MODEL
    place = promote(folder, model)
    assert find_model() == folder.path / "kept" / place
    environment(COPYDESK_MODELS=folder.path, COPYDESK_MODEL=other)
    assert find_model() == other
    assert Scorer.load().model.manifest.model_id == "other"
    assert Scorer.load(model).model.manifest.model_id == "first"


def test_a_scorer_keeps_what_it_loaded(
    folder: ModelsFolder, make: Make, environment: Callable[..., None]
) -> None:
    promote(folder, make("first"))
    environment(COPYDESK_MODELS=folder.path)
    scorer = Scorer.load()
    promote(folder, make("second"))
    assert scorer.model.manifest.model_id == "first"
    assert Scorer.load().model.manifest.model_id == "second"
