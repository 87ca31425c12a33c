"""Language unlikely in edited English news."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.lexicon import (
    FUNCTION_WORDS,
    ODD_REPORTING_VERBS,
    REPORTING_VERBS,
    bigram_count,
)
from copydesk.features.read.names import NameMention
from copydesk.features.read.sentences import Sentence
from copydesk.features.read.table import read_table
from copydesk.features.read.text import lower_in_place
from copydesk.features.read.word_forms import WordForm


class TokenizedText(Protocol):
    """What is needed of a document: text, tokens and what was found among them."""

    @property
    def text(self) -> str:
        """The normalised text."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """Its tokens as written."""

    @property
    def words(self) -> tuple[str, ...]:
        """The same in lower case."""

    @property
    def token_spans(self) -> NDArray[np.int32]:
        """Character offsets, shape (n_tokens, 2)."""

    @property
    def names(self) -> tuple[NameMention, ...]:
        """Tokens that are names."""

    @property
    def forms(self) -> tuple[WordForm, ...]:
        """What there is to know of each word."""

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words, each once."""

    @property
    def is_function(self) -> NDArray[np.bool_]:
        """Which words are function words."""

    @property
    def in_quote(self) -> NDArray[np.bool_]:
        """Which tokens stand in quotations."""


class OddityKind(StrEnum):
    """What is odd about a stretch of text."""

    RARE_WORD = "rare_word"
    UNLIKELY_BIGRAM = "unlikely_bigram"
    ODD_REPORTING_VERB = "odd_reporting_verb"
    BROKEN_TERM = "broken_term"
    MISSING_ARTICLE = "missing_article"
    STOCK_PHRASE = "stock_phrase"
    PROMPT_LEAK = "prompt_leak"
    SWAPPED_WORD = "swapped_word"


@dataclass(frozen=True, slots=True)
class Oddity:
    """An odd stretch of normalised text, ``text[start:end]``."""

    kind: OddityKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PhraseList:
    """Phrases of one kind that are looked for in text in lower case.

    Parameters
    ----------
    kind : OddityKind
        What they are.
    pattern : re.Pattern
        Matches any of them where a word begins; to ignore the case takes thrice as long.
    cues : tuple of frozenset of str
        All words of one of these stand in whatever matches: other sentences are not searched.
    """

    kind: OddityKind
    pattern: re.Pattern[str]
    cues: tuple[frozenset[str], ...]


@cache
def phrase_lists() -> tuple[PhraseList, ...]:
    """Give the phrases of ``tables/odd_phrases.tsv``, a list for each kind."""
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for kind, cues, pattern in read_table("odd_phrases"):
        by_kind.setdefault(kind, []).append((cues, pattern))
    return tuple(
        PhraseList(
            OddityKind(kind),
            re.compile(rf"\b(?:{'|'.join(pattern for _, pattern in rows)})"),
            tuple(frozenset(cue.split("+")) for cues, _ in rows for cue in cues.split()),
        )
        for kind, rows in by_kind.items()
    )


@dataclass(frozen=True, slots=True)
class OddityProfile:
    """Oddities of one text, and rates that the features are made of.

    Shares are of words (or of reporting verbs, for those); NaN where there is nothing to count.
    """

    oddities: tuple[Oddity, ...]
    n_words: int
    rare_share: float
    unlikely_bigram_share: float
    article_share: float
    function_share: float
    odd_reporting_share: float
    said_share: float

    def per_100_words(self, *kinds: OddityKind) -> float:
        """Give how often oddities of these kinds occur per 100 words."""
        count = sum(oddity.kind in kinds for oddity in self.oddities)
        return 100 * count / self.n_words if self.n_words else float("nan")


def profile_oddities(document: TokenizedText) -> OddityProfile:
    """Measure how odd a text's language is, without any source."""
    words = document.words
    n_words = max(len(words), 1)
    names = {mention.token for mention in document.names}
    rare = _rare_words(document, names)
    unlikely, n_pairs = _unlikely_bigrams(document, names)
    odd_verbs, n_verbs, n_said, n_reporting = _reporting_verbs(document)
    phrases = _find_phrases(document)
    missing = _missing_articles(document, names)
    nan = float("nan")
    return OddityProfile(
        oddities=tuple(sorted([*rare, *unlikely, *odd_verbs, *phrases, *missing], key=_position)),
        n_words=len(words),
        rare_share=len(rare) / n_words,
        unlikely_bigram_share=len(unlikely) / n_pairs if n_pairs else nan,
        article_share=sum(map(words.count, ("the", "a", "an"))) / n_words,
        function_share=int(document.is_function.sum()) / n_words,
        odd_reporting_share=len(odd_verbs) / n_verbs if n_verbs else nan,
        said_share=n_said / n_reporting if n_reporting else nan,
    )


