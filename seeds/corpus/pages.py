"""Pages: a file that is one article, as plain text or as HTML."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from copydesk.errors import MissingPackage
from copydesk.seeds.corpus.encodings import decode_text
from copydesk.seeds.corpus.files import InputFile
from copydesk.seeds.corpus.opening import open_bytes
from copydesk.types import Article, Rejected

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# Where a page says of itself when it appeared: its head, but not its title, and structured data.
_HEAD = re.compile(r"\A.*?</head\s*>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title\b.*?</title\s*>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"<script\b[^>]*application/ld\+json.*?</script\s*>", re.DOTALL | re.IGNORECASE)


def read_page(file: InputFile) -> Article | Rejected:
    """Read a file that is one article; its id is the file's name.

    Raises
    ------
    MissingPackage
        It is HTML, and trafilatura is not installed.
    """
    with open_bytes(file.path) as stream:
        raw = stream.read()
    is_markup = file.kind in {".html", ".htm"}
    try:
        text = decode_text(raw, is_markup=is_markup)
    except UnicodeDecodeError as error:
        where = f"byte {raw[error.start]:#04x} at {error.start}"
        return Rejected(file.name, f"{file.path} is not UTF-8 text ({where}), nor any other known")
    if not is_markup:
        return Article(file.name, text)
    # The characters are decoded: what the page says of its bytes would only mislead.
    return _article_from_html(_XML_DECLARATION.sub("", text), file.name)


def _article_from_html(page: str, name: str) -> Article | Rejected:
    """Extract a page's article, and its headline, date, outlet and address where it says so."""
    try:
        import trafilatura  # deferred: an extra
    except ImportError as error:
        raise MissingPackage(
            "reading HTML needs trafilatura: pip install 'copydesk[html]'"
        ) from error
    text = trafilatura.extract(page, include_comments=False, include_tables=False)
    if not text:
        return Rejected(name, f"{name}: no article found in the page")
    about = trafilatura.extract_metadata(page, extensive=False)
    return Article(
        name,
        text,
        headline=about.title or None,
        url=about.url or None,
        published=_published(page),
        outlet=about.sitename or None,
    )


def _published(page: str) -> date | None:
    """Give the day that a page says it appeared on; one that its text mentions is another's."""
    import trafilatura

    head = _HEAD.match(page)
    if head is None:
        return None
    data = "".join(_DATA.findall(page, head.end()))
    bare = f"{_TITLE.sub('', head[0])}<body>{data}</body></html>"
    day = trafilatura.extract_metadata(bare, extensive=False).date
    with suppress(ValueError):
        return date.fromisoformat(day) if day else None
    return None
