"""House style between two texts: an article put into its source's style, and what that changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from copydesk.features.compare.alignment import Alignment
from copydesk.features.compare.edits import Substitution
from copydesk.features.compare.numbers import ChangedNumber
from copydesk.features.compare.variants import (
    context_keys,
    name_keys,
    titles,
    word_keys,
)
from copydesk.features.read.document import Document
from copydesk.features.read.names import NameMention, first_mentions
from copydesk.features.read.numbers import NumberKind, NumberMention
from copydesk.features.read.table import read_table

_CURRENCY_SIGN = re.compile(r"(?:[A-Z]{0,3}[$€£¥₹₽₩₺₪₦฿₴])?$")


@dataclass(frozen=True, slots=True)
class Restyling:
    """What one house writes for what another writes: characters of both normalised texts."""

    start: int
    end: int
    source_start: int
    source_end: int


def in_source_style(article: Document, source: Document) -> Document:
    """Give an article with the source's form of every word that the two houses write differently.

    Only words that the other text lacks are looked at: a source that has both forms keeps them
    apart. Offsets, and what is shown of the text, stay as they are.

    Parameters
    ----------
    article, source : Document
        Read with one encoder.

    Examples
    --------
    >>> from copydesk.features.read.document import read_document
    >>> from copydesk.features.read.encoder import load_encoder
    >>> texts = "Two lorries left Kiev.", "Two trucks left Kyiv."
    >>> article, source = (read_document(text, load_encoder()) for text in texts)
    >>> in_source_style(article, source).words
    ('two', 'trucks', 'left', 'kyiv')
    """
    forms = _source_forms(article, source)
    if not forms:
        return article
    words = tuple(forms.get(word, word) for word in article.words)
    names = (NameMention(forms.get(name.word, name.word), name.token) for name in article.names)
    return replace(
        article,
        words=words,
        names=tuple(names),
    )


def _source_forms(article: Document, source: Document) -> Mapping[str, str]:
    """For each of the article's words that is written otherwise in the source, what it has."""
    own = article.vocabulary - source.vocabulary
    others = source.vocabulary - article.vocabulary
    if not own or not others:
        return {}
    forms = _pair(own, others, word_keys)
    own_names = first_mentions(n for n in article.names if n.word in own and n.word not in forms)
    other_names = first_mentions(name for name in source.names if name.word in others)
    if own_names and other_names:
        forms |= _pair(own_names, other_names, name_keys)
        own_names = {word: name for word, name in own_names.items() if word not in forms}
        keys = _in_context(article, own_names) | _in_context(source, other_names)
        forms |= _pair(own_names, other_names, keys.__getitem__)
    return forms


def _pair(
    own: Iterable[str], others: Iterable[str], keys_of: Callable[[str], Iterable[str]]
) -> dict[str, str]:
    """Give for words of one text the words of another that share a key with them."""
    words: dict[str, str] = {}
    for word in others:
        for key in keys_of(word):
            words[key] = min(word, words.get(key, word))
    pairs = {}
    for word in own:
        for key in keys_of(word):
            if key in words:
                pairs[word] = words[key]
                break
    return pairs


def _in_context(document: Document, names: Mapping[str, NameMention]) -> dict[str, tuple[str, ...]]:
    words = ("", *document.words, "")
    return {
        word: tuple(context_keys(word, words[name.token], words[name.token + 2]))
        for word, name in names.items()
    }


def find_restylings(
    article: Document,
    restyled: Document,
    source: Document,
    alignment: Alignment,
    in_place: Iterable[Substitution],
    restated: Iterable[ChangedNumber],
) -> tuple[Restyling, ...]:
    """Find what the article writes in its own house's style where it derives from the source.

    Parameters
    ----------
    article, restyled, source : Document
        The article as it is and in the source's style.
    alignment : Alignment
        Of the two.
    in_place : iterable of Substitution
        Words that stand in the place of a variant: days, titles.
    restated : iterable of ChangedNumber
        Numbers that are the source's, in whatever form.
    """
    found = [
        Restyling(
            *article.character_span(_with_titles(article, swap.token), swap.token + 1),
            *source.character_span(_with_titles(source, swap.source_token), swap.source_token + 1),
        )
        for swap in in_place
    ]
    if restyled is not article:
        found += _changed_words(article, restyled, source, alignment)
    found += [
        Restyling(*_figures(article, match.number), *_figures(source, match.source_number))
        for match in restated
        if _is_restated(article, match.number, source, match.source_number)
    ]
    found += _changed_phrases(article, source, alignment)
    return tuple(sorted(set(found), key=lambda r: (r.start, r.source_start)))


