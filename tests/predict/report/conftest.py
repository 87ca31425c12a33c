"""Reports of a small story, and a browser to look at them with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copydesk.predict import Scorer
from copydesk.predict.report.item import ReportItem, find_candidate, make_item
from copydesk.predict.report.page import write_report
from copydesk.types import Article, Rejected, Verdict

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
CHROMIUM = shutil.which("chromium")
EVIL = "\"><script>document.title='owned'</script> & \u200fعنوان 😀"


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("needs_chromium") is None:
        return
    wanted = item.config.getoption("--debian")
    if wanted == "required" and CHROMIUM is None:
        pytest.fail("--debian=required: apt-get install chromium", pytrace=False)
    if wanted == "hidden" or CHROMIUM is None:
        pytest.skip("needs the Debian package chromium")


@pytest.fixture(scope="session")
def articles(bridge: dict[str, Article]) -> list[Article]:
    """The bridge's story, one text with an id, a headline and an outlet that mean mischief."""
    odd = Article(EVIL, f"😀 {bridge['spun'].text}", headline=EVIL, outlet=EVIL)
    return [*bridge.values(), odd]


@pytest.fixture(scope="session")
def items(scorer: Scorer, articles: list[Article]) -> list[ReportItem]:
    by_id = {article.id: article for article in articles}
    found = []
    for verdict in scorer.label(articles):
        assert isinstance(verdict, Verdict)
        article = by_id[verdict.id]
        candidate = find_candidate(verdict, article, by_id.get)
        found.append(make_item(scorer, verdict, article, candidate))
    return found


@pytest.fixture(scope="session")
def page(items: list[ReportItem], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on disk."""
    out = tmp_path_factory.mktemp("report") / "report.html"
    write_report(out, items, [Rejected("short", "text has 2 words <b>")])
    return out


@pytest.fixture(scope="session")
def in_report(
    scorer: Scorer, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Article, Article], Path]:
    """Write a report of one article beside its source."""

    def write(article: Article, source: Article) -> Path:
        out = tmp_path_factory.mktemp("pair") / "report.html"
        verdict = scorer.label_pair(article, source)
        write_report(out, [make_item(scorer, verdict, article, source)])
        return out

    return write


# One for a module: while it is there an event loop counts as running, which others may mind.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def look(browser: Browser, page: Path) -> Iterator[Callable[..., Page]]:
    """Open an address of a report; whatever a test does, nothing is fetched and nothing fails."""
    contexts, said, fetched = [], [], []

    def open_page(address: str = "", path: Path = page, **settings: object) -> Page:
        context = browser.new_context(**{**DESKTOP, **settings})
        contexts.append(context)
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        context.on("request", lambda request: fetched.append(request.url))
        view = context.new_page()
        view.goto(f"{path.as_uri()}{address}")
        view.wait_for_selector("body[data-view]")
        return view

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in fetched if not url.startswith("file://")] == []
