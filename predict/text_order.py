"""Which of two texts came first: said where a "source" looks like the later one."""

from __future__ import annotations

from copydesk.features import Document
from copydesk.models.judgement import LIKELY
from copydesk.predict.credits_rule import is_certain
from copydesk.seeds.search.dates import find_interval, is_later
from copydesk.types import Article


def find_reversed_order(
    article: Article,
    source: Article,
    documents: tuple[Document, Document],
    first: float,
) -> tuple[str, ...]:
    """Say why the text handed over as the source looks like the later of the two.

    Parameters
    ----------
    article, source : Article
        The text that was judged, and what it was compared with.
    documents : tuple of Document
        Both, read.
    first : float
        Probability that the source came first, as the model says.

    Returns
    -------
    tuple of str
        Sentences; none where nothing looks reversed.
    """
    reasons: list[str] = []
    if is_later(find_interval(source.published), find_interval(article.published)):
        reasons.append(
            f"The “source” was published later ({source.published}) than the article "
            f"({article.published})."
        )
    if first < LIKELY:
        reasons.append(
            "By wording, names and quotations, the “source” looks made from the article, not the "
            f"article from it (probability {1 - first:.2f})."
        )
    elif not reasons:
        return ()
    own, their = (_agencies(document) for document in documents)
    if own - their:
        reasons.append(f"The article credits {_joined(own - their)}, which the “source” does not.")
    elif their - own:
        reasons.append(f"The “source” itself credits {_joined(their - own)}: it may be a copy too.")
    return tuple(reasons)


def _agencies(document: Document) -> set[str]:
    return {c.agency for c in document.credits if c.agency is not None and is_certain(c)}


def _joined(names: set[str]) -> str:
    return ", ".join(sorted(names))
