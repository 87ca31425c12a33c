"""A text's style: what a style model makes of it, once however often the text is compared."""

from __future__ import annotations

from functools import lru_cache

from copydesk.features.read.document import Document
from copydesk.features.read.style import KnownTerms, StyleModel, StyleScores
from copydesk.features.read.word_fit import WordFits

# Texts are compared with several others one after the other.
_CACHED = 256


@lru_cache(maxsize=_CACHED)
def known_terms(document: Document, style: StyleModel) -> KnownTerms:
    """Find the terms of a text that a style model knows."""
    return style.find(document.style_terms)


@lru_cache(maxsize=_CACHED)
def style_scores(document: Document, style: StyleModel) -> StyleScores:
    """Score a text's passages and sentences."""
    return style.score_known(known_terms(document, style))


@lru_cache(maxsize=_CACHED)
def word_fits(document: Document, style: StyleModel) -> WordFits:
    """Measure how well each word of a text stands beside its neighbours."""
    return style.neighbours.measure(document.style_terms)
