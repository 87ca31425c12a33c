"""Proper names, found by their capitals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from copydesk.features.read.capitals import silent_sentences
from copydesk.features.read.lexicon import FUNCTION_WORDS, is_dictionary_word, zipf_frequency
from copydesk.features.read.sentences import Sentence

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset(
    """january february march april may june july august september october november
    december""".split()
)
CALENDAR = WEEKDAYS | _MONTHS
_TITLES = frozenset(
    """mr mrs ms dr sir lord lady dame prof professor president minister judge justice prime
    secretary general colonel captain senator governor mayor chief director officer king queen
    prince princess bishop""".split()
)
_NO_NAMES = FUNCTION_WORDS | CALENDAR | _TITLES
_COMMON_ZIPF = 4.6


@dataclass(frozen=True, slots=True)
class NameMention:
    """One capitalised token that is (part of) a name; ``word`` is its lower case."""

    word: str
    token: int


def find_names(
    tokens: Sequence[str], words: Sequence[str], sentences: Sequence[Sentence]
) -> tuple[NameMention, ...]:
    """Find the tokens that belong to names.

    A capitalised token inside a sentence counts; one that opens a sentence counts where it is
    capitalised inside another sentence too, or is hardly a common word. In a sentence whose
    capitals say nothing, a token counts where another sentence has it as a name, or no dictionary
    has it.

    Parameters
    ----------
    tokens, words : sequence of str
        The text's tokens as written and in lower case.
    sentences : sequence of Sentence
        Where each sentence begins.
    """
    openers = {sentence.first_token for sentence in sentences}
    silent = {
        i
        for index in silent_sentences(tokens, sentences)
        for i in range(sentences[index].first_token, sentences[index].last_token)
    }
    forms = set(tokens)
    capitals = {token for token in forms if token[0].isupper() and len(token) > 1}
    in_lower_case = {token.lower() for token in forms if token[0].islower()}
    capitalised = [i for i, token in enumerate(tokens) if token in capitals]
    inside = {words[i] for i in capitalised if i not in openers and i not in silent}
    return tuple(
        NameMention(words[i], i)
        for i in capitalised
        if words[i] not in _NO_NAMES
        and words[i] not in in_lower_case
        and (words[i] in inside or _is_name(words[i], i in silent, i in openers))
    )


def _is_name(word: str, is_silent: bool, is_opener: bool) -> bool:
    if is_silent:
        return not is_dictionary_word(word)
    return not is_opener or zipf_frequency(word) < _COMMON_ZIPF - 1


def first_mentions(mentions: Iterable[NameMention]) -> dict[str, NameMention]:
    """Give the first mention of each name word, in order of appearance."""
    first: dict[str, NameMention] = {}
    for mention in mentions:
        first.setdefault(mention.word, mention)
    return first
