"""A text as engines see it: paragraphs, sentences and words with offsets into the raw text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.blocks import Block, BlockKind, split_blocks
from copydesk.features.read.credits import Credit, CreditKind, find_credits
from copydesk.features.read.lexicon import zipf_frequency
from copydesk.features.read.names import CALENDAR, find_names
from copydesk.features.read.numbers import find_numbers
from copydesk.features.read.quotes import Quote, scan_quotes
from copydesk.features.read.sentences import TOKEN, Sentence, split_sentences
from copydesk.features.read.text import NormalizedText, normalize_text
from copydesk.seeds.derive.changes import Change
from copydesk.types import Span

_RARE_ZIPF = 3.0
_MARK = re.compile('"')


class Word(NamedTuple):
    """A word, ``page.text[start:end]``; a page has hundreds, and named tuples are made fastest."""

    text: str
    start: int
    end: int
    in_quote: bool
    is_name: bool
    is_figure: bool
    opens_sentence: bool

    @property
    def is_sure_name(self) -> bool:
        """Whether it is a name for more reasons than its capital at the head of a sentence."""
        common = zipf_frequency(self.text.lower()) > _RARE_ZIPF
        return self.is_name and not (self.opens_sentence and common)

    @property
    def may_be_name(self) -> bool:
        """Whether it is a name, or has a capital that no head of a sentence asks for."""
        return self.is_name or (self.text[:1].isupper() and not self.opens_sentence)

    @property
    def is_calendar(self) -> bool:
        """Whether it is a weekday or a month."""
        return self.text[:1].isupper() and self.text.lower() in CALENDAR


@dataclass(frozen=True)
class Paragraph:
    """One or several blocks that stay together, since a quotation runs through them."""

    start: int
    end: int
    kind: BlockKind
    _page: Page
    _normalized_span: tuple[int, int]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Character spans; one that would end inside a quotation goes on to the next one's end."""
        return self._page.sentences_between(*self._normalized_span)

    @property
    def n_words(self) -> int:
        """Number of its words."""
        return self._page.count_words(*self._normalized_span)


