"""Word and bigram frequencies of English, and the closed classes of words that features count."""

from __future__ import annotations

import codecs
import gzip
import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path

from copydesk.errors import MissingPackage
from copydesk.features.read.word_cache import WORDS_KEPT

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


def _package_file(package: str, name: str) -> Path:
    """Find a file that comes with a package, without importing the package: that takes longer."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingPackage(f"word frequencies need the package {package}: pip install {package}")
    return Path(spec.origin).parent / name


@cache
def _rarities() -> Mapping[str, int]:
    """Give how rare words are, in centibels: a word of 200 is one in a hundred.

    What wordfreq makes of the same file takes twice as long, half of it to import wordfreq.
    """
    import msgpack

    packed = gzip.decompress(_package_file("wordfreq", "data/large_en.msgpack.gz").read_bytes())
    header, *words_by_rarity = msgpack.unpackb(packed)
    if header != {"format": "cB", "version": 1}:
        raise MissingPackage(f"wordfreq's words have format {header}: pip install 'wordfreq<4'")
    rarities: dict[str, int] = {}
    for rarity, words in enumerate(words_by_rarity):
        rarities.update(zip(words, repeat(rarity)))
    return rarities


@lru_cache(maxsize=WORDS_KEPT)
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
    rarity = _rarities().get(word)
    return _ZIPF_UNKNOWN if rarity is None else math.log10(10 ** (-rarity / 100)) + 9


@cache
def _bigram_lines() -> Sequence[bytes]:
    """Give the lines ``first second count`` of symspellpy's table, sorted.

    The table is of Google Books n-grams crossed with a spelling list. It comes all but sorted, and
    sorted lines are there in a tenth of the time that a mapping of them takes.
    """
    path = _package_file("symspellpy", "frequency_bigramdictionary_en_243_342.txt")
    return sorted(path.read_bytes().removeprefix(codecs.BOM_UTF8).splitlines())


@lru_cache(maxsize=WORDS_KEPT)
def bigram_count(bigram: str) -> int:
    """Look up how often English has two lower-case words side by side.

    Parameters
    ----------
    bigram : str
        ``"first second"``.

    Returns
    -------
    int
        Occurrences in Google Books; 0 for what is not among the 242,000 commonest.

    Examples
    --------
    >>> bigram_count("prime minister") > 100_000_000 > bigram_count("prime pastor")
    True
    """
    lines, beginning = _bigram_lines(), f"{bigram} ".encode(errors="replace")
    at = bisect_left(lines, beginning)
    if at == len(lines) or not lines[at].startswith(beginning):
        return 0
    return int(lines[at][len(beginning) :])


@cache
def _spelling_list() -> frozenset[str]:
    """Read the 82,765 words, names of note among them, that symspellpy corrects to."""
    path = _package_file("symspellpy", "frequency_dictionary_en_82_765.txt")
    return frozenset(path.read_text(encoding="utf-8-sig").split()[::2])


# The list is British; these make it American.
_BRITISH = tuple(
    (re.compile(american), british)
    for american, british in (
        (r"or", "our"),
        (r"er(s|ed|ing)?$", r"re\1"),
        (r"l(ed|ing|ers?)$", r"ll\1"),
        (r"yz", "ys"),
        (r"ense(s?)$", r"ence\1"),
        (r"um$", "ium"),
    )
)


@lru_cache(maxsize=WORDS_KEPT)
def is_dictionary_word(word: str) -> bool:
    """Say whether a lower-case word stands in a spelling list of English, British or American.

    Examples
    --------
    >>> is_dictionary_word("harbor"), is_dictionary_word("trehubova")
    (True, False)
    """
    words = _spelling_list()
    return word in words or any(
        pattern.sub(british, word) in words for pattern, british in _BRITISH
    )


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
