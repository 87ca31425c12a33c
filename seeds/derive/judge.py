"""What a source and a derivative have to be to go into a corpus."""

from __future__ import annotations

from copydesk.features import Document
from copydesk.features.read.document import MIN_WORDS, why_not_english
from copydesk.features.read.sentences import TOKEN
from copydesk.seeds.derive.changes import Derivative
from copydesk.seeds.derive.page import join_words, read_page
from copydesk.types import Label

MIN_SOURCE_WORDS = 60
# Of what is spun in part, at least a quarter of the sentences are reworded: see the labels.
MIN_SPUN_SHARE = 0.25


def refuse_source(document: Document) -> str | None:
    """Say why a text cannot be derived from; None where it can."""
    n_words = len(document.words)
    if n_words < MIN_SOURCE_WORDS:
        return (
            f"text has {n_words} words, expected at least {MIN_SOURCE_WORDS}: too short to "
            "derive from"
        )
    return why_not_english(document)


def refuse_derivative(text: str, derivative: Derivative, label: Label) -> str | None:
    """Say why a derivative of ``text`` does not earn its label; None where it does."""
    if not derivative.changes:
        return "the engine found nothing to change"
    n_words = len(TOKEN.findall(derivative.text))
    if n_words < MIN_WORDS:
        return f"{n_words} words are left, expected at least {MIN_WORDS}"
    if label is Label.SPUN:
        share = reworded_share(text, derivative.text)
        if share < MIN_SPUN_SHARE:
            return (
                f"{share:.0%} of the sentences are reworded, expected at least "
                f"{MIN_SPUN_SHARE:.0%} of a text labelled {label.value}"
            )
    return None


def reworded_share(text: str, derived: str) -> float:
    r"""Share of the sentences of ``text`` that do not stand word for word in ``derived``.

    Examples
    --------
    >>> reworded_share("The ferry sank. Nobody died.", "The ship sank.\n\nNobody died.")
    0.5
    """
    whole = join_words(derived)
    sentences = read_page(text).sentence_words
    return sum(s not in whole for s in sentences) / len(sentences) if sentences else 0.0
