"""Nothing that steers a terminal gets there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.terminal import json_line, say, say_skipped, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[2J\x1b]0;title\x07", r"\x1b[2J\x1b]0;title\x07"),
        ("a\r\nb\tc", r"a\r\nb\tc"),
        ("\x9b31m \x7f", r"\x9b31m \x7f"),
        ("gnp\u202etxt\u2066", r"gnp\u202etxt\u2066"),
        ("half \ud800", r"half \ud800"),
        ("“Élan” — 日本", "“Élan” — 日本"),
        ("", ""),
    ],
)
def test_controls_are_written_as_escapes(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(st.text(st.characters()))
def test_what_is_visible_steers_nothing(text: str) -> None:
    shown = visible(text)
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in shown)
    assert visible(shown) == shown


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters()), max_size=4))
def test_json_lines_are_the_same_to_who_parses_them(record: dict[str, str]) -> None:
    line = json_line(record)
    assert json.loads(line) == record
    assert visible(line) == line


def test_json_keeps_letters() -> None:
    assert json_line({"id": "é“日"}) == '{"id": "é“日"}'


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    say("copydesk: \x1b[31mred")
    assert capsys.readouterr() == ("", "copydesk: \\x1b[31mred\n")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), ""),
        (("a.pdf",), "copydesk: 1 file of another kind passed over: a.pdf\n"),
        (
            tuple(f"{i}.pdf" for i in range(7)),
            "copydesk: 7 files of other kinds passed over: "
            "0.pdf, 1.pdf, 2.pdf, 3.pdf, 4.pdf and 2 more\n",
        ),
    ],
)
def test_files_passed_over_are_counted_and_named(
    names: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say_skipped(names)
    assert capsys.readouterr().err == expected
