"""Language unlikely in edited English news."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from copydesk.features.read.lexicon import (
    FUNCTION_WORDS,
    ODD_REPORTING_VERBS,
    REPORTING_VERBS,
    bigram_count,
    zipf_frequency,
)
from copydesk.features.read.names import NameMention
from copydesk.features.read.sentences import Sentence
from copydesk.features.read.text import lower_in_place


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


_RARE_ZIPF = 2.6
_BIGRAM_WORD_ZIPF = 4.2


def _any_of(lines: str) -> re.Pattern[str]:
    """Compile a pattern that matches any of the phrases, one a line, where a word begins.

    It is for text in lower case: to ignore the case takes thrice as long.
    """
    phrases = "|".join(line.strip() for line in lines.strip().splitlines())
    return re.compile(rf"\b(?:{phrases})")


# Phrases that rewriting tools, spinners and language models leave behind.
_STOCK_PHRASE = _any_of(r"""
    it is (?:worth|important to) not(?:e|ing)
    in a (?:significant|notable|stunning|bold|major|shocking|surprising) (?:development|move|shift)
    in a (?:dramatic|shocking|surprising|stunning) turn of events
    a testament to
    serves as a (?:stark |poignant |powerful )?reminder
    stark reminder
    underscor(?:es?|ing) the
    highlight(?:s|ing) the (?:need|importance|growing|urgent|ongoing|challenges?|complexit\w+)
    shed(?:s|ding)? light on
    ever-(?:evolving|changing)
    navigat(?:e|ing) the (?:complex\w*|challeng\w+)
    rais(?:es?|ing) (?:serious |important |significant )?(?:questions|concerns) about the
    (?:remains|remain) to be seen
    only time will tell
    (?:in conclusion|in summary|to sum up)\b
    (?:overall|moreover|furthermore|additionally|notably),
    delv(?:e|es|ing) into
    plays? a (?:crucial|pivotal|vital|key) role
    a (?:crucial|pivotal) (?:moment|step|juncture)
    amid(?:st)? (?:growing|mounting|rising|heightened) (?:concerns?|tensions?|pressure|scrutiny)
    sparked (?:widespread|a wave of|outrage|debate)
    garnered (?:significant|widespread|attention)
    not less than
    by no means earlier than
    at the moment are
    yr in the past
    in the past (?:yr|12 months)
    on the identical time
    as well as to
    in accordance with (?:him|her|them|police|officials)
    at the side of
    in addition to this
    with a purpose to
    (?:advised|instructed) reporters
    stay tuned
    let's (?:dive|break)
    here's what you need to know
    key takeaways?
    frequently asked questions
    what does this mean
    in today's (?:world|fast-paced)
