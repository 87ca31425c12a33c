"""The report: one page that needs nothing else, or a few where it would be too large."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from copydesk.defaults import REPORT_LIMIT_MB
from copydesk.predict.report.chunks import Chunk, make_chunks, pack, share_out
from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.overview import draw_overview
from copydesk.predict.report.standouts import find_standouts, tell_standout
from copydesk.predict.report.trees import MAX_TREES, grow_trees
from copydesk.types import LABELS, Rejected

_HERE = Path(__file__).parent
# A module may use what stands in those before it.
_MODULES = ("data", "elements", "strip", "texts", "findings", "article", "table", "main")
_IMPORT = re.compile(r'(?m)^import (\{[^}]*\}) from "\./(\w+)\.js";$')
_EXPORT = re.compile(r"(?m)^export (?:async function|function|const) (\w+)")
_EXPORT_WORD = re.compile(r"(?m)^export ")


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """Where a report was written: the main page, and others beside it."""

    paths: tuple[Path, ...]
    n_bytes: int


def write_report(
    out: Path,
    items: Iterable[ReportItem],
    rejects: Sequence[Rejected] = (),
    *,
    title: str = "copydesk report",
    limit_mb: int = REPORT_LIMIT_MB,
) -> WrittenReport:
    """Write a report as pages that work from a disk, without a network.

    Parameters
    ----------
    out : Path
        The main page; others are named after it.
    items : iterable of ReportItem
        All that was labelled.
    rejects : sequence of Rejected
        All that could not be.
    title : str
        Of the pages.
    limit_mb : int
        How many megabytes of details a page may hold; what is more goes to pages beside it.
    """
    items = list(items)
    pages = share_out(list(make_chunks(items)), limit_mb * 1_000_000)
    paths = [out if n == 1 else _beside(out, n) for n in range(1, len(pages) + 1)]
    names = [path.name for path in paths]
    trees = grow_trees(items)
    standouts, n_standouts = find_standouts(items)
    common = {
        "title": title,
        "overview": draw_overview(items, rejects),
        "trees": trees[:MAX_TREES],
        "n_trees": len(trees),
        "standouts": list(map(tell_standout, standouts)),
        "n_standouts": n_standouts,
        "titles": {item.verdict.id: item.title for item in items},
        "labels": [str(label) for label in LABELS],
        "pages": names,
        "limit_mb": limit_mb,
    }
    all_rows = [_rows(chunks, number) for number, chunks in enumerate(pages)]
    for number, (path, chunks) in enumerate(zip(paths, pages, strict=True)):
        rows = [row for page in all_rows for row in page] if number == 0 else all_rows[number]
        page = _render(number=number, rows=pack(rows), chunks=chunks, **common)
        path.write_text(page, encoding="utf-8")
    for stale in out.parent.glob(f"{out.stem}-*{out.suffix}"):
        is_ours = re.fullmatch(rf"{re.escape(out.stem)}-\d+{re.escape(out.suffix)}", stale.name)
        if is_ours and stale not in paths:
            stale.unlink()
    return WrittenReport(tuple(paths), sum(path.stat().st_size for path in paths))


def _beside(out: Path, number: int) -> Path:
    return out.with_name(f"{out.stem}-{number}{out.suffix}")


def _rows(chunks: Sequence[Chunk], page: int) -> list[dict[str, Any]]:
    """Give the rows of a page; each says where its details lie."""
    return [
        {**row, "at": [page, number, place]}
        for number, chunk in enumerate(chunks)
        for place, row in enumerate(chunk.rows)
    ]


def _render(*, rows: str, chunks: Sequence[Chunk], **context: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (_HERE / "static" / "report.css").read_text(encoding="utf-8")
    script = bundle()
    return environment.get_template("page.html.j2").render(
        rows=rows,
        chunks=[chunk.packed for chunk in chunks],
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        **context,
    )


def bundle() -> str:
    """Join the script's modules into one: a page that works from a disk can import nothing."""
    return "".join(map(_enclose, _MODULES))


def _enclose(name: str) -> str:
    """Give a module a scope of its own, its exports as an object's fields."""
    source = (_HERE / "static" / f"{name}.js").read_text(encoding="utf-8")
    exported = ", ".join(_EXPORT.findall(source))
    source = _IMPORT.sub(r"const \1 = \2_module;", _EXPORT_WORD.sub("", source))
    return (
        f"const {name}_module = await (async () => {{\n{source}return {{ {exported} }};\n}})();\n"
    )


def _hash(text: str) -> str:
    """Give what a Content-Security-Policy calls a script or style by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
