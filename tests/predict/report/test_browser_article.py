"""The view of one article in a browser: linked texts, marks on the right words, the summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from copydesk.predict.report.item import ReportItem, make_item
from copydesk.predict.report.page import write_report
from copydesk.predict.report.plain_summary import plain_summary
from copydesk.predict.scorer import Scorer
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.types import Article, Verdict

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Look = Callable[..., "Page"]
Write = Callable[[Article, Article], Path]
SPUN = "#/article/bridge-spun"
# So low that neither text is seen whole.
LOW = {"width": 1280, "height": 400}
OWN, OTHER = '.pane[data-side="article"]', '.pane[data-side="other"]'
# What a sentence says without the button that stands before it.
SAYS = """nodes => nodes.map(node => [...node.childNodes]
    .filter(child => !child.classList?.contains("chip"))
    .map(child => child.textContent).join(""))"""
pytestmark = pytest.mark.needs_chromium


@pytest.fixture
def alone(scorer: Scorer, bridge: dict[str, Article], tmp_path: Path) -> Path:
    """A report of a spin whose source is not at hand."""
    (verdict,) = scorer.label([replace(bridge["spun"], source_id=None)], [])
    assert isinstance(verdict, Verdict)
    out = tmp_path / "alone.html"
    write_report(out, [make_item(scorer, verdict, bridge["spun"], None)])
    return out


def item_of(items: list[ReportItem], name: str) -> ReportItem:
    (found,) = (item for item in items if item.verdict.id == name)
    return found


def lit(view: Page, pane: str) -> list[str]:
    return view.locator(f"{pane} .sentence.lit").evaluate_all(SAYS)


def is_in_sight(view: Page, pane: str) -> bool:
    return view.locator(f"{pane} .lit").first.evaluate(
        """(node, pane) => {
            const own = node.getBoundingClientRect();
            const around = document.querySelector(pane).getBoundingClientRect();
            return own.top >= around.top - 1 && own.top < around.bottom;
        }""",
        pane,
    )


def until(locator: Locator, condition: str) -> None:
    """Wait frame by frame; a policy forbids Playwright's own way, which evaluates text."""
    came = locator.evaluate(
        f"""(pane, n_frames) => new Promise(done => {{
            const look = () => {{
                if ({condition} || (n_frames -= 1) < 0) done(n_frames >= 0);
                else requestAnimationFrame(look);
            }};
            look();
        }})""",
        600,
    )
    assert came, condition


def test_a_sentence_lights_its_partner(look: Look, items: list[ReportItem]) -> None:
    view = look(SPUN, viewport=LOW)
    explanation = item_of(items, "bridge-spun").explanation
    assert explanation is not None
    pair = [pair for pair in explanation.pairs if pair.source][-1]
    index = explanation.pairs.index(pair)
    view.get_by_label("scroll together").uncheck()
    view.locator(f'{OWN} .sentence[data-pairs="{index}"]').click()
    assert lit(view, OWN) == [pair.article.text]
    assert lit(view, OTHER) == [span.text for span in pair.source]
    assert is_in_sight(view, OTHER)


def test_a_sentence_of_the_source_lights_what_was_made_of_it(
    look: Look, items: list[ReportItem]
) -> None:
    view = look(SPUN)
    explanation = item_of(items, "bridge-spun").explanation
    assert explanation is not None
    sentence = view.locator(f"{OTHER} .sentence").last
    made = sentence.get_attribute("data-pairs")
    assert made is not None
    sentence.click()
    assert lit(view, OWN) == [explanation.pairs[int(made.split()[0])].article.text]


def test_a_bar_of_the_strip_lights_its_sentence(look: Look) -> None:
    view = look(SPUN)
    view.locator(".strip .bar").last.click()
    assert view.locator(f"{OWN} .lit").get_attribute("data-pairs") == str(
        view.locator(".strip .bar").count() - 1
    )


def test_the_strip_marks_quotations_and_names(look: Look, items: list[ReportItem]) -> None:
    view = look(SPUN)
    evidence = item_of(items, "bridge-spun").verdict.evidence
    assert view.locator(".strip .mark-quote").count() == len(evidence.altered_quotes) > 0
    assert view.locator(".strip .mark-name").count() == len(evidence.corrupted_names) > 0


def test_a_finding_leads_to_its_place(look: Look, items: list[ReportItem]) -> None:
    view = look(SPUN, viewport=LOW)
    quotation = item_of(items, "bridge-spun").verdict.evidence.altered_quotes[-1].article
    row = view.locator(".findings").first.locator("tbody tr").last
    row.get_by_role("button").click()
    place = view.locator(f"{OWN} .found")
    assert place.get_attribute("data-start") == str(quotation.start)
    assert is_in_sight(view, OWN)
    assert view.locator(".chip:focus").count() == 1


def test_the_texts_scroll_together_until_told_not_to(look: Look) -> None:
    view = look(SPUN, viewport=LOW)
    own, other = view.locator(OWN), view.locator(OTHER)
    own.hover()
    view.mouse.wheel(0, 400)
    assert own.evaluate("pane => pane.clientHeight < pane.scrollHeight")
    until(other, "pane.scrollTop > 100")
    view.get_by_label("scroll together").uncheck()
    before = other.evaluate("pane => pane.scrollTop")
    own.evaluate("pane => { pane.scrollTop = 0; }")
    # The pane's own handler has run by the second frame after the scroll.
    view.evaluate("() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))")
    assert other.evaluate("pane => pane.scrollTop") == before