def _with_titles(document: Document, token: int) -> int:
    """Give where the titles before a word begin, where it is a name."""
    if document.tokens[token][0].isupper():
        while token and document.words[token - 1] in titles():
            token -= 1
    return token


def _changed_words(
    article: Document, restyled: Document, source: Document, alignment: Alignment
) -> Iterator[Restyling]:
    for i in alignment.aligned:
        link = alignment.links[i]
        span = article.tokens_of(i, i + 1)
        stretch = source.tokens_of(link.source_first, link.source_last)
        for token in range(span.start, span.stop):
            word = restyled.words[token]
            if word != article.words[token] and word in source.words[stretch]:
                at = source.words.index(word, stretch.start)
                yield Restyling(
                    *article.character_span(token, token + 1), *source.character_span(at, at + 1)
                )


def _figures(document: Document, number: NumberMention) -> tuple[int, int]:
    """Where a number stands, with its unit and the signs of currency or share beside it."""
    first, last = number.first_token, max(number.unit_last_token, number.last_token)
    if number.kind is NumberKind.DATE:
        first, last = _with_month(document, number)
    start, end = document.character_span(first, last)
    if number.unit is not None and number.unit_last_token <= number.last_token:
        if number.unit.dimension == "money":
            sign = _CURRENCY_SIGN.search(document.text, max(start - 4, 0), start)
            start = start if sign is None else sign.start()
        elif document.text[end : end + 1] == "%":
            end += 1
    return start, end


def _with_month(document: Document, number: NumberMention) -> tuple[int, int]:
    """Give the tokens of a day with its month, which stands before or behind it."""
    first, last = number.first_token, number.last_token
    before = document.words[first - 1] if first else ""
    if before[:3] == number.counts[:3]:
        return first - 1, last
    behind = last + 1 if document.words[last : last + 1] == ("of",) else last
    return first, min(behind + 1, len(document.words))


def _is_restated(
    article: Document, number: NumberMention, source: Document, other: NumberMention
) -> bool:
    """Whether two numbers that are one are written in two ways."""
    if number.kind is NumberKind.DATE is other.kind:
        return _shown(article, number) != _shown(source, other)
    own = article.words[number.first_token : number.last_token]
    their = source.words[other.first_token : other.last_token]
    if number.unit is None or other.unit is None:
        return own != their and number.kind is other.kind
    if number.unit.name != other.unit.name:
        return number.value != other.value
    return _shown(article, number) != _shown(source, other)


def _shown(document: Document, number: NumberMention) -> str:
    start, end = _figures(document, number)
    return document.text[start:end].lower()


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """For each first word, the phrases that begin with it and the groups that they are in."""
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for i, row in enumerate(read_table("phrases", "compare")):
        for phrase in row:
            words = tuple(phrase.split())
            phrases.setdefault(words[0], []).append((words, i))
    return {
        first: tuple(sorted(options, key=lambda option: -len(option[0])))
        for first, options in phrases.items()
    }


def _find_phrases(document: Document, span: slice) -> dict[int, tuple[int, int]]:
    """Give for each group of phrases where its first stands in a stretch of a text."""
    found: dict[int, tuple[int, int]] = {}
    words, phrases = document.words, _phrases()
    end = span.start
    for i in range(span.start, span.stop):
        if i < end or words[i] not in phrases:
            continue
        for phrase, group in phrases[words[i]]:
            if words[i : i + len(phrase)] == phrase:
                end = i + len(phrase)
                found.setdefault(group, (i, end))
                break
    return found


def _changed_phrases(
    article: Document, source: Document, alignment: Alignment
) -> Iterator[Restyling]:
    for i in alignment.aligned:
        own = _find_phrases(article, article.tokens_of(i, i + 1))
        if not own:
            continue
        link = alignment.links[i]
        stretch = source.tokens_of(link.source_first, link.source_last)
        for group, (first, last) in _find_phrases(source, stretch).items():
            at = own.get(group)
            if at is not None and article.words[slice(*at)] != source.words[first:last]:
                yield Restyling(*article.character_span(*at), *source.character_span(first, last))
