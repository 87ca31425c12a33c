"""What can be judged: English text of some length."""

from __future__ import annotations

import re

from copydesk.errors import InvalidArticle
from copydesk.features import Document
from copydesk.features.read.document import MIN_WORDS
from copydesk.predict.article_likeness import why_hardly_an_article
from copydesk.types import Article, Evidence, Label, Source

SHORT_WORDS = 80
_DAMAGED_QUOTES = frozenset({"altered_quote", "misattributed_quote"})
_MANY_DAMAGES = 3
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
_MAX_CONTROL_SHARE = 0.01
_SEVERAL = 3
_LAST_CHARS = 4
_CUT_OFF = re.compile(r"(?:[\w,]|(?:\.\.\.|…)[\"'”’]?)$")


def check_raw(text: str) -> None:
    """Refuse what is no text at all.

    Raises
    ------
    InvalidArticle
        The text is empty or looks like binary data.
    """
    if not text.strip():
        raise InvalidArticle(f"text is empty, expected at least {MIN_WORDS} words")
    half = _HALF_CHARACTER.search(text)
    if half:
        raise InvalidArticle(f"text has an undecodable half of a character at {half.start()}")
    n_control = len(_CONTROL.findall(text))
    if n_control > _MAX_CONTROL_SHARE * len(text):
        raise InvalidArticle(
            f"text has {n_control} control or undecodable characters among {len(text)}: "
            "it looks like binary data"
        )


def find_contradiction(label: Label, evidence: Evidence) -> str | None:
    """Say what of the evidence speaks against a label; None where nothing much does.

    A desk damages a quotation or a name now and then, and a machine many.

    Examples
    --------
    >>> find_contradiction(Label.EDITED_WIRE, Evidence())
    """
    if label is not Label.EDITED_WIRE:
        return None
    n_quotes = sum(found.kind in _DAMAGED_QUOTES for found in evidence.altered_quotes)
    n_names = sum(found.kind != "inconsistent_name" for found in evidence.corrupted_names)
    if n_quotes + n_names < _MANY_DAMAGES:
        return None
    return (
        f"{n_quotes} altered quotations and {n_names} damaged names speak against {label}: "
        "a desk leaves them intact"
    )


def find_warnings(
    article: Article,
    document: Document,
    source: Source | None,
    source_document: Document | None,
    why_alone: str | None = None,
) -> tuple[str, ...]:
    """Say what a reader of the verdict should know.

    Parameters
    ----------
    article, document, source, source_document
        What was judged, and what with.
    why_alone : str, optional
        Why the source that the article brings or names was passed over.
    """
    warnings = list(article.notes)
    if source is None:
        reason = why_alone or "no source was given or found"
        warnings.append(f"judged alone: {reason}, so less is known")
    is_missing = source is None or source.id != article.source_id
    if article.source_id and is_missing and not why_alone:
        warnings.append(f"source_id {article.source_id!r} is not among the sources")
    disguise = _disguise(document)
    if disguise is not None:
        warnings.append(disguise)
    no_article = why_hardly_an_article(document)
    if no_article is not None:
        warnings.append(f"hardly an article: {no_article}")
    n_words = len(document.words)
    if n_words < SHORT_WORDS:
        warnings.append(f"only {n_words} words: less certain than for a whole article")
    warnings += _left_out("text", document)
    if source_document is not None:
        warnings += _left_out("source", source_document)
    if _is_cut_off(document):
        warnings.append("the text ends in mid-sentence: it may have been cut off")
    if source_document is not None and _is_cut_off(source_document):
        warnings.append(
            "the source ends in mid-sentence: what was taken from a part cut off passes for new"
        )
    if document.repeated:
        warnings.append(f"{len(document.repeated)} sentences stand in the text a second time")
    return tuple(warnings)


def _disguise(document: Document) -> str | None:
    """Say how a text was disguised; a few odd characters come about without anybody's will."""
    normalized = document.normalized
    counts = (
        (normalized.n_hidden, "places inside words hide something invisible"),
        (normalized.n_look_alikes, "words have look-alike letters of other scripts"),
    )
    found = [f"{count} {what}" for count, what in counts if count >= _SEVERAL]
    if not found:
        return None
    return f"characters were disguised: {', '.join(found)}; they were read as what they look like"


def _left_out(what: str, document: Document) -> list[str]:
    """Say that only a sample of a text was read, where that is so."""
    normalized = document.normalized
    if not normalized.n_left_out:
        return []
    n_chars = len(normalized.raw)
    n_read = n_chars - normalized.n_left_out
    return [f"the {what} has {n_chars:,} characters: judged by a sample of {n_read:,}"]


def _is_cut_off(document: Document) -> bool:
    """Say whether a text ends in mid-sentence; a line below its last sentence is furniture."""
    if not document.sentences or not _CUT_OFF.search(document.text[-_LAST_CHARS:]):
        return False
    return document.sentences[-1].end == document.blocks[-1].end
