"""A report for everybody: by keyboard, on a phone, in the dark, on paper, read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

Look = Callable[..., "Page"]
AXE = Path(__file__).parents[3] / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
ADDRESSES = {"overview": "", "table": "#/articles", "article": "#/article/bridge-spun"}
PHONE = {"viewport": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
EVERY_VIEW = pytest.mark.parametrize("view_name", ADDRESSES)
# Elements that end beyond the page's edge, but for those in a region that scrolls by itself.
CUT = """() => [...document.querySelectorAll("main *, header *")].filter(node => {
    const box = node.getBoundingClientRect();
    const isShown = box.width > 1 && getComputedStyle(node).visibility === "visible";
    return isShown && (box.right > innerWidth + 1 || box.left < -1);
}).map(node => node.outerHTML.slice(0, 120))"""
SHADES = """nodes => nodes.map(node => {
    const { color, backgroundColor } = getComputedStyle(node);
    return `${color} on ${backgroundColor}`;
})"""
pytestmark = pytest.mark.needs_chromium


def press_until(view: Page, key: str, selector: str, n_most: int = 60) -> None:
    """Press a key until the focus is on what a selector names."""
    for _ in range(n_most):
        view.keyboard.press(key)
        if view.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"{selector} was not reached with {n_most} of {key}")


def test_everything_is_reached_by_keyboard(look: Look) -> None:
    view = look()
    view.keyboard.press("Tab")
    assert view.locator(":focus").inner_text() == "Skip to the content"
    press_until(view, "Tab", 'nav a[href="#/articles"]')
    view.keyboard.press("Enter")
    view.wait_for_selector('body[data-view="articles"]')
    press_until(view, "Tab", "#query")
    view.keyboard.type("breaks")
    assert view.locator("#rows-shown tr").count() == 1
    press_until(view, "Tab", "#headings button")
    view.keyboard.press("Space")
    assert view.locator("#headings th").first.get_attribute("aria-sort") == "ascending"
    press_until(view, "Tab", "#rows-shown a")
    view.keyboard.press("Enter")
    view.wait_for_selector('body[data-view="article"]')
    press_until(view, "Tab", ".pane .chip")
    view.keyboard.press("ArrowDown")
    view.keyboard.press("Enter")
    chip = view.locator(".chip:focus")
    assert view.evaluate("document.activeElement.matches('.lit .chip')")
    assert chip.get_attribute("aria-label").startswith("R2: sentence 2, ")
    assert view.locator('.pane[data-side="other"] .lit').count() >= 1
    press_until(view, "Tab", ".findings .place")
    view.keyboard.press("Enter")
    assert view.evaluate("document.activeElement.closest('.pane')?.dataset.side") == "article"


def test_focus_is_seen(look: Look) -> None:
    view = look()
    view.keyboard.press("Tab")
    view.keyboard.press("Tab")
    outline = view.locator(":focus").evaluate("node => getComputedStyle(node).outlineWidth")
    assert outline == "3px"


@EVERY_VIEW
def test_nothing_is_cut_on_a_phone(view_name: str, look: Look) -> None:
    view = look(ADDRESSES[view_name], **PHONE)
    assert view.evaluate("document.documentElement.scrollWidth") == 390
    assert view.evaluate(CUT) == []


@EVERY_VIEW
def test_a_phone_that_is_turned_shows_it_too(view_name: str, look: Look) -> None:
    view = look(ADDRESSES[view_name], viewport={"width": 844, "height": 390})
    assert view.evaluate("document.documentElement.scrollWidth") == 844


def test_colours_follow_the_system(look: Look) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    shades = [
        sum(map(int, re.findall(r"\d+", look(color_scheme=scheme).evaluate(colour))))
        for scheme in SCHEMES
    ]
    assert shades[0] > 600
    assert shades[1] < 150


def test_paper_is_the_same_whatever_the_screen_is(look: Look) -> None:
    found = []
    for scheme in SCHEMES:
        view = look(ADDRESSES["article"], color_scheme=scheme)
        view.emulate_media(media="print")
        found.append(view.locator("body, .tag, .pane .sentence, mark").evaluate_all(SHADES))
    assert found[0] == found[1]
    assert found[0][0] == "rgb(0, 0, 0) on rgb(255, 255, 255)"
    assert len(set(found[0])) > 3


@pytest.mark.parametrize("view_name", ["overview", "article"])
def test_it_prints(view_name: str, look: Look) -> None:
    # So low that a text would not be seen whole.
    view = look(ADDRESSES[view_name], viewport={"width": 1280, "height": 400})
    view.emulate_media(media="print")
    assert not view.locator("nav").is_visible()
    if view_name == "article":
        panes = view.locator(".pane")
        assert panes.evaluate_all("all => all.map(p => p.scrollHeight - p.clientHeight)") == [0, 0]
        assert not view.locator(".tools").is_visible()
    pdf = view.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6


@pytest.fixture(scope="module")
def axe(request: pytest.FixtureRequest) -> str:
    """The script of axe-core, which CONTRIBUTING.md says how to get."""
    if AXE.exists():
        return AXE.read_text(encoding="utf-8")
    if request.config.getoption("--debian") == "required":
        pytest.fail("axe-core is missing: npm install --prefix build/npm axe-core", pytrace=False)
    pytest.skip("needs axe-core: npm install --prefix build/npm axe-core")


@pytest.mark.parametrize("scheme", SCHEMES)
@EVERY_VIEW
def test_axe_finds_no_serious_fault(view_name: str, scheme: str, look: Look, axe: str) -> None:
    view = look(ADDRESSES[view_name], color_scheme=scheme)
    for details in view.locator("details:visible").all():
        details.locator("summary").click()
    if view_name == "article":
        view.locator(".findings .place").first.click()
        assert view.locator(".pane .lit .found").count() == 1
    view.evaluate(axe)
    found = view.evaluate("axe.run(document, {resultTypes: ['violations', 'passes']})")
    faults = [
        (fault["id"], node["html"][:160], node["failureSummary"])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
    assert faults == []
    assert "color-contrast" in {rule["id"] for rule in found["passes"]}
