"""A text read once: normalised, cut into blocks, sentences and tokens, with vectors."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import InvalidArticle
from copydesk.features.read.blocks import Block, BlockKind, split_blocks
from copydesk.features.read.credits import Credit, find_credits
from copydesk.features.read.encoder import Encoder, FloatArray, unit_rows
from copydesk.features.read.full_names import FullName, find_full_names
from copydesk.features.read.grams import GRAM_SIZES, Codes, ngrams, word_codes
from copydesk.features.read.names import NameMention, find_names
from copydesk.features.read.numbers import NumberMention, find_numbers
from copydesk.features.read.oddities import OddityProfile, profile_oddities
from copydesk.features.read.quotes import QuoteScan, scan_quotes
from copydesk.features.read.sentences import TOKEN, Sentence, split_sentences, token_starts
from copydesk.features.read.spoken import SpokenText, read_speech
from copydesk.features.read.style_terms import StyleTerms, find_style_terms
from copydesk.features.read.text import NormalizedText, normalize_text
from copydesk.features.read.word_forms import WordForm, word_forms
from copydesk.types import Span

MIN_WORDS = 20

_REPEATED_MIN_WORDS = 8
_MIN_COMMON_WORD_SHARE = 0.15


@dataclass(frozen=True, eq=False)
class Document:
    """A text as every feature sees it; made once per text, compared any number of times.

    Parameters
    ----------
    normalized : NormalizedText
        The text and its way back to the raw one.
    blocks : tuple of Block
        The whole page: body, headings, furniture, credits.
    sentences : tuple of Sentence
        Of the body, without those that stand there a second time.
    repeated : tuple of (int, int)
        Character spans of sentences left out because they stand there a second time.
    tokens, words : tuple of str
        The sentences' tokens, as written and in lower case.
    token_spans : ndarray of int32, shape (n_tokens, 2)
        Character offsets into the normalised text.
    vectors : ndarray of float32, shape (n_sentences, dimension)
        Unit vectors.
    vector : ndarray of float32, shape (dimension,)
        Unit vector of the whole text: mean of the sentences', weighted by tokens.
    """

    normalized: NormalizedText
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    repeated: tuple[tuple[int, int], ...]
    tokens: tuple[str, ...]
    words: tuple[str, ...]
    token_spans: NDArray[np.int32]
    vectors: FloatArray
    vector: FloatArray
    quote_scan: QuoteScan
    names: tuple[NameMention, ...]
    numbers: tuple[NumberMention, ...]
    credits: tuple[Credit, ...]
    in_quote: NDArray[np.bool_]

    def __getstate__(self) -> dict[str, Any]:
        """Pickle what was read and nothing that follows of it: codes are of one process."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normalized.text

    @cached_property
    def oddities(self) -> OddityProfile:
        """What is odd about the text, measured once however often it is compared."""
        return profile_oddities(self)

    @cached_property
    def full_names(self) -> tuple[FullName, ...]:
        """Names of two words or more, one for each place where one stands."""
        return find_full_names(self.names, self.text, self.token_spans)

    @cached_property
    def speech(self) -> SpokenText:
        """The words, as they may be spoken, of the paragraphs that quote: what was said."""
        quotes = self.quote_scan.quotes
        begins = [quote.start for quote in quotes]
        spans = [
            (block.start, block.end)
            for block in self.blocks
            if bisect_left(begins, block.start) < bisect_left(begins, block.end)
        ]
        return read_speech(self.text, spans, quotes)

    @cached_property
    def style_terms(self) -> StyleTerms:
        """What the style of the text is judged by."""
        return find_style_terms(self.forms, {name.token for name in self.names}, self.sentences)

    @cached_property
    def forms(self) -> tuple[WordForm, ...]:
        """What there is to know of each word."""
        return word_forms(self.words)

    @cached_property
    def content_stems(self) -> tuple[frozenset[str], ...]:
        """The stems of the content words of each sentence, each once."""
        stems = tuple(map(attrgetter("stem"), self.forms))
        return tuple(
            frozenset(filter(None, stems[s.first_token : s.last_token])) for s in self.sentences
        )

    @cached_property
    def n_content_before(self) -> list[int]:
        """How many content words stand before each token, and at last before the end."""
        return list(accumulate([form.is_content for form in self.forms], initial=0))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the text, each once."""
        return frozenset(self.words)

    @cached_property
    def content_words(self) -> frozenset[str]:
        """The words that carry meaning of their own, each once."""
        return frozenset([form.word for form in self.forms if form.is_content])

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """The stems of the content words, each once."""
        return frozenset().union(*self.content_stems)

    @cached_property
    def is_function(self) -> NDArray[np.bool_]:
        """Which words are function words, shape (n_tokens,)."""
        return np.array([form.is_function for form in self.forms], bool)

    @cached_property
    def codes(self) -> Codes:
        """A code for each word, shape (n_tokens,); another in each process."""
        return word_codes(self.words)

    @cached_property
    def grams(self) -> Mapping[int, Codes]:
        """Distinct word n-grams, by n."""
        return {n: ngrams(self.codes, n) for n in GRAM_SIZES}

    @cached_property
    def first_tokens(self) -> Mapping[str, int]:
        """Where each word stands first."""
        backwards = range(len(self.words) - 1, -1, -1)
        return dict(zip(reversed(self.words), backwards, strict=True))

    @cached_property
    def uncommon_words(self) -> Mapping[str, int]:
        """Words of Zipf frequency under 3.8, names among them, with their first tokens."""
        uncommon = {form.word for form in self.forms if form.is_uncommon}
        return {word: i for word, i in self.first_tokens.items() if word in uncommon}

    @cached_property
    def fact_positions(self) -> Mapping[str | float, int]:
        """Names, numbers and uncommon words with their first tokens."""
        first: dict[str | float, int] = {}
        first.update(self.uncommon_words.items())
        for name in self.names:
            first[name.word] = min(name.token, first.get(name.word, name.token))
        for number in self.numbers:
            first.setdefault(number.value, number.first_token)
        return first

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _sentence_last_tokens(self) -> list[int]:
        return [sentence.last_token for sentence in self.sentences]

    def sentence_at(self, position: int) -> int:
        """Give the index of the last sentence that begins at or before a character."""
        return max(bisect_right(self._sentence_starts, position) - 1, 0)

    def sentence_of_token(self, token: int) -> int:
        """Give the index of the sentence that holds a token."""
        return bisect_right(self._sentence_last_tokens, token)

    def token_span(self, first: int, last: int) -> Span:
        """Give tokens ``first`` to ``last`` (half-open) as a stretch of the raw text."""
        return self.normalized.raw_span(*self.character_span(first, last))

    def character_span(self, first: int, last: int) -> tuple[int, int]:
        """Give tokens ``first`` to ``last`` (half-open) as characters of the normalised text."""
        return int(self.token_spans[first, 0]), int(self.token_spans[last - 1, 1])

    def tokens_of(self, first: int, last: int) -> slice:
        """Give the tokens of sentences ``first`` to ``last`` (half-open, at least one)."""
        return slice(self.sentences[first].first_token, self.sentences[last - 1].last_token)

    def count_words(self, sentences: Iterable[int]) -> int:
        """Count the words of sentences."""
        return sum(self.sentences[i].n_tokens for i in sentences)

    def sentence_text(self, index: int) -> str:
        """Give one sentence as it stands in the normalised text."""
        sentence = self.sentences[index]
        return self.text[sentence.start : sentence.end]

    def sentence_words(self, index: int) -> tuple[str, ...]:
        """Give one sentence's words."""
        return self.words[self.tokens_of(index, index + 1)]


