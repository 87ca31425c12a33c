"""Files: what of an input is read, and what is passed over."""

from pathlib import Path

import pytest

from copydesk.errors import InvalidInput
from copydesk.seeds.corpus.files import SUFFIXES, InputFile, list_files


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")


def test_a_folder_is_listed_in_order_with_what_is_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, "b.TXT", "a.md", "sub/c.JSONL.GZ", "sub/d.pdf", "e.docx", "f.json", "g.tsv")
    listed = list_files([str(tmp_path)])
    assert [file.name for file in listed.files] == [
        "a.md",
        "b.TXT",
        "f.json",
        "g.tsv",
        "sub/c.JSONL.GZ",
    ]
    assert listed.skipped == (str(tmp_path / "e.docx"), str(tmp_path / "sub" / "d.pdf"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_suffixes_are_told_in_any_case(suffix: str) -> None:
    assert InputFile("x", f"a{suffix.upper()}").suffix == suffix


def test_standard_input_is_json_lines() -> None:
    (file,) = list_files(["-"]).files
    assert (file.path, file.suffix) == ("-", ".jsonl")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.txt", r"gone\.txt does not exist"),
        ("a.pdf", r"a\.pdf is of no kind that is read; expected \.txt, \.md"),
        ("others", "others holds nothing to read; expected"),
    ],
)
def test_what_a_user_named_in_error_is_said(name: str, message: str, tmp_path: Path) -> None:
    fill(tmp_path, "a.pdf", "others/a.pdf", "fine.txt")
    with pytest.raises(InvalidInput, match=message):
        list_files([str(tmp_path / "fine.txt"), str(tmp_path / name)])
