"""Reports of a small story, and a browser to look at them with."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.predict import Scorer
from copydesk.predict.report.item import ReportItem, find_candidate, make_item
from copydesk.predict.report.page import write_report
from copydesk.types import Article, Rejected, Verdict

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


@pytest.fixture
def look(page: Path, tmp_path: Path) -> Callable[..., str]:
    """Open an address of the report in a browser; gives the document as text."""

    def open_page(address: str, *flags: str) -> str:
        finished = subprocess.run(
            [
                str(CHROMIUM),
                *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                *(f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=8000"),
                *("--enable-logging=stderr", "--dump-dom", *flags),
                f"file://{page}{address}",
            ],
            capture_output=True,
            check=True,
            timeout=120,
        )
        said = finished.stderr.decode(errors="replace")
        assert not re.search(r"CONSOLE.*(?:Uncaught|Refused|violates)", said), said
        return finished.stdout.decode()

    return open_page