def test_the_summary_is_copied(look: Look, items: list[ReportItem]) -> None:
    view = look(SPUN, permissions=["clipboard-read", "clipboard-write"])
    view.get_by_role("button", name="Copy a summary").click()
    view.get_by_text("Copied: paste it into an e-mail.").wait_for()
    copied = view.evaluate("navigator.clipboard.readText()")
    assert copied == plain_summary(item_of(items, "bridge-spun"))
    assert "Spun: a machine made it from “bridge-wire”." in copied
    assert copied.count("   source:  “") == 3


def test_its_source_is_a_link(look: Look, bridge: dict[str, Article]) -> None:
    from playwright.sync_api import expect

    view = look(SPUN)
    view.locator(".verdict a").click()
    wanted = bridge["wire"].headline or "bridge-wire"
    expect(view.locator("#article-title")).to_have_text(wanted)


def test_marks_are_on_the_right_words_among_emoji(
    look: Look, in_report: Write, bridge: dict[str, Article], scorer: Scorer
) -> None:
    def decorate(article: Article) -> Article:
        text = "😀👩‍👩‍👧 " + article.text.replace(". ", ". 🎉 ").replace(", ", " 🇳🇴, ")
        return replace(article, text=text, source_id=None)

    article, source = decorate(bridge["spun"]), decorate(bridge["wire"])
    item = make_item(scorer, scorer.label_pair(article, source), article, source)
    assert item.explanation is not None
    view = look("#/article/bridge-spun", path=in_report(article, source))
    pairs = item.explanation.pairs
    assert view.locator(f"{OWN} .sentence").evaluate_all(SAYS) == [p.article.text for p in pairs]
    theirs = {span.text for pair in pairs for span in pair.source}
    assert set(view.locator(f"{OTHER} .sentence").evaluate_all(SAYS)) == theirs
    evidence = item.verdict.evidence
    names = view.locator(f"{OWN} .in-name").all_inner_texts()
    assert names == [found.article.text for found in evidence.corrupted_names]
    assert len(names) > 0
    shown = "".join(view.locator(f"{OWN} .in-quote").all_inner_texts())
    assert shown == "".join(found.article.text for found in evidence.altered_quotes)


def test_mischief_is_shown_as_text(look: Look, articles: list[Article]) -> None:
    odd = articles[-1]
    view = look(f"#/article/{quote(odd.id, safe='')}")
    assert view.locator("#article-title").text_content() == odd.headline
    assert "owned" not in view.title().split(" – ")[-1]
    assert view.locator("#article script").count() == 0
    overview = look()
    assert overview.title() == "copydesk report"
    assert odd.id in "".join(overview.locator("#overview bdi").all_text_contents())


def test_text_from_right_to_left_runs_that_way(
    look: Look, in_report: Write, bridge: dict[str, Article]
) -> None:
    article = replace(bridge["spun"], headline="הגשר נסגר", outlet="العربية")
    path = in_report(article, bridge["wire"])
    way = "node => getComputedStyle(node).direction"
    view = look(SPUN, path=path)
    assert view.locator("#article-title").evaluate(way) == "rtl"
    assert view.locator(OWN).evaluate(way) == "ltr"
    row = look("#/articles", path=path).locator("#rows-shown bdi")
    assert [cell.evaluate(way) for cell in row.all()][::2] == ["rtl", "rtl"]


def test_an_article_without_a_source_is_shown_alone(look: Look, alone: Path) -> None:
    view = look(SPUN, path=alone)
    assert "No source at hand" in view.locator(".verdict").inner_text()
    assert view.locator(".pane").count() == 1
    assert view.locator(".strip, .together, .pairs").count() == 0
    place = view.locator("#article .place").first
    said = place.inner_text()
    place.click()
    assert view.locator(f"{OWN} .found").count() == 1
    assert said in ("show", view.locator(f"{OWN} .found").inner_text())
    assert view.evaluate("document.activeElement.dataset.side") == "article"


def test_an_unknown_article_is_said(look: Look) -> None:
    view = look("#/article/nobody")
    assert "This report has no article of that id" in view.locator("#article").inner_text()


@pytest.mark.parametrize("address", ["#/article/%E0%A4%A", "#/nothing", "#/articles?label=none"])
def test_an_address_of_no_meaning_shows_something(address: str, look: Look) -> None:
    assert look(address).locator("main h1:visible").count() == 1


def test_fifty_thousand_words_are_laid_out(look: Look, in_report: Write) -> None:
    records = read_starter()
    by_id = {record.article.id: record.article for record in records}
    spins = [r.article for r in records if r.label == "spun" and r.article.source_id in by_id]
    text = "\n\n".join(article.text for article in spins)
    source = "\n\n".join(by_id[str(article.source_id)].text for article in spins[:20])
    article = Article("long", " ".join(text.split(" ")[:50_000]))
    view = look("#/article/long", path=in_report(article, Article("w", source)))
    assert view.locator(f"{OWN} .sentence").count() > 1_000
    view.locator(f"{OWN} .sentence").last.click()
    assert is_in_sight(view, OWN)
