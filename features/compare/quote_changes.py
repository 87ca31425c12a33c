"""What differs between a quotation and the source's words, and what a desk may do to one."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from copydesk.features.compare.name_likeness import is_transliteration_trace
from copydesk.features.compare.quote_words import LaidQuote, WordGap, word_weight
from copydesk.features.compare.typing_errors import is_typing_error
from copydesk.features.compare.variants import are_name_variants, are_variants
from copydesk.features.read.lexicon import FUNCTION_WORDS, zipf_frequency
from copydesk.features.read.spoken import SpokenText

# Adding or dropping one of these turns what was said; of other function words it does not.
_TURNING = frozenset(
    """not no never nobody none nothing nor neither nowhere without hardly barely scarcely cannot
    ever only unless until except if all every always some few most both can could may might
    must shall should will would ought""".split()
)
# What speech is full of and desks clean up.
_FILLERS = frozenset("um uh er erm ah oh well like you know i mean so okay yes just".split())
_OTHER_SENTENCE_RATIO = 50.0
_MIN_KEPT = 0.3
_SAME_WORDS = (
    {"is", "has"}, {"would", "had"}, {"us", "usa"}, {"no", "number"}, {"nos", "numbers"},
)  # fmt: skip
# Who is meant: one put for another turns what was said.
_PERSONS = {
    word: person
    for person, words in enumerate(
        ("i me my mine", "we us our ours", "you your yours", "he him his", "she her hers",
         "they them their theirs"),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_NAME_ZIPF = 3.0
# Whoever speaks of a thing names it: names tie two utterances little.
_NAME_WEIGHT = 0.4
_ARTICLES = frozenset("a an the that".split())


def is_altered(quote: SpokenText, source: SpokenText, laid: LaidQuote) -> bool:
    """Say whether a desk may not have made a quotation of the source's words.

    It may shorten at a sentence's end, put an ellipsis or a word in brackets, clean up fillers,
    correct what is typed wrong, quote more than the source does, and spell as its house does.
    """
    return any(_is_alteration(quote, source, gap) for gap in laid.gaps)


def _is_alteration(quote: SpokenText, source: SpokenText, gap: WordGap) -> bool:
    removed = _spoken_in(source, gap.source_first, gap.source_last, quoted_only=True)
    added = _spoken_in(quote, gap.first, gap.last)
    if _reaches_out(quote, source, gap):
        removed = []
    if not _is_reworded([source.words[j] for j in removed], [quote.words[i] for i in added]):
        return False
    # Words in brackets stand for what they gloss, one more word with them.
    if _has_leave(quote, gap.first, gap.last):
        removed, added = [], added if len(added) > 1 else []
    if _has_leave(source, gap.source_first, gap.source_last):
        removed, added = removed if len(removed) > 1 else [], []
    if removed and not added and _ends_speech(source, gap.source_last):
        return False
    if added and _says_more(quote, source, gap, removed):
        return False
    return _is_reworded([source.words[j] for j in removed], [quote.words[i] for i in added])


def _spoken_in(speech: SpokenText, first: int, last: int, quoted_only: bool = False) -> list[int]:
    """Give the speaker's own words of a stretch."""
    return [
        i
        for i in range(first, last)
        if not speech.is_inserted[i] and (not quoted_only or speech.is_quoted[i])
    ]


def _reaches_out(quote: SpokenText, source: SpokenText, gap: WordGap) -> bool:
    """Say whether what the source has in a gap at either end is of another quotation."""
    before = gap.first == 0 and gap.source_last < len(source.words)
    behind = gap.last == len(quote.words) and gap.source_first < len(source.words)
    return (before and source.begins_quotation(gap.source_last)) or (
        behind and source.begins_quotation(gap.source_first)
    )


def _has_leave(speech: SpokenText, first: int, last: int) -> bool:
    """Say whether an ellipsis or brackets say that words were left out or put in."""
    return any(speech.is_inserted[first:last]) or any(first <= at <= last for at in speech.gaps)


def _ends_speech(source: SpokenText, last: int) -> bool:
    """Say whether a stretch of the source runs to the end of a sentence or of a quotation."""
    is_open = last < len(source.words) and not source.begins_quotation(last)
    return not is_open or source.ends_sentence(last - 1)


