"""Tables of facts are whole."""

import unicodedata

import pytest

from copydesk.features.read.table import read_table


def test_look_alikes_are_letters_of_no_living_latin_alphabet() -> None:
    rows = read_table("look_alikes")
    points = [int(point, 16) for _, row in rows for point in row.split()]
    assert len(points) == len(set(points)) > 300
    assert all(letter.isascii() and letter.isalpha() and len(letter) == 1 for letter, _ in rows)
    assert all(unicodedata.category(chr(point))[0] == "L" for point in points)
    assert not {ord(c) for c in "ıłøđəßþðæœŋħ"} & set(points)


def test_abbreviations_have_one_kind() -> None:
    rows = dict(read_table("abbreviations"))
    assert list(rows) == ["name", "number", "open", "time", "begins", "after_time"]
    words = [word for kind in ("name", "number", "open", "time") for word in rows[kind].split()]
    assert len(words) == len(set(words))
    assert not any(word.endswith(".") for word in words)


def test_a_table_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.tsv"):
        read_table("nothing")
