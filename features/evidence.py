"""Evidence for a verdict, read off the same comparison that the features are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import numpy as np
from rapidfuzz.distance import Levenshtein

from copydesk.features.compare.alignment import SentenceFate, word_share
from copydesk.features.compare.comparison import Comparison, SourceComparison
from copydesk.features.compare.name_likeness import is_transliteration_trace
from copydesk.features.compare.names import CorruptedName
from copydesk.features.compare.quotes import QuoteFate
from copydesk.features.read.document import Document
from copydesk.features.read.oddities import Oddity, OddityKind
from copydesk.types import Evidence, Finding, Span

# Rare words and unlikely pairs are common in honest text: they weigh in the features, but as
# evidence they would bury what a reader should see.
_SHOWN = frozenset(
    {
        OddityKind.ODD_REPORTING_VERB,
        OddityKind.BROKEN_TERM,
        OddityKind.STOCK_PHRASE,
        OddityKind.PROMPT_LEAK,
        OddityKind.SWAPPED_WORD,
    }
)


_QUOTE_KINDS = {
    QuoteFate.ALTERED: "altered_quote",
    QuoteFate.MISATTRIBUTED: "misattributed_quote",
    QuoteFate.RENDERED_DIFFERENTLY: "rendered_differently",
}
# Less alike, a name was not misspelled: a part of it was put in other words.
_MIN_MISSPELLED_LIKENESS = 0.3
_MAX_STYLE_FINDINGS = 3
_MIN_STYLE_LOG_ODDS = 1.0
# Of words of spun texts that fit so badly, six to nine in ten are changed ones.
_MAX_SHOWN_FIT = -4.0
# Own reporting has sentences without a fact too: beside a source that it hardly derives from,
# they are no padding.
_MAX_NEW_SHARE = 0.5
_MIN_PADDING_WORDS = 6


class Derivation(StrEnum):
    """What a verdict says of an article and the text that it was compared with."""

    NONE = "none"  # it does not derive from it
    DESK = "desk"  # a desk made it from that
    MACHINE = "machine"  # a machine did


def collect_evidence(comparison: Comparison, derivation: Derivation = Derivation.DESK) -> Evidence:
    """Turn a comparison into what a reader of the verdict is shown.

    Parameters
    ----------
    comparison : Comparison
        Of the article.
    derivation : Derivation
        What the verdict says, so that what is shown does not contradict it. What does not derive
        from a text changed nothing of it; and where a machine reworded one, two renderings of a
        quotation are no two translations.
    """
    article = comparison.article
    compared = comparison.with_source
    pair = None if derivation is Derivation.NONE else compared
    oddities = [
        *article.oddities.oddities,
        *((*pair.broken_terms, *pair.swapped_words) if pair else ()),
    ]
    names = [
        _name_finding(article, found, article, "inconsistent_name")
        for found in comparison.inconsistent_names
        if pair is None or not _are_two_names(found, pair.source)
    ]
    shares = (None, None, None) if compared is None else _shares(article, compared)
    if pair is not None:
        names = [
            *(
                _name_finding(article, found, pair.source, _kind(found))
                for found in pair.corrupted_names
            ),
            *names,
        ]
    return Evidence(
        coverage=shares[0],
        verbatim_share=shares[1],
        reworded_share=shares[2],
        altered_quotes=() if pair is None else tuple(_altered_quotes(article, pair, derivation)),
        corrupted_names=_once(names),
        changed_numbers=() if pair is None else tuple(_changed_numbers(article, pair)),
        oddities=_by_place(
            [
                *_once(_oddity_findings(article, oddities)),
                *_style_findings(comparison),
                *_unlikely_words(comparison),
                *(() if pair is None else _padding_findings(article, pair)),
            ]
        ),
        credits=tuple(
            Finding(
                credit.kind,
                article.normalized.raw_span(credit.start, credit.end),
                detail=credit.agency,
            )
            for credit in article.credits
        ),
        house_style=() if pair is None else tuple(_house_style(article, pair)),
        repeated_blocks=tuple(
            Finding("repeated", article.normalized.raw_span(start, end))
            for start, end in article.repeated
        ),
    )


def _style_findings(comparison: Comparison) -> list[Finding]:
    """Find the sentences that read most like a machine's, where the text as a whole does."""
    article, style = comparison.article, comparison.style.article
    if not style.document > 0:
        return []
    highest = np.argsort(-style.sentences, kind="stable")[:_MAX_STYLE_FINDINGS]
    return [
        Finding("machine_style", _sentence_span(article, i))
        for i in np.sort(highest).tolist()
        if style.sentences[i] > _MIN_STYLE_LOG_ODDS
    ]


