"""Which of two texts came first."""

from datetime import date

from copydesk.predict import Scorer
from copydesk.predict.text_order import find_reversed_order
from copydesk.types import Article

BODY = (
    "The harbour ferry ran aground on a sandbank on Monday morning with 84 passengers on board. "
    "Nobody was hurt, the coastguard said, and two tugs pulled the vessel free at high water."
)
WIRE = Article("wire", f"PORT ALBA, March 3 (Reuters) - {BODY}", published=date(2025, 3, 3))
COPY = Article("copy", BODY, published=date(2025, 3, 5))


def reasons(scorer: Scorer, article: Article, source: Article, first: float) -> tuple[str, ...]:
    documents = (scorer.compare_texts(a.text, None).article for a in (article, source))
    return find_reversed_order(article, source, tuple(documents), first)  # type: ignore[arg-type]


def test_nothing_is_said_of_the_usual_order(scorer: Scorer) -> None:
    assert reasons(scorer, COPY, WIRE, 0.9) == ()


def test_a_later_source_is_said(scorer: Scorer) -> None:
    later, credited = reasons(scorer, WIRE, COPY, 0.9)
    assert "2025-03-05" in later
    assert "credits Reuters" in credited


def test_wording_may_tell_without_dates(scorer: Scorer) -> None:
    undated = Article("wire", WIRE.text), Article("copy", COPY.text)
    by_wording, credited = reasons(scorer, *undated, 0.25)
    assert "probability 0.75" in by_wording
    assert "The article credits Reuters" in credited
    assert reasons(scorer, *undated, 0.75) == ()


def test_a_source_that_credits_an_agency_is_said_to_be_a_copy(scorer: Scorer) -> None:
    said = reasons(scorer, COPY, WIRE, 0.25)
    assert said[-1] == "The “source” itself credits Reuters: it may be a copy too."
