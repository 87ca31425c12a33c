"""The table of a report in a browser: searched, filtered, sorted, and large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copydesk.predict.report.item import ReportItem
from copydesk.predict.report.page import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Page

Look = Callable[..., "Page"]
N_MANY = 10_000
FROST = "Frost takes the Selna valley's apricots"
pytestmark = pytest.mark.needs_chromium


def titles(view: Page) -> list[str]:
    return view.locator("#rows-shown th").locator("a").all_inner_texts()


def labels(view: Page) -> list[str]:
    return view.locator("#rows-shown tr td:first-child").all_inner_texts()


def test_cards_lead_to_what_they_count(look: Look) -> None:
    view = look()
    card = view.locator(".card.spun")
    n_spun = int(card.locator("strong").inner_text())
    card.click()
    view.wait_for_selector('body[data-view="articles"]')
    assert view.locator("#by-label").input_value() == "spun"
    assert len(labels(view)) == n_spun > 0
    assert all("spun" in label for label in labels(view))


def test_a_label_is_chosen_and_let_go(look: Look, items: list[ReportItem]) -> None:
    view = look("#/articles")
    view.locator("#by-label").select_option("no-source")
    alone = [item.title for item in items if item.verdict.source is None]
    assert sorted(titles(view)) == sorted(alone)
    assert view.locator("#n-found").inner_text() == f"{len(alone)} of {len(items)} articles"
    view.locator("#by-label").select_option("")
    assert len(titles(view)) == len(items)


def test_an_outlet_is_chosen(look: Look) -> None:
    view = look("#/articles")
    view.locator("#by-outlet").select_option(index=1)
    assert len(titles(view)) == 1
    assert "owned" in titles(view)[0]


def test_what_is_searched_for_is_found(look: Look) -> None:
    view = look("#/articles")
    view.locator("#query").fill("FROST")
    assert titles(view) == [FROST]
    view.locator("#query").fill("nowhere at all")
    assert titles(view) == []
    assert view.locator("#pager-place").inner_text() == "none"


def test_each_column_sorts_both_ways(look: Look) -> None:
    view = look("#/articles")
    for name, column in (
        ("Article", "th a"),
        ("Day", "td.day"),
        ("Spun", "td.number:nth-child(7)"),
    ):
        heading = view.locator("#headings th").filter(has_text=name)
        orders = []
        for _ in range(2):
            heading.locator("button").click()
            cells = view.locator(f"#rows-shown {column}").all_inner_texts()
            is_down = heading.get_attribute("aria-sort") == "descending"
            assert cells == sorted(cells, reverse=is_down)
            orders.append(is_down)
        assert sorted(orders) == [False, True]


def test_an_article_is_opened_and_left_again(look: Look) -> None:
    view = look("#/articles")
    view.locator("#rows-shown a", has_text=FROST).click()
    view.wait_for_selector('body[data-view="article"]')
    assert view.locator("h1:visible").inner_text() == FROST
    view.go_back()
    view.wait_for_selector('body[data-view="articles"]')
    assert view.locator("#articles h1").is_visible()


def test_the_next_article_is_that_of_the_table(look: Look) -> None:
    from playwright.sync_api import expect

    view = look("#/articles")
    view.locator("#headings button", has_text="Spun").click()
    order = titles(view)
    view.locator("#rows-shown a").first.click()
    view.locator("#article a", has_text="Next article").click()
    expect(view.locator("#article-title")).to_have_text(order[1])


@pytest.fixture(scope="module")
def many(items: list[ReportItem], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of ten thousand articles."""
    article = items[0].article
    assert article is not None
    copies = [
        ReportItem(
            replace(items[n % len(items)].verdict, id=f"a{n}", story=f"s{n}"),
            replace(article, id=f"a{n}", headline=f"Headline {n:05}", outlet=f"Outlet {n % 70}"),
        )
        for n in range(N_MANY)
    ]
    out = tmp_path_factory.mktemp("many") / "report.html"
    write_report(out, copies)
    return out


def test_ten_thousand_articles_are_searched_and_turned_over(look: Look, many: Path) -> None:
    view = look("#/articles", path=many)
    assert view.locator("#n-found").inner_text() == f"{N_MANY} of {N_MANY} articles"
    assert len(titles(view)) == 50
    view.locator("#headings button", has_text="Article").click()
    view.locator("#later").click()
    assert titles(view)[0] == "Headline 00050"
    view.locator("#query").fill("headline 09999")
    assert titles(view) == ["Headline 09999"]
    view.locator("#rows-shown a").click()
    view.wait_for_selector('body[data-view="article"]')
    assert view.locator("#article-title").inner_text() == "Headline 09999"


def test_an_overview_of_many_says_what_it_leaves_out(look: Look, many: Path) -> None:
    told = look(path=many).locator("#overview").inner_text()
    assert "Labels by outlet (the largest 20 of 70)" in told
    assert " more made from it" in told