@dataclass(frozen=True, eq=False)
class Page:
    """A text read for an engine; all offsets are into ``text`` as it was given.

    Everything is found when first asked for: an engine pays for what it uses only.

    Parameters
    ----------
    text : str
        As given.
    """

    text: str

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Of every kind, in order."""
        text = self._normalized.text
        whole = (
            (self._normalized.raw_span(start, end), kind, (start, end))
            for start, end, kind in _join_blocks(text, self._blocks, self._quotes)
        )
        return tuple(Paragraph(raw.start, raw.end, kind, self, span) for raw, kind, span in whole)

    @cached_property
    def body(self) -> tuple[Paragraph, ...]:
        """Paragraphs of the body."""
        return tuple(p for p in self.paragraphs if p.kind is BlockKind.BODY)

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """Quotations without their marks."""
        return tuple(self._normalized.raw_span(q.start, q.end) for q in self._quotes)

    @cached_property
    def credits(self) -> tuple[tuple[Credit, Span], ...]:
        """Datelines, credit lines and agencies named as the origin, not what a sentence tells."""
        return tuple(
            (credit, self._normalized.raw_span(credit.start, credit.end))
            for credit in find_credits(self._normalized.text, self._blocks)
            if credit.kind not in {CreditKind.TOLD_AGENCY, CreditKind.MENTION}
        )

    @cached_property
    def quoted(self) -> NDArray[np.bool_]:
        """Characters of quotations, their marks, and words that touch one; shape (len(text),)."""
        return _raw_mask(self._normalized, self._quoted)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Words of the body."""
        return _read_words(self._normalized, self._sentences, self.quoted)

    @cached_property
    def named(self) -> NDArray[np.bool_]:
        """Which characters are of names, or of other words that may be; shape (len(text),)."""
        named = np.zeros(len(self.text), bool)
        for word in self.words:
            named[word.start : word.end] = word.may_be_name and not word.is_calendar
        return named

    @cached_property
    def sentence_words(self) -> tuple[str, ...]:
        """Each sentence of the body as its words, set apart by spaces."""
        return tuple(
            join_words(self.text[start:end])
            for paragraph in self.body
            for start, end in paragraph.sentences
        )

    def sentences_between(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Give the sentences of a stretch of the normalised text, those of a quotation joined."""
        own = [span for span in self._sentences if start <= span[0] < end]
        whole = _whole_quotes(self._normalized.text, own, self._quoted)
        spans = (self._normalized.raw_span(*span) for span in whole)
        return tuple((span.start, span.end) for span in spans)

    def count_words(self, start: int, end: int) -> int:
        """Count the words of a stretch of the normalised text."""
        return len(TOKEN.findall(self._normalized.text, start, end))

    @cached_property
    def _normalized(self) -> NormalizedText:
        return normalize_text(self.text)

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        return split_blocks(self._normalized.text)

    @cached_property
    def _body_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple((b.start, b.end) for b in self._blocks if b.kind is BlockKind.BODY)

    @cached_property
    def _quotes(self) -> tuple[Quote, ...]:
        return scan_quotes(self._normalized.text, self._body_spans).quotes

    @cached_property
    def _quoted(self) -> NDArray[np.bool_]:
        return _mark_quoted(self._normalized.text, self._body_spans, self._quotes)

    @cached_property
    def _sentences(self) -> tuple[tuple[int, int], ...]:
        text = self._normalized.text
        return tuple(s for span in self._body_spans for s in split_sentences(text, *span))

    def is_free(self, start: int, end: int) -> bool:
        """Say whether a stretch holds nothing of a quotation or a name."""
        return not (self.quoted[start:end].any() or self.named[start:end].any())

    def touches_quote(self, start: int, end: int) -> bool:
        """Say whether a stretch holds something of a quotation."""
        return bool(self.quoted[start:end].any())

    def delete(self, kind: str, spans: Iterable[tuple[int, int]]) -> list[Change]:
        """Delete spans, which may touch or overlap."""
        changes: list[Change] = []
        end = -1
        for span in sorted(spans):
            touching = span[0] <= end and bool(changes)
            start = changes.pop().start if touching else span[0]
            end = max(span[1], end)
            changes.append(Change(kind, self.text[start:end], "", start))
        return changes

    def delete_paragraphs(self, kind: str, chosen: Iterable[Paragraph]) -> list[Change]:
        """Delete paragraphs, each with the line breaks before it (or behind, for the first)."""
        after = {one.start: other.start for one, other in pairwise(self.paragraphs)}
        before = {other.start: one.end for one, other in pairwise(self.paragraphs)}
        spans = [
            (before[p.start], p.end)
            if p.start in before
            else (p.start, after.get(p.start, len(self.text)))
            for p in chosen
        ]
        return self.delete(kind, spans)


@lru_cache(maxsize=256)
def read_page(text: str) -> Page:
    r"""Read a text for an engine; the features' own functions find everything in it.

    Examples
    --------
    >>> page = read_page('The ferry sank.\n\n"We are all well," Anna Berg said.')
    >>> [span.text for span in page.quotes], [word.text for word in page.words if word.is_name]
    (['We are all well'], ['Anna', 'Berg'])
    """
    return Page(text)


def join_words(text: str) -> str:
    """Give the words of a text, spaces between them and around.

    Examples
    --------
    >>> join_words('"Nobody died," she said.')
    ' Nobody died she said '
    """
    return f" {' '.join(TOKEN.findall(text))} "


def _mark_quoted(
    text: str, body: tuple[tuple[int, int], ...], quotes: tuple[Quote, ...]
) -> NDArray[np.bool_]:
    """Mark quotations; also words that touch a mark, and paragraphs where a mark lacks its partner.

    ``scan_quotes`` leaves out quotations of one or two words.
    """
    inside = np.zeros(len(text) + 1, bool)
    for quote in quotes:
        inside[max(quote.start - 1, 0) : quote.end] = True
        closing = text.find('"', quote.end, quote.end + 4)
        inside[quote.end : max(closing + 1, quote.end + 2)] = True
    for start, end in body:
        marks = [match.start() for match in _MARK.finditer(text, start, end)]
        if any(not inside[i] for i in marks) and len(marks) % 2:
            inside[start:end] = True
        for opening, closing in zip(marks[::2], marks[1::2], strict=False):
            if text.count(" ", opening, closing) < 2:
                inside[opening : closing + 1] = True
    return inside[: len(text)]


def _read_words(
    normalized: NormalizedText, spans: tuple[tuple[int, int], ...], quoted: NDArray[np.bool_]
) -> tuple[Word, ...]:
    sentences: list[Sentence] = []
    matches: list[re.Match[str]] = []
    for first, last in spans:
        found = list(TOKEN.finditer(normalized.text, first, last))
        if found:
            n = len(matches)
            sentences.append(Sentence(first, last, n, n + len(found)))
            matches += found
    tokens = [match[0] for match in matches]
    lower = [token.lower() for token in tokens]
    names = [mention.token for mention in find_names(tokens, lower, sentences)]
    numbers = [i for f in find_numbers(lower) for i in range(f.first_token, f.last_token)]
    openers = [sentence.first_token for sentence in sentences]
    starts = normalized.starts[[match.start() for match in matches]]
    ends = normalized.ends[[match.end() - 1 for match in matches]]
    firsts, lasts = starts.tolist(), ends.tolist()
    columns = (
        [normalized.raw[a:b] for a, b in zip(firsts, lasts, strict=True)],
        firsts,
        lasts,
        (quoted[starts] | quoted[ends - 1]).tolist(),
        *(_flags(len(matches), at) for at in (names, numbers, openers)),
    )
    return tuple(map(Word._make, zip(*columns, strict=True)))


def _flags(n: int, at: list[int]) -> list[bool]:
    flags = np.zeros(n, bool)
    flags[at] = True
    return flags.tolist()


def _join_blocks(
    text: str, blocks: tuple[Block, ...], quotes: tuple[Quote, ...]
) -> list[tuple[int, int, BlockKind]]:
    """Join blocks that one quotation runs through."""
    running_on = {quote.end for quote in quotes} | {quote.end + 1 for quote in quotes}
    joined: list[tuple[int, int, BlockKind]] = []
    for block in blocks:
        previous = joined[-1] if joined else None
        if (
            previous is not None
            and block.kind is previous[2] is BlockKind.BODY
            and previous[1] in running_on
            and text[previous[1] - 1] != '"'
            and text[previous[0] : previous[1]].count('"') % 2
        ):
            joined[-1] = (previous[0], block.end, block.kind)
        else:
            joined.append((block.start, block.end, block.kind))
    return joined


def _whole_quotes(
    text: str, sentences: list[tuple[int, int]], quoted: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Join sentences that one quotation runs through."""
    whole: list[tuple[int, int]] = []
    open_quote = False
    for start, end in sentences:
        whole.append((whole.pop()[0], end) if open_quote else (start, end))
        open_quote = bool(text[whole[-1][0] : end].count('"') % 2) or (
            end < len(quoted) and bool(quoted[end - 1 : end + 2].all())
        )
    return whole


def _raw_mask(normalized: NormalizedText, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Carry a mask over to the raw text."""
    steps = np.zeros(len(normalized.raw) + 1, np.int32)
    np.add.at(steps, normalized.starts[mask], 1)
    np.add.at(steps, normalized.ends[mask], -1)
    return np.asarray(steps.cumsum()[:-1] > 0)
