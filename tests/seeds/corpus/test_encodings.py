"""Encodings: declared, marked or to be told by what stands there."""

from pathlib import Path

import pytest

from copydesk.seeds.corpus.encodings import decode_text, find_encoding, find_stream_encoding

TEXT = "The café at Nørrehavn closed — “for good”, said the owner’s son."
HEADS = {
    "meta": '<meta charset="{}">',
    "bare": "<META CHARSET={}>",
    "http-equiv": '<meta http-equiv="Content-Type" content="text/html; charset={}">',
    "other way round": "<meta content='text/html;charset={}' http-equiv=Content-Type>",
    "xml": '<?xml version="1.0" encoding="{}"?>',
}


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"],
)
def test_text_is_decoded_without_a_declaration(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("ISO_8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1252", "cp1252"),
        ("windows-1250", "cp1250"),
        ("iso-8859-15", "iso-8859-15"),
        ("macintosh", "mac-roman"),
        ("gb18030", "gb18030"),
    ],
)
def test_pages_are_decoded_as_they_declare(head: str, declared: str, encoding: str) -> None:
    words = "café — “no”" if encoding != "iso-8859-15" else "café ½ œuvre"
    words = words.replace("½", "€")
    page = f"<html><head>{head.format(declared)}</head><body>{words}</body></html>"
    assert words in decode_text(page.encode(encoding), is_markup=True)


def test_utf8_wins_over_what_a_page_declares() -> None:
    page = f'<meta charset="iso-8859-1">{TEXT}'
    assert decode_text(page.encode(), is_markup=True) == page


def test_holes_of_a_declared_latin_1_are_controls() -> None:
    page = b'<meta charset="latin1">caf\xe9 \x81'
    assert decode_text(page, is_markup=True).endswith("café \x81")


@pytest.mark.parametrize("declared", ["nonsense", "base64", "utf-16", "rot13", "\xff"])
def test_declarations_that_cannot_be_are_passed_over(declared: str) -> None:
    page = f'<meta charset="{declared}">caf\xe9'.encode("latin-1")
    assert decode_text(page, is_markup=True).endswith("café")


def test_text_files_declare_nothing() -> None:
    raw = b'The tag <meta charset="windows-1251"> is no caf\xe9.'
    assert decode_text(raw).endswith("café.")


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\xff", b"a\x00\xff\xfe", b"\x8d\x8f\xff"])
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    with pytest.raises(UnicodeDecodeError, match="'utf-8' codec can't decode byte"):
        decode_text(raw)


def test_zeros_alone_are_no_utf16() -> None:
    assert find_encoding(bytes(1000)) == "utf-8"
    assert find_encoding(b"") == "utf-8"


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("cp1252",) * 2],
)
def test_files_are_told_as_bytes_are(encoding: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(("id,text\n" * 200_000 + TEXT).encode(encoding))
    assert find_stream_encoding(lambda: path.open("rb")) == expected
    with path.open(encoding=expected) as stream:
        assert stream.read().endswith(TEXT)
