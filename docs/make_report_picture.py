"""Take the picture of a report that README.md shows, of the demonstration: docs/report.png.

Needs Debian's chromium and the extra `test`: python docs/make_report_picture.py
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from copydesk import demo

OUT = Path(__file__).resolve().parent / "report.png"
ARTICLE = "spin-of-paper"
# The higher the window, the more of both texts is seen.
WIDTH, HEIGHT = 1000, 520
MARGIN = 12


def take(report: Path) -> None:
    """Open an article of a report and take it from its drift to the end of both texts."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is missing: apt-get install chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        view.goto(f"{report.as_uri()}#/article/{ARTICLE}")
        view.wait_for_selector('body[data-view="article"]')
        first, last = view.get_by_text("Drift along the article"), view.locator(".sides")
        top = first.evaluate("node => node.getBoundingClientRect().top") - MARGIN
        end = last.evaluate("node => node.getBoundingClientRect().bottom") + MARGIN
        clip = {"x": 0, "y": top, "width": WIDTH, "height": end - top}
        view.screenshot(path=OUT, full_page=True, clip=clip)
        browser.close()


def main() -> None:
    """Label the demonstration's batch in a folder that goes away, and take the picture."""
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        demo.main()
        take(demo.REPORT.resolve())
        os.chdir(OUT.parent)
    print(f"{OUT.name}: {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
