"""A new model's folder: never over another, and there only when it is whole."""

from pathlib import Path

import pytest

from copydesk.errors import InvalidInput
from copydesk.train.out_folder import check_out, new_folder


def test_a_folder_is_there_when_it_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "model"
    with new_folder(out) as aside:
        (aside / "a").write_text("x")
        assert not out.exists()
    assert [path.name for path in out.parent.iterdir()] == ["model"]
    assert (out / "a").read_text() == "x"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    check_out(tmp_path)
    with new_folder(tmp_path / "empty") as aside:
        (tmp_path / "empty").mkdir()
        (aside / "a").write_text("x")
    assert (tmp_path / "empty" / "a").exists()


def test_what_was_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stop() -> None:
        with new_folder(tmp_path / "model") as aside:
            (aside / "a").write_text("x")
            raise KeyboardInterrupt("stopped")

    with pytest.raises(KeyboardInterrupt, match="stopped"):
        stop()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_nothing_is_written_over(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "model"
    if kind == "folder":
        out.mkdir()
        (out / "manifest.json").write_text("another")
    elif kind == "file":
        out.write_text("another")
    else:
        out.symlink_to(tmp_path / "gone")
    with pytest.raises(InvalidInput, match="is there already: a model is never written over"):
        check_out(out)


def test_what_came_meanwhile_stays(tmp_path: Path) -> None:
    out = tmp_path / "model"

    def write() -> None:
        with new_folder(out):
            out.mkdir()
            (out / "another").write_text("x")

    with pytest.raises(InvalidInput, match="is there already"):
        write()
    assert [path.name for path in tmp_path.rglob("*")] == ["model", "another"]