def read_document(raw: str, encoder: Encoder) -> Document:
    """Read a text.

    Parameters
    ----------
    raw : str
        A page's text, furniture and all.
    encoder : Encoder
        What makes the sentences' vectors.

    Examples
    --------
    >>> from copydesk.features.read.encoder import load_encoder
    >>> read_document("The ferry sank. Nobody died.", load_encoder()).words
    ('the', 'ferry', 'sank', 'nobody', 'died')
    """
    normalized = normalize_text(raw)
    text = normalized.text
    blocks = split_blocks(text)
    body = tuple((block.start, block.end) for block in blocks if block.kind is BlockKind.BODY)
    sentences: list[Sentence] = []
    repeated: list[tuple[int, int]] = []
    tokens: list[str] = []
    words: list[str] = []
    starts: list[int] = []
    seen: set[tuple[str, ...]] = set()
    for block_start, block_end in body:
        for start, end in split_sentences(text, block_start, block_end):
            found = TOKEN.findall(text, start, end)
            key = tuple(map(str.lower, found))
            if len(key) >= _REPEATED_MIN_WORDS and key in seen:
                repeated.append((start, end))
                continue
            seen.add(key)
            if not key:
                continue
            sentences.append(Sentence(start, end, len(words), len(words) + len(key)))
            tokens += found
            words += key
            starts += token_starts(text, found, start)
    spans = np.empty((len(tokens), 2), np.int32)
    spans[:, 0] = starts
    spans[:, 1] = spans[:, 0] + np.fromiter(map(len, tokens), np.int32, len(tokens))
    vectors = encoder.encode([_in_mixed_case(text[s.start : s.end]) for s in sentences])
    lengths = np.array([[s.n_tokens] for s in sentences], np.float32).reshape(-1, 1)
    vector = unit_rows((vectors * lengths).sum(axis=0, keepdims=True))[0]
    quote_scan = scan_quotes(text, body)
    return Document(
        normalized=normalized,
        blocks=blocks,
        sentences=tuple(sentences),
        repeated=tuple(repeated),
        tokens=tuple(tokens),
        words=tuple(words),
        token_spans=spans,
        vectors=vectors,
        vector=vector,
        quote_scan=quote_scan,
        names=find_names(tokens, words, sentences),
        numbers=find_numbers(words, text, starts),
        credits=find_credits(text, blocks),
        in_quote=_tokens_in_quotes(spans, quote_scan),
    )


