"""Oddities beside a source: broken terms."""

from collections.abc import Callable

import pytest

from copydesk.features import Comparison
from copydesk.features.read.oddities import OddityKind

CompareTexts = Callable[[str, str | None], Comparison]


@pytest.mark.parametrize(
    ("article", "broken", "swapped"),
    [
        ("She is a high school educator who was on her way to work.", ["school educator"], True),
        ("She is a high school teacher who was on her way to work.", [], False),
        ("She is a high school teacher who was on her way to labour.", [], None),
    ],
)
def test_fixed_terms_of_the_source_broken(
    compare_texts: CompareTexts, article: str, broken: list[str], swapped: bool | None
) -> None:
    source = "She is a high school teacher who was on her way to work."
    comparison = compare_texts(article, source)
    pair, text = comparison.with_source, comparison.article.text
    assert pair is not None
    assert [text[o.start : o.end] for o in pair.broken_terms] == broken
    assert {o.kind for o in pair.broken_terms} <= {OddityKind.BROKEN_TERM}
    if swapped is not None:
        expected = ["educator"] if swapped else []
        assert [text[o.start : o.end] for o in pair.swapped_words] == expected


def test_a_broken_term_may_begin_with_the_swapped_word(compare_texts: CompareTexts) -> None:
    source = "They took us to a fast food place near the harbour and stayed there."
    article = source.replace("fast", "quick")
    comparison = compare_texts(article, source)
    assert comparison.with_source is not None
    (term,) = comparison.with_source.broken_terms
    assert comparison.article.text[term.start : term.end] == "quick food"


def test_a_swap_at_the_edge_of_the_text_breaks_nothing_outside(compare_texts: CompareTexts) -> None:
    source = "Big tugs pulled the vessel free at high water and left quick"
    article = "Large tugs pulled the vessel free at high water and left fast"
    comparison = compare_texts(article, source)
    pair, text = comparison.with_source, comparison.article.text
    assert pair is not None
    assert [text[o.start : o.end] for o in pair.swapped_words] == ["Large", "fast"]
    assert pair.broken_terms == ()