def _says_more(quote: SpokenText, source: SpokenText, gap: WordGap, removed: Sequence[int]) -> bool:
    """Say whether words that the source lacks come from a fuller record of what was said.

    They are whole sentences, stand where the source goes on in its own words, or where it quotes
    no more than a part of a sentence; or more than one stands before the first that it quotes.
    """
    begins = gap.first == 0 or quote.ends_sentence(gap.first - 1)
    ends = gap.last == len(quote.words) or quote.ends_sentence(gap.last - 1)
    if begins and ends:
        own = " ".join(quote.words[gap.first : gap.last])
        return fuzz.ratio(own, " ".join(source.words[j] for j in removed)) < _OTHER_SENTENCE_RATIO
    if removed:
        return False
    if gap.source_first < gap.source_last and gap.first > 0 and gap.last < len(quote.words):
        return not source.is_quoted[gap.source_first : gap.source_last].any()
    if gap.first == 0:
        at = gap.source_last
        is_first = at < len(source.words) and source.begins_quotation(at)
        return is_first and (gap.last > 1 or source.begins_small(at))
    at = gap.source_first
    cut = at == len(source.words) or source.begins_quotation(at)
    return cut and not source.ends_sentence(at - 1)


def _is_reworded(removed: list[str], added: list[str]) -> bool:
    words = removed or added
    if not words:
        return False
    if not removed or not added:
        if _FILLERS.issuperset(words):
            return False
        return any(_is_heavy(word) for word in words)
    removed = [word for word in removed if word not in _ARTICLES]
    added = [word for word in added if word not in _ARTICLES]
    if not removed or not added:
        return _is_reworded(removed, added)
    if "".join(removed) == "".join(added):
        return False
    if len(removed) != len(added):
        return any(_is_heavy(word) for word in (*removed, *added))
    return not all(_is_same(one, other) for one, other in zip(removed, added, strict=True))


def _is_heavy(word: str) -> bool:
    return word in _TURNING or word not in FUNCTION_WORDS


def _is_same(one: str, other: str) -> bool:
    if one == other or _is_masked(one, other):
        return True
    if not _is_heavy(one) and not _is_heavy(other):
        return _PERSONS.get(one, 0) == _PERSONS.get(other, 0)
    if _is_name_respelled(one, other):
        return True
    return (
        {one, other} in _SAME_WORDS
        or are_variants(one, other)
        or are_name_variants(one, other)
        or is_typing_error(one, other)
    )


def _is_name_respelled(one: str, other: str) -> bool:
    """Say whether two words are one name in two spellings: names are compared by themselves."""
    rare = max(zipf_frequency(one), zipf_frequency(other)) < _NAME_ZIPF
    return rare and is_transliteration_trace(one, other)


def _is_masked(one: str, other: str) -> bool:
    """Say whether two words are one with letters starred out, or with x for each."""
    if "xx" in {one[:2], other[:2]}:
        return set("x") in (set(one), set(other))
    return ("*" in one or "*" in other) and one[0] == other[0]


def closeness(quote: SpokenText, source: SpokenText, laid: LaidQuote) -> float:
    """Share of words that quotation and source have in common, content words weighing most.

    In [0, 1]; differences that a desk may make are none.
    """
    quoted = [(i, source.is_name(j)) for i, j in laid.pairs if source.is_quoted[j]]
    kept = sum(_NAME_WEIGHT if is_name else word_weight(quote.words[i]) for i, is_name in quoted)
    if _MIN_KEPT * sum(map(word_weight, quote.words)) > kept:
        return 0.0
    rest = sum(word_weight(quote.words[i]) for i, j in laid.pairs if not source.is_quoted[j])
    for gap in laid.gaps:
        if _is_alteration(quote, source, gap):
            removed = _spoken_in(source, gap.source_first, gap.source_last, quoted_only=True)
            added = _spoken_in(quote, gap.first, gap.last)
            rest += sum(word_weight(source.words[j]) for j in removed)
            rest += sum(word_weight(quote.words[i]) for i in added)
    return 2 * kept / (2 * kept + rest)


def share_known(quote: SpokenText, source: SpokenText) -> float:
    """Share of a quotation's words that the source has anywhere, content words weighing most."""
    weights = [(word_weight(word), word in source.places) for word in quote.words]
    total = sum(weight for weight, _ in weights)
    return sum(weight for weight, known in weights if known) / total if total else 0.0


def has_little_in_common(quote: SpokenText, source: SpokenText, laid: LaidQuote) -> bool:
    """Say whether quotation and source share fewer than two content words, or only names."""
    content = [j for i, j in laid.pairs if quote.words[i] not in FUNCTION_WORDS]
    return len(content) < 2 or all(map(source.is_name, content))
