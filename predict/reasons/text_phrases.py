"""What is seen in a text alone, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.predict.reasons.counts import TextCounts
from copydesk.predict.reasons.phrase import Phrase, count_of, listed, number_of
from copydesk.predict.reasons.topics import Topic


def text_phrases(text: TextCounts) -> tuple[Phrase, ...]:
    """Say what is seen in the text alone, the most telling of each topic first."""
    return (*_language(text), *_form(text))


def _language(text: TextCounts) -> Iterator[Phrase]:
    machine = text.machine_sentences
    reads = ("reads", "read")
    if machine.part:
        said = count_of(machine, "sentence", reads, "more like machine rewriting than like news.")
        yield Phrase(Topic.STYLE, said, machine=1)
    if machine.rest:
        said = count_of(machine.others, "sentence", reads, "like news written by people.")
        yield Phrase(Topic.STYLE, said, machine=-1)
    if text.odd:
        said = f"It has {number_of(len(text.odd), 'odd phrase')}: {listed(text.odd)}."
        yield Phrase(Topic.ODDITIES, said, machine=1)
    else:
        said = "No broken term, stock phrase or odd verb of speech was found."
        yield Phrase(Topic.ODDITIES, said, machine=-1)
    if text.unlikely:
        verb = "stands" if len(text.unlikely) == 1 else "stand"
        said = (
            f"{number_of(len(text.unlikely), 'word')} {verb} where news hardly ever has them: "
            f"{listed(text.unlikely)}."
        )
        yield Phrase(Topic.WORD_FIT, said, machine=1)
    else:
        yield Phrase(Topic.WORD_FIT, "Its words stand where news has them.", machine=-1)


def _form(text: TextCounts) -> Iterator[Phrase]:
    if text.credits:
        yield Phrase(Topic.CREDITS, f"It bears a credit: {listed(text.credits)}.", machine=-1)
    else:
        yield Phrase(Topic.CREDITS, "It bears no credit, byline or dateline.", machine=1)
    if text.quoted_words.part:
        said = count_of(text.quoted_words, "word", ("stands", "stand"), "inside quotations.")
        yield Phrase(Topic.QUOTES, said, machine=-1)
    else:
        yield Phrase(Topic.QUOTES, "It quotes nobody.", machine=1)
    said = count_of(text.name_words, "word", ("belongs", "belong"), "to a name.")
    yield Phrase(Topic.NAMES, said)
    if text.n_repeated:
        verb = "stands" if text.n_repeated == 1 else "stand"
        said = f"{number_of(text.n_repeated, 'sentence')} {verb} in it a second time."
        yield Phrase(Topic.REPETITION, said)