def _in_mixed_case(sentence: str) -> str:
    """Lower a sentence in capitals: encoders know hardly any word in that form."""
    return sentence.lower() if sentence.isupper() else sentence


def _tokens_in_quotes(spans: NDArray[np.int32], scan: QuoteScan) -> NDArray[np.bool_]:
    inside = np.zeros(len(spans), bool)
    for quote in scan.quotes:
        first, last = np.searchsorted(spans[:, 0], [quote.start, quote.end])
        inside[first:last] = True
    return inside


def common_word_share(document: Document) -> float:
    """Share of function words among a document's words: about 0.4 in English, under 0.15 else."""
    return float(document.is_function.mean()) if document.words else 0.0


def why_not_english(document: Document) -> str | None:
    """Say why a text does not look like English; None where it does.

    English has at least 15 % function words; other languages hardly have any.
    """
    share = common_word_share(document)
    if share >= _MIN_COMMON_WORD_SHARE:
        return None
    return (
        f"text does not look like English: {share:.0%} of its words are common English "
        f"function words, expected at least {_MIN_COMMON_WORD_SHARE:.0%}"
    )


def check_document(document: Document) -> None:
    """Refuse what is too short or not English.

    Raises
    ------
    InvalidArticle
        Says what came and what was expected.
    """
    n_words = len(document.words)
    if n_words < MIN_WORDS:
        noun = "word" if n_words == 1 else "words"
        raise InvalidArticle(
            f"text has {n_words} {noun}, expected at least {MIN_WORDS}: too short to judge"
        )
    reason = why_not_english(document)
    if reason is not None:
        raise InvalidArticle(reason)