""")
_PROMPT_LEAK = _any_of(r"""
    as an ai (?:language )?model
    here(?:'s| is) (?:the |a |your )?(?:rewritten|revised|rephrased|paraphrased|polished|refined)
    here(?:'s| is) (?:the |a |your )?(?:improved|edited|reworded|condensed)
    (?:rewritten|rephrased|paraphrased|revised) (?:version|article|text|passage)
    i (?:cannot|can't|am unable to) (?:assist|fulfil|provide|rewrite)
    sure[,!] here
    (?:the|this) (?:passage|provided text|given text|original text)\b
    word count:
    let me know if you(?:'d| would)? (?:like|need)
    i hope this helps
    unique article:
""")
# Fixed terms of the news and what thesauri and translators make of their parts.
_BROKEN_TERM = _any_of(r"""
    (?:attorney|secretary) (?:basic|common|normal)\b
    prosecutor (?:basic|common)\b
    tremendous bowl\b
    pressing faucet\b
    comfortable drinks?\b
    (?:white|black) residence\b
    prime (?:pastor|clergyman)\b
    minister of overseas\b
    united (?:countries|international locations|international)\b
    (?:supreme )?court docket\b
    (?:supreme )?courtroom docket\b
    international minister\b
    overseas secretary of state\b
    (?:new york|los angeles|washington) (?:occasions|instances)\b
    social press\b
    monetary establishment\b
    personal sector\b
    (?:common|normal) election\b
    fire-?(?:cease|combat)\b
    truce-fire\b
    home of (?:commons|lords|representatives)\b
    low-cost change\b
    (?:local weather change|weather alternate)\b
    gentle arms\b
    (?:jet|nuclear) gas\b
    (?:regulation|legislation) enforcement\b
    chief (?:govt|manager)(?: officer)?\b
    human (?:proper|privileges)\b
    air drive base\b
    (?:police|job|task|process) (?:pressure|drive)\b
    inventory market\b
    rate of interest hike\b
    chook (?:flu|influenza)\b
    central financial institution\b
    european fee\b
    (?:demise|dying) toll\b
    life and demise\b
""")


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
    lowered = lower_in_place(document.text)
    patterns = [
        Oddity(kind, match.start(), match.end())
        for sentence in document.sentences
        for kind, pattern in (
            (OddityKind.STOCK_PHRASE, _STOCK_PHRASE),
            (OddityKind.PROMPT_LEAK, _PROMPT_LEAK),
            (OddityKind.BROKEN_TERM, _BROKEN_TERM),
        )
        for match in pattern.finditer(lowered, sentence.start, sentence.end)
    ]
    missing = _missing_articles(document, names)
    nan = float("nan")
    return OddityProfile(
        oddities=tuple(sorted([*rare, *unlikely, *odd_verbs, *patterns, *missing], key=_position)),
        n_words=len(words),
        rare_share=len(rare) / n_words,
        unlikely_bigram_share=len(unlikely) / n_pairs if n_pairs else nan,
        article_share=sum(word in {"the", "a", "an"} for word in words) / n_words,
        function_share=sum(word in FUNCTION_WORDS for word in words) / n_words,
        odd_reporting_share=len(odd_verbs) / n_verbs if n_verbs else nan,
        said_share=n_said / n_reporting if n_reporting else nan,
    )


def _position(oddity: Oddity) -> tuple[int, int]:
    return oddity.start, oddity.end


def oddity_at(document: TokenizedText, kind: OddityKind, first: int, last: int) -> Oddity:
    """Mark tokens ``first`` to ``last`` (half-open) of a text as odd."""
    spans = document.token_spans
    return Oddity(kind, int(spans[first, 0]), int(spans[last - 1, 1]))


def _rare_words(document: TokenizedText, names: set[int]) -> list[Oddity]:
    return [
        oddity_at(document, OddityKind.RARE_WORD, i, i + 1)
        for i, word in enumerate(document.words)
        if _is_rare(word) and i not in names and not document.tokens[i][0].isupper()
    ]


@lru_cache(maxsize=100_000)
def _is_rare(word: str) -> bool:
    plain = word.isalpha() and word.isascii() and len(word) > 2
    return plain and zipf_frequency(word) < _RARE_ZIPF


@lru_cache(maxsize=100_000)
def _is_common_content(word: str) -> bool:
    known = word not in FUNCTION_WORDS and word.isalpha()
    return known and zipf_frequency(word) >= _BIGRAM_WORD_ZIPF


def _unlikely_bigrams(document: TokenizedText, names: set[int]) -> tuple[list[Oddity], int]:
    """Pairs of neighbouring common content words that English hardly ever puts together."""
    words, spans = document.words, document.token_spans
    fits = [_is_common_content(word) and i not in names for i, word in enumerate(words)]
    pairs = [
        i
        for sentence in document.sentences
        for i in range(sentence.first_token, sentence.last_token - 1)
        if fits[i] and fits[i + 1] and spans[i + 1, 0] - spans[i, 1] == 1
    ]
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
    outside = (i for i, quoted in enumerate(document.in_quote.tolist()) if not quoted)
    for i in outside:
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
        for i in range(1, len(document.words))
        if document.tokens[i] in _COUNT_NOUNS
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
