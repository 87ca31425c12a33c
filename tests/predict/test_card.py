"""A verdict in a notebook: what the card says, and that nothing of a text is markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from copydesk.predict import Scorer
from copydesk.predict.card import verdict_card
from copydesk.predict.headline import headline
from copydesk.types import Answers, Article, Evidence, Finding, Label, Source, Span, Verdict

EVIL = "<script>alert('x')</script>&amp;\"><img src=x onerror=alert(1)>"
ALLOWED = {"div", "b", "i", "q", "small", "table", "tr", "td"}


class Page(HTMLParser):
    """Collects tags, attributes and text; remembers what was never closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def finding(kind: str, text: str, source: str | None = None) -> Finding:
    return Finding(kind, Span(text, 0, 1), None if source is None else Span(source, 0, 1))


SPUN = Verdict(
    id="a1",
    label=Label.SPUN,
    probabilities={Label.ORIGINAL: 0.0625, Label.EDITED_WIRE: 0.0625, Label.SPUN: 0.875},
    label_set=(Label.SPUN,),
    source=Source("w1", 0.5),
    evidence=Evidence(coverage=0.75, verbatim_share=0.25, reworded_share=0.5),
    model_id="m-1",
    answers=Answers("compared", machine=0.75, derives=0.99, reworded=0.875),
)


def test_it_says_what_the_verdict_is_and_how_sure() -> None:
    page = Page(verdict_card(SPUN))
    for part in (
        "a1 Spun: a machine made it from “w1”. That is very likely (0.88).",
        "original 0.06 edited wire copy 0.06 spun by a machine 0.88",
        "Source: w1, similarity 0.50",
        "Derives from “w1”: 0.99, almost certain",
        "A machine reworded it, if it derives: 0.88, very likely",
        "75% of its words are in sentences that the source has too: 25% verbatim, 50% reworded",
        "model m-1",
    ):
        assert part in page.text


def test_it_is_what_a_notebook_shows(scorer: Scorer, bridge: dict[str, Article]) -> None:
    verdict = scorer.label_pair(bridge["spun"], bridge["wire"])
    page = Page(verdict._repr_html_())
    assert verdict._repr_html_() == verdict_card(verdict)
    for sentence in headline(verdict):
        assert sentence in page.text
    assert "Damaged names (1): Lyabkov for Ryabkov" in page.text
    assert "Changed numbers (1): 81 million for 18 million" in page.text


def test_unsure_and_alone_come_first(scorer: Scorer, bridge: dict[str, Article]) -> None:
    verdict = replace(
        scorer.label_pair(bridge["staff"], None), label_set=(Label.ORIGINAL, Label.SPUN)
    )
    page = Page(verdict_card(verdict))
    assert page.text.startswith("bridge-staff Unsure: original (")
    assert "No source at hand: none was given, and none was searched for." in page.text
    assert "Source: " not in page.text
    assert "Note: judged alone" in page.text


def test_three_findings_of_a_kind_are_shown_and_all_counted() -> None:
    quotes = [finding("altered_quote", f"quote {i}", f"other {i}") for i in range(5)]
    rendered = finding("rendered_differently", "two renderings", "of one utterance")
    odd = Evidence(
        altered_quotes=(rendered, *quotes), oddities=(finding("stock_phrase", "In conclusion"),)
    )
    page = Page(verdict_card(replace(SPUN, evidence=odd)))
    said = "quote 0 for other 0; quote 1 for other 1; quote 2 for other 2"
    assert f"Altered quotations (5, 3 shown): {said} Odd language (1): In conclusion" in page.text
    assert "renderings" not in page.text


def test_nothing_of_a_text_is_markup() -> None:
    evil = (finding("altered_quote", EVIL, EVIL),)
    card = verdict_card(
        replace(
            SPUN,
            id=EVIL,
            source=Source(EVIL, 0.5),
            model_id=EVIL,
            warnings=(EVIL,),
            evidence=Evidence(altered_quotes=evil, corrupted_names=evil, credits=evil),
        )
    )
    page = Page(card)
    assert set(page.tags) <= ALLOWED
    assert page.attributes == {"style"}
    assert page.open == []
    assert card.count("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;") == 12
    assert page.text.count(EVIL) == 12


@pytest.mark.parametrize("character", ["\u202e", "\x1b", "\u2066"])
def test_what_turns_the_direction_is_shown_as_an_escape(character: str) -> None:
    warnings, names = (f"x{character}",), (finding("name", f"y{character}"),)
    odd = replace(
        SPUN, id=f"a{character}", warnings=warnings, evidence=Evidence(corrupted_names=names)
    )
    card = verdict_card(odd)
    assert character not in card
    assert card.count(ascii(character)[1:-1]) == 3


def test_it_takes_the_colours_of_the_page_and_loads_nothing() -> None:
    card = verdict_card(SPUN)
    assert "color:inherit;background:transparent" in card
    assert re.findall(r"(?<![-\w])color:(?!inherit)", card) == []
    assert re.findall(r"https?:|url\(|<style|<script|<link|<img", card) == []
    assert "width:88%" in card