def _unlikely_words(comparison: Comparison) -> list[Finding]:
    """Find the words least likely beside their neighbours, where the text reads like a machine's.

    Names, terms of sport and headlines are unlikely too: alone, one such word says nothing.
    """
    article, fits = comparison.article, comparison.style.word_fits
    if not comparison.style.article.document > 0:
        return []
    return [
        Finding("unlikely_word", article.token_span(place, place + 1))
        for place in fits.find_unlikely()[:_MAX_STYLE_FINDINGS].tolist()
        if fits.fits[place] < _MAX_SHOWN_FIT
    ]


def _padding_findings(article: Document, pair: SourceComparison) -> list[Finding]:
    """Find the sentences that add words and no facts, where most of the text derives."""
    if not word_share(article, pair.alignment, SentenceFate.NEW) < _MAX_NEW_SHARE:
        return []
    return [
        Finding("padding_sentence", _sentence_span(article, i))
        for i in pair.padding
        if article.sentences[i].n_tokens >= _MIN_PADDING_WORDS
    ]


def _sentence_span(article: Document, index: int) -> Span:
    sentence = article.sentences[index]
    return article.normalized.raw_span(sentence.start, sentence.end)


_Shares = tuple[float | None, float | None, float | None]


def _shares(article: Document, pair: SourceComparison) -> _Shares:
    if not article.words:
        return None, None, None
    verbatim = word_share(article, pair.alignment, SentenceFate.VERBATIM)
    reworded = word_share(article, pair.alignment, SentenceFate.REWORDED)
    new = word_share(article, pair.alignment, SentenceFate.NEW)
    return 1 - new, verbatim, reworded


def _kind(found: CorruptedName) -> str:
    word, original = found.mention.word, found.source_mention.word
    if is_transliteration_trace(word, original):
        return "transliterated_name"
    alike = Levenshtein.normalized_similarity(word, original)
    return "misspelled_name" if alike >= _MIN_MISSPELLED_LIKENESS else "translated_name"


def _are_two_names(found: CorruptedName, source: Document) -> bool:
    """Say whether the source has both spellings: then they are two names."""
    return found.mention.word in source.words and found.source_mention.word in source.words


def _name_finding(article: Document, found: CorruptedName, other: Document, kind: str) -> Finding:
    mention, original = found.mention.token, found.source_mention.token
    return Finding(
        kind,
        article.token_span(mention, mention + 1),
        other.token_span(original, original + 1),
    )


def _altered_quotes(
    article: Document, pair: SourceComparison, derivation: Derivation
) -> Iterable[Finding]:
    kinds = _QUOTE_KINDS
    if derivation is Derivation.MACHINE:
        kinds = {**kinds, QuoteFate.RENDERED_DIFFERENTLY: kinds[QuoteFate.ALTERED]}
    for match in pair.quote_matches:
        if match.fate in kinds:
            yield Finding(
                kinds[match.fate],
                article.normalized.raw_span(match.quote.start, match.quote.end),
                pair.source.normalized.raw_span(match.source_start, match.source_end),
            )


def _changed_numbers(article: Document, pair: SourceComparison) -> Iterable[Finding]:
    for changed in pair.changed_numbers:
        one, other = changed.number, changed.source_number
        yield Finding(
            "changed_number",
            article.token_span(one.first_token, one.last_token),
            pair.source.token_span(other.first_token, other.last_token),
        )


def _house_style(article: Document, pair: SourceComparison) -> Iterable[Finding]:
    for found in pair.house_style:
        yield Finding(
            "house_style",
            article.normalized.raw_span(found.start, found.end),
            pair.source.normalized.raw_span(found.source_start, found.source_end),
        )


def _oddity_findings(article: Document, oddities: Iterable[Oddity]) -> Iterable[Finding]:
    for oddity in oddities:
        if oddity.kind in _SHOWN:
            yield Finding(oddity.kind.value, article.normalized.raw_span(oddity.start, oddity.end))


def _by_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by place; of two findings in one place, the first is kept."""
    at: dict[tuple[int, int], Finding] = {}
    for finding in findings:
        at.setdefault((finding.article.start, finding.article.end), finding)
    return tuple(at[place] for place in sorted(at))


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by place and drop what stands inside another finding."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.article.start, -f.article.end)):
        if not kept or finding.article.end > kept[-1].article.end:
            kept.append(finding)
    return tuple(kept)
