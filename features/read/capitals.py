"""Capitals that say nothing: headlines, and texts written in capitals throughout."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.features.read.lexicon import FUNCTION_WORDS, zipf_frequency
from copydesk.features.read.sentences import Sentence

_MIN_WORDS = 4
_MIN_UPPER_SHARE = 0.9
_COMMON_ZIPF = 4.0
_MIN_COMMON_SHARE = 0.5


def silent_sentences(tokens: Sequence[str], sentences: Sequence[Sentence]) -> frozenset[int]:
    """Find the sentences whose capitals do not tell names from other words.

    Such are those in capitals; and all of a text that is for the most part in capitals or in
    title case.

    Examples
    --------
    >>> silent_sentences("FERRY SINKS OFF VELMAR".split(), [Sentence(0, 22, 0, 4)])
    frozenset({0})
    """
    capitals, title_case = set(), set()
    for i, sentence in enumerate(sentences):
        own = tokens[sentence.first_token : sentence.last_token]
        if any(token[0].islower() and token not in FUNCTION_WORDS for token in own):
            continue
        if _are_capitals(own):
            capitals.add(i)
        elif _are_title_case(own):
            title_case.add(i)
    n_silent = sum(sentences[i].n_tokens for i in capitals | title_case)
    return frozenset(range(len(sentences)) if 2 * n_silent > len(tokens) else capitals)


def _are_capitals(tokens: Sequence[str]) -> bool:
    words = [token for token in tokens if token[0].isalpha()]
    n_upper = sum(word.isupper() for word in words)
    return len(words) >= _MIN_WORDS and n_upper >= _MIN_UPPER_SHARE * len(words)


def _are_title_case(tokens: Sequence[str]) -> bool:
    """Tell title case from a list of names by its common words."""
    words = [token.lower() for token in tokens if token[0].isupper()]
    content = [word for word in words if word not in FUNCTION_WORDS]
    n_common = sum(zipf_frequency(word) >= _COMMON_ZIPF for word in content)
    return len(content) >= _MIN_WORDS and n_common >= _MIN_COMMON_SHARE * len(content)