def _find_phrases(document: TokenizedText) -> list[Oddity]:
    """Find the phrases of the lists, in the sentences that have all words of a cue."""
    vocabulary, words = document.vocabulary, document.words
    cued = [(phrases, [*filter(vocabulary.issuperset, phrases.cues)]) for phrases in phrase_lists()]
    wanted = [(phrases, cues) for phrases, cues in cued if cues]
    if not wanted:
        return []
    lowered = lower_in_place(document.text)
    found = []
    for sentence in document.sentences:
        has_all = set(words[sentence.first_token : sentence.last_token]).issuperset
        for phrases, cues in wanted:
            if any(map(has_all, cues)):
                matches = phrases.pattern.finditer(lowered, sentence.start, sentence.end)
                found += [Oddity(phrases.kind, *match.span()) for match in matches]
    return found


def _position(oddity: Oddity) -> tuple[int, int]:
    return oddity.start, oddity.end


def oddity_at(document: TokenizedText, kind: OddityKind, first: int, last: int) -> Oddity:
    """Mark tokens ``first`` to ``last`` (half-open) of a text as odd."""
    spans = document.token_spans
    return Oddity(kind, int(spans[first, 0]), int(spans[last - 1, 1]))


def _rare_words(document: TokenizedText, names: set[int]) -> list[Oddity]:
    return [
        oddity_at(document, OddityKind.RARE_WORD, i, i + 1)
        for i, form in enumerate(document.forms)
        if form.is_rare and i not in names and not document.tokens[i][0].isupper()
    ]


def _places(tokens: Sequence[str], wanted: AbstractSet[str]) -> list[int]:
    """Give where any of these words stand."""
    return [i for i, token in enumerate(tokens) if token in wanted] if wanted else []


def _unlikely_bigrams(document: TokenizedText, names: set[int]) -> tuple[list[Oddity], int]:
    """Pairs of neighbouring common content words that English hardly ever puts together."""
    words, spans = document.words, document.token_spans
    fits = np.array([form.is_common for form in document.forms], bool)
    fits[list(names)] = False
    is_pair = fits[:-1] & fits[1:] & (spans[1:, 0] - spans[:-1, 1] == 1)
    last_tokens = [sentence.last_token - 1 for sentence in document.sentences]
    is_pair[last_tokens[:-1]] = False
    pairs = np.flatnonzero(is_pair).tolist()
    found = [
        oddity_at(document, OddityKind.UNLIKELY_BIGRAM, i, i + 2)
        for i in pairs
        if not bigram_count(f"{words[i]} {words[i + 1]}")
    ]
    return found, len(pairs)


def _reporting_verbs(document: TokenizedText) -> tuple[list[Oddity], int, int, int]:
    """Odd verbs of speech, and counts: of candidates, of forms of "say", of reporting verbs."""
    odd = []
    n_said = n_reporting = 0
    in_quote = document.in_quote
    for i in _places(document.words, document.vocabulary & _VERBS_OF_SPEECH):
        if in_quote[i]:
            continue
        word = document.words[i]
        if word in REPORTING_VERBS:
            n_reporting += 1
            n_said += word in {"said", "says", "say", "saying"}
        elif word in ODD_REPORTING_VERBS and _attributes_speech(document, i):
            odd.append(oddity_at(document, OddityKind.ODD_REPORTING_VERB, i, i + 1))
    return odd, n_reporting + len(odd), n_said, n_reporting


def _attributes_speech(document: TokenizedText, i: int) -> bool:
    """Say whether a quotation mark stands near, or the clause ends or "that" follows."""
    start, end = document.token_spans[i].tolist()
    before, after = document.text[max(0, start - 40) : start], document.text[end : end + 12]
    follows = document.words[i + 1] if i + 1 < len(document.words) else ""
    return '"' in before or '"' in after or follows == "that" or after.startswith((".", ","))


_VERBS_OF_SPEECH = REPORTING_VERBS | ODD_REPORTING_VERBS
_COUNT_NOUNS = frozenset(
    """government president minister company court police spokesman spokeswoman ministry country
    city team club hospital bank union army report agency commission committee statement incident
    decision victim suspect driver judge department office prosecutor parliament""".split()
)
_BEFORE_BARE_NOUN = frozenset("said told of in by from with for that after at on to".split())


def _missing_articles(document: TokenizedText, names: set[int]) -> list[Oddity]:
    """Singular count nouns right after a preposition or verb, with no article or modifier."""
    return [
        oddity_at(document, OddityKind.MISSING_ARTICLE, i - 1, i + 1)
        for i in _places(document.tokens, document.vocabulary & _COUNT_NOUNS)
        if i
        and document.words[i - 1] in _BEFORE_BARE_NOUN
        and (i + 1 == len(document.words) or document.words[i + 1] in FUNCTION_WORDS)
        and (i + 1 == len(document.words) or i + 1 not in names)
        and (document.words[i], document.words[i - 1]) not in _IDIOMATIC
    ]


_IDIOMATIC = frozenset(
    {("court", w) for w in ("in", "to", "of", "by", "from", "at")}
    | {("police", w) for w in _BEFORE_BARE_NOUN}
    | {("hospital", w) for w in ("in", "to", "from", "at")}
    | {("parliament", w) for w in _BEFORE_BARE_NOUN}
    | {("office", w) for w in ("in", "from", "of", "for", "to")}
    | {("union", "of"), ("report", "to"), ("bank", "to"), ("team", "by"), ("report", "that")}
    | {("city", "in"), ("president", "of"), ("president", "for"), ("president", "to")}
)
