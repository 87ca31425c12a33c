"""Encodings: bytes to text, as a file declares them or as they show."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import BinaryIO

# UTF-32 first: its mark begins with that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In <meta charset=...>, <meta http-equiv ... content="text/html; charset=..."> and <?xml ...?>.
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN_BYTES = 4096
# Bytes that text in a single-byte encoding does not have: controls, and holes of Windows-1252.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HOLE = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# Quotation marks in the encoding of old Macs, where Windows-1252 has capitals.
_MAC_SIGNS = re.compile(rb"(?<=[a-z])\xd5(?=(?:s|t|re|ve|ll|d|m)\b)|(?:\A|(?<=\s))\xd2(?=\w)")
_SAMPLE_BYTES = 4096
_MIN_ZERO_SHARE = 0.6
_CHUNK_BYTES = 1 << 20


def decode_text(raw: bytes, *, is_markup: bool = False) -> str:
    r"""Decode the bytes of a file, as ``find_encoding`` says.

    Raises
    ------
    UnicodeDecodeError
        They are no text.

    Examples
    --------
    >>> decode_text(b"It\x92s over"), decode_text("Caf\u00e9".encode("utf-16"))
    ('It’s over', 'Café')
    """
    return raw.decode(find_encoding(raw, is_markup=is_markup))


def find_encoding(raw: bytes, *, is_markup: bool = False) -> str:
    """Say in which encoding bytes are text.

    A byte order mark tells; else it is UTF-8 if it can be, which is hardly ever chance; else what
    a page declares; else Windows-1252, or what old Macs wrote, where nothing speaks against text.

    Parameters
    ----------
    raw : bytes
        The whole file.
    is_markup : bool
        Whether to look for a declaration of HTML or XML.

    Returns
    -------
    str
        A codec of Python; UTF-8 where there is none.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark) and len(raw) > len(mark):
            return encoding
    unmarked = _utf16_by_zeros(raw)
    if unmarked is not None:
        return unmarked
    if _is_text_in(raw, "utf-8"):
        return "utf-8"
    declared = _declared(raw) if is_markup else None
    return declared or _single_byte(raw) or "utf-8"


def find_stream_encoding(open_stream: Callable[[], AbstractContextManager[BinaryIO]]) -> str:
    """Say in which encoding a file is text; a large one is read whole only if it is no UTF-8.

    Parameters
    ----------
    open_stream : callable
        Opens the file; called once or twice.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with open_stream() as stream:
        try:
            while chunk := stream.read(_CHUNK_BYTES):
                if _utf16_by_zeros(chunk):
                    break
                decoder.decode(chunk)
            else:
                decoder.decode(b"", final=True)
                return "utf-8-sig"
        except UnicodeDecodeError:
            pass
    with open_stream() as stream:
        return find_encoding(stream.read())


def _utf16_by_zeros(raw: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zeros: every other byte of English."""
    sample = raw[:_SAMPLE_BYTES]
    if len(sample) % 2 or not sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even == 0 and odd >= _MIN_ZERO_SHARE * len(sample) / 2:
        return "utf-16-le"
    if odd == 0 and even >= _MIN_ZERO_SHARE * len(sample) / 2:
        return "utf-16-be"
    return None


def _declared(raw: bytes) -> str | None:
    found = _DECLARED.search(raw, 0, _DECLARED_WITHIN_BYTES)
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    if name in {"iso8859-1", "ascii", "cp1252"}:
        # All are Windows-1252 on the web (WHATWG Encoding Standard), its holes are controls.
        return "latin-1" if _HOLE.search(raw) else "cp1252"
    return name if _is_text_in(raw, name) else None


def _is_text_in(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except (UnicodeError, LookupError):  # some codecs of Python are no encodings of text
        return False
    return True


def _single_byte(raw: bytes) -> str | None:
    if _CONTROL.search(raw) or _HOLE.search(raw):
        return None
    return "mac-roman" if _MAC_SIGNS.search(raw) else "cp1252"
