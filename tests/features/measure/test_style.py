"""Features of the style score, by hand on scores made up."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from copydesk.features import Comparison
from copydesk.features.compare.comparison import StyleComparison
from copydesk.features.measure.style import measure
from copydesk.features.read.style import StyleScores

CompareTexts = Callable[[str, str | None], Comparison]

SOURCE = "The ferry ran aground near Velmar on Monday. Nobody on board was hurt at all."
ARTICLE = (
    "The ferry ran aground near Velmar on Monday. Prices of bread rose sharply in the capital. No."
)


def with_scores(
    comparison: Comparison, passages: list[float], sentences: list[float], **changes: Any
) -> Comparison:
    scores = StyleScores(np.array(passages), np.array(sentences))
    own = comparison.style.word_fits
    return replace(comparison, style=StyleComparison(scores, own, **changes))


def test_article_alone_by_hand(compare_texts: CompareTexts) -> None:
    comparison = with_scores(compare_texts(ARTICLE, None), [1.0, 3.0, 2.0], [-1.0, 2.0, 50.0])
    # The third sentence has one word: it does not count.
    assert measure(comparison) == {
        "style": 2.0,
        "style_p25": 1.5,
        "style_p75": 2.5,
        "style_sentence_p75": 1.25,
    }


def test_against_the_source_by_hand(compare_texts: CompareTexts) -> None:
    comparison = compare_texts(ARTICLE, SOURCE)
    pair = comparison.with_source
    assert pair is not None
    assert [link.is_aligned for link in pair.alignment.links] == [True, False, False]
    scored = with_scores(
        comparison,
        [2.0],
        [-1.0, 2.0, 4.0],
        source=StyleScores(np.array([0.5]), np.array([0.25, 7.0])),
        added=0.75,
        removed=1.0,
        changed=3.0,
        unchanged=-2.0,
    )
    alone = measure(replace(scored, with_source=None))
    assert measure(scored) == alone | {
        "style_gain": 1.5,
        "style_new": 3.0,
        "style_aligned_gain": -1.25,
        "style_added": 0.75,
        "style_swap": -0.25,
        "changed_style": 3.0,
        "changed_style_gain": 5.0,
    }


def test_a_copy_gains_nothing(compare_texts: CompareTexts) -> None:
    comparison = compare_texts(SOURCE, SOURCE)
    values = measure(comparison)
    assert values["style_gain"] == 0.0
    assert values["style_aligned_gain"] == pytest.approx(0.0)
    assert math.isnan(values["style_new"])


def test_no_sentence_of_five_words_gives_nothing(compare_texts: CompareTexts) -> None:
    assert measure(compare_texts("Gas. Yes.", None)) == {}
