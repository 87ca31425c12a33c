"""What is seen between an article and its source, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.predict.reasons.counts import PairCounts, Share, TextCounts
from copydesk.predict.reasons.phrase import Phrase, count_of, instead_of, number_of
from copydesk.predict.reasons.topics import Topic

_FOLLOWS = 0.6
_MANY_SHARE = 0.5
_LONG_RUN = 12
_MIN_ORDERED = 3
_BE = ("is", "are")


def pair_phrases(pair: PairCounts, text: TextCounts) -> tuple[Phrase, ...]:
    """Say what is seen beside the source, the most telling of each topic first."""
    return (
        *_quotes(pair),
        *_names(pair),
        *_numbers(pair),
        *_rare_words(pair),
        *_sentences(pair),
        *_rewording(pair),
        *_wording(pair, text),
    )


def _quotes(pair: PairCounts) -> Iterator[Phrase]:
    topic, different, intact = Topic.QUOTES, pair.quotes_different, pair.quotes_intact
    kept, told = pair.quotes_kept, pair.quotes_told
    own = Share(intact.rest - different.part, intact.whole)
    lost = Share(max(kept.rest - told.part, 0), kept.whole)
    noun = "quotation"
    if different.part:
        said = count_of(different, noun, ("differs", "differ"), "from the source’s wording.")
        yield Phrase(topic, said, derives=1, machine=1)
    if told.part:
        said = count_of(told, noun, _BE, "told without quotation marks, of those in the source.")
        yield Phrase(topic, said, derives=1, machine=1)
    if intact.part:
        said = count_of(intact, noun, _BE, "the source’s, word for word.")
        yield Phrase(topic, said, derives=1, machine=-1)
    if own.part:
        said = count_of(own, noun, _BE, "not in the source.")
        yield Phrase(topic, said, derives=-1, machine=-1)
    if lost.part:
        said = count_of(lost, noun, _BE, "missing, of those in the source.")
        yield Phrase(topic, said, derives=-1, machine=1)
    if not kept.whole and not intact.whole:
        yield Phrase(topic, "Neither text quotes anybody.")
    elif not kept.whole:
        yield Phrase(topic, "The source has no quotation.", derives=-1, machine=-1)


def _names(pair: PairCounts) -> Iterator[Phrase]:
    topic, damaged, names, theirs = (
        Topic.NAMES,
        pair.damaged_names,
        pair.names,
        pair.source_names,
    )
    if damaged:
        verb = "is" if len(damaged) == 1 else "are"
        said = f"{number_of(len(damaged), 'name')} {verb} damaged: {instead_of(damaged)}."
        yield Phrase(topic, said, derives=1, machine=1)
    if names.part:
        said = count_of(names, "name", _BE, "in the source too.")
        yield Phrase(topic, said, derives=1)
    if theirs.part and not damaged:
        said = count_of(theirs, "name", _BE, "kept intact, of those in the source.")
        yield Phrase(topic, said, derives=1, machine=-1)
    if names.rest:
        said = count_of(names.others, "name", _BE, "not in the source.")
        yield Phrase(topic, said, derives=-1, machine=-1)
    if theirs.rest:
        said = count_of(theirs.others, "name", _BE, "missing, of those in the source.")
        yield Phrase(topic, said, derives=-1, machine=1)


def _numbers(pair: PairCounts) -> Iterator[Phrase]:
    topic, changed, numbers = Topic.NUMBERS, pair.changed_numbers, pair.numbers
    theirs = pair.source_numbers
    if changed:
        verb = "was" if len(changed) == 1 else "were"
        said = f"{number_of(len(changed), 'number')} {verb} changed: {instead_of(changed)}."
        yield Phrase(topic, said, derives=1, machine=1)
    if theirs.part:
        said = count_of(theirs, "number", _BE, "kept, of those in the source.")
        yield Phrase(topic, said, derives=1, machine=-1)
    if theirs.rest:
        said = count_of(theirs.others, "number", _BE, "missing, of those in the source.")
        yield Phrase(topic, said, derives=-1, machine=1)
    if numbers.rest:
        said = count_of(numbers.others, "number", _BE, "not in the source.")
        yield Phrase(topic, said, derives=-1, machine=-1)


def _rare_words(pair: PairCounts) -> Iterator[Phrase]:
    topic, theirs, own = Topic.RARE_WORDS, pair.source_rare_words, pair.rare_words
    if theirs.part:
        said = count_of(theirs, "uncommon word", _BE, "kept, of those in the source.")
        yield Phrase(topic, said, derives=1, machine=-1)
    if theirs.rest:
        said = count_of(
            theirs.others, "uncommon word", _BE, "gone or replaced, of those in the source."
        )
        yield Phrase(topic, said, derives=-1, machine=1)
    if own.rest:
        said = count_of(own.others, "uncommon word", _BE, "not in the source.")
        yield Phrase(topic, said, derives=-1, machine=1)


def _sentences(pair: PairCounts) -> Iterator[Phrase]:
    aligned = pair.aligned
    if aligned.part:
        said = count_of(aligned, "sentence", ("says", "say"), "what the source says.")
        yield Phrase(Topic.SENTENCES, said, derives=1, machine=1)
    if aligned.rest:
        said = count_of(
            aligned.others, "sentence", ("has", "have"), "no counterpart in the source."
        )
        yield Phrase(Topic.SENTENCES, said, derives=-1, machine=-1)
    if pair.n_padding:
        said = f"{number_of(pair.n_padding, 'sentence')} of padding: words but no fact."
        yield Phrase(Topic.SENTENCES, said, machine=1)
    if aligned.part >= _MIN_ORDERED:
        follows = 1 if pair.order >= _FOLLOWS else -1
        order = "the same order" if follows == 1 else "another order"
        yield Phrase(Topic.ORDER, f"What both texts tell comes in {order}.", follows, follows)


def _rewording(pair: PairCounts) -> Iterator[Phrase]:
    topic, reworded, verbatim, swapped = (
        Topic.REWORDING,
        pair.reworded,
        pair.verbatim,
        pair.swapped_words,
    )
    noun = "sentence taken from the source"
    if swapped:
        verb = "was" if len(swapped) == 1 else "were"
        said = (
            f"{number_of(len(swapped), 'word')} {verb} swapped, all else around kept: "
            f"{instead_of(swapped)}."
        )
        yield Phrase(topic, said, derives=1, machine=1)
    if reworded.part:
        said = count_of(reworded, "derived sentence", _BE, "said in other words.")
        yield Phrase(topic, said, machine=1)
    if verbatim.part:
        said = count_of(verbatim, "derived sentence", _BE, "word for word the source’s.")
        yield Phrase(topic, said, derives=1, machine=-1)
    if not reworded.whole:
        yield Phrase(topic, f"It has no {noun}.", derives=-1)


def _wording(pair: PairCounts, text: TextCounts) -> Iterator[Phrase]:
    topic, long = Topic.VERBATIM, pair.long_run_words
    share = long.part / long.whole if long.whole else 0.0
    many = 1 if share >= _MANY_SHARE else -1
    only = "" if many == 1 else "Only "
    said = f"{only}{share:.0%} of its words stand in verbatim runs of eight words or more."
    yield Phrase(topic, said, derives=many, machine=-many)
    said = f"The longest run of words that both texts share has {pair.longest_run} words."
    yield Phrase(topic, said, derives=1 if pair.longest_run >= _LONG_RUN else -1)
    yield Phrase(Topic.LENGTH, f"It has {text.n_words} words, the source {pair.n_source_words}.")
