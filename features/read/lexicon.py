"""Word and bigram frequencies of English, and the closed classes of words that features count."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

FUNCTION_WORDS = frozenset(
    """a about above across after again against all almost along also although always am among an
    and another any anyone anything are around as at away back be became because become been before
    behind being below between both but by can cannot could did do does doing done down during each
    either else enough even ever every everyone everything few for from further get had has have
    having he her here hers herself him himself his how however i if in into is it its itself just
    least less like many may me might mine more most much must my myself near neither never no
    nobody none nor not nothing now of off often on once one only onto or other others ought our
    ours out over own per perhaps quite rather same shall she should since so some somebody someone
    something still such than that the their theirs them themselves then there these they this
    those though through thus till to together too toward towards under until up upon us very was
    we well were what whatever when where whether which while who whom whose why will with within
    without would yet you your yours yourself n't can't don't didn't doesn't won't wouldn't isn't
    aren't wasn't weren't hasn't haven't hadn't couldn't shouldn't it'll he'll she'll they'll i'm
    i've i'll we've we're we'll you're they're they've""".split()
)

REPORTING_VERBS = frozenset(
    """said says say saying told tells added adds explained noted warned argued insisted wrote
    writes replied asked announced confirmed denied acknowledged admitted claimed conceded declared
    recalled reiterated remarked repeated responded stated stressed suggested tweeted posted
    described called urged testified reported commented concluded""".split()
)

# Verbs that rewriting tools put in place of "said" and that edited news hardly uses for speech.
ODD_REPORTING_VERBS = frozenset(
    """mentioned knowledgeable articulated opined expressed emphasised emphasized highlighted
    underscored elaborated asserted uttered voiced divulged conveyed affirmed proclaimed informed
    instructed advised quipped lauded lamented indicated""".split()
)

_ZIPF_UNKNOWN = 0.0


@cache
def _frequencies() -> Mapping[str, float]:
    from wordfreq import get_frequency_dict  # deferred: a quarter of a second

    return get_frequency_dict("en", wordlist="large")


@lru_cache(maxsize=200_000)
def zipf_frequency(word: str) -> float:
    """Look up how common a lower-case word is, on the Zipf scale (van Heuven et al. 2014).

    Parameters
    ----------
    word : str
        One lower-case word.

    Returns
    -------
    float
        log10 of occurrences per billion words, about 1 to 8; 0 for a word never seen.

    Examples
    --------
    >>> zipf_frequency("the") > 7 > zipf_frequency("ferry") > 3
    True
    """
    frequency = _frequencies().get(word)
    return math.log10(frequency) + 9 if frequency else _ZIPF_UNKNOWN


@cache
def bigram_counts() -> Mapping[str, int]:
    """Give the counts of the 243,000 commonest English bigrams, keyed ``"first second"``.

    The table comes with symspellpy (Google Books n-grams crossed with a spelling list).
    """
    path = files("symspellpy") / "frequency_bigramdictionary_en_243_342.txt"
    fields = path.read_text(encoding="utf-8-sig").split()
    keys = map(" ".join, zip(fields[::3], fields[1::3], strict=True))
    return dict(zip(keys, map(int, fields[2::3]), strict=True))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Cut a lower-case word to a stem: plural ``s`` off, then at most six letters.

    Truncation conflates inflections about as well as rule-based stemmers do for matching
    (Frakes 1992) and is far faster.

    Examples
    --------
    >>> stem("negotiations") == stem("negotiated")
    True
    """
    if len(word) > 3 and word[-1] == "s" and word[-2] != "s":
        word = word[:-1]
    return word[:6]


def is_content_word(word: str) -> bool:
    """Say whether a lower-case word carries meaning of its own."""
    return word not in FUNCTION_WORDS and (len(word) > 1 or word.isdigit())
