"""The report's pages: whole, safe, and no larger than asked for."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from copydesk.predict.report.chunks import Chunk, share_out
from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.page import bundle, write_report


def packed(html: str, name: str) -> Any:
    (text,) = re.findall(rf'<script type="text/plain" id="{name}">([^<]*)</script>', html)
    return json.loads(gzip.decompress(base64.b64decode(text)))


def test_nothing_is_fetched_and_only_our_script_runs(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    script = re.findall(r'(?s)<script type="module">(.*?)</script>', html)
    style = re.findall(r"(?s)<style>(.*?)</style>", html)
    for name, texts in (("script", script), ("style", style)):
        (text,) = texts
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", html)
    assert "url(" not in style[0]


def test_what_articles_say_is_never_markup(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert "<script>document" not in html
    assert "text has 2 words &lt;b&gt;" in html


def test_details_hold_both_texts_and_offsets_of_a_browser(
    page: Path, items: list[ReportItem]
) -> None:
    html = page.read_text(encoding="utf-8")
    rows, chunk = packed(html, "rows"), packed(html, "chunk-0")
    assert {row["id"] for row in rows} == {item.verdict.id for item in items}
    (row,) = (row for row in rows if row["id"].startswith('">'))
    detail = chunk["details"][row["at"][2]]
    text = chunk["texts"][detail["text"]].encode("utf-16-le")
    quotes = detail["findings"]["altered_quotes"]
    for _, pieces, (start, end), *_ in quotes:
        assert text[2 * start : 2 * end].decode("utf-16-le") == "".join(pieces)
    assert len(quotes) >= 1


def test_modules_are_joined_without_imports() -> None:
    script = bundle()
    assert not re.search(r"(?m)^(?:import|export) ", script)
    assert "</script" not in script
    assert script.index("const data_module") < script.index("const main_module")


def test_what_is_too_large_goes_to_pages_beside(items: list[ReportItem], tmp_path: Path) -> None:
    many = [item for item in items for _ in range(5)]
    out = tmp_path / "r.html"
    stale = tmp_path / "r-9.html"
    stale.write_text("of an earlier run")
    one = write_report(out, many)
    assert one.paths == (out,)
    assert not stale.exists()
    several = write_report(out, many, limit_mb=0)
    names = [path.name for path in several.paths]
    assert names == ["r.html", "r-2.html"]
    main, second = (path.read_text(encoding="utf-8") for path in several.paths)
    assert len(packed(main, "rows")) == len(many)
    assert {row["at"][0] for row in packed(main, "rows")} == {0, 1}
    assert {row["at"][0] for row in packed(second, "rows")} == {1}
    assert "the others in r-2.html" in main


def test_each_page_takes_what_fits() -> None:
    chunks = [Chunk((), "x" * size) for size in (40, 40, 40, 100)]
    pages = share_out(chunks, 80)
    assert [[len(chunk.packed) for chunk in page] for page in pages] == [[40, 40], [40], [100]]


def test_without_texts_the_verdict_is_still_shown(items: list[ReportItem], tmp_path: Path) -> None:
    bare = [ReportItem(item.verdict) for item in items]
    html = write_report(tmp_path / "r.html", bare).paths[0].read_text(encoding="utf-8")
    assert f"The texts of {len(bare)} are not at hand" in html
    detail = packed(html, "chunk-0")["details"][0]
    assert detail["text"] is None
    assert detail["headline"]


def test_an_empty_report_says_so(tmp_path: Path) -> None:
    html = write_report(tmp_path / "r.html", []).paths[0].read_text(encoding="utf-8")
    assert "No article was found to derive from another text." in html
    assert "Nothing was rejected." in html
