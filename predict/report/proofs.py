"""Proofs: the few places of an article that show best what it is, to be quoted to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from copydesk.predict.report.item import ReportItem
from copydesk.predict.sentence_pairs import PairKind, SentencePair
from copydesk.types import Finding, Label, Span

N_PROOFS = 3
# What is longer is quoted only where nothing shorter is there.
_QUOTABLE_CHARS = 220
_MIN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Proof:
    """A place of an article, and of its source, that shows what was done.

    Parameters
    ----------
    says : str
        What became of it, in a few words.
    article : Span
        What the article has.
    source : Span or None
        What the source has in its place; None for what the article shows by itself.
    """

    says: str
    article: Span
    source: Span | None = None


def find_proofs(item: ReportItem) -> tuple[Proof, ...]:
    """Choose the proofs of an article's label, the most telling first; an original has none.

    Of a spin these are quotations, names and numbers that it damaged, then sentences that it
    reworded; of a copy sentences that are its source's word for word, and its credits. Without
    its source, a spin is shown by its odd sentences.

    Parameters
    ----------
    item : ReportItem
        Any.
    """
    label = item.verdict.label
    if label is Label.ORIGINAL:
        return ()
    found = _of_spin(item) if label is Label.SPUN else _of_copy(item)
    return tuple(islice(_quoted_once(found), N_PROOFS))


def _of_spin(item: ReportItem) -> Iterator[Proof]:
    evidence = item.verdict.evidence
    quotes = [f for f in evidence.altered_quotes if f.kind != "rendered_differently"]
    names = [f for f in evidence.corrupted_names if f.kind != "inconsistent_name"]
    says_quote, says_name = "quotation altered", "name damaged"
    yield from islice(_damaged(says_quote, quotes), N_PROOFS - 1)
    yield from islice(_damaged(says_name, names), 1)
    yield from _damaged(says_quote, quotes)
    yield from _damaged("number changed", evidence.changed_numbers)
    yield from _reworded(item)
    yield from _damaged(says_name, names)
    styled = [f for f in evidence.oddities if f.kind == "machine_style"]
    for finding in chain(_short_first(styled), evidence.oddities):
        yield Proof(finding.kind.replace("_", " "), finding.article)


def _of_copy(item: ReportItem) -> Iterator[Proof]:
    credits = [f for f in item.verdict.evidence.credits if f.kind not in ("byline", "mention")]
    yield from islice(_word_for_word(item), N_PROOFS - bool(credits))
    yield from (Proof("credit", finding.article) for finding in credits)


def _damaged(says: str, findings: Iterable[Finding]) -> Iterator[Proof]:
    for finding in _short_first(findings):
        if finding.source is not None:
            yield Proof(says, finding.article, finding.source)


def _short_first(findings: Iterable[Finding]) -> list[Finding]:
    """Put what is too long to be quoted last, all else as it stands in the text."""
    return sorted(findings, key=lambda f: len(f.article.text) > _QUOTABLE_CHARS)


def _reworded(item: ReportItem) -> Iterator[Proof]:
    """Give reworded sentences, those that keep their meaning best first: they show most."""
    pairs = _pairs_of(item, PairKind.REWORDED)
    for pair in sorted(pairs, key=lambda pair: pair.drift or 0.0):
        yield Proof("sentence reworded", pair.article, pair.source[0])


def _word_for_word(item: ReportItem) -> Iterator[Proof]:
    pairs = _pairs_of(item, PairKind.VERBATIM)
    for pair in sorted(pairs, key=_is_changed_or_short):
        yield Proof("word for word", pair.article, pair.source[0])


def _is_changed_or_short(pair: SentencePair) -> tuple[bool, int]:
    return bool(pair.changes), -len(pair.article.text)


def _pairs_of(item: ReportItem, kind: PairKind) -> list[SentencePair]:
    """Give sentences that can be quoted: of some words, from one of the source's."""
    pairs = () if item.explanation is None else item.explanation.pairs
    return [
        pair
        for pair in pairs
        if pair.kind is kind
        and len(pair.source) == 1
        and len(pair.article.text) <= _QUOTABLE_CHARS
        and len(pair.article.text.split()) >= _MIN_WORDS
    ]


def _quoted_once(proofs: Iterable[Proof]) -> Iterator[Proof]:
    """Leave out what another proof quotes already, here or elsewhere in the text."""
    kept: list[Span] = []
    for proof in proofs:
        if not any(_share_words(proof.article, span) for span in kept):
            kept.append(proof.article)
            yield proof


def _share_words(one: Span, other: Span) -> bool:
    is_beside = one.end <= other.start or other.end <= one.start
    return not is_beside or one.text in other.text or other.text in one.text
