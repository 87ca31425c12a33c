"""What there is to know of each word of English, looked up once for all who ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from copydesk.features.read.lexicon import (
    FUNCTION_WORDS,
    is_content_word,
    stem,
    zipf_frequency,
)
from copydesk.features.read.word_cache import WordCache

_NUMBER = "0"
_RARE_ZIPF = 2.6
_UNCOMMON_ZIPF = 3.8
_COMMON_ZIPF = 4.2


@dataclass(frozen=True, slots=True, eq=False)
class WordForm:
    """A lower-case word, whatever text it stands in.

    Parameters
    ----------
    word : str
        The word.
    is_function, is_content : bool
        Whether it is a function word; whether it carries meaning of its own.
    stem : str
        Of a content word, else empty.
    is_rare : bool
        Whether it is plain letters and under Zipf frequency 2.6.
    is_uncommon : bool
        Whether it is letters, no function word, and under 3.8.
    is_common : bool
        Whether it is letters, no function word, and at least 4.2.
    key : int
        64 bits, the same in every process; all numbers have one.
    """

    word: str
    is_function: bool
    is_content: bool
    stem: str
    is_rare: bool
    is_uncommon: bool
    is_common: bool
    key: int


def word_forms(words: Iterable[str]) -> tuple[WordForm, ...]:
    """Look up lower-case words, each as often as it comes.

    Examples
    --------
    >>> the, ferries = word_forms(["the", "ferries"])
    >>> the.is_function, ferries.stem, ferries.is_uncommon
    (True, 'ferrie', True)
    """
    return tuple(map(_FORMS.__getitem__, words))


def word_key(word: str) -> int:
    """Give a word's key: 64 bits of its BLAKE2b digest."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _describe(word: str) -> WordForm:
    is_function, is_content = word in FUNCTION_WORDS, is_content_word(word)
    is_word = word.isalpha() and not is_function
    zipf = zipf_frequency(word)
    return WordForm(
        word=word,
        is_function=is_function,
        is_content=is_content,
        stem=stem(word) if is_content else "",
        is_rare=word.isalpha() and word.isascii() and len(word) > 2 and zipf < _RARE_ZIPF,
        is_uncommon=is_word and zipf < _UNCOMMON_ZIPF,
        is_common=is_word and zipf >= _COMMON_ZIPF,
        key=word_key(_NUMBER if word[0].isdigit() else word),
    )


_FORMS = WordCache(_describe)
